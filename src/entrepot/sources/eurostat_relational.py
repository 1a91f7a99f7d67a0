"""Eurostat "Relational View" CSV: one row a figure, labels or codes with labels.

Source: Easy Comext and Data Browser exports, for example
`REPORTER,PARTNER,PRODUCT,FLOW,STAT_PROCEDURE,PERIOD,VALUE_IN_EUR`.
"""

from typing import Final

from entrepot.sources import meanings
from entrepot.sources.delimited import Layout, reader
from entrepot.sources.raw import Format, Meaning

EUROSTAT: Final = Meaning(
    country=meanings.eurostat_country_of,
    flow=meanings.eurostat_flow_of,
    code=meanings.eurostat_code_of,
    period=meanings.comext_period_of,
    not_available=frozenset({":", ""}),
)

LAYOUT: Final = Layout(
    name="eurostat-relational",
    title="Eurostat Relational View",
    roles={
        "reporter": ("REPORTER",),
        "partner": ("PARTNER",),
        "code": ("PRODUCT",),
        "flow": ("FLOW",),
        "procedure": ("STAT_PROCEDURE", "STAT_REGIME"),
        "period": ("PERIOD", "TIME_PERIOD"),
        "value_eur": ("VALUE_IN_EUR", "VALUE_IN_EUROS", "VALUE_EUR"),
        "mass": ("QUANTITY_IN_KG", "QUANTITY_KG"),
        "mass_100kg": ("QUANTITY_IN_100KG",),
        "quantity": ("SUPPLEMENTARY_QUANTITY", "SUP_QUANTITY", "QUANTITY_SUPPL_UNIT"),
        "unit": ("SUPPL_UNIT", "SUPP_UNIT"),
    },
    required=(("reporter",), ("partner",), ("code",), ("flow",), ("period",), ("value_eur",)),
    meaning=EUROSTAT,
    marks=("PRODUCT",),
)

RELATIONAL: Final = Format("eurostat-relational", LAYOUT.title, EUROSTAT, reader(LAYOUT))
