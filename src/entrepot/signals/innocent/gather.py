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
    exported = source.engine.fetch(source.exports().select("commodity_code").distinct())
    pairs = source.engine.fetch(_pairs(source)).to_pylist()
    hubs, members = set(source.hubs), set(source.members)
    sold = [row for row in pairs if row["flow"] == Flow.X.value]
    bought = [row for row in pairs if row["flow"] == Flow.M.value]
    weighed = any(r["weighed"] for r in sold if r["reporter"] in members and r["partner"] in hubs)
    own = any(r["reporter"] in hubs and r["partner"] != source.question.target for r in sold)
    mirror = any(r["reporter"] in members and r["partner"] in hubs for r in bought)
    return Gathered(
        masses=quantity.masses(source) if weighed else None,
        hidden=confidential.hidden(source, exported["commodity_code"].to_pylist()),
        own=production.own_sales(source) if own else None,
        mirror=production.mirrored_sales(source) if mirror else None,
    )


def _pairs(source: Source) -> ir.Table:
    """Who reports which flow with whom, and how many rows of it have a mass."""
    rows = source.paid()
    return rows.group_by(["flow", "reporter", "partner"]).agg(weighed=rows.net_mass_kg.count())
