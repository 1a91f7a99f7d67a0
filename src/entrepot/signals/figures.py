"""What figures must be before anything is made of them: one currency, months or years."""

from collections.abc import Collection, Mapping

from entrepot.codes.period import is_month
from entrepot.errors import RequestError

CURRENCIES = ("EUR", "USD")


def one_currency(asked: str, paid: int, held: Mapping[str, int]) -> tuple[str, int]:
    """The currency asked for, or that of every figure; and how many figures lack it.

    Args:
        asked: EUR, USD or empty.
        paid: figures with money in any currency.
        held: by currency, figures with money in it.

    Raises:
        RequestError: no figure has the currency asked for, or none is asked for and they differ.
    """
    if asked:
        if not held[asked]:
            raise RequestError(f"none of the {paid} figures has a value in {asked}")
        return asked, paid - held[asked]
    for currency in CURRENCIES:
        if held[currency] == paid:
            return currency, 0
    raise RequestError(
        f"of {paid} figures {held['EUR']} are in euro and {held['USD']} in dollars, expected one "
        "currency for all",
        hint="Choose one with --currency; figures without it are then left out.",
    )


def refuse_mixed_periods(periods: Collection[str]) -> None:
    """Refuse months beside whole years.

    Raises:
        RequestError: there are both.
    """
    monthly = [period for period in periods if is_month(period)]
    if monthly and len(monthly) < len(periods):
        raise RequestError(
            f"the figures hold {len(monthly)} months and {len(periods) - len(monthly)} whole "
            "years, expected one kind: a year holds its months",
            hint="Give files of one kind.",
        )
