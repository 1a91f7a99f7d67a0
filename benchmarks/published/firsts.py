"""Rows that check the readers: the first figures of the data, and the story behind the project."""

from datetime import date

from entrepot.measures.base import load
from entrepot.measures.scope import codes_restricted
from published.row import Row, share
from published.world import World, months

AIRCRAFT = {
    "KGZ": (0.06, 0.15, 1.33),
    "GEO": (0.70, 1.40, 3.67),
    "ARM": (0.26, 0.04, 0.39),
    "KAZ": (13.44, 18.07, 8.82),
    "UZB": (2.59, 12.29, 3.10),
    "BLR": (1.73, 1.89, 0.17),
    "RUS": (287.2, 233.9, 2.0),
}
CIRCUITS = {"KGZ": (0.04, 0.05, 1.67), "ARM": (0.06, 0.29, 4.39)}
YEARS = ("2020", "2021", "2022")
README = "README of the data"


def rows(world: World) -> list[Row]:
    made = [
        _three(world, f"8803/8807 {partner}", figures, partner, ("8803", "8807"), 4)
        for partner, figures in AIRCRAFT.items()
    ]
    made += [
        _three(world, f"8542 {partner}", figures, partner, ("85423",), 8)
        for partner, figures in CIRCUITS.items()
    ]
    made.append(_three(world, "all products KGZ", (46, 60, 480), "KGZ", (), 8))
    return [*made, *_story(world)]


def _three(
    world: World,
    words: str,
    theirs: tuple[float, ...],
    to: str,
    starts: tuple[str, ...],
    level: int,
) -> Row:
    digits = max(len(str(one).partition(".")[2]) for one in theirs)
    ours = [
        world.raw(to, starts, level, months(f"{year}-03", f"{year}-11")) / 1e6 for year in YEARS
    ]
    off = [round(one, digits) - other for one, other in zip(ours, theirs, strict=True)]
    return Row(
        README,
        f"{words}: EUR m {' / '.join(f'{one:g}' for one in theirs)}",
        "yes",
        f"EU27 exports, March to November of 2020 / 2021 / 2022, rows of {level} digits",
        " / ".join(f"{one:.{digits}f}" for one in ours),
        " / ".join(f"{one:+.{digits}f}" for one in off),
        "none" if not any(round(one, digits) for one in off) else "not checked",
    )


def _story(world: World) -> list[Row]:
    spans = [months(f"{year}-03", f"{year}-11") for year in ("2021", "2022")]
    before, after = (world.raw("BLR", ("8803", "8807"), 4, span) for span in spans)
    made = [
        Row(
            "Press digest, 26 August 2022",
            "Belarus can still buy aircraft parts",
            "part",
            "EU27 exports of 8803/8807 to Belarus, March to November 2022 / 2021 - 1",
            share(after / before - 1),
            "EU statistics show a fall, not purchases",
            "the digest gives no figure; the data README gives a fall of 91 %; sales by "
            "others than "
            "the EU are not in the data",
        )
    ]
    for regime, theirs in (("EU", date(2023, 8, 5)), ("US", date(2022, 3, 2))):
        days = _first_day(regime)
        ours = " / ".join(f"{code} {day or 'none'}" for code, day in days.items())
        off = [abs((day - theirs).days) for day in days.values() if day]
        made.append(
            Row(
                "Legal texts (section 0)",
                f"{regime} controls on aircraft parts to Belarus: {theirs}",
                "yes",
                f"first day of a measure of the built-in base, {regime}, Belarus",
                ours,
                f"{min(off)} days" if off else "no measure",
                "none" if 0 in off else "not checked",
            )
        )
    return made


def _first_day(regime: str) -> dict[str, date | None]:
    codes = ("8807", "880730")
    found = codes_restricted(load(), codes, destination="BLR", regimes=[regime]).to_pylist()
    return {
        code: min(
            (row["valid_from"] for row in found if row["commodity_code"] == code), default=None
        )
        for code in codes
    }
