"""The nouns of evidence: what a claim, a verdict and a standing consist of."""

from typing import Final

CLAIM: Final[dict[str, str]] = {
    "claim_id": "string",  # "clm_" and a hash of report, span, type and predicate
    "text": "string",  # the words of the report from span[0] to span[1], to the letter
    "span": "list",  # [start, end) characters of the report's text
    "type": "string",  # see TYPES: which kind of record could test it
    "kind": "string",  # see KINDS: in what voice it is said
    "predicate": "string",  # see PREDICATES: what exactly is said
    "is_negated": "boolean",  # "does not buy", "no evidence that"
    "actors": "list",  # who does it: ISO alpha-3 of a country, else the name as printed
    "counterparts": "list",  # to, from or against whom, where it is no place; same spelling
    "goods": "list",  # as printed
    "goods_codes": "list",  # HS prefixes that the goods mean; empty: not known
    "origin": "string",  # ISO alpha-3, else the place as printed; null: not said
    "destination": "string",  # the same
    "date_from": "date",  # first day meant; null: not said
    "date_to": "date",  # day after the last one meant (half-open); null: open or not said
    "quantity": "float64",  # in `unit`; of a range the lower end; null: not said
    "quantity_to": "float64",  # upper end of a range; null: no range
    "bound": "string",  # exactly, about, at_least, at_most, more_than, less_than; null: no quantity
    "unit": "string",  # ISO 4217 code of money, "%" , "share", "kg", "t", "rank", "times", or the
    # thing counted as printed, in lower case ("soldiers")
    "attributed_to": "string",  # on whose word, as printed; null: the report's own
    "hedge": "string",  # as printed ("probably", "according to unconfirmed reports"); null: none
    "parts": "map",  # name of a column above -> list of [start, end) of the words it was read from
    "language": "string",  # en, ru, uk
    "report_id": "string",  # "rep_" and a hash of the report's text
    "reported_on": "date",  # the report's own day; null: not known
}
"""Columns of `core_evidence__claims`, in order. What the report does not say is null."""

TYPES: Final = (
    "restriction",  # who may or may not sell or buy what, under the rules
    "trade",  # how much, more, less, none; ranks and shares
    "price",  # a discount, a mark-up, a unit value
    "listing",  # a party is or is not on a sanctions list
    "movement",  # people, aircraft, trains, trucks, ships moved or are somewhere
    "transfer",  # goods were or are to be passed on through a third country or party
    "other",  # a claim that no record here can test
)
KINDS: Final = ("fact", "accusation", "denial", "threat", "forecast")

PREDICATES: Final[dict[str, tuple[str, ...]]] = {
    "restriction": ("may", "may_not", "imposes", "lifts", "exempts"),
    "trade": ("buys", "sells", "rises", "falls", "stops", "none", "rank", "share", "value"),
    "price": ("discount", "premium", "unit_value", "price_change"),
    "listing": ("listed", "delisted", "not_listed"),
    "movement": ("moves", "present", "absent", "leaves"),
    "transfer": ("passes_on", "receives", "intends", "route"),
    "other": ("says", "acts"),
}
"""What is said, by type. `is_negated` turns it round; a comparison (rises, falls) carries the
change in `quantity` with unit "%", "times" or money."""

VERDICTS: Final = ("supported", "contradicted", "partly", "not_testable")
"""Outcome of the test of one claim against the records that are loaded."""

STANDINGS: Final = ("uncorroborated", "corroborated", "contested", "refuted")
"""How well a claim stands on all evidence; a word, beside a probability band."""
