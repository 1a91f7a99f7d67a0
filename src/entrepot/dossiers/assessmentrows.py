"""What stands behind a tested claim, line by line: references to rows, and the records asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from entrepot.evidence.assessing.assessment import Row
from entrepot.evidence.assessing.records import Records
from entrepot.measures.cite import HOW_SURE, WORDS, last_day, listed
from entrepot.measures.context import regimes
from entrepot.signals.amounts import money

MOST_NAMED: Final = 10
"""Countries and codes that one reference names; the data that `assess` writes have all."""

_SIGNS: Final = 12
"""Characters of a sha256 that are shown."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A record as a reader looks it up.

    Attributes:
        key: id, command, or file and line; empty: it has none.
        text: what it is.
        more: places of single published rows.
    """

    key: str
    text: str
    more: tuple[str, ...] = ()


def references(rows: Sequence[Row]) -> list[Reference]:
    """The records behind a sentence, in their order."""
    return [_HOW.get(row["kind"], _other)(row) for row in rows]


def records_used(held: Records, figures: str = "") -> list[tuple[str, list[str]]]:
    """What claims were tested against, by kind, so that what is missing is seen too.

    Ask while the records are open.

    Args:
        held: the records at hand.
        figures: of when the trade figures are; empty: not known.
    """
    acts = ", ".join(f"{one.regime} to {one.state_to}" for one in regimes().values())
    return [
        ("Rules", [f"the built-in rule base; acts read: {acts}"]),
        ("Trade figures", _figures(held, figures)),
        ("Lists of parties", _editions(held)),
        ("Observations", [_counted(held.observations, "line")]),
        ("Flights", [_counted(held.flights, "flight")]),
    ]


def _figures(held: Records, figures: str) -> list[str]:
    if held.figures is None:
        return ["none loaded"]
    said = [f"{held.figures.title}{f', {figures}' if figures else ''}", *held.figures.notes]
    return [*said, f"they lack: {'; '.join(held.figures.lacks)}"] if held.figures.lacks else said


def _editions(held: Records) -> list[str]:
    editions = held.lists.editions() if held.lists else ()
    return [
        f"{one.list_id}, {f'as of {one.days[-1]}' if one.days else 'day not known'}, edition "
        f"{one.edition_id[:_SIGNS]}"
        for one in editions
    ] or ["none loaded, but for parties named in the rule base"]


def _counted(found: Sequence[Any] | None, what: str) -> str:
    if found is None:
        return "none loaded"
    return f"{len(found):,} {what}{'s' * (len(found) != 1)}"


def _measure(row: Row) -> Reference:
    what = WORDS.get(row.get("effect") or "", (row.get("effect") or "").replace("_", " "))
    code, whom = row.get("commodity_code") or "*", row.get("destination") or "*"
    goods = "" if "*" in (code, whom) else f"{code} to {whom}"
    head = ", ".join(part for part in (
        " ".join(one for one in (row.get("regime"), what) if one), goods, row.get("place"),
        _days(row.get("valid_from"), row.get("valid_to")),
    ) if part)  # fmt: skip
    return Reference(row["measure_id"], _cited(head, row))


def _remark(row: Row) -> Reference:
    days = _days(row.get("valid_from"), row.get("valid_to"))
    head = ", ".join(part for part in (f"{row['regime']} rules", row.get("place"), days) if part)
    return Reference("", _cited(head, row))


def _reach(row: Row) -> Reference:
    """What the base holds whole, so that what it does not name is not listed."""
    days = _days(row.get("known_from"), row.get("known_to"))
    code = row.get("commodity_code") or "*"
    goods = "all codes" if code == "*" else f"codes of {code}"
    return Reference("", _cited(f"{row['regime']} lists held whole for {goods}, {days}", row))


def _cited(head: str, row: Row) -> str:
    sure = HOW_SURE.get(row.get("certainty") or "text", "")
    return f"{head}: {row['citation']}{sure}" if head else f"{row['citation']}{sure}"


def _days(first: str | None, after: str | None) -> str:
    """Half-open days as people say them: the last one is part of them."""
    if first and after:
        return f"{first} to {last_day(date.fromisoformat(after))}"
    return f"from {first}" if first else ""


def _flows(row: Row) -> Reference:
    """A sum of published rows; `value` holds no heading with its children."""
    periods, flow = row["periods"], "exports" if row["flow"] == "X" else "imports"
    way = "to" if row["flow"] == "X" else "from"
    whom = listed(row["partners"], MOST_NAMED) if row.get("partners") else "all partners held"
    span = f"{periods[0]} to {periods[-1]}" if periods else "no period"
    files = ", ".join(one["name"] or one["file_id"][:_SIGNS] for one in row["files"]) or "no file"
    total = money(row["value"], row["currency"]) if row.get("currency") else ""
    text = (
        f"{flow} reported by {listed(row['reporters'], MOST_NAMED) or 'nobody'}, {way} {whom}; "
        f"codes {listed(row['commodity_codes'], MOST_NAMED)}; {span}{f': {total}' if total else ''}"
        f", in {row['rows']:,} published rows of {files}"
    )
    return Reference("", text, tuple(row["locators"]))


def _list(row: Row) -> Reference:
    days = row.get("edition_days") or row.get("days") or []
    edition = (row.get("edition_id") or "")[:_SIGNS]
    parts = [
        row["list_id"],
        f"edition {edition}" if edition else "edition not known",
        f"of {days[-1]}" if days else "day not known",
        f"entry {row['record_id']}" if row.get("record_id") else "",
        f"“{row['caption']}”" if row.get("caption") else "",
        f"score {row['score']:.2f}" if row.get("score") is not None else "",
        f"listed on {row['listed_on']}" if row.get("listed_on") else "",
        row.get("locator") or "",
    ]
    return Reference("", ", ".join(part for part in parts if part))


def _lead(row: Row) -> Reference:
    span = f"{row['period_from']} to {row['period_to']}"
    text = (
        f"{row['hub']}, goods {row['commodity_code']}, {span}, {row['status'].replace('_', ' ')}; "
        "a lead is a reason to look, not a finding"
    )
    return Reference(f"entrepot explain {row['lead_id']}", text)


def _command(row: Row) -> Reference:
    if row["kind"] == "prices":
        against = f" against {row['against']}" if row.get("against") else ""
        text = f"{row['figures']}, {row['period_from']} to {row['period_to']}{against}"
        return Reference(row["command"], text)
    return Reference(row["command"], f"place {row['rank']}: {row['partner']}, {row['source']}")


def _observation(row: Row) -> Reference:
    count = "not counted" if row["count"] is None else f"{row['count']:,}"
    place = row["place"] or row["to_place"] or row["from_place"] or "place not said"
    text = (f"{row['observed_from']} to {row['observed_to']}, {row['what']}: {count}, {place}, "
            f"by {row['observer']}")  # fmt: skip
    return Reference(row["locator"], text)


def _flight(row: Row) -> Reference:
    which = row["callsign"] or row["registration"] or row["icao24"] or "aircraft not named"
    text = (f"{which}, {row['origin'] or '?'} to {row['destination'] or '?'}, {row['first_at']} to "
            f"{row['last_at']}")  # fmt: skip
    return Reference(row["locator"], text)


def _other(row: Row) -> Reference:
    return Reference("", ", ".join(
        f"{name} {value}" for name, value in row.items() if value not in (None, [])
    ))  # fmt: skip


_HOW: Final[dict[str, Callable[[Row], Reference]]] = {
    "measure": _measure, "remark": _remark, "reach": _reach, "flows": _flows, "list": _list,
    "lead": _lead, "prices": _command, "partners": _command, "observation": _observation,
    "flight": _flight,
}  # fmt: skip
