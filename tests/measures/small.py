"""Small rule books made by hand, and short ways to ask them."""

from datetime import date
from typing import Any

import pyarrow as pa

from entrepot.measures.ask import ask
from entrepot.measures.book import Rulebook
from entrepot.measures.decide import Answer, decide
from entrepot.measures.inquiry import inquire
from entrepot.measures.rows import SCHEMA, measure

RUSSIA_ACT = "Reg. (EU) 833/2014"
BELARUS_ACT = "Reg. (EC) 765/2006"


def day(text: str) -> date:
    return date.fromisoformat(text)


def rule(code: str, to: str = "RUS", begins: str = "2022-03-01", **more: str) -> dict[str, Any]:
    """A measure of the EU, in full, in force since 1 March 2022 unless told otherwise."""
    cells = {
        "regime": "EU",
        "instrument": BELARUS_ACT if to == "BLR" else RUSSIA_ACT,
        "article": "9x(1)",
        "annex": "IX",
        "certainty": "text",
        "citation": "OJ L 1",
        "commodity_code": code,
        "destination": to,
        "valid_from": begins,
    }
    return measure(cells | more, "small:1")


def table(*rows: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=SCHEMA)


def book(*rows: dict[str, Any]) -> Rulebook:
    return Rulebook(table(*rows))


def found(
    rules: Rulebook, code: str, on: str, to: str = "RUS", regime: str = "EU", **more: Any
) -> Answer:
    """The answer without notes; `contract` as text."""
    return decide(rules, _asked(code, on, to, regime, more))


def told(
    rules: Rulebook, code: str, on: str, to: str = "RUS", regime: str = "EU", **more: Any
) -> Answer:
    """The answer with its notes."""
    return ask(_asked(code, on, to, regime, more), rules)


def _asked(code: str, on: str, to: str, regime: str, more: dict[str, Any]) -> Any:
    if "contract" in more:
        more["contract"] = day(more["contract"])
    return inquire(regime, to, code, day(on), **more)


def answers(rules: Rulebook, code: str, days: list[str], **more: Any) -> list[str]:
    return [found(rules, code, one, **more).answer for one in days]
