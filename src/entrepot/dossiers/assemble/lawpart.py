"""What was restricted: the measures on the goods of leads, and answers on the days of claims."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final, NamedTuple

from entrepot.codes.commodity import short_label
from entrepot.codes.country import name
from entrepot.dossiers.assemble.cited import Cited
from entrepot.dossiers.assemble.material import ClaimIn, LeadIn, Material
from entrepot.dossiers.assemble.methods import method
from entrepot.dossiers.assemble.ruledays import as_read, read_to, with_later
from entrepot.dossiers.assemble.wording import for_reader, sentence
from entrepot.dossiers.dossier.section import Section, Sentence
from entrepot.dossiers.law import Law, laws
from entrepot.errors import CodeError, RequestError
from entrepot.measures.ask import ask
from entrepot.measures.book import Row
from entrepot.measures.cite import HOW_SURE, because_line, cite, last_day, listed
from entrepot.measures.decide import Answer, Reason
from entrepot.measures.inquiry import inquire

ASKED_REGIMES: Final = ("EU", "US", "UK")
"""Regimes that are asked; Swiss and UN rules follow them. A choice."""

MOST_ASKED: Final = 24
"""Questions to the rules in one dossier: goods, destination and day. A choice."""

MOST_CODES: Final = 6
MOST_NOTES: Final = 2
"""Remarks of one answer that are printed, those that the rule base puts first."""

ANSWERS: Final = {
    "prohibited": "was prohibited",
    "licence": "needed a licence",
    "possible": "was restricted for a part of these goods, so that the code alone does not decide",
    "clause": "needed a contract that forbids re-export",
    "not_listed": "was not restricted by code",
}
"""What an answer of the rules says of a sale on a day."""

_KEPT: Final = (
    "measure_id", "regime", "instrument", "article", "annex", "destination", "effect",
    "commodity_code", "is_partial", "valid_from", "valid_to", "wind_down_to", "party", "goods",
    "exceptions", "certainty", "citation",
)  # fmt: skip


class Asked(NamedTuple):
    """One question to the rules."""

    code: str
    destination: str
    on: date


def law_section(material: Material, cited: Cited) -> Section:
    """Measures on the leads' goods, then answers of the rules on the days that claims speak of."""
    said: list[Sentence] = []
    for one in material.leads:
        said += lead_laws(one, material, cited)
    open_: list[tuple[str, Asked]] = []
    for asked in questions(material):
        made, unknown = _answers(asked, material, cited)
        said += made
        open_ += [(regime, asked) for regime in unknown]
    said += _unknown(open_, cited)
    if not said:
        text = "Neither a lead nor a claim of the case names goods that the rules could be asked of"
        said = [sentence(text, "unknown", (method(cited, "rules"),))]
    return Section("law", "What was restricted", tuple(dict.fromkeys(said)))


def lead_laws(one: LeadIn, material: Material, cited: Cited) -> list[Sentence]:
    """The measures on the goods of a lead, by act, article and annex."""
    known = [row for row in one.measures if row["valid_from"] <= material.as_of]
    made = []
    for law in laws(known):
        rows = [row for row in known if _is_of(row, law)]
        part = "a part of " if law.is_partial else ""
        text = (
            f"{law.regime} rules: {law.effect} to {name(one.lead.target)} for {part}"
            f"{listed(law.codes, MOST_CODES)} under {law.full}, from {law.valid_from}"
            f"{_ends(rows, material.as_of)}"
            f"{HOW_SURE.get(law.certainty.replace(' ', '_'), '')}"
            f"{as_read(law.regime, material.as_of)}"
        )
        day = max(material.as_of, law.valid_from or material.as_of)
        command = (
            f"entrepot rules ask {law.regime} {one.lead.target} {one.lead.commodity_code} "
            f"--on {day}"
        )
        made.append(
            sentence(text, "record", (rule_id(rows, cited, material.rules_id, query=command),))
        )
    return made


def _is_of(row: Row, law: Law) -> bool:
    (same,) = laws([row])
    return (same.regime, same.full, same.effect) == (law.regime, law.full, law.effect)


def _ends(rows: Sequence[Row], as_of: date) -> str:
    """The last day that all share; one after the dossier's own day is later knowledge."""
    ends = {row["valid_to"] for row in rows}
    end = next(iter(ends)) if len(ends) == 1 else None
    return f" to {last_day(end)}" if end and end <= as_of else ""


def rule_id(rows: Sequence[Row], cited: Cited, rules_id: str, *, query: str = "") -> str:
    """The citation of measures of one place in an act."""
    first = rows[0]
    more = f" and {len(rows) - 1} more lines" if len(rows) > 1 else ""
    return cited.add(
        "rule", f"{cite(first)}{more}: {first['citation']}", file_id=rules_id,
        locator=", ".join(str(row["measure_id"]) for row in rows[:3]), query=query,
        rows=[{key: row.get(key) for key in _KEPT} for row in rows],
    )  # fmt: skip


def questions(material: Material) -> tuple[Asked, ...]:
    """What the rules are asked: goods of leads and of claims, each on its day."""
    found = [*_of_leads(material), *_of_claims(material)]
    return tuple(dict.fromkeys(found))[:MOST_ASKED]


