"""The gap: what the target may not have and the hub may, on a day, and how it opened and closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from entrepot.codes.commodity import short_label
from entrepot.codes.period import within
from entrepot.codes.sections import section
from entrepot.measures.book import FULL, Row, Rulebook, Touch, binds
from entrepot.measures.spells import RANK, barring, change_days, cover_on, listed_codes


@dataclass(frozen=True)
class Gap:
    """A code, as an act prints it, which is more restricted for the target than for the hub.

    `target_cover` part or full; `hub_cover` none or part. The gap has been open, to this or another
    extent, since `opened_on` and closes on `closes_on` (null: still open where the base ends).
    `rows` restrict the target on the day, `hub_rows` the hub (in part), `closing` the hub on the
    closing day: none where the target's own measures ended.
    `except_codes` are narrower codes of `hub_rows`: for those there is no gap.
    """

    commodity_code: str
    commodity: str
    section: str
    target_cover: str
    hub_cover: str
    opened_on: date
    closes_on: date | None
    except_codes: tuple[str, ...]
    rows: tuple[Row, ...]
    hub_rows: tuple[Row, ...]
    closing: tuple[Row, ...]


def gap(
    book: Rulebook, hub: str, target: str, on: date, regimes: Sequence[str] | None = None
) -> list[Gap]:
    """Codes that may not be sold to the target, and may be sold to the hub at least in part.

    The list is right only where the base holds all that is barred to the hub on that day: see
    `context.refuse_unreached`. A sale to the hub that is meant for use in the target counts as a
    sale to the target under the EU's bans, so a gap is room in the rules, not leave to pass goods
    on.

    Args:
        book: the measures.
        hub: ISO alpha-3 of the third country.
        target: ISO alpha-3 of the sanctioned destination.
        on: the day.
        regimes: whose measures; null: all.

    Returns:
        Ordered by code. Codes inside a shorter listed code with the same gap are not repeated.
        Goods that only words describe have no code and are not here.
    """
    found: dict[str, Gap] = {}
    for code in listed_codes(book, target, regimes, on):
        one = _gap(book, code, hub, target, on, regimes)
        if one is not None and not _is_inside(one, found):
            found[code] = one
    return list(found.values())


def is_open(target: Sequence[Touch], hub: Sequence[Touch], on: date) -> bool:
    """Whether a code is more restricted for the target than for the hub on a day."""
    return RANK[cover_on(target, on)] > RANK[cover_on(hub, on)]


def times(target: Sequence[Touch], hub: Sequence[Touch]) -> list[tuple[date, date | None]]:
    """When the gap of a code was open: half-open spans in order; null: no end known."""
    days = change_days(touch.row for touch in (*target, *hub))
    spans: list[tuple[date, date | None]] = []
    for day, after in zip(days, [*days[1:], None], strict=False):
        if is_open(target, hub, day):
            joined = spans and spans[-1][1] == day
            start = spans.pop()[0] if joined else day
            spans.append((start, after))
    return spans


def _gap(
    book: Rulebook, code: str, hub: str, target: str, on: date, regimes: Sequence[str] | None
) -> Gap | None:
    theirs = barring(book, code, target, regimes)
    own = barring(book, code, hub, regimes)
    if not is_open(theirs, own, on):
        return None
    spans = times(theirs, own)
    start, end = next(span for span in spans if within(*span, on))
    hub_rows = [touch.row for touch in own if binds(touch.row, on)]
    narrower = {row["commodity_code"] for row in hub_rows if not row["is_partial"]} - {code}
    return Gap(
        commodity_code=code,
        commodity=short_label(code),
        section=section(code)[0],
        target_cover=cover_on(theirs, on),
        hub_cover=cover_on(own, on),
        opened_on=start,
        closes_on=end,
        except_codes=tuple(sorted(narrower)),
        rows=tuple(touch.row for touch in theirs if binds(touch.row, on)),
        hub_rows=tuple(hub_rows),
        closing=tuple(t.row for t in own if end and t.row["valid_from"] == end),
    )


def _is_inside(one: Gap, found: dict[str, Gap]) -> bool:
    """Whether a shorter code already says it: barred as a whole, as open, and for as long."""
    code = one.commodity_code
    wider = (found.get(code[:digits]) for digits in range(2, len(code), 2))
    return any(
        above.target_cover == FULL
        and (above.hub_cover, above.closes_on) == (one.hub_cover, one.closes_on)
        for above in wider
        if above is not None
    )
