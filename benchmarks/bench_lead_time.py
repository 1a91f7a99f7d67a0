"""How long before official acts named them did pairs of hub and goods stand in the list of leads?

    python benchmarks/bench_lead_time.py [--fdr 0.1] [--engine duckdb]

For each month's end from May 2022 to February 2023 the leads are made from the shipped figures as
of that day (docs/vintages.md: until 13 January 2023 cut to the months that were due, so
approximate, as revisions made since are in them). Prints one JSON line for each pair of hub and
heading that a later act named: first day on which it was listed (null: never), last month used
then, and days from there to the act. Then a line for each day: leads, how many are named pairs, and
the same share among all pairs judged, which is what a list drawn by lot would reach. Last, acts
that cannot be measured.

Labels: a list of goods names every hub or none, so it tests which goods are found, not which hub.
The Commission's list of economically critical goods (October 2023) and its proposal on Kyrgyzstan
(February 2026) rest on growth of trade themselves: to agree with them shows little. The common high
priority list was read in its version of February 2024; for goods that stood in earlier versions the
days are too many.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from entrepot.codes.period import end
from entrepot.engine import Engine, open_engine
from entrepot.measures.base import load
from entrepot.signals.detect import Findings, detect
from entrepot.signals.question import Question
from entrepot.sources.pocket import PARTNERS
from entrepot.workspace import rules, shipped_figures

MONTHS: Final = (*(f"2022-{month:02}" for month in range(5, 13)), "2023-01", "2023-02")
AS_OF: Final = tuple(end(month) - timedelta(days=1) for month in MONTHS)


Pair = tuple[str, str]
"""Hub and heading."""


@dataclass(frozen=True)
class Act:
    """An official act that named goods, and perhaps a hub.

    `hub` null: it names goods only. `is_independent`: not drawn up from growth of trade.
    """

    name: str
    on: date
    codes: tuple[str, ...]
    hub: str | None
    is_independent: bool
    certainty: str


PROPOSAL: Final = Act(
    "Commission proposal under Art. 12f on Kyrgyzstan (first day of its month; adoption not "
    "verified), machine tools",
    date(2026, 2, 1), ("8457",), "KGZ", False, "secondary",
)  # fmt: skip

NOT_MEASURED: Final = (
    ("Commission list of economically critical goods, October 2023", "its codes are not held; it "
     "is itself a rule of growth"),
    ("Commission proposal of February 2026, radios", "the codes are not known"),
    ("Reg. (EU) 2023/1214 of 23 June 2023, Art. 12f", "its annex named no country and no goods"),
)  # fmt: skip


def acts() -> list[Act]:
    """Lists of goods from the rule base, earliest first."""
    found: dict[tuple[str, date, str], set[str]] = {}
    for row in load().to_pylist():
        if row["annex"] == "XL" and row["citation"] == "Reg 2023/2878 as enacted":
            key = ("Reg. (EU) 2023/2878, Annex XL", date(2023, 12, 19), row["certainty"])
        elif row["instrument"] == "BIS Common High Priority List":
            key = ("BIS Common High Priority List", row["valid_from"], row["certainty"])
        else:
            continue
        found.setdefault(key, set()).add(row["commodity_code"])
    made = [
        Act(name, on, tuple(sorted(codes)), None, True, certainty)
        for (name, on, certainty), codes in found.items()
    ]
    return sorted(made, key=lambda act: act.on)


def named(known: list[Act]) -> dict[Pair, Act]:
    """The first of these acts that named each pair of hub and heading; the target is no hub."""
    pairs: dict[Pair, Act] = {}
    hubs = [partner for partner in PARTNERS if partner != Question().target]
    for act in known:
        for code in act.codes:
            for hub in [act.hub] if act.hub else hubs:
                pairs.setdefault((hub, code[:4]), act)
    return pairs


def found_by(day: date, fdr: float, engine: Engine) -> Findings:
    question = Question.ask(as_of=day, fdr=fdr)
    return detect(shipped_figures(engine, day).flows, rules(question), question, engine)


def pair_lines(pairs: dict[Pair, Act], runs: dict[date, Findings]) -> Iterator[dict[str, Any]]:
    first: dict[Pair, tuple[date, str]] = {}
    status: dict[Pair, str] = {}
    for day, found in runs.items():
        status |= {(lead.hub, lead.commodity_code): lead.status for lead in found.leads}
        for lead in found.listed():
            first.setdefault((lead.hub, lead.commodity_code), (day, found.panel.periods[-1]))
    for pair, act in sorted(pairs.items()):
        listed = first.get(pair)
        yield {
            "hub": pair[0], "code": pair[1], "act": act.name, "act_on": str(act.on),
            "names": "hub and goods" if act.hub else "goods",
            "is_independent_of_growth": act.is_independent, "certainty": act.certainty,
            "last_status": status.get(pair, "not in the figures, or not restricted by then"),
            "first_listed_as_of": str(listed[0]) if listed else None,
            "last_month_used": listed[1] if listed else None,
            "days_before_act": (act.on - listed[0]).days if listed else None,
        }  # fmt: skip


def day_line(day: date, found: Findings, pairs: dict[Pair, Act]) -> dict[str, Any]:
    judged = [lead for lead in found.leads if lead.expected is not None]
    listed = found.listed()

    def share(leads: Any) -> float | None:
        hits = sum((lead.hub, lead.commodity_code) in pairs for lead in leads)
        return round(hits / len(leads), 3) if leads else None

    return {
        "as_of": str(day), "last_month_used": found.panel.periods[-1], "judged": len(judged),
        "leads": len(listed), "named_share_of_leads": share(listed),
        "named_share_of_judged": share(judged),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description="Lead time of leads over later official acts.")
    parser.add_argument("--fdr", type=float, default=0.1)
    parser.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb")
    asked = parser.parse_args()
    pairs = named(acts())
    with open_engine(asked.engine) as engine:
        runs = {day: found_by(day, asked.fdr, engine) for day in AS_OF}
    for line in [*pair_lines(pairs, runs), *pair_lines(named([PROPOSAL]), runs)]:
        print(json.dumps(line))
    for day, found in runs.items():
        print(json.dumps(day_line(day, found, pairs)))
    for act, reason in NOT_MEASURED:
        print(json.dumps({"act": act, "not_measured": reason}))


if __name__ == "__main__":
    main()