def _of_leads(material: Material) -> Iterator[Asked]:
    for one in material.leads:
        for where in (one.lead.target, one.lead.hub):
            yield Asked(one.lead.commodity_code, where, material.as_of)


def _of_claims(material: Material) -> Iterator[Asked]:
    for one in material.claims:
        if one.claim.type not in ("restriction", "transfer") or not one.claim.goods_codes:
            continue
        day = min(one.claim.date_from or one.claim.reported_on or material.as_of, material.as_of)
        for where in _places(one, material):
            yield Asked(one.claim.goods_codes[0], where, day)


def _places(one: ClaimIn, material: Material) -> list[str]:
    """Destinations that the claim and the case speak of: ISO alpha-3, each once."""
    claim, case = one.claim, material.case
    named = [claim.destination or "", *claim.actors, *claim.counterparts, case.hub, case.target]
    return [place for place in dict.fromkeys(named) if len(place) == len("BLR") and place.isupper()]


def _answers(asked: Asked, material: Material, cited: Cited) -> tuple[list[Sentence], list[str]]:
    """Sentences of the regimes that have an answer, and the regimes that have none."""
    found = [answer for regime in ASKED_REGIMES if (answer := _ask(regime, asked, material))]
    made = [one for answer in found if answer.answer in ANSWERS
            for one in _told(answer, asked, material, cited)]  # fmt: skip
    return made, [one.inquiry.regime for one in found if one.answer not in ANSWERS]


def _unknown(open_: Sequence[tuple[str, Asked]], cited: Cited) -> list[Sentence]:
    """Where the base does not reach, by goods, destination and day, in one sentence."""
    if not open_:
        return []
    places: dict[Asked, list[str]] = {}
    for regime, asked in open_:
        places.setdefault(asked, []).append(regime)
    told = "; ".join(
        f"{' and '.join(regimes)} rules on {asked.code} to {name(asked.destination)} on {asked.on}"
        for asked, regimes in places.items()
    )
    ids = [_question_id(asked, regime, cited) for regime, asked in open_]
    return [sentence(f"Not held whole in the rule base, so not known: {told}", "unknown", ids)]


def _ask(regime: str, asked: Asked, material: Material) -> Answer | None:
    """Null: such a sale is no export under the regime, or the code is in no edition."""
    try:
        return ask(inquire(regime, asked.destination, asked.code, asked.on), material.rulebook)
    except (CodeError, RequestError):
        return None


def _told(answer: Answer, asked: Asked, material: Material, cited: Cited) -> list[Sentence]:
    regime = answer.inquiry.regime
    why = "; ".join(because_line(_so_far(one, material.as_of)) for one in answer.because[:2])
    sure = HOW_SURE.get(answer.because[0].row["certainty"], "") if answer.because else ""
    text = (
        f"On {asked.on}, under {regime} rules, the sale of {_goods(asked)} to "
        f"{name(asked.destination)} {ANSWERS[answer.answer]}{f': {why}{sure}' * bool(why)}"
        f"{as_read(regime, asked.on)}"
    )
    rows = [one.row for one in answer.because]
    query = _query(asked, regime)
    ids = [rule_id(rows, cited, material.rules_id, query=query)] if rows else []
    ids = ids or [_question_id(asked, regime, cited)]
    told = (for_reader(one) for one in answer.notes if not _is_reading(one, answer))
    notes = [with_later(one, material.as_of) for one in told if one][:MOST_NOTES]
    return [sentence(text, "record", ids), *(_note(one, regime, asked, ids) for one in notes)]


def _so_far(reason: Reason, as_of: date) -> Reason:
    """A reason without its last day where that is later knowledge."""
    end = reason.row["valid_to"]
    return replace(reason, row={**reason.row, "valid_to": None}) if end and end > as_of else reason


def _is_reading(note: str, answer: Answer) -> bool:
    """Whether a note says how far the acts were read: the sentence itself says so."""
    day = read_to(answer.inquiry.regime, answer.inquiry.on)
    return day is not None and note.startswith("The base holds ") and str(day) in note


def _note(text: str, regime: str, asked: Asked, ids: Sequence[str]) -> Sentence:
    said = f"To read with it, {regime} rules for {name(asked.destination)}: {text}"
    return sentence(said, "record", ids)


def _goods(asked: Asked) -> str:
    return f"{asked.code} ({short_label(asked.code)})"


def _query(asked: Asked, regime: str) -> str:
    return f"entrepot rules ask {regime} {asked.destination} {asked.code} --on {asked.on}"


def _question_id(asked: Asked, regime: str, cited: Cited) -> str:
    """Where no measure stands behind an answer, what was asked is cited."""
    row: dict[str, Any] = {"regime": regime, "destination": asked.destination,
                           "commodity_code": asked.code, "on": asked.on.isoformat(),
                           "measures": 0}  # fmt: skip
    what = f"No measure of the rule base on {asked.code} to {asked.destination} on {asked.on}"
    return cited.add(
        "method", what, locator="docs/rules.md", query=_query(asked, regime), rows=(row,)
    )
