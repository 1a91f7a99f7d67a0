"""A plan as GeoJSON (RFC 7946): the site, the missions, and every check with its columns."""

from typing import Any

from entrepot.checks.check import Check, Gap
from entrepot.checks.planning.plan import Plan
from entrepot.checks.posts.post import Post
from entrepot.checks.site import Site
from entrepot.checks.window import moment
from entrepot.dossiers.planfiles.plaintext import CHANCE


def geojson(plan: Plan) -> dict[str, Any]:
    """The plan as one FeatureCollection, in WGS 84, longitude first.

    `record` tells features apart: `site`, `check` (the columns of `records.checks.CHECK`) and
    `gap`. A mission stands where its list puts it. A pass or an image stands on the site: what it
    could see, not where the satellite was. Movements and gaps have no geometry: nobody says where.
    """
    features = [_site(plan)]
    features += [_check(one, plan.site) for one in plan.checks()]
    features += [_gap(one) for one in plan.gaps]
    window = {"from": moment(plan.window.from_at), "to": moment(plan.window.to_at)}
    return {
        "type": "FeatureCollection", "features": features,
        "window": window, "notes": [CHANCE, *plan.notes], "refused": list(plan.refused),
    }  # fmt: skip


def _feature(
    record: str, row: dict[str, Any], geometry: dict[str, Any] | None, key: str = ""
) -> dict[str, Any]:
    named = {"id": key} if key else {}
    return {
        "type": "Feature", **named, "geometry": geometry, "properties": {"record": record, **row}
    }  # fmt: skip


def _site(plan: Plan) -> dict[str, Any]:
    site = plan.site
    row = {
        "name": site.name, "country": site.country or None, "sources": list(site.sources),
        "note": site.note or None,
    }  # fmt: skip
    return _feature("site", row, _point(site.longitude_deg, site.latitude_deg))


def _check(one: Check, site: Site) -> dict[str, Any]:
    row = one.row()
    geometry = None
    if isinstance(one, Post):
        geometry = _point(one.longitude_deg, one.latitude_deg)
    elif one.kind in ("pass", "image"):
        geometry = _point(site.longitude_deg, site.latitude_deg)
    return _feature("check", row, geometry, str(row["check_id"]))


def _gap(one: Gap) -> dict[str, Any]:
    row = {
        "kind": one.kind, "site": one.site, "why": one.why, "needed": one.needed or None,
        "from": moment(one.from_at) if one.from_at else None,
        "to": moment(one.to_at) if one.to_at else None, "status": "unknown",
    }  # fmt: skip
    return _feature("gap", row, None)


def _point(longitude_deg: float, latitude_deg: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [longitude_deg, latitude_deg]}
