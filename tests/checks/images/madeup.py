"""Made-up passes and items of the shape that archives answer with. Nothing here was recorded.

Times are those that the worked example predicts for Baranovichi, 26 August to 8 September 2022.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from entrepot.checks.images.image import Image
from entrepot.checks.passes.chance import Pass
from entrepot.checks.site import Site
from entrepot.checks.window import Window

SITE = Site("Baranovichi", 53.10, 26.05)
FROM, TO = datetime(2022, 8, 26, tzinfo=UTC), datetime(2022, 9, 9, tzinfo=UTC)
WINDOW = Window(FROM, TO)
LATER = datetime(2023, 1, 15, 12, tzinfo=UTC)
NUMBERS = {"sentinel-2a": 40697, "sentinel-2b": 42063, "landsat-8": 39084, "landsat-9": 49260}
TILE = [[25.5, 52.7], [27.0, 52.7], [27.0, 53.6], [25.5, 53.6], [25.5, 52.7]]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def chance(at: str, platform: str = "sentinel-2b", **other: Any) -> Pass:
    moment = utc(at)
    said: dict[str, Any] = {
        "site": SITE.name, "satellite": platform.title(), "norad_id": NUMBERS.get(platform, 1),
        "sensor": "made up", "spectrum": "optical", "mode": "swath", "at": moment,
        "from_at": moment - timedelta(seconds=20), "to_at": moment + timedelta(seconds=20),
        "off_nadir_deg": 7.5, "incidence_deg": 8.5, "elevation_deg": 81.5, "look_side": "right",
        "sun_elevation_deg": 44.0, "gsd_m": 10.0, "tolerance_s": 5.0, "epoch_at": moment,
        "age_days": 9.0, "operator": "made up", "service": "made up", "source": "made up",
    }  # fmt: skip
    return Pass(**said | other)


def item(
    at: str, platform: str = "sentinel-2b", collection: str = "sentinel-2-l2a", **other: Any
) -> dict[str, Any]:
    """An item as Element 84 shapes it; `note` says that it is made up."""
    name = other.pop("id", f"GENERATED_{platform}_{at}_{collection}".replace(":", ""))
    properties = {
        "datetime": f"{at}.000000Z", "platform": platform, "eo:cloud_cover": 12.5,
        "note": "generated for a test: not an item of any archive",
    }  # fmt: skip
    return {
        "type": "Feature", "stac_version": "1.0.0", "id": name, "collection": collection,
        "properties": properties | other.pop("properties", {}),
        "geometry": {"type": "Polygon", "coordinates": [TILE]}, "bbox": [25.5, 52.7, 27.0, 53.6],
        "assets": {
            "visual": {"href": "https://example.org/visual.tif", "gsd": 10, "roles": ["data"]},
            "thumbnail": {"href": "https://example.org/small.jpg", "roles": ["thumbnail"]},
        },
        "links": [{"rel": "self", "href": f"https://example.org/items/{name}"}],
    } | other  # fmt: skip


def image(at: str, platform: str = "sentinel-2b", **other: Any) -> Image:
    said: dict[str, Any] = {
        "site": SITE.name, "archive": "element84", "collection": "sentinel-2-l2a",
        "item_id": f"made up {at}", "satellite": platform.title(),
        "norad_id": NUMBERS.get(platform), "at": utc(at), "cloud_pct": 12.5,
        "coverage_pct": 100.0, "gsd_m": 10.0, "link": "", "preview": "", "licence": "",
        "pass_at": None, "source": "made up",
    }  # fmt: skip
    return Image(**said | other)
