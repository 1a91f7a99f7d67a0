"""Country outlines for maps: Natural Earth at 1:110 million, made by tools/build_outlines.py."""

import json
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

Ring = NDArray[np.float64]
"""Corners of a ring that is not closed, as rows of longitude and latitude in degrees."""


@cache
def outlines() -> dict[str, tuple[Ring, ...]]:
    """Rings by ISO alpha-3 code. What lies in an odd number of a country's rings belongs to it."""
    text = (files("entrepot.dossiers") / "data" / "outlines.json").read_text("utf-8")
    return {
        code: tuple(np.asarray(ring, dtype=np.float64).reshape(-1, 2) for ring in rings)
        for code, rings in json.loads(text).items()
    }
