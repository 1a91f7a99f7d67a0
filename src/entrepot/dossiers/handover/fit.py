"""Whether a dossier may be handed over: out of the house or called a draft, and names heard."""

from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.handover.handed import PUBLIC, Given
from entrepot.errors import DossierError


def is_draft(dossier: Dossier) -> bool:
    """True for one that is not published."""
    return dossier.state not in PUBLIC


def unheard(dossier: Dossier) -> tuple[str, ...]:
    """Names in it that have neither a reply nor a reason why there is none, sorted."""
    heard = {one.name for one in dossier.parties if one.reply or one.no_reply_because}
    return tuple(sorted(set(dossier.named) - heard))


def refuse_unfit(dossier: Dossier, given: Given) -> None:
    """Refuse what must not leave the house.

    Raises:
        DossierError: it is withdrawn, or unpublished and not called a draft, or it names somebody
            who was not heard.
    """
    if dossier.state == "withdrawn":
        raise DossierError(
            f"case {dossier.case_id} is withdrawn, expected one that stands",
            hint="Nothing is handed over from a withdrawn case; its page says why.",
        )
    if is_draft(dossier) and not given.is_draft:
        raise DossierError(
            f"case {dossier.case_id} is in state {dossier.state!r}, expected a published one",
            hint="Publish it first; with --draft the file is made, and says that it is a draft.",
        )
    if names := unheard(dossier):
        raise DossierError(
            f"got {len(names)} named without reply or reason ({'; '.join(names[:3])}), expected "
            "one for each",
            hint="Ask for a reply: entrepot reply; a reason why there is none is kept there too.",
        )
