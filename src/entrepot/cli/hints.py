"""What to do next, for refusals that do not say it themselves."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from entrepot.errors import EntrepotError

ROLES: Final = (
    "The target is the country under measures, a hub a third country between it and the coalition: "
    "--target RUS --hub KGZ, for example. Without --hub every third country is looked at."
)
"""For countries that cannot have the role asked for."""

NO_ROWS: Final = (
    "entrepot sources lists the files that are read. One of your own names its columns in the "
    "first line and has a row below it for each reporter, partner, flow, code and period: "
    "docs/import.md."
)
"""For a file that cannot be read, or in which nothing stands."""


@contextmanager
def hinted(text: str, *, always: bool = False) -> Iterator[None]:
    """Give a refusal from within this hint: where it has none, or `always` before its own."""
    try:
        yield
    except EntrepotError as error:
        if always:
            error.hint = f"{text} {error.hint}".strip()
        error.hint = error.hint or text
        raise


def narrowed(*, hubs: bool = False, currency: bool = False) -> str:
    """The hint for a question that figures cannot answer: options that narrow it and were given."""
    said = []
    if hubs:
        said.append("Without --hub every third country in the figures is looked at.")
    if currency:
        said.append("Without --currency the figures' own is taken.")
    return " ".join(said)
