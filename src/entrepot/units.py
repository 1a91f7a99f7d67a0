"""Named constants with unit and source, and the suffix rules for column names.

Suffixes: `_eur _usd` money, `_kg` mass, `_days` time, `_share` 0 to 1, `_pct` percent, `_code`
`_id` text keys, `_on` a date, `_at` a UTC instant, `_from`/`_to` a half-open interval. A name
without suffix is dimensionless.
"""

LOW_BASE_PER_MONTH = 10_000.0
"""EUR (or USD) a month added to both sides of a surge ratio, so that tiny bases do not rank first.

Source: the project's own definition of the shrunken surge, docs/methods.md, "The rise".
"""

MONTHS_PER_YEAR = 12
"""Months in a calendar year; seasons are compared month by month."""

INTERVAL_SHARE = 0.90
"""Share of placebo cells that the printed intervals hold: 5th to 95th percentile."""

DEFAULT_FALSE_SHARE = 0.10
"""Largest expected share of false leads in a list, unless `--fdr` says otherwise."""

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth. Source: IUGG, (2a + b) / 3 of GRS 80, Moritz 2000."""
