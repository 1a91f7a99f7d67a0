"""Aircraft of flights against the sanctions lists at hand, on the day of each flight."""

from collections.abc import Callable, Sequence
from pathlib import Path

from entrepot.checks.movements.air import Listed, Operated
from entrepot.checks.movements.listed import screener
from entrepot.errors import RequestError
from entrepot.parties.lists import ListStore
from entrepot.workspace.screening.lists import load_lists


def tail_screener(
    workspace_dir: Path, given: Sequence[Path], operated: Operated | None = None, *,
    told: Callable[[str], None] = lambda text: None,
) -> Listed | None:  # fmt: skip
    """What the lists say of a flight; null: none are given and the workspace holds none.

    Args:
        workspace_dir: folder of the lists.
        given: files and folders of lists, in place of the workspace's.
        operated: who flies; null: only tails and addresses are compared.
        told: hears which editions are used.

    Raises:
        RequestError: the lists have no days, or `given` names none.
    """
    if not given and not ListStore(workspace_dir).lists():
        return None
    lists = load_lists(workspace_dir, given, by_day=True)
    for used in lists.used:
        told(f"{used.list_id} of {used.day or 'no known day'}, {used.parties:,} parties")
    if lists.presence is None:
        raise RequestError("got lists without days, expected editions with them")
    return screener(lists.parties, lists.presence.at, operated)
