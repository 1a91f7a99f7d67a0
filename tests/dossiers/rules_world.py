"""A small invented rule base: two destinations and a handful of codes."""

from datetime import date
from typing import Any

import pyarrow as pa

from entrepot.measures.book import Rulebook
from entrepot.measures.rows import SCHEMA, measure

STATE = date(2024, 6, 30)


def rule(to: str, code: str, begins: str, ends: str = "", **more: str) -> dict[str, Any]:
    cells = {
        "regime": "EU",
        "instrument": "Reg. (EU) 1/1",
        "certainty": "text",
        "citation": "OJ L 1",
    }
    cells |= {"destination": to, "commodity_code": code, "valid_from": begins, "valid_to": ends}
    return measure({**cells, **more}, "world:1")


RULES = (
    rule("RUS", "88", "2022-02-26", article="3c(1)", annex="XI A", wind_down_to="2022-03-29"),
    rule("BLR", "88", "2023-08-05", article="1sa(1)", annex="XVII"),
    rule("RUS", "8542", "2022-02-26", is_partial="true", article="2a(1)", annex="VII Part A"),
    rule("RUS", "854231", "2023-02-26", article="2a(1)", annex="VII Part B"),
    rule("RUS", "2204", "2022-03-16", "2023-01-01", article="3h", annex="XVIII"),
    rule("BLR", "8407", "2022-03-03", article="1s", annex="XIV"),
    rule("*", "8807", "2024-03-20", effect="clause", article="12g"),
    rule("RUS", "88", "2023-06-24", effect="transit_ban", article="3c(1a)"),
    rule("RUS", "88", "2022-03-01", regime="US", instrument="15 CFR 746", effect="licence"),
    rule("RUS", "*", "2022-02-26", goods="made-up goods in words"),
    rule("RUS", "88", "2022-02-26", party="A Party", article="9x"),
)
"""On 26 August 2022 EU rules bar 88, 2204 and a part of 8542 to RUS, and 8407 to BLR."""


def book(*rows: dict[str, Any]) -> Rulebook:
    return Rulebook(pa.Table.from_pylist(list(rows or RULES), schema=SCHEMA))
