"""What the commands on the rules share: regimes, limits of the base, measures as data."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from entrepot.cli.common import escape, words
from entrepot.errors import RequestError
from entrepot.measures.ask import shipped
from entrepot.measures.base import STATE_TO
from entrepot.measures.book import Row
from entrepot.measures.context import refuse_unreached
from entrepot.measures.context import regimes as known_regimes
from entrepot.measures.spells import listed_codes

STATE = date.fromisoformat(STATE_TO)
regime_option = click.option(
    "--regime", "regime_names", default="EU", show_default=True,
    help="Whose measures: EU, US, UK, CH; several by comma.",
)  # fmt: skip
html_option = click.option(
    "--html",
    "page_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write a page with a date slider, one file that works offline.",
)


def regimes_of(text: str) -> tuple[str, ...]:
    """The regimes named, each known to the base.

    Raises:
        RequestError: one is not.
    """
    asked = tuple(part.strip().upper() for part in text.split(",") if part.strip())
    unknown = [one for one in asked if one not in known_regimes()]
    if unknown or not asked:
        raise RequestError(
            f"got regime {', '.join(unknown) or text!r}, valid are {', '.join(known_regimes())}",
            hint="Several by comma: --regime EU,US.",
        )
    return asked


def last_held(regimes: Sequence[str] | None) -> date:
    """The last day for which the acts of all these regimes were read; null: of the EU."""
    known = known_regimes()
    return min(known[one].state_to for one in regimes) if regimes else STATE


def refuse_same(page_file: Path | None, out: Path | None) -> None:
    """Refuse to write the page over the data.

    Raises:
        RequestError: both name one file.
    """
    if page_file and out and page_file.resolve() == out.resolve():
        raise RequestError(
            f"got {out} for --out and --html, expected two files",
            hint="Choose another place for one of them.",
        )


def say_state(on: date, regimes: Sequence[str]) -> None:
    """Say what a list of the base is, and where it ends."""
    for regime in regimes:
        one = known_regimes()[regime]
        if on > one.state_to:
            words.print(f"[yellow]{one.name} acts are held up to {one.state_to}. {one.limit}[/]")
    words.print(
        "[dim]By tariff code only: goods that acts name in words have no code. Part: only some "
        "goods of the code. Not legal advice.[/]"
    )


def check_target(regimes: Sequence[str], target: str, on: date) -> None:
    """Say where a target's list may lack some goods; refuse where the base holds none of it.

    Raises:
        RequestError: the base holds no measure of a regime for the target.
    """
    for regime in regimes:
        if listed_codes(shipped(), target, (regime,)):
            say_unreached((regime,), target, on)
        else:
            refuse_unreached((regime,), target, on)


def say_unreached(regimes: Sequence[str], destination: str, on: date) -> None:
    """Say where the lists of a day are not all held, so that absence means nothing."""
    try:
        refuse_unreached(regimes, destination, on)
    except RequestError as error:
        words.print(f"[yellow]{escape(str(error))}.[/]")


def law_of(row: Row) -> dict[str, Any]:
    """A measure as data, as short as a citation allows."""
    names = ("measure_id", "regime", "instrument", "article", "annex", "effect", "commodity_code",
             "is_partial", "certainty", "citation")  # fmt: skip
    days = ("valid_from", "valid_to", "wind_down_to")
    return {
        **{one: row[one] for one in names},
        **{one: None if row[one] is None else str(row[one]) for one in days},
    }


def one_regime(text: str) -> str:
    """The one regime named.

    Raises:
        RequestError: it is unknown, or there are several.
    """
    found = regimes_of(text)
    if len(found) > 1:
        raise RequestError(
            f"got regimes {text}, expected one",
            hint="Its exporters are the ones whose sales are counted.",
        )
    return found[0]
