"""Money of one currency in another, at the mean of the European Central Bank's reference rates.

Source of the rates: European Central Bank, euro foreign exchange reference rates, as carried by the
package `currencyconverter`; nothing is downloaded. See `signals.innocent.currency`.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Final

from currency_converter import CurrencyConverter, RateNotFoundError

from entrepot.codes.period import end, start

EURO: Final = "EUR"


@cache
def _rates() -> CurrencyConverter:
    return CurrencyConverter()


@cache
def is_currency(unit: str) -> bool:
    """Whether the European Central Bank gave a rate of this ISO 4217 code at any time."""
    return unit == EURO or (len(unit) == 3 and unit.isupper() and unit in _rates().currencies)


def rate(unit: str, into: str, periods: Sequence[str]) -> float | None:
    """One unit of a currency in another: mean over the working days of some periods.

    Null where the rates carried do not hold a day of each period. The rouble, for example, has no
    reference rate after 1 March 2022.
    """
    if unit == into:
        return 1.0
    found = [_mean(unit, into, one) for one in periods]
    if not found or None in found:
        return None
    return sum(one for one in found if one is not None) / len(found)


@cache
def _mean(unit: str, into: str, period: str) -> float | None:
    first, after = start(period).toordinal(), end(period).toordinal()
    days = [_day(unit, into, date.fromordinal(day)) for day in range(first, after)]
    known = [one for one in days if one is not None]
    return sum(known) / len(known) if len(known) >= LEAST_SHARE * len(days) else None


LEAST_SHARE: Final = 0.5
"""Days of a period that must have a rate; five of seven have one where all is well."""


def _day(unit: str, into: str, day: date) -> float | None:
    try:
        return float(_rates().convert(1.0, unit, into, date=day))
    except (RateNotFoundError, ValueError):
        return None
