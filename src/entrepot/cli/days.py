"""Options that are days."""

from datetime import date, timedelta

import click

from entrepot.codes.period import end
from entrepot.errors import CodeError


def parse_day(_: click.Context, __: click.Parameter, text: str | None) -> date | None:
    """An option's text as a day; null where it was not given."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        whole = _last_day(text)
        why = f"; for the end of {text} write {whole}" if whole else ""
        raise click.BadParameter(f"got {text!r}, expected a day such as 2022-08-26{why}") from error


def _last_day(text: str) -> date | None:
    """The last day of a month or year; null where the text is neither."""
    try:
        return end(text) - timedelta(days=1)
    except (CodeError, OverflowError):
        return None
