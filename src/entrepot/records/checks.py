"""The nouns of checks: ways to see for oneself whether something stood or moved at a place."""

from typing import Final

CHECK: Final[dict[str, str]] = {
    "check_id": "string",  # "chk_" and a hash of kind, site, time and what
    "kind": "string",  # see KINDS and ADVISED
    "site": "string",  # name of the place, or its coordinates
    "at": "timestamp",  # UTC instant; null: a stretch of time, see `from` and `to`
    "from": "timestamp",  # first UTC instant of the stretch; null: an instant, or always
    "to": "timestamp",  # instant after the last one (half-open); null: the same, or still
    "what": "string",  # in words
    "satellite": "string",  # of passes and images
    "norad_id": "int64",  # of passes; of images where the platform is known
    "mode": "string",  # of passes, see MODES
    "off_nadir_deg": "float64",  # at the satellite, between straight down and the site
    "sun_elevation_deg": "float64",  # at the site; below 0 is night
    "look_side": "string",  # left or right of the direction of flight
    "gsd_m": "float64",  # ground sample distance at this angle; null: not known
    "tolerance_s": "float64",  # the time is right within so many seconds in 9 of 10 cases
    "cloud_pct": "float64",  # of images, of the whole scene; null: not said, or radar
    "coverage_pct": "float64",  # of images: how much of the site lies inside; null: no outline
    "distance_km": "float64",  # from the site, of missions
    "operator": "string",  # whose satellite, mission or aircraft
    "status": "string",  # "status unknown" where nobody says; never a guess
    "link": "string",  # where to get or read it
    "licence": "string",  # terms of an image, as its archive states them
    "source": "string",  # file and row, or address and day, that the line comes from
}
"""Columns of a check in JSON lines, in order. What does not apply or is not known is null."""

KINDS: Final = ("pass", "image", "mission", "flight", "movement")
"""`flight`: by air, from receivers; `movement`: trains, trucks and people, from observers."""

ADVISED: Final = (
    "figures", "rules", "lists", "imagery", "visit", "flight records", "traffic counts",
)  # fmt: skip
"""Kinds of what a plan advises: looks into records, and what is done in one go. `imagery`: images
of a mission or of all satellites that are sold, searched for in archives or ordered."""

MODES: Final = ("swath", "agile")
"""Inside the strip that is recorded as a rule, or only where the satellite is turned on purpose."""
