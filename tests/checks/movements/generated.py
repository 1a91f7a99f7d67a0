"""Generated tracks, worked by hand. No aircraft flew so."""

from typing import Any

import pyarrow as pa

from entrepot.sources.statevectors import POSITION

START = 1_661_590_800.0
"""27 August 2022, 09:00 UTC."""
MINSK = (53.8825, 28.0307)
"""UMMS, 204 m above the sea."""
KUBINKA = (55.6117, 36.65)
"""UUMB, 187 m above the sea."""


def point(minute: float, place: tuple[float, float], height: float | None, **more: Any) -> Any:
    """One generated position; `height` null: on the ground."""
    return {
        "icao24": "510abc", "at": START + minute * 60, "lat": place[0], "lon": place[1],
        "altitude_m": height, "speed_m_s": 5.0 if height is None else 200.0,
        "climb_m_s": None, "on_ground": height is None, "is_new_leg": False, "callsign": None,
    } | more  # fmt: skip


def between(share: float) -> tuple[float, float]:
    """A place on the way from Minsk to Kubinka, in shares of the degrees."""
    return (MINSK[0] + share * (KUBINKA[0] - MINSK[0]), MINSK[1] + share * (KUBINKA[1] - MINSK[1]))


def whole_flight() -> list[Any]:
    """Minsk to Kubinka in 50 minutes, heard from taxiing to taxiing."""
    return [
        point(0, MINSK, None),
        point(2, between(0.02), 700, climb_m_s=8.0, callsign="GEN1"),
        point(15, between(0.3), 9000),
        point(30, between(0.6), 9000),
        point(48, between(0.99), 600, climb_m_s=-4.0, callsign="GEN1"),
        point(50, KUBINKA, None),
    ]


def table(points: list[Any]) -> pa.Table:
    """Positions in reverse order: nothing may hang on the order of rows."""
    return pa.Table.from_pylist(points[::-1], schema=POSITION)
