"""Draft of a suspicious-activity narrative: what a bank can use of a case, and blanks for the rest.

The key term and where it belongs: `data/key_terms.tsv`; lengths: `data/limits.tsv`. What only the
bank knows is a placeholder in square brackets and never a guess. Tables do not belong into a
narrative, so the goods stand in a CSV file that can be attached, and in JSON.
"""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Any, Final

from entrepot.dossiers.dossier.canonical import canonical
from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.handover.facts import Row, fact, facts
from entrepot.dossiers.handover.footnotes import Footnotes
from entrepot.dossiers.handover.goods import GoodsLine, goods, land
from entrepot.dossiers.handover.handed import NOTHING_GIVEN, Given, Handed
from entrepot.dossiers.handover.said import claims, goods_words, party, sentences
from entrepot.dossiers.handover.texts import amount, table
from entrepot.dossiers.paper import listed
from entrepot.dossiers.planfiles.plaintext import plain
from entrepot.errors import DossierError

PLACEHOLDERS: Final = (
    "[customer]", "[account]", "[amount]", "[dates of transactions]", "[transaction references]",
    "[other bank]", "[branch]", "[instrument]", "[what the customer said]",
    "[why it was noticed]", "[what the bank did]",
)  # fmt: skip
"""What only the bank knows."""
COLUMNS: Final = (
    "hs_code", "hs_code_from", "description", "quantity", "quantity_unit", "value", "value_low",
    "value_high", "currency", "measured", "period", "flow", "reporter", "partner", "origin", "hub",
    "destination", "publisher", "file_sha256", "locator", "row", "citation_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Part:
    heading: str
    kept: tuple[str, ...]
    """Sentences with blanks of the bank; always there."""
    more: tuple[str, ...] = ()
    """Sentences of the case, as many as there is room for."""

    def text(self, share: int) -> str:
        left = len(self.more) - share
        rest = (f"({left} more in the dossier.)",) if left > 0 else ()
        said = (*self.kept, *self.more[:share], *rest)
        return f"{self.heading}: {plain(' '.join(said))}\n"


def narrative_txt(dossier: Dossier, given: Given = NOTHING_GIVEN) -> Handed:
    """The draft as plain text of at most the allowed length.

    Where it is too long whole sentences are left out, and their number is said.

    Raises:
        DossierError: the case has no goods or no target, or does not fit even in its shortest form.
    """
    parts, limit = _parts(dossier), _limit("narrative")
    most = max(len(part.more) for part in parts)
    # the text grows with the share, so the largest share that fits is found by halving
    share = bisect_right(range(most + 1), limit, key=lambda one: len(_text(parts, one))) - 1
    if share < 1:
        raise DossierError(
            f"got a narrative of {len(_text(parts, 1)):,} characters with one sentence under each "
            f"heading, expected {limit:,}",
            hint="Split the case, or shorten its claims and its sentences.",
        )
    return Handed("narrative.txt", "text/plain", _text(parts, share).encode())


def _text(parts: list[_Part], share: int) -> str:
    """All parts with so many of their sentences each."""
    return "\n".join(part.text(share) for part in parts)


def narrative_json(dossier: Dossier, given: Given = NOTHING_GIVEN) -> Handed:
    """The goods fields with their sources, null where a record does not say."""
    term = key_term(dossier)
    made = {
        "case_id": dossier.case_id, "as_of": dossier.as_of, "state": dossier.state,
        "key_term": term["key_term"], "key_term_issued_on": term["issued_on"],
        "key_term_source": term["source"], "codes": list(dossier.codes),
        "goods": goods_fields(dossier), "to_be_filled_by_the_bank": list(PLACEHOLDERS),
    }  # fmt: skip
    return Handed("narrative-goods.json", "application/json", canonical(made))


def narrative_csv(dossier: Dossier, given: Given = NOTHING_GIVEN) -> Handed:
    """The same fields as the one CSV file that can be attached.

    Raises:
        DossierError: it is larger than an attachment may be.
    """
    made = table(COLUMNS, goods_fields(dossier))
    if len(made) > (limit := _limit("attachment")):
        raise DossierError(
            f"got an attachment of {len(made):,} bytes, expected at most {limit:,}",
            hint="Take the JSON, or a case with fewer figures.",
        )
    return Handed("narrative-goods.csv", "text/csv", made)


def key_term(dossier: Dossier) -> Row:
    """The row of the key term for the targets of the case.

    Raises:
        DossierError: the case has no target, so that no term is right.
    """
    if not dossier.targets:
        raise DossierError(
            f"case {dossier.case_id} has no target country, expected one for the key term",
            hint="The term depends on it; a case gets its target from its leads.",
        )
    for row in facts("key_terms"):
        if row["targets"] == "*" or set(row["targets"].split()) & set(dossier.targets):
            return row
    raise AssertionError("the last row of key_terms.tsv fits every target")


def goods_fields(dossier: Dossier) -> list[dict[str, Any]]:
    """One mapping of `COLUMNS` for each amount of the case; where it has codes only, one a code.

    `hub` and `destination` are roles of the case and no part of the record; `origin` is the
    country of origin where the record has one, and a consignor is none.

    Raises:
        DossierError: the case has no goods.
    """
    lines = goods(dossier)
    if not lines and not dossier.codes:
        raise DossierError(
            f"case {dossier.case_id} has neither codes nor figures of goods, expected goods",
            hint="A narrative without goods says nothing that a bank could look for.",
        )
    roles = {
        "hub": " ".join(dossier.hubs) or None,
        "destination": " ".join(dossier.targets) or None,
    }
    if lines:
        return [_fields(one) | roles for one in lines]
    empty: dict[str, Any] = dict.fromkeys(COLUMNS)
    return [
        empty | {"hs_code": code, "hs_code_from": "case", "description": words.partition(": ")[2]}
        | roles
        for code, words in zip(dossier.codes, goods_words(dossier), strict=True)
    ]  # fmt: skip


def _fields(line: GoodsLine) -> dict[str, Any]:
    return {
        "hs_code": line.code or None, "hs_code_from": line.code_from or None,
        "description": line.description or None, "quantity": line.quantity,
        "quantity_unit": line.unit or None, "value": line.amount, "value_low": line.low,
        "value_high": line.high, "currency": line.currency or None, "measured": line.measured,
        "period": line.period or None, "flow": line.flow or None,
        "reporter": line.reporter or None, "partner": line.partner or None,
        "origin": line.origin or None, "publisher": line.publisher or None,
        "file_sha256": line.file_id or None, "locator": line.locator or None,
        "row": line.row or None, "citation_id": line.citation_id,
    }  # fmt: skip


def _limit(key: str) -> int:
    return int(fact("limits", "key", key)["value"])


def _parts(dossier: Dossier) -> list[_Part]:
    term, fields, notes = key_term(dossier), goods_fields(dossier), Footnotes(dossier)
    hubs = listed([land(one) for one in dossier.hubs]) or "no third country"
    targets = listed([land(one) for one in dossier.targets])
    supplement = f", supplemented {term['supplemented_on']}" if term["supplemented_on"] else ""
    periods = [one["period"] for one in fields if one["period"]]
    span = f"Figures are for {min(periods)} to {max(periods)}." if periods else ""
    made = [
        _Part("DRAFT", (
            "Made by a private program from a dossier; not filed, and no report until the "
            "filer has filled every blank in square brackets, checked every sentence and removed "
            "this line. The filer decides whether there is anything to report.",)),
        _Part("KEY TERM", (
            f"{term['key_term']} (to stand in {term['said']}; announced {term['issued_on']}"
            f"{supplement}).",)),
        _Part("WHO", (
            "The customer is [customer], account [account]; the other bank is [other bank]. The "
            "filer says which of them the case is about, if any.",),
            tuple(party(one, dossier, notes) for one in dossier.parties)),
        _Part("WHAT", (
            "Payments of [amount] ([transaction references], [instrument]). The filer says whether "
            f"they were for goods of these codes: {'; '.join(goods_words(dossier)) or 'none'}. "
            "Public figures of such goods follow; they are totals and no payments of anybody.",),
            tuple(_figure(one) for one in fields if one["citation_id"])),
        _Part("WHEN", (
            f"Transactions: [dates of transactions]. {span} Records as of {dossier.as_of}.",)),
        _Part("WHERE", (
            f"Third country of the case: {hubs}; destination of concern: {targets}; branch "
            "[branch].",)),
        _Part("WHY", (
            "Noticed because [why it was noticed]. A pattern of figures can be consistent with "
            "goods passed on through a third country, and with ordinary reasons as well.",),
            (*sentences(dossier, notes, "record", "assessment"), *claims(dossier, notes))),
        _Part("OTHER REASONS", (
            "The customer explains: [what the customer said].",),
            sentences_of(dossier, notes, "explanation")),
        _Part("HOW", (
            "How it was paid: [instrument]. Bank's own steps: [what the bank did].",)),
        _Part("NOT KNOWN", (
            "What the dossier does not know:",), sentences_of(dossier, notes, "unknown")),
    ]  # fmt: skip
    return [*made, _Part("SOURCES", (f"Case {dossier.case_id}.",), tuple(notes.listed()))]


def sentences_of(dossier: Dossier, notes: Footnotes, kind: str) -> tuple[str, ...]:
    """Sentences of one kind, or one that says that there are none."""
    return tuple(sentences(dossier, notes, kind)) or ("The case names none.",)


def _figure(field: dict[str, Any]) -> str:
    """A figure as a sentence: no table may stand in a narrative."""
    ends = "" if field["value_low"] is None else (
        f" (between {amount(field['value_low'])} and {amount(field['value_high'])})"
    )  # fmt: skip
    value = "not reported" if field["value"] is None else (
        f"{field['currency'] or 'currency not said'} {amount(field['value'])}{ends}"
    )  # fmt: skip
    mass = "" if field["quantity"] is None else (
        f", {amount(field['quantity'])} {field['quantity_unit'] or 'units not said'}"
    )  # fmt: skip
    way = " ".join(part for part in (
        field["reporter"] and f"reported by {land(field['reporter'])}", field["flow"],
        field["partner"] and f"with {land(field['partner'])}") if part)  # fmt: skip
    head = " ".join(one for one in (field["hs_code"] or "code not said", field["period"]) if one)
    return f"{head}{', ' + way if way else ''}: {field['measured']} {value}{mass}."
