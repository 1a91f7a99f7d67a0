"""The options that make up a question, shared by the commands that look for routes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from entrepot.cli.hints import ROLES, hinted
from entrepot.errors import RequestError
from entrepot.signals.question import Question
from entrepot.units import DEFAULT_FALSE_SHARE

target_option = click.option(
    "--target", default="RUS", show_default=True, help="The sanctioned destination."
)
hub_option = click.option(
    "--hub", "hubs", multiple=True, help="Third country; repeat or separate by comma."
)
judged_hub_option = click.option(
    "--hub",
    "hubs",
    multiple=True,
    help="List only this third country; repeat or separate by comma. q then counts only its pairs, "
    "so it differs, up or down: choose before you look.",
)
"""`--hub` where rows are tested: the p-value of a pair stays, the number of tests does not."""
coalition_option = click.option(
    "--coalition", default="EU", show_default=True, help="Whose exports are studied."
)
measures_option = click.option(
    "--measures",
    "measure_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Your own measure file instead of the built-in rules.",
)
since_option = click.option(
    "--since", default="2022-03", show_default=True, help="First period that counts."
)
currency_option = click.option(
    "--currency",
    type=click.Choice(["EUR", "USD"]),
    help="Needed only where figures mix currencies.",
)


def level_option(*levels: str) -> Callable[[Any], Any]:
    """`--level`, of these digits."""
    return click.option(
        "--level",
        type=click.Choice(levels),
        default="4",
        show_default=True,
        help="Digits of the goods codes.",
    )


question_options = [
    target_option,
    judged_hub_option,
    coalition_option,
    measures_option,
    level_option("2", "4", "6", "8"),
    click.option(
        "--fdr",
        type=click.FloatRange(0, 1, min_open=True),
        default=DEFAULT_FALSE_SHARE,
        show_default=True,
        help="Largest expected share of false leads in the list.",
    ),
    since_option,
    currency_option,
]


def with_question(command: Any) -> Any:
    """Add the options that make up a question."""
    for option in reversed(question_options):
        command = option(command)
    return command


def ask(options: dict[str, Any]) -> Question:
    """The question in the options of a command; takes them out of `options`.

    Raises:
        CodeError: a country or period is not known.
        RequestError: the parts do not fit together.
    """
    with hinted(ROLES):
        return Question.ask(
            target=options.pop("target"),
            coalition=options.pop("coalition"),
            hubs=named_countries(options.pop("hubs")),
            since=options.pop("since"),
            level=int(options.pop("level")),
            fdr=options.pop("fdr", DEFAULT_FALSE_SHARE),
            as_of=options.pop("as_of"),
            currency=options.pop("currency") or "",
        )


def named_countries(given: tuple[str, ...]) -> tuple[str, ...]:
    """The countries of `--hub`, one by one; a comma too many is passed over.

    Raises:
        RequestError: the option was given and names no country.
    """
    named = tuple(one.strip() for text in given for one in text.split(",") if one.strip())
    if given and not named:
        raise RequestError(f"got --hub {given[0]!r}, expected a country such as KGZ")
    return named
