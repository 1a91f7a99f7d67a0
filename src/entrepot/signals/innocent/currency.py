"""Currency: a price agreed in the other currency looks like more trade when the rate moves.

Figures in euro rise by themselves when the euro falls, as far as contracts are in dollars. Nobody
publishes in which currency the goods of one cell were invoiced, so the test takes the most that the
rate can explain: all of it in the other currency, and all of it paid in the worst month.

Source of the rates: European Central Bank, euro foreign exchange reference rates, as carried by the
package `currencyconverter`; nothing is downloaded. Pitfall: figures in one currency hold price and
currency drift.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import numpy as np
from currency_converter import CurrencyConverter, RateNotFoundError

from entrepot.codes.period import end, start
from entrepot.signals.amounts import percent
from entrepot.signals.check import NOT_TESTABLE, Check, outcome
from entrepot.signals.innocent.series import Floats, weights
from entrepot.signals.innocent.stated import Stated
from entrepot.signals.panel import Panel
from entrepot.signals.windows import Window

QUESTION = "Is it more than the exchange rate can explain?"


@dataclass(frozen=True)
class Drift:
    """How far the rate alone raises figures of goods that are priced in the other currency.

    `mean` compares the mean of the periods after with the season before, weighed as the window
    weighs them; `most` the dearest period after with the cheapest of the season: no mix of months
    gives more. Dimensionless, 1: no change; nan: a period is not in the rates that are carried.
    """

    mean: float
    most: float


@cache
def _rates() -> CurrencyConverter:
    return CurrencyConverter()


@cache
def dollars_per_euro(period: str) -> float:
    """Mean of the daily reference rates of a month or year, USD for one EUR.

    nan where the carried rates do not hold every working day of the period.
    """
    bounds = _rates().bounds["USD"]
    first, after = start(period), end(period)
    if first < bounds.first_date or np.busday_count(bounds.last_date + timedelta(1), after) > 0:
        return float("nan")
    days = [date.fromordinal(day) for day in range(first.toordinal(), after.toordinal())]
    found = [rate for day in days if (rate := _rate(day)) is not None]
    return sum(found) / len(found)


def _rate(day: date) -> float | None:
    """The rate of a day; null on days without one (weekends and bank holidays)."""
    try:
        return float(_rates().convert(1.0, "EUR", "USD", date=day))
    except RateNotFoundError:
        return None


def drift(panel: Panel, window: Window) -> Drift:
    """The drift of one window, from the reference rates of its periods."""
    used = sorted({*window.after, *(place for place, _ in window.season)})
    price = np.full(len(panel.periods), np.nan)
    price[used] = [dollars_per_euro(panel.periods[place]) for place in used]
    return drift_of(price if panel.currency == "USD" else 1.0 / price, window)


def drift_of(price: Floats, window: Window) -> Drift:
    """The drift, from the price of the other currency in the panel's, one number a period."""
    before, after = weights(window, len(price))
    earlier, later = price[before > 0], price[after > 0]
    mean = later.mean() / (earlier @ before[before > 0] / len(window.after))
    return Drift(float(mean), float(later.max() / earlier.min()))


def check(drifted: Drift | None, lead: Stated) -> Check:
    """Whether the rise exceeds what the rate can explain at most."""
    if (why := lead.untested()) is not None:
        return Check(QUESTION, NOT_TESTABLE, why)
    if drifted is None:
        why = "the ECB's reference rates carried here do not reach over all these periods"
        return Check(QUESTION, NOT_TESTABLE, why)
    stands = lead.actual > lead.expected * max(1.0, drifted.most)
    detail = f"{_moved(drifted.mean, lead.currency)}; {lead.rose()}"
    if drifted.most > 1:
        detail += f"; the rate explains {percent(drifted.most - 1)} more at most"
    return Check(QUESTION, outcome(stands), detail)


def _moved(mean: float, currency: str) -> str:
    """What the panel's currency did against the other."""
    whose, other = ("euro", "dollar") if currency == "EUR" else ("dollar", "euro")
    change = 1.0 / mean - 1.0
    word = "lost" if change < 0 else "gained"
    return f"the {whose} {word} {percent(abs(change))} against the {other}"
