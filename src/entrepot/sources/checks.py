"""What is checked in every raw row, in the order in which the first fault gives the reason."""

from typing import Any, Final

import ibis
import ibis.expr.types as ir

from entrepot.sources import meanings
from entrepot.sources.parsing import PARSED
from entrepot.sources.raw import FAULT, NUMBERS, Meaning

MAX_CELL_VALUE: Final = 1_000_000_000_000
"""EUR or USD in one cell above which a figure is taken as a misprint.

Source: all exports of the world in a year are some 25 million million USD (WTO, World Trade
Statistics 2023), those of the largest exporter 3.5, and no two countries trade one million million
in a year.
"""

NEGATIVE: Final = "negative value"
ABSURD: Final = "absurd value"
NOT_A_NUMBER: Final = "not a number"
SAME_COUNTRY: Final = "reporter and partner are the same"

MONEY: Final = ("value_eur", "value_usd")
_NUMBER: Final = r"^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$"

Check = tuple[ir.BooleanValue, ir.StringValue, ir.StringValue, ir.StringValue]


def all_checks(table: ir.Table, number: dict[str, Any], meaning: Meaning) -> list[Check]:
    """All checks of a row: the condition of a fault, its reason, what was got and expected.

    Args:
        table: raw rows joined to what their texts mean.
        number: the columns of numbers, cast; null where the text is no number.
        meaning: of the format.
    """
    checks: list[Check] = [(table.fault.notnull(), *[table[name] for name in FAULT])]
    for name in PARSED:
        reason, expected = table[f"{name}_reason"], table[f"{name}_expected"]
        checks.append((reason.notnull(), reason, table[name], expected))
    checks.append(
        _check(
            table.reporter_value == table.partner_value,
            SAME_COUNTRY,
            table.partner,
            "another country than the reporter",
        )
    )
    checks += _money_checks(table, number, meaning)
    for name, word in (("mass", "mass"), ("quantity", "quantity")):
        checks += _amount_checks(table[name], number[name], word)
    return checks


def _check(condition: Any, reason: str, got: Any, expected: str) -> Check:
    return condition, ibis.literal(reason), got, ibis.literal(expected)


def _money_checks(table: ir.Table, number: dict[str, Any], meaning: Meaning) -> list[Check]:
    checks: list[Check] = []
    needed = MONEY if meaning.value_required else NUMBERS
    nothing = ibis.and_(*[table[name].fill_null("").strip() == "" for name in needed])
    checks.append(_check(nothing, meanings.EMPTY, ibis.literal(""), "a value"))
    for name in MONEY:
        text, value = table[name], number[name]
        given = text.notnull() & (text.strip() != "")
        odd = given & ~text.re_search(_NUMBER)
        checks.append(_check(odd, NOT_A_NUMBER, text, "digits, with a point before decimals"))
        checks.append(_check(value < 0, NEGATIVE, text, "zero or more"))
        absurd = given & (value.isnull() | (value > MAX_CELL_VALUE))
        checks.append(_check(absurd, ABSURD, text, f"at most {MAX_CELL_VALUE:,} in one cell"))
    return checks


def _amount_checks(text: Any, value: Any, word: str) -> list[Check]:
    given = text.notnull() & (text.strip() != "")
    odd = given & (value.isnull() | value.isnan() | value.isinf())
    return [
        _check(odd, f"{word} is {NOT_A_NUMBER}", text, "digits, with a point before decimals"),
        _check(value < 0, f"negative {word}", text, "zero or more"),
    ]
