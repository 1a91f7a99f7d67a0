"""What the figures hold beside the panel, asked of the engine once for all windows.

One look over the codes says which of it is there; what is not there costs nothing more.
"""

from dataclasses import dataclass

import ibis.expr.types as ir

from entrepot.codes.flow import Flow
from entrepot.signals.innocent import confidential, production, quantity
from entrepot.signals.innocent.confidential import Hidden
from entrepot.signals.innocent.production import Sold
from entrepot.signals.innocent.quantity import Masses
from entrepot.signals.innocent.source import Source


@dataclass(frozen=True)
class Gathered:
    """Figures beside the panel, for all windows; null: not in the figures."""

    masses: Masses | None
    hidden: Hidden | None
    own: Sold | None
    mirror: Sold | None


def gather(source: Source) -> Gathered:
    """Fetch what there is. Results are equal on every engine."""
    codes = source.engine.fetch(_probe(source)).to_pylist()
    exported = [row["commodity_code"] for row in codes if row["exported"]]
    return Gathered(
        masses=quantity.masses(source) if any(row["weighed"] for row in codes) else None,
        hidden=confidential.hidden(source, exported),
        own=production.own_sales(source) if any(row["own"] for row in codes) else None,
        mirror=production.mirrored_sales(source) if any(row["mirror"] for row in codes) else None,
    )


def _probe(source: Source) -> ir.Table:
    """Per code, how many rows say something of each explanation."""
    rows, hubs = source.paid(), list(source.hubs)
    by_coalition, by_hub = rows.reporter.isin(source.members), rows.reporter.isin(hubs)
    to_hub = rows.partner.isin(hubs)
    exported = (rows.flow == Flow.X.value) & by_coalition & to_hub
    counted = {
        "exported": exported,
        "weighed": exported & rows.net_mass_kg.notnull(),
        "own": (rows.flow == Flow.X.value) & by_hub & (rows.partner != source.question.target),
        "mirror": (rows.flow == Flow.M.value) & by_coalition & to_hub,
    }
    return rows.group_by("commodity_code").agg(
        **{name: condition.cast("int64").sum() for name, condition in counted.items()}
    )
