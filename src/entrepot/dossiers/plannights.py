"""When it is dark at a site, for the shade behind a time line."""

from datetime import UTC, datetime, timedelta
from math import ceil
from typing import Final

import numpy as np

from entrepot.checks.passes.instants import seconds_of
from entrepot.checks.passes.sun import sun_elevation_deg
from entrepot.checks.site import Site
from entrepot.checks.window import Window

STEP_MINUTES: Final = 10
"""Half a pixel on the widest drawing of two weeks."""
MOST_DAYS: Final = 31
"""In a longer window nights are too thin to be seen."""


def nights(site: Site, window: Window) -> list[tuple[datetime, datetime]]:
    """Stretches with the middle of the sun below the horizon; none for a window of over a month."""
    if window.days > MOST_DAYS:
        return []
    many = ceil(window.days * 24 * 60 / STEP_MINUTES) + 1
    begin = seconds_of(window.from_at)
    seconds = begin + np.arange(many, dtype=np.float64) * (60.0 * STEP_MINUTES)
    north, east = np.radians(site.latitude_deg), np.radians(site.longitude_deg)
    up = np.array([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)])
    is_dark = sun_elevation_deg(seconds, np.repeat(up[:, None], many, axis=1)) < 0
    turns = np.flatnonzero(np.diff(np.concatenate([[False], is_dark, [False]]).astype(int)))
    step = timedelta(minutes=STEP_MINUTES)
    moments = [min(window.from_at.astimezone(UTC) + int(i) * step, window.to_at) for i in turns]
    return [(a, b) for a, b in zip(moments[::2], moments[1::2], strict=True) if a < b]
