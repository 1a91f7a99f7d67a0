"""Leads: signals about one hub, one kind of goods and one target, ranked."""

from typing import Final

LEAD: Final[dict[str, str]] = {
    "lead_id": "string",  # "lea_" and a hash of hub, target, basket, window, coalition
    "rank": "int64",  # 1 is best explained by rerouting; null: told, not ranked
    "hub": "string",  # ISO alpha-3: a role in the figures, not a verdict
    "target": "string",  # ISO alpha-3
    "commodity_code": "string",  # newest code of the basket
    "commodity": "string",  # its description
    "valid_measures": "list",  # measure ids that restrict direct sale to the target
    "period_from": "string",  # first period after the ban
    "period_to": "string",  # last period with figures
    "currency": "string",  # EUR or USD: the unit of all money below
    "expected": "float64",  # without rerouting, over the window; null: no past to judge by
    "actual": "float64",  # as published, over the window; 0 only where figures are complete
    "excess": "float64",  # actual - expected
    "excess_low": "float64",  # 5th percentile
    "excess_high": "float64",  # 95th percentile
    "q_value": "float64",  # expected share of false leads in the list down to this row
    "direct_loss": "float64",  # coalition to target: earlier level less actual, at least 0
    "onward_excess": "float64",  # hub to target; null: no figures loaded
    "rerouted_low": "float64",  # null: needs the onward leg
    "rerouted_high": "float64",
    "phantom_share_low": "float64",  # null: needs the hub's own import figures
    "phantom_share_high": "float64",
    "status": "string",  # see STATUSES
    "explanations": "list",  # short exact sentences made from the numbers
}
"""Columns of `out_signals__leads`, in order. What was not measurable is null, never 0."""

STATUSES: Final = (
    "lead",  # in the list at the false share asked for
    "below_threshold",  # a rise, but not safely told from ordinary change
    "note",  # one month holds most of it: one delivery is a note, not a lead
    "no_rise",  # at or below what was expected
    "fall",  # clearly below what was expected
    "new_code",  # the code is new in the nomenclature and its past is not in the figures
    "too_recent",  # banned too late, or with too short a past, to compare before and after
)
