"""How often the matcher is wrong at a threshold, as measured: the false alarms of a name alone."""

import csv
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Rate:
    """`alarms` of `size` names that are on no list; `low` and `high`: 95 % Wilson interval."""

    share: float
    low: float
    high: float
    alarms: int
    size: int


@dataclass(frozen=True)
class Rates:
    """False alarms at `threshold`; null where it was not measured. `where`: on which names."""

    algorithm: str
    threshold: float
    company: Rate | None
    person: Rate | None
    where: str


WHERE = (
    "3,000 names of companies registered with the United States SEC and 4,000 invented persons of "
    "many countries, against 22,982 parties on the lists of OFAC (2024) and the EU (2026)"
)


def false_alarms(algorithm: str, threshold: float) -> Rates:
    """The measured share of unlisted names with any hit at this threshold or the next lower one."""
    rows = [row for row in _table() if row["algorithm"] == algorithm]
    at = max(
        (float(row["threshold"]) for row in rows if float(row["threshold"]) <= threshold + 1e-9),
        default=None,
    )
    chosen = {row["kind"]: row for row in rows if at is not None and float(row["threshold"]) == at}
    return Rates(
        algorithm, threshold, _rate(chosen.get("company")), _rate(chosen.get("person")), WHERE
    )


@cache
def _table() -> list[dict[str, str]]:
    text = (
        files("entrepot.parties.match")
        .joinpath("data/false_alarms.csv")
        .read_text(encoding="utf-8")
    )
    return list(csv.DictReader(text.splitlines()))


def _rate(row: dict[str, str] | None) -> Rate | None:
    return wilson(int(row["alarms"]), int(row["size"])) if row else None


def wilson(alarms: int, size: int) -> Rate:
    """A share with its 95 % interval after Wilson (1927)."""
    z = 1.959964
    share = alarms / size
    middle = share + z * z / (2 * size)
    reach = z * math.sqrt(share * (1 - share) / size + z * z / (4 * size * size))
    scale = 1 + z * z / size
    return Rate(
        share, max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale), alarms, size
    )
