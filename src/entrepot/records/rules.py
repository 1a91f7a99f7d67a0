"""Measures: one restriction on goods, by one regime, for one destination, over one time."""

from typing import Final

MEASURE: Final[dict[str, str]] = {
    "measure_id": "string",  # "msr_" and a hash of the content
    "regime": "string",  # EU, US, UK, CH, UN
    "instrument": "string",  # the act, e.g. "Reg. (EU) 833/2014"
    "article": "string",
    "annex": "string",
    "destination": "string",  # ISO alpha-3 of the country restricted, or "*" for any third country
    "effect": "string",  # see EFFECTS
    "code_system": "string",  # CN or HS
    "commodity_code": "string",  # a prefix: covers all codes that begin with it; "*": see below
    "is_partial": "boolean",  # "ex" codes and entries by description: only part of the code
    "valid_from": "date",  # binds on this day
    "valid_to": "date",  # no longer binds on this day; null: no end known
    "wind_down_to": "date",  # old contracts may be performed before this day; null: none
    "certainty": "string",  # see CERTAINTIES
    "citation": "string",
    "note": "string",
    "contracts_before": "date",  # the wind-down spares contracts concluded before this day
    "party": "string",  # dealings with whom, other spellings after " | "; "": everybody
    "goods": "string",  # goods in words, where no code holds them
    "exceptions": "string",  # in words
}
"""Columns of `core_rules__measures`. Half-open dates; a null `valid_to` is "no end known".

Commodity code "*": a measure on a party binds whatever the goods; any other one means goods that
only words describe (`goods`), so that no code says whether it binds."""

ANY: Final = "*"
"""In `commodity_code` and `destination`: any."""

EFFECTS: Final = (
    "export_ban",  # sale, supply, transfer, export prohibited
    "asset_freeze",  # nothing of value may be made available to a party
    "transit_ban",
    "service_ban",  # insurance, repair, brokering, technical or financial help
    "licence",  # allowed with a licence only
    "clause",  # contract must forbid re-export; not a ban by itself
    "due_diligence",  # duty of care; not a ban by itself
    "watch",  # a warning list of an authority; not a ban by itself
    "wind_down",  # says which old contracts are spared; not a ban by itself
)
RESTRICTING: Final = ("export_ban", "licence")
"""Effects under which a direct sale to the destination is not free."""

CERTAINTIES: Final = ("text", "official_summary", "secondary", "derived", "recalled")
"""How sure a row is: legal text read; official abstract read; secondary source read; derived from
other facts; recalled and not verified."""

ANSWERS: Final = ("prohibited", "licence", "possible", "clause", "not_listed", "unknown")
"""What may be said of a sale, from the strongest restriction to none, and "not known"."""

STANDING: Final = ANSWERS[:3]
"""Answers for which one measure is enough, also where the base does not reach as a whole."""

BARRED: Final = ANSWERS[:2]
"""Answers under which the sale as asked may not simply go ahead."""
