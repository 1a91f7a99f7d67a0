"""The worked example: Baranovichi, 26 Aug - 8 Sep 2022, with the figures that were measured.

Times, satellites and angles of the swath passes, the 31 agile satellites and their 243 chances are
those of the reckoning with elements of August 2022. The agile chances themselves are generated:
only their number, their satellites and their sun over 10 degrees are measured.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from entrepot.checks.check import Gap
from entrepot.checks.images.image import Image
from entrepot.checks.movements.movement import Movement
from entrepot.checks.passes.chance import Pass
from entrepot.checks.planning.advice import Advice, Question
from entrepot.checks.planning.plan import Plan
from entrepot.checks.posts.post import Post
from entrepot.checks.site import Site
from entrepot.checks.window import Window

SITE = Site(
    "558th Aircraft Repair Plant, Baranovichi", 53.10, 26.05, country="BLR",
    sources=("airportsdata UMMA: 53.10, 26.05", "GeoNames Baranovichi: 53.13, 26.01, 4 km away"),
    note="UN/LOCODE BYBNV names another place, 164 km off, and is left out.",
)  # fmt: skip
WINDOW = Window(datetime(2022, 8, 26, tzinfo=UTC), datetime(2022, 9, 9, tzinfo=UTC))
EPOCH = datetime(2022, 8, 16, 20, tzinfo=UTC)

SENTINEL_2 = (
    ("B", "2022-08-26T09:25:38", 7.5), ("B", "2022-08-29T09:35:41", 4.3),
    ("A", "2022-08-31T09:25:58", 7.2), ("A", "2022-09-03T09:35:52", 4.8),
    ("B", "2022-09-05T09:25:42", 7.3), ("B", "2022-09-08T09:35:39", 4.8),
)  # fmt: skip
LANDSAT = (
    (8, "2022-08-27T09:13:39", 1.7), (9, "2022-08-28T09:07:11", 7.0),
    (9, "2022-09-04T09:13:18", 1.4), (8, "2022-09-05T09:07:31", 6.9),
)  # fmt: skip
AGILE = (
    *((f"SkySat-C{n}", "Planet", 0.65) for n in range(1, 20)), ("SkySat-A", "Planet", 0.8),
    ("SkySat-B", "Planet", 0.8), ("WorldView-1", "Maxar", 0.5), ("WorldView-2", "Maxar", 0.46),
    ("WorldView-3", "Maxar", 0.31), ("GeoEye-1", "Maxar", 0.41), ("Pleiades 1A", "Airbus", 0.7),
    ("Pleiades 1B", "Airbus", 0.7), ("Pleiades Neo 3", "Airbus", 0.3),
    ("Pleiades Neo 4", "Airbus", 0.3), ("SPOT 6", "Airbus", 2.2), ("SPOT 7", "Airbus", 2.2),
)  # fmt: skip
CHANCES = 243


def chance(**changes: Any) -> Pass:
    at = changes.pop("at", datetime(2022, 8, 26, 9, 25, 38, tzinfo=UTC))
    made = Pass(
        SITE.name, "SENTINEL-2B", 42063, "Sentinel-2 MSI", "optical", "swath", at,
        at - timedelta(seconds=12), at + timedelta(seconds=12), 7.5, 8.5, 81.0, "right", 45.3, 10.0,
        6.4, EPOCH, (at - EPOCH) / timedelta(days=1), "ESA", "in service", "resource.txt, line 40",
    )  # fmt: skip
    return replace(made, **changes)


def swath() -> list[Pass]:
    made = [
        chance(at=moment(at), off_nadir_deg=angle, satellite=f"SENTINEL-2{letter}",
               norad_id=40697 if letter == "A" else 42063)
        for letter, at, angle in SENTINEL_2
    ]  # fmt: skip
    made += [
        chance(at=moment(at), off_nadir_deg=angle, satellite=f"LANDSAT {n}", norad_id=n, gsd_m=30.0,
               sensor=f"Landsat {n} OLI", operator="USGS/NASA", look_side="left")
        for n, at, angle in LANDSAT
    ]  # fmt: skip
    return sorted(made, key=lambda one: one.at)


def agile() -> list[Pass]:
    """243 generated chances: 31 satellites in turn, 15 to 21 a day, between 7 and 14 UTC."""
    made = []
    for place in range(CHANCES):
        name, operator, gsd = AGILE[place % len(AGILE)]
        begin = WINDOW.from_at + timedelta(days=place * 14 // CHANCES, hours=7)
        at = begin + timedelta(minutes=(place * 37) % 420)
        angle = (place * 7) % 30 + 0.5
        made.append(
            chance(at=at, satellite=name, norad_id=90000 + place % len(AGILE), mode="agile",
                   sensor=f"{name} camera", operator=operator, off_nadir_deg=angle,
                   gsd_m=gsd * (1 + angle / 90), tolerance_s=45.0,
                   sun_elevation_deg=12 + place % 30,
                   look_side="left" if place % 2 else "right")
        )  # fmt: skip
    return sorted(made, key=lambda one: one.at)


def post(operator: str, city: str, place: tuple[float, float], km: float, **more: Any) -> Post:
    made = Post(
        SITE.name, operator, "embassy", city, "BLR", *place, km, "status unknown", None,
        "2022-06-23", f"list of embassies of 2022-06-23, {operator} in {city}",
    )  # fmt: skip
    return replace(made, **more)


def posts() -> list[Post]:
    minsk = (53.90, 27.56)
    return [
        post("POL", "Minsk", minsk, 132.0), post("DEU", "Minsk", (53.91, 27.55), 132.4),
        post("USA", "Minsk", minsk, 133.0, is_closed=True,
             status="suspended on 28 Feb 2022 (generated entry)"),
        post("JPN", "Minsk", minsk, 133.1),
        post("POL", "Grodno", (53.68, 23.83), 160.0, kind_of_post="consulate general"),
        post("POL", "Brest", (52.09, 23.70), 194.0, kind_of_post="consulate general"),
        post("LVA", "Vitebsk", (55.19, 30.20), 352.0, kind_of_post="consulate"),
    ]  # fmt: skip


def image(one: Pass, **changes: Any) -> Image:
    made = Image(
        SITE.name, "element84", "sentinel-2-l2a", "S2B_35UMU_20220829_0_L2A", "Sentinel-2B",
        one.norad_id, one.at + timedelta(seconds=4), 12.4, 100.0, 10.0,
        "https://archive.example/items/S2B_35UMU_20220829", "", "Copernicus terms", one.at,
        "answer of 2026-11-28 (generated)",
    )  # fmt: skip
    return replace(made, **changes)


def flight(**changes: Any) -> Movement:
    begin = datetime(2022, 8, 30, 6, 10, tzinfo=UTC)
    made = Movement(
        "flight", SITE.name, "IL76 from UMMS to UMMA (generated)", begin,
        begin + timedelta(minutes=48), "a cargo airline", "EW-0000X", "", "flights.csv, line 2",
    )  # fmt: skip
    return replace(made, **changes)


GAPS = (
    Gap("image", SITE.name, None, None, "No archive was asked.",
        "entrepot fetch images --at 53.10,26.05 --from 2022-08-26 --to 2022-09-08"),
    Gap("flight", SITE.name, None, None, "No flight records are loaded.",
        "entrepot plan ... --flights FILE, from the OpenSky network or adsb.lol"),
    Gap("movement", SITE.name, None, None, "No counts of trains, trucks or people are loaded.",
        "entrepot plan ... --observations FILE"),
)  # fmt: skip


def question() -> Question:
    return Question(
        "clm_0123456789ab", "Staff of the 558th plant travel to the 121st plant at Kubinka.",
        "transfer", 0.42, "single source", "2022-08-20", "",
    )  # fmt: skip


def advice() -> tuple[Advice, ...]:
    first, second = swath()[:2]
    return (
        Advice(
            1, "Ask the archives for Sentinel-2 images of 26 Aug to 8 Sep",
            "Six passes had the place inside their swath, the first on the day of the story. It "
            "costs minutes, and shows whether the apron changed.", "image",
            (str(first.row()["check_id"]), str(second.row()["check_id"])), "clm_0123456789ab", 0.08,
            0.51, 0.38, "minutes", "now", "entrepot fetch images --at 53.10,26.05",
            "At 10 m an aircraft is two or three pixels: some stand there, not whose.",
        ),
        Advice(
            2, "Load flight records between Baranovichi, Minsk and Kubinka",
            "Nothing is known of flights. Records of receivers would show regular ones.", "flight",
            (), "clm_0123456789ab", 0.12, 0.58, None, "hours", "now",
            "entrepot flights FILE, of the OpenSky network",
            "Aircraft without a transponder are not heard; an absence proves nothing.",
        ),
        Advice(
            3, "Ask a mission in Minsk to look at the plant's gate",
            "The nearest mission is 132 km away.", "mission", (), "", None, None, None, "a journey",
            "on a working day", "entrepot posts --sheet", "Staff seen are not staff sent abroad.",
        ),
    )  # fmt: skip


def worked(**changes: Any) -> Plan:
    """The worked example as the planner gives it without any archive, flight or observation."""
    passes = sorted([*swath(), *agile()], key=lambda one: one.at)
    made = Plan(
        SITE, WINDOW, tuple(passes), (), tuple(posts()), (), GAPS, (question(),), advice(),
        ("SENTINEL-1B (41456): silent since Dec 2021, listed but not in service.",
         "FLOCK 4V 1 (46297): elements 17 days old, a low flyer is refused beyond 14 days."),
        ("Elements are of 16 and 17 Aug 2022: 9 to 23 days old in the window.",
         "The list of missions is of 23 Jun 2022; it holds no closures."),
    )  # fmt: skip
    return replace(made, **changes)


def looked() -> Plan:
    """The same with one archive asked, which holds one image, and flights of two days loaded."""
    passes = swath()
    taken = passes[3]
    gaps = (
        Gap("flight", SITE.name, WINDOW.from_at, moment("2022-08-29T00:00:00"),
            "The receivers were not heard.", "another source of flights"),
        Gap("flight", SITE.name, moment("2022-09-01T00:00:00"), None, "No records after 31 Aug."),
        GAPS[2],
    )  # fmt: skip
    return worked(images=(image(taken),), movements=(flight(),), gaps=gaps)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


HOSTILE = (
    '<script>alert(1)</script>, "a"; b\nBEGIN:VEVENT\u202egnp.exe \u05e9\u05dc\u05d5\u05dd & ]]>'
)


def hostile() -> Plan:
    """Every text of others is hostile."""
    site = replace(SITE, name=HOSTILE, sources=(HOSTILE,), note=HOSTILE)
    first = chance(
        satellite=HOSTILE, operator=HOSTILE, source=HOSTILE, service=HOSTILE, site=HOSTILE
    )
    return Plan(
        site, WINDOW, (first, replace(first, mode="agile", at=first.at + timedelta(hours=1))),
        (image(first, item_id=HOSTILE, archive=HOSTILE, link="javascript:alert(1)",
               licence=HOSTILE),),
        (post(HOSTILE, HOSTILE, (54.0, 26.0), 100.0, status=HOSTILE),),
        (flight(what=HOSTILE, operator=HOSTILE, listing=HOSTILE, registration=HOSTILE),),
        (Gap("movement", HOSTILE, None, None, HOSTILE, HOSTILE),),
        (replace(question(), text=HOSTILE, word=HOSTILE),),
        (replace(advice()[0], what=HOSTILE, why=HOSTILE, how=HOSTILE, limits=HOSTILE,
                 when=HOSTILE),),
        (HOSTILE,), (HOSTILE,),
    )  # fmt: skip
