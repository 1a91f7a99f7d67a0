"""What of a model's answer counts: only what the words of the report say.

A quote must stand in the report to the letter, and each name in the quote. A number or a day counts
where the finders of `language` read the same one in the quote. All else is dropped and counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from math import isclose
from typing import Any, Final

from entrepot.codes.country import members, name, parse
from entrepot.errors import CodeError
from entrepot.evidence.claim import Claim, Span
from entrepot.evidence.language.amounts import amounts
from entrepot.evidence.language.days import days
from entrepot.evidence.language.goods import goods
from entrepot.evidence.language.places import places
from entrepot.evidence.reading.script import language_of
from entrepot.evidence.report import Report
from entrepot.records.evidence import KINDS, PREDICATES

MOST_CLAIMS: Final = 500
LONGEST_QUOTE: Final = 2_000
_SCHEMA: Final = frozenset({
    "quote", "type", "kind", "predicate", "is_negated", "actors", "counterparts", "goods",
    "origin", "destination", "date_from", "date_to", "quantity", "quantity_to", "bound", "unit",
    "attributed_to", "hedge",
})  # fmt: skip


@dataclass(slots=True)
class Dropped:
    """How many claims and fields did not count, by reason."""

    quotes: int = 0  # words that do not stand in the report
    malformed: int = 0  # no object, or a type, kind or predicate that does not exist
    values: int = 0  # names, days or numbers that the quote does not say
    foreign: int = 0  # fields outside the schema
    beyond: int = 0  # claims after the first `MOST_CLAIMS`

    @property
    def sentence(self) -> str:
        """What was dropped, in words; empty: nothing."""
        told = {
            "quotes": "claims whose words do not stand in the report",
            "malformed": "claims that are not well formed",
            "values": "names, days or numbers that their quote does not say",
            "foreign": "fields outside the schema",
            "beyond": f"claims after the first {MOST_CLAIMS}",
        }
        said = [f"{getattr(self, one.name)} {told[one.name]}" for one in fields(self)
                if getattr(self, one.name)]  # fmt: skip
        return ", ".join(said)


@dataclass(slots=True)
class _Places:
    """Where each quote was found last, so that the same words twice are two claims."""

    last: dict[str, int] = field(default_factory=dict)


def claims_of(report: Report, answer: list[Any]) -> tuple[tuple[Claim, ...], Dropped]:
    """The claims of an answer that count, in order of the text, and what was dropped."""
    dropped = Dropped(beyond=max(0, len(answer) - MOST_CLAIMS))
    seen = _Places()
    found: dict[str, Claim] = {}
    for one in answer[:MOST_CLAIMS]:
        made = _claim(report, one, seen, dropped)
        if made is not None:
            found.setdefault(made.claim_id, made)
    return tuple(sorted(found.values(), key=lambda claim: claim.span)), dropped


def _claim(report: Report, one: Any, seen: _Places, dropped: Dropped) -> Claim | None:
    if not _is_formed(one):
        dropped.malformed += 1
        return None
    span = _span(report.text, one["quote"], seen)
    if span is None:
        dropped.quotes += 1
        return None
    dropped.foreign += len(set(one) - _SCHEMA)
    text = report.text[span[0] : span[1]]
    wares = tuple(said for said in _strings(one.get("goods")) if said in text)
    dropped.values += len(_strings(one.get("goods"))) - len(wares)
    told: dict[str, Any] = {
        **{key: _names(text, one.get(key), dropped) for key in ("actors", "counterparts")},
        **{key: next(iter(_names(text, one.get(key), dropped)), None)
           for key in ("origin", "destination")},
        **{key: _words(report.text, one.get(key), dropped) for key in ("attributed_to", "hedge")},
        **_when(report, text, one, dropped),
        **_how_many(text, one, dropped),
    }  # fmt: skip
    return Claim(
        text=text, span=span, type=one["type"], kind=one["kind"], predicate=one["predicate"],
        report_id=report.report_id, is_negated=one.get("is_negated") is True, goods=wares,
        goods_codes=_codes(text, wares), language=language_of(text),
        reported_on=report.reported_on, **told,
    )  # fmt: skip


def _codes(text: str, wares: tuple[str, ...]) -> tuple[str, ...]:
    """HS prefixes of the goods, as the gazetteer has them."""
    found = [ware for ware in goods(text)
             if any(text[ware.start : ware.end] in said for said in wares)]  # fmt: skip
    return tuple(dict.fromkeys(code for ware in found for code in ware.codes))


def _is_formed(one: Any) -> bool:
    if not isinstance(one, Mapping) or not isinstance(one.get("quote"), str):
        return False
    kinds = isinstance(one.get("type"), str) and one.get("kind") in KINDS
    return kinds and one.get("predicate") in PREDICATES.get(one["type"], ())


def _span(text: str, quote: str, seen: _Places) -> Span | None:
    """Where a quote stands to the letter; of the same quote again the next place."""
    words = quote.strip()
    if not words or len(words) > LONGEST_QUOTE:
        return None
    start = text.find(words, seen.last.get(words, -1) + 1)
    if start < 0:
        return None
    seen.last[words] = start
    return start, start + len(words)


def _strings(value: Any) -> list[str]:
    listed = value if isinstance(value, list) else [value]
    return [one for one in listed if isinstance(one, str) and one.strip()][:20]


def _names(text: str, value: Any, dropped: Dropped) -> tuple[str, ...]:
    """Names that the quote says: in its letters, or a code of a place that it names."""
    codes = {place.code for place in places(text) if place.code}
    kept = []
    for one in _strings(value):
        code = _code(one)
        if code in codes:
            kept.append(code)
        elif one in text and not _code(one):
            kept.append(one)
        else:
            dropped.values += 1
    return tuple(dict.fromkeys(kept))


def _code(said: str) -> str:
    """ISO alpha-3 or group of a country's name or code; empty: it is none."""
    try:
        members(said)
    except CodeError:
        return ""
    try:
        found = parse(said)
    except CodeError:
        return said.strip().upper()
    return found if name(found) else ""


def _words(text: str, value: Any, dropped: Dropped) -> str | None:
    """Words of the quote, or of the report around it (a speaker); null: not said."""
    if not isinstance(value, str) or not value.strip():
        return None
    if value in text:
        return value.strip()
    dropped.values += 1
    return None


def _when(
    report: Report, text: str, one: Mapping[str, Any], dropped: Dropped
) -> dict[str, date | None]:
    """Days that the quote says: both ends as the finder reads them there, else null."""
    asked = {key: _day(one.get(key)) for key in ("date_from", "date_to")}
    if not any(asked.values()):
        return {}
    for said in days(text, report.reported_on):
        if (said.starts_on, said.ends_on) == (asked["date_from"], asked["date_to"]):
            return asked
    dropped.values += 1
    return {}


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _how_many(text: str, one: Mapping[str, Any], dropped: Dropped) -> dict[str, Any]:
    """The number as the finder reads it in the quote, with its own unit and bound, else nothing."""
    value = one.get("quantity")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return {}
    for said in amounts(text):
        if isclose(said.value, value, rel_tol=1e-9):
            return {"quantity": said.value, "quantity_to": said.value_to, "bound": said.bound,
                    "unit": said.unit}  # fmt: skip
    dropped.values += 1
    return {}
