"""Makes the country outlines that maps are drawn on, from Natural Earth.

    python tools/build_outlines.py ne_110m_admin_0_countries.json

The argument is "Admin 0 - Countries" at 1:110 million as GeoJSON, from naturalearthdata.com or a
mirror (public domain). Kept: the outline of each country by ISO 3166-1 alpha-3 code, thinned and
to two decimals of a degree (about a kilometre, finer than the scale).

Natural Earth draws who is in control. This project draws the countries of its codes, so three
outlines are put to another country: Crimea to Ukraine (UN General Assembly resolution 68/262),
Northern Cyprus to Cyprus (UN Security Council resolution 541) and Somaliland to Somalia (it has no
code). The numbers of the resolutions are from memory. Other lines stand as the source has them.
"""

import json
import sys
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Point, Polygon, shape
from shapely.ops import unary_union

OUT = Path(__file__).parent.parent / "src/entrepot/dossiers/data/outlines.json"
THINNED_DEG = 0.05
"""Corners that span a triangle smaller than the square of this are dropped; neighbours keep one
border."""
POLE_DEG = 89.9
MOVED = {"CYN": "CYP", "SOL": "SOM"}
NAMED = {"KOS": "XKX", "SDS": "SSD", "SAH": "ESH", "PSX": "PSE"}
"""Codes of Natural Earth that are not those of ISO 3166-1 (XKX: user-assigned, as in `codes`)."""
CRIMEA = Point(34.2, 45.2)
ABOUT = {
    "title": "Country outlines at 1:110 million, thinned",
    "source": "Natural Earth, Admin 0 - Countries, 1:110m (naturalearthdata.com)",
    "licence": "public domain",
    "command": "python tools/build_outlines.py ne_110m_admin_0_countries.json",
    "changes": [
        "Crimea stands with Ukraine, Northern Cyprus with Cyprus, Somaliland with Somalia",
        "the edge of Antarctica along the pole and the 180th meridian is left out",
        f"thinned (shapely coverage_simplify, {THINNED_DEG} degrees), two decimals",
    ],
    "limits": "for orientation; no statement on borders",
}


def main(source: Path) -> None:
    """Write the outlines and, beside them, what they are."""
    raw = source.read_bytes()
    features = json.loads(raw)["features"]
    whole = [shape(one["geometry"]) for one in features]
    codes = [code(one["properties"]) for one in features]
    thin = list(shapely.coverage_simplify(whole, THINNED_DEG))
    shapes: dict[str, list[Polygon]] = {}
    for name, one in zip(codes, thin, strict=True):
        for part in one.geoms if isinstance(one, MultiPolygon) else [one]:
            owner = "UKR" if part.contains(CRIMEA) else name
            shapes.setdefault(owner, []).append(part)
    outlines = {name: rings(unary_union(parts)) for name, parts in sorted(shapes.items())}
    text = json.dumps(outlines, separators=(",", ":")).replace("]],", "]],\n") + "\n"
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(text, encoding="utf-8")
    about = {
        **ABOUT, "made_on": datetime.now(UTC).date().isoformat(), "countries": len(outlines),
        "sha256": sha256(text.encode()).hexdigest(), "made_from_sha256": sha256(raw).hexdigest(),
    }  # fmt: skip
    OUT.with_suffix(".about.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    sys.stderr.write(f"{len(outlines)} countries, {len(text)} bytes\n")


def code(row: dict[str, Any]) -> str:
    """The ISO 3166-1 alpha-3 code of a feature."""
    found = str(row["ADM0_A3"])
    return MOVED.get(found) or NAMED.get(found) or found


def rings(outline: Any) -> list[list[float]]:
    """Each ring as longitude, latitude, longitude, latitude, ...; holes follow their shell."""
    parts = outline.geoms if isinstance(outline, MultiPolygon) else [outline]
    found = []
    for part in parts:
        for ring in [part.exterior, *part.interiors]:
            if flat := _flat(list(ring.coords)[:-1]):
                found.append(flat)
    return found


def _flat(points: list[tuple[float, float]]) -> list[float]:
    kept: list[tuple[float, float]] = []
    for longitude, latitude in points:
        at = (round(longitude, 2), round(latitude, 2))
        if abs(latitude) < POLE_DEG and (not kept or kept[-1] != at):
            kept.append(at)
    return [number for at in kept for number in at] if len(kept) > 2 else []


if __name__ == "__main__":
    main(Path(sys.argv[1]))
