"""Comext bulk files: a month of all trade of the EU members, about 4.9 million rows.

Source: Eurostat, Comext bulk download. Two layouts: `full_v2_YYYYMM` with `REPORTER`, and the
older one with `DECLARANT_ISO`. The statistical procedure separates normal trade from inward and
outward processing, in which repairs of aircraft parts are booked; it is part of a cell.
"""

from dataclasses import replace
from typing import Final

from entrepot.sources.delimited import Layout, reader
from entrepot.sources.eurostat_relational import EUROSTAT
from entrepot.sources.raw import Format

_MEANING: Final = replace(EUROSTAT, not_available=frozenset({":"}))
_REQUIRED: Final = (
    ("reporter",),
    ("partner",),
    ("code",),
    ("flow",),
    ("period",),
    ("value_eur",),
    ("procedure",),
)

V2: Final = Layout(
    name="comext",
    title="Comext bulk file (full_v2)",
    roles={
        "reporter": ("REPORTER",),
        "partner": ("PARTNER",),
        "code": ("PRODUCT_NC",),
        "flow": ("FLOW",),
        "procedure": ("STAT_PROCEDURE",),
        "unit": ("SUPPL_UNIT",),
        "period": ("PERIOD",),
        "value_eur": ("VALUE_EUR",),
        "mass": ("QUANTITY_KG",),
        "quantity": ("QUANTITY_SUPPL_UNIT",),
    },
    required=_REQUIRED,
    meaning=_MEANING,
    quoted=False,
    marks=("PRODUCT_NC", "STAT_PROCEDURE"),
)

OLDER: Final = Layout(
    name="comext-older",
    title="Comext bulk file (older layout)",
    roles={
        "reporter": ("DECLARANT_ISO",),
        "partner": ("PARTNER_ISO",),
        "code": ("PRODUCT_NC",),
        "flow": ("FLOW",),
        "procedure": ("STAT_REGIME",),
        "unit": ("SUPP_UNIT",),
        "period": ("PERIOD",),
        "value_eur": ("VALUE_IN_EUROS",),
        "mass": ("QUANTITY_IN_KG",),
        "quantity": ("SUP_QUANTITY",),
    },
    required=_REQUIRED,
    meaning=_MEANING,
    quoted=False,
    marks=("PRODUCT_NC", "STAT_REGIME", "DECLARANT_ISO"),
)

FULL_V2: Final = Format(V2.name, V2.title, _MEANING, reader(V2))
OLDER_LAYOUT: Final = Format(OLDER.name, OLDER.title, _MEANING, reader(OLDER))
