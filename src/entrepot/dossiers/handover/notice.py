"""Drafts of letters to an exporter, in the manner of types that a US agency told apart in 2024.

`data/letters.tsv` has the types and their source. A draft says on every part that no agency wrote
it. It is no finding, and names a party only with its reply or the reason why there is none.
"""

from collections.abc import Callable
from typing import Any, Final

from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.handover.facts import Row, facts
from entrepot.dossiers.handover.fit import unheard
from entrepot.dossiers.handover.footnotes import Footnotes
from entrepot.dossiers.handover.goods import land
from entrepot.dossiers.handover.handed import NOTHING_GIVEN, Given, Handed
from entrepot.dossiers.handover.said import claims, goods_words, party, sentences
from entrepot.dossiers.handover.texts import marked, rendered
from entrepot.dossiers.paper import listed
from entrepot.dossiers.planfiles.plaintext import plain
from entrepot.errors import DossierError, RequestError

WATERMARK: Final = "DRAFT BY A PRIVATE PROGRAM – NOT FROM ANY AUTHORITY – NO LEGAL EFFECT"
LETTERS: Final = ("red-flag", "supplier", "guardian")


def notice_md(dossier: Dossier, given: Given = NOTHING_GIVEN) -> Handed:
    """The draft in Markdown."""
    made = _letter(
        dossier, given, marked, lambda text: f"## {marked(text)}\n", lambda text: f"**{text}**"
    )
    return Handed(f"notice-{given.letter}.md", "text/markdown", made)


def notice_txt(dossier: Dossier, given: Given = NOTHING_GIVEN) -> Handed:
    """The draft in plain text."""
    made = _letter(dossier, given, plain, lambda text: f"{text.upper()}\n", plain)
    return Handed(f"notice-{given.letter}.txt", "text/plain", made)


def _letter(
    dossier: Dossier, given: Given, say: Callable[[Any], str], head: Callable[[str], str],
    loud: Callable[[str], str],
) -> bytes:  # fmt: skip
    kind = _kind(given.letter)
    _refuse(dossier, kind)
    notes = Footnotes(dossier)
    return rendered(
        "notice.j2", dossier=dossier, given=given, kind=kind, say=say, head=head, loud=loud,
        watermark=WATERMARK, may_do=kind["may_do"].split("|"), goods=goods_words(dossier),
        hubs=listed([land(one) for one in dossier.hubs]),
        targets=listed([land(one) for one in dossier.targets]),
        parties=[party(one, dossier, notes) for one in dossier.parties],
        records=sentences(dossier, notes, "record", "assessment"),
        claims=claims(dossier, notes), unknowns=sentences(dossier, notes, "unknown"),
        explanations=sentences(dossier, notes, "explanation"), notes=notes,
    )  # fmt: skip


def _kind(letter: str) -> Row:
    for row in facts("letters"):
        if row["letter"] == letter and row["is_ours"] == "yes":
            return row
        if row["letter"] == letter:
            raise DossierError(
                f"got {letter}, expected one of {', '.join(LETTERS)}: such a letter lays a duty on "
                "its reader, and only the agency can",
                hint="A red-flag draft says what the records show and leaves duties alone.",
            )
    raise RequestError(
        f"got the letter {letter!r}, expected one of {', '.join(LETTERS)}",
        hint="--letter red-flag is the usual one.",
    )


def _refuse(dossier: Dossier, kind: Row) -> None:
    if names := unheard(dossier):
        raise DossierError(
            f"a letter would name {names[0]}, who has neither a reply nor a reason why there is "
            "none",
            hint="Ask for a reply first: entrepot reply.",
        )
    if not dossier.codes:
        raise DossierError(
            f"case {dossier.case_id} names no goods by code, expected at least one",
            hint="An exporter can look up a code in the sales ledger, and nothing else.",
        )
    if kind["letter"] == "supplier" and not dossier.parties:
        raise DossierError(
            f"case {dossier.case_id} names no party, expected one for a supplier list",
            hint="For goods alone take --letter guardian or red-flag.",
        )
