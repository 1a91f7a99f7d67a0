"""A small Baranovichi: the passes of the worked example in number and kind, none of them real."""

from datetime import UTC, date, datetime, timedelta

from entrepot.checks.check import Gap
from entrepot.checks.images.image import Image
from entrepot.checks.passes.chance import Pass
from entrepot.checks.planning.advice import Question
from entrepot.checks.planning.plan import Plan
from entrepot.checks.posts.post import Post
from entrepot.checks.site import Site
from entrepot.checks.window import Window

SITE = Site("Baranovichi", 53.10, 26.05, country="BLR")
WINDOW = Window.of_days(date(2022, 8, 26), date(2022, 9, 8))
LATER = date(2026, 11, 1)
"""A day on which the window is long over and all figures are out."""

REPAIR = Question(
    "clm_00000000000a", "MiG-29 aircraft are repaired at the 558th Aircraft Repair Plant in "
    "Baranovichi for Russia.", "movement", 0.545, "uncorroborated",
)  # fmt: skip
PASSES_ON = Question(
    "clm_00000000000b", "Belarus passes aircraft parts on to Russia.", "transfer", 0.545,
    "uncorroborated",
)  # fmt: skip
NAMES = {0.31: "WorldView-3", 0.5: "Pleiades 1A", 0.8: "SkySat-C1", 1.5: "SPOT 6"}


def flown(
    satellite: str, at: datetime, *, gsd: float | None, mode: str = "swath",
    spectrum: str = "optical", number: int = 1, sun: float = 40.0,
) -> Pass:  # fmt: skip
    """A pass; what the ranking does not read is filled in."""
    return Pass(
        SITE.name, satellite, number, f"camera of {satellite}", spectrum, mode, at, at, at, 7.0,
        8.0, 80.0, "right", sun, gsd, 5.0, at, 1.0, f"operator of {satellite}", "in service", "x:1",
    )  # fmt: skip


def days() -> list[date]:
    """The days of the window."""
    return [date(2022, 8, 26) + timedelta(days=n) for n in range(14)]


def sentinels() -> tuple[Pass, ...]:
    """Six passes of Sentinel-2, as in the worked example."""
    names = {26: "B", 29: "B", 31: "A", 3: "A", 5: "B", 8: "B"}
    return tuple(
        flown(f"Sentinel-2{letter}", gsd=10.0, number=42063,
              at=datetime(2022, 8 if day > 20 else 9, day, 9, 25, 40, tzinfo=UTC))
        for day, letter in names.items()
    )  # fmt: skip


def turned() -> tuple[Pass, ...]:
    """Seventeen chances a day of 31 agile satellites."""
    found = []
    for place, day in enumerate(days()):
        for n in range(17):
            gsd, name = list(NAMES.items())[n % len(NAMES)]
            at = datetime(day.year, day.month, day.day, 9, n, tzinfo=UTC)
            number = 100 + (17 * place + n) % 31
            found.append(flown(name, at, gsd=gsd, mode="agile", number=number))
    return tuple(found)


def image(day: date, cloud: float | None) -> Image:
    """An image of Sentinel-2 in an archive."""
    at = datetime(day.year, day.month, day.day, 9, 25, 40, tzinfo=UTC)
    return Image(
        SITE.name, "element84", "sentinel-2-l2a", f"S2B_{day:%Y%m%d}", "Sentinel-2B", 42063, at,
        cloud, 100.0, 10.0, f"https://archive.example/{day:%Y%m%d}", "", "", at, "answer.json",
    )  # fmt: skip


def post(*, is_closed: bool | None = None, city: str = "Minsk", km: float = 132.0) -> Post:
    """A mission."""
    return Post(SITE.name, "POL", "embassy", city, "BLR", 53.9, 27.5, km, "status unknown",
                is_closed, "2022-06-23", "missions.csv, row 7")  # fmt: skip


NO_FLIGHTS = Gap("flight", SITE.name, None, None, "No flight records are loaded.",
                 "entrepot flights FILE")  # fmt: skip


def plan() -> Plan:
    """The page of the worked example: no images and no flights loaded."""
    return Plan(SITE, WINDOW, passes=(*sentinels(), *turned()), posts=(post(),),
                gaps=(NO_FLIGHTS,))  # fmt: skip
