"""Corrections of the derivation graph in the casebook: read, and written with `--keep`."""

from collections.abc import Sequence
from pathlib import Path

from entrepot.casebook.filename import FILE
from entrepot.cli.casebookoptions import open_casebook
from entrepot.cli.common import words
from entrepot.errors import RequestError
from entrepot.evidence.independence.derivation import Correction
from entrepot.evidence.independence.item import Item
from entrepot.evidence.independence.linked import corrections_of
from entrepot.evidence.report import Report


def decided(
    casebook: str, workspace_dir: Path, items: Sequence[Item]
) -> tuple[list[Correction], list[str]]:
    """What the casebook holds on the items, and what of it is not applied.

    Without `--casebook` and without a casebook in the workspace: nothing.
    """
    if not casebook and not (workspace_dir / FILE).is_file():
        return [], []
    with open_casebook(casebook, workspace_dir) as book:
        return corrections_of(book.links(), _ids(items))


def keep(
    casebook: str, workspace_dir: Path, items: Sequence[Item], made: Sequence[Correction]
) -> None:
    """Write corrections to the casebook, with the reports they speak of.

    Raises:
        RequestError: there is nothing to keep, or a correction that speaks of one item only.
    """
    if not made:
        raise RequestError("got --keep without a correction, expected --from or --not")
    if any(not one.origin for one in made):
        raise RequestError("got --keep with --independent, which speaks of one item only",
                           hint="Use --not A B for each item it is not from.")  # fmt: skip
    reports = {item.item_id: _report(item) for item in items}
    with open_casebook(casebook, workspace_dir, create=True) as book:
        for one in made:
            for end in (one.derived, one.origin):
                book.add_report(reports[end], by=one.by)
            relation = one.kind if one.action == "from" else "independent"
            book.link(reports[one.derived].report_id, relation, reports[one.origin].report_id,
                      by=one.by, because=one.because)  # fmt: skip
    words.print(f"kept {len(made)} correction{'' if len(made) == 1 else 's'} in the casebook")


def _ids(items: Sequence[Item]) -> dict[str, str]:
    """Report id -> item id. Of two items with one text the first is meant."""
    made: dict[str, str] = {}
    for item in items:
        made.setdefault(_report(item).report_id, item.item_id)
    return made


def _report(item: Item) -> Report:
    return Report(item.text, item.name, item.published_on, item.publisher, item.title)
