"""Text of others for a file: no signs that end a line, break a file or turn the reading order."""

import re
from typing import Any, Final

from entrepot.checks.passes.chance import Pass
from entrepot.checks.passes.times import clock, day, give, rounded

_ACTING: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]+"
)
"""Control characters, marks that override the reading order, and what is no character of XML."""

CHANCE: Final = "A pass is a chance, not an image: cloud, tasking and on/off plans are not known."
"""Stands with every pass in every file."""


def plain(text: Any) -> str:
    """One line without acting characters; empty for null. Letters of every script stay."""
    return "" if text is None else " ".join(_ACTING.sub(" ", str(text)).split())


def satellite_name(one: Pass) -> str:
    """As its owner writes it where element sets use capitals, else as in the element set."""
    return plain(one.satellite).replace("SENTINEL", "Sentinel").replace("LANDSAT", "Landsat")


def pass_title(one: Pass) -> str:
    """What a pass is, in a few words."""
    turned = "in its swath" if one.mode == "swath" else "if turned to it"
    return plain(f"{satellite_name(one)} could see {one.site} ({turned})")


def pass_words(one: Pass) -> list[str]:
    """What is known of a pass, line by line, with times no finer than they are known."""
    gsd = "not known" if one.gsd_m is None else f"{one.gsd_m:.3g} m"
    near = rounded(one.at, one.tolerance_s)
    return [
        plain(line)
        for line in (
            f"Closest {day(near)} {clock(one.at, one.tolerance_s)} UTC, {give(one.tolerance_s)} in"
            f" 9 of 10 cases; elements are {abs(one.age_days):.1f} days"
            f" {'older' if one.age_days >= 0 else 'newer'} than the pass.",
            f"{one.sensor} ({one.spectrum}) of {one.operator or 'an operator not known'}:"
            f" {one.off_nadir_deg:.1f} degrees off nadir, looking {one.look_side},"
            f" sun {one.sun_elevation_deg:.0f} degrees, ground sample {gsd}.",
            f"Service: {one.service or 'status unknown'}.",
            CHANCE,
            f"From {one.source}.",
        )
    ]
