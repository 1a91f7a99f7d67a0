"""Words that leave and that no reviewer read: what changed, why a case is withdrawn.

They must name nobody: neither whom an earlier version names and this one does not, nor whom no
version names. The second is found by the marks of a name of a firm, a person, a ship or an aircraft
that claims are read with; a bare name without any mark is not found, so people must look.
"""

from collections.abc import Iterable, Iterator

from entrepot.dossiers.assemble.partypart import kind_of
from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.review.backing import names_standing
from entrepot.errors import DossierError
from entrepot.evidence.language.bodies import bodies


def refuse_names(texts: Iterable[str], leaving: Dossier, earlier: Iterable[str], what: str) -> None:
    """Let texts pass that name nobody but whom the dossier names.

    Args:
        texts: as they will be printed.
        leaving: what leaves; the names in it were reviewed, of a tombstone there are none.
        earlier: names of an earlier version.
        what: the texts, for the refusal.

    Raises:
        DossierError: one is named.
    """
    gone = [one for one in earlier if one not in leaving.named]
    for text in texts:
        for name in [*names_standing(text, gone), *_new(text, leaving)]:
            raise DossierError(
                f"{what} names {name}, whom what leaves does not name: no reviewer read it",
                hint="Say it without the name, such as “the firm of the first finding”.",
            )


def _new(text: str, leaving: Dossier) -> Iterator[str]:
    """Parties in a text that the dossier does not name."""
    known = {one.casefold() for one in leaving.named}
    for body in bodies(text):
        if kind_of(body.name) and body.name.casefold() not in known:
            yield body.name
