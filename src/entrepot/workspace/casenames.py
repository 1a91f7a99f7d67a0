"""The parties that a case names, without opening the figures: who can be asked for a reply."""

from pathlib import Path

from entrepot.casebook import cases
from entrepot.casebook.casebook import Casebook
from entrepot.casebook.replies import folded
from entrepot.dossiers.assemble.partypart import kind_of
from entrepot.parties.lists.store import ListStore
from entrepot.workspace.questions import case_claims, weigh


def names_of(book: Casebook, case_id: str, workspace_dir: Path) -> tuple[str, ...] | None:
    """Names as a dossier of the case could print them, sorted, each once.

    They are those of its claims, of claims that agree with them, and of the listed parties that
    were added to it.

    Args:
        book: is read.
        case_id: of the case.
        workspace_dir: holds the lists.

    Returns:
        Null: a party was added that no list at hand holds, so that its name is not known.

    Raises:
        RequestError: there is no such case.
    """
    with book.reading() as connection:
        wanted = set(cases.one(connection, case_id).things("party"))
    found = []
    if wanted:
        listed = {one.party_id: one.caption for one in ListStore(workspace_dir).current()}
        if not wanted <= set(listed):
            return None
        found = [listed[one] for one in wanted]
    for standing, _ in weigh(book, case_claims(book, case_id)):
        for claim in standing.claims:
            found += [name for name in (*claim.actors, *claim.counterparts) if kind_of(name)]
    each = {folded(name): " ".join(name.split()) for name in reversed(found)}
    return tuple(sorted(each.values()))
