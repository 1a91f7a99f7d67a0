"""What `entrepot assess --html` puts on its page: the records asked, and the command again."""

import shlex
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from entrepot.cli.assesswords import Pair
from entrepot.dossiers.assessment import Assessed, assessment_page
from entrepot.dossiers.assessmentrows import records_used
from entrepot.evidence.assessing.records import SINCE, Records
from entrepot.evidence.report import Report
from entrepot.evidence.standing.stand import Standing
from entrepot.workspace import Figures

_TOLD: Final = (
    "reported_on", "as_of", "figures", "lists", "observations", "flights", "since", "html"
)  # fmt: skip
"""Options that decide what the page holds, in the order in which they are printed."""


def page(
    target: str,
    found: Sequence[tuple[Pair, Standing]],
    records: Sequence[tuple[str, Sequence[str]]],
    report: Report | None,
    options: Mapping[str, Any],
) -> str:
    """The page; paths of this machine are not on it, only names of files."""
    rows = [(claim, made, stood) for (claim, made), stood in found]
    name = Path(target.strip()).name
    return assessment_page(Assessed(name, rows, records, _command(name, options), report))


def used(held: Records, figures: Figures) -> list[tuple[str, list[str]]]:
    """The records at hand, with the days of the figures that ship."""
    about = figures.about
    if about is None:
        return records_used(held)
    span = f"{about.period_from} to {about.period_to}, extracted {about.extracted_on}"
    return records_used(held, span)


def _command(name: str, options: Mapping[str, Any]) -> str:
    said = ["entrepot", "assess", name]
    for option in _TOLD:
        given = options[option]
        if option == "since" and given == SINCE:
            continue
        for one in given if isinstance(given, tuple) else (given,):
            if one is not None:
                said += [f"--{option.replace('_', '-')}", _value(one)]
    return shlex.join(said)


def _value(given: Path | date | str) -> str:
    return given.name if isinstance(given, Path) else str(given)
