"""All kinds of handover by name, and the one door to them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.handover.claimreview import claimreview
from entrepot.dossiers.handover.diligence import diligence_csv, diligence_md
from entrepot.dossiers.handover.fit import refuse_unfit
from entrepot.dossiers.handover.ftm import ftm
from entrepot.dossiers.handover.handed import Given, Handed
from entrepot.dossiers.handover.narrative import narrative_csv, narrative_json, narrative_txt
from entrepot.dossiers.handover.notice import notice_md, notice_txt
from entrepot.dossiers.handover.questions import questions_csv, questions_html, questions_md
from entrepot.dossiers.handover.stix import stix
from entrepot.errors import RequestError

Maker = Callable[[Dossier, Given], Handed]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: for whom it is, and its forms by suffix, the usual one first."""

    reader: str
    forms: dict[str, Maker]


KINDS: Final = {
    "claimreview": Kind("pages and gatherers of fact checks", {"json": claimreview}),
    "notice": Kind("an exporter, as a draft letter", {"md": notice_md, "txt": notice_txt}),
    "narrative": Kind(
        "a bank, as a draft narrative with blanks, and its goods fields",
        {"txt": narrative_txt, "json": narrative_json, "csv": narrative_csv},
    ),
    "diligence": Kind(
        "an exporter's due-diligence file", {"md": diligence_md, "csv": diligence_csv}
    ),
    "questions": Kind(
        "the country that is named, line by line",
        {"csv": questions_csv, "md": questions_md, "html": questions_html},
    ),
    "stix": Kind("exchange, as a STIX 2.1 bundle", {"json": stix}),
    "ftm": Kind("exchange, as FollowTheMoney entities", {"jsonl": ftm}),
}


def handover(dossier: Dossier, kind: str, *, form: str = "", **given: Any) -> Handed:
    """One dossier for one reader.

    Args:
        dossier: what is handed over.
        kind: one of `KINDS`.
        form: one of its forms; empty: the usual one.
        given: fields of `Given`.

    Raises:
        DossierError: the dossier is not fit to be handed over, or not as this kind.
        RequestError: there is no such kind, form or letter.
    """
    if kind not in KINDS:
        raise RequestError(
            f"got {kind!r}, expected one of {', '.join(KINDS)}",
            hint="entrepot handover --help says for whom each of them is.",
        )
    forms = KINDS[kind].forms
    if form and form not in forms:
        raise RequestError(
            f"got the form {form!r} of {kind}, expected one of {', '.join(forms)}",
            hint="Without --form it is the first of them.",
        )
    said = Given(**given)
    refuse_unfit(dossier, said)
    return forms[form or next(iter(forms))](dossier, said)
