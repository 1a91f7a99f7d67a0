"""Amounts and shares in words."""


def money(value: float, currency: str = "EUR") -> str:
    """An amount in words of fitting size: EUR 1.67 m, EUR 310 k, EUR 25."""
    size = abs(value)
    sign = "-" if value < 0 else ""
    currency = f"{currency} " if currency else ""
    if size >= 999_500_000:
        return f"{sign}{currency}{_three(size / 1e9)} bn"
    if size >= 999_500:
        return f"{sign}{currency}{_three(size / 1e6)} m"
    if size >= 999.5:
        return f"{sign}{currency}{_three(size / 1e3)} k"
    return f"{sign}{currency}{size:.0f}"


def _three(value: float) -> str:
    """Three significant digits, never fewer than the whole number."""
    decimals = 2 if value < 9.995 else 1 if value < 99.95 else 0
    return f"{value:,.{decimals}f}"


def percent(share: float) -> str:
    """A share in whole percent; near the ends with one digit, so that 99.6 % is not printed 100."""
    if 0 < share < 0.01 or 0.99 < share < 1:
        return f"{share * 100:.1f} %"
    return f"{share * 100:.0f} %"
