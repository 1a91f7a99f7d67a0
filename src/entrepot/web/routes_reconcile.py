"""`/reconcile/{dataset}`: the OpenRefine reconciliation API, version 0.2."""

import json
import re
from collections.abc import Sequence
from typing import Annotated, Any, Final

from fastapi import APIRouter, Form, HTTPException, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from entrepot.web import params
from entrepot.web.catalog import titles
from entrepot.web.holdings import Holdings
from entrepot.web.page import preview_page
from entrepot.web.reconciling import batch_of, extend, reconcile, type_of
from entrepot.web.reconmodels import (
    FreebaseEntity,
    FreebaseExtendPropertiesResponse,
    FreebaseProperty,
    FreebaseSuggestResponse,
)
from entrepot.web.schemata import BASE, Property, matchable, properties, schemata
from entrepot.web.searching import beginning
from entrepot.web.selection import Selection
from entrepot.web.service import Service

router = APIRouter(tags=["Reconciliation"])

SCHEMATA: Final = "https://www.opensanctions.org/reference/#schema"
"""Space of types and properties, as yente names it: the model is FollowTheMoney's."""

BATCH: Final = 25
"""Queries a client is advised to send at a time."""

CALLBACK: Final = re.compile(r"[A-Za-z_$][\w$.]{0,99}")

Callback = Annotated[str, Query(description="JSONP, for older clients.")]
Prefix = Annotated[str, Query(max_length=1000)]


@router.get("/reconcile/{dataset}", summary="What the reconciliation service offers")
async def manifest(
    request: Request, dataset: params.Dataset, queries: str | None = None,
    extend: str | None = None, callback: Callback = "", on: params.On = None,
) -> Response:  # fmt: skip
    """The manifest; with `queries` or `extend` the answer to them."""
    service: Service = request.app.state.service
    held = await service.at(params.past_day(on))
    if queries or extend:
        return await _answered(request, held, dataset, queries, extend, callback)
    params.lists_of_dataset(held, dataset)
    return _plain(manifest_of(request, dataset), callback)


@router.post("/reconcile/{dataset}", summary="Reconciliation queries, as a form")
async def reconcile_post(
    request: Request, dataset: params.Dataset, queries: Annotated[str | None, Form()] = None,
    extend: Annotated[str | None, Form()] = None, callback: Callback = "",
    algorithm: str = "best", changed_since: params.Since = None, on: params.On = None,
) -> Response:  # fmt: skip
    """Candidates of queries (`queries`), or values of properties (`extend`)."""
    service: Service = request.app.state.service
    held = await service.at(params.past_day(on))
    params.checked_algorithm(held, algorithm)
    return await _answered(request, held, dataset, queries, extend, callback, changed_since)


async def _answered(
    request: Request, held: Holdings, dataset: str, queries: str | None, wanted: str | None,
    callback: str, changed_since: str | None = None,
) -> Response:  # fmt: skip
    service: Service = request.app.state.service
    lists = params.lists_of_dataset(held, dataset)
    if wanted and wanted.strip():
        rows = extend(held, wanted)
        return _plain(rows.model_dump(by_alias=True), callback, len(rows.rows))
    since = params.day_of(changed_since, "changed_since")
    selection = Selection(lists=lists, changed_since=since)
    found: dict[str, Any] = {}
    for key, query in batch_of(queries).items():
        result = await service.run(reconcile, held, query, selection)
        found[key] = result.model_dump(by_alias=True, exclude_none=True)
    request.state.queries = len(found)
    return _plain(found, callback, len(found))


def manifest_of(request: Request, dataset: str) -> dict[str, Any]:
    """What the service offers, with addresses as the client reached it."""
    base = f"{str(request.base_url).rstrip('/')}/reconcile/{dataset}"
    preview = f"{base}/preview?id={{{{id}}}}"
    return {
        "versions": ["0.2"],
        "name": f"{titles().get(dataset, dataset)} (Entrepot)",
        "identifierSpace": f"{str(request.base_url).rstrip('/')}/entities/",
        "schemaSpace": SCHEMATA,
        "documentation": f"{str(request.base_url).rstrip('/')}/docs",
        "batchSize": BATCH,
        "view": {"url": preview},
        "preview": {"url": preview, "width": 430, "height": 360},
        "defaultTypes": [type_of(one.name).model_dump() for one in matchable()],
        "suggest": {
            kind: {"service_url": base, "service_path": f"/suggest/{kind}"}
            for kind in ("entity", "type", "property")
        },
        "extend": {
            "propose_properties": {"service_url": base, "service_path": "/extend/property"},
            "property_settings": SETTINGS,
        },
    }


SETTINGS: Final = [
    {
        "name": "limit", "label": "Limit", "type": "number", "default": 0,
        "help_text": "Most values of a row; 0: all.",
    },
    {
        "name": "render", "label": "Countries", "type": "select", "default": "caption",
        "choices": [{"value": "caption", "name": "As names"}, {"value": "raw", "name": "As codes"}],
        "help_text": "Names of countries, or their codes.",
    },
]  # fmt: skip


@router.get("/reconcile/{dataset}/suggest/entity", include_in_schema=False)
async def suggest_entity(
    request: Request, dataset: params.Dataset, prefix: Prefix = "",
    limit: Annotated[int, Query(le=params.MAX_PAGE)] = params.DEFAULT_PAGE,
    cursor: Annotated[int, Query(ge=0)] = 0, callback: Callback = "",
) -> Response:  # fmt: skip
    """Parties of which a name begins so."""
    service: Service = request.app.state.service
    held = service.held
    wanted = Selection(lists=params.lists_of_dataset(held, dataset)).keep(held)
    parties = await service.run(beginning, held, prefix, cursor + params.MAX_PAGE)
    rows = [
        FreebaseEntity(
            id=party.party_id, name=party.caption, notable=[type_of(party.schema)],
            description=", ".join(dict.fromkeys(one.list_id for one in party.listings)),
        )
        for party in parties
        if wanted(party)
    ]  # fmt: skip
    return _suggested(prefix, rows[cursor : cursor + max(0, limit)], callback)


@router.get("/reconcile/{dataset}/suggest/property", include_in_schema=False)
async def suggest_property(
    request: Request, dataset: params.Dataset, prefix: Prefix = "",
    cursor: Annotated[int, Query(ge=0)] = 0, callback: Callback = "",
) -> Response:  # fmt: skip
    """Properties of which the name or the label begins so."""
    params.lists_of_dataset(request.app.state.service.held, dataset)
    found = {
        prop.qname: FreebaseProperty(id=prop.qname, name=prop.label)
        for schema in (BASE, *(one.name for one in matchable()))
        for prop in properties(schema).values()
        if _open(prop) and _begins(prefix, prop.name, prop.label, prop.qname)
    }
    rows = list(found.values())[cursor : cursor + params.DEFAULT_PAGE]
    return _suggested(prefix, rows, callback)


@router.get("/reconcile/{dataset}/suggest/type", include_in_schema=False)
async def suggest_type(
    request: Request, dataset: params.Dataset, prefix: Prefix = "",
    cursor: Annotated[int, Query(ge=0)] = 0, callback: Callback = "",
) -> Response:  # fmt: skip
    """Schemata of which the name or the label begins so."""
    params.lists_of_dataset(request.app.state.service.held, dataset)
    rows = [type_of(one.name) for one in matchable() if _begins(prefix, one.name, one.label)]
    return _suggested(prefix, rows[cursor : cursor + params.DEFAULT_PAGE], callback)


@router.get("/reconcile/{dataset}/extend/property", include_in_schema=False)
async def extend_property(
    request: Request, dataset: params.Dataset, type: str = BASE, limit: int = 0,
    callback: Callback = "",
) -> Response:  # fmt: skip
    """Properties of a type that can be asked for, the usual ones first."""
    params.lists_of_dataset(request.app.state.service.held, dataset)
    if type not in schemata():
        raise HTTPException(400, detail=f"Invalid type: {type!r}")
    known = properties(type)
    first = [known[name] for name in schemata()[type].featured if name in known]
    rest = sorted((one for one in known.values() if one not in first), key=lambda one: one.label)
    rows = [FreebaseProperty(id=one.name, name=one.label) for one in (*first, *rest) if _open(one)]
    made = FreebaseExtendPropertiesResponse(
        limit=limit, type=type, properties=rows[:limit] if limit > 0 else rows
    )
    return _plain(made.model_dump(exclude_none=True), callback)


@router.get("/reconcile/{dataset}/preview", include_in_schema=False)
async def preview(request: Request, dataset: params.Dataset, id: str = "") -> Response:
    """A small page about a party, for a frame."""
    held = request.app.state.service.held
    params.lists_of_dataset(held, dataset)
    party = held.parties.get(held.referents.get(id, id))
    if party is None:
        raise HTTPException(404, detail="No such entity!")
    return preview_page(held, party)


def _open(prop: Property) -> bool:
    return not prop.hidden and prop.type != "entity"


def _begins(prefix: str, *labels: str) -> bool:
    plain = prefix.casefold().strip()
    return bool(plain) and any(one.casefold().startswith(plain) for one in labels)


def _suggested(prefix: str, rows: Sequence[BaseModel], callback: str) -> Response:
    made = FreebaseSuggestResponse(prefix=prefix, result=list(rows))  # type: ignore[arg-type]
    return _plain(made.model_dump(exclude_none=True), callback)


def _plain(content: Any, callback: str, batch: int | None = None) -> Response:
    """JSON, or a call of a function with it.

    Raises:
        HTTPException: 400, a callback that is no name of a function.
    """
    headers = {"x-content-type-options": "nosniff"}
    if batch is not None:
        headers["x-batch-size"] = str(batch)
    text = json.dumps(content, ensure_ascii=True)
    if not callback:
        return Response(text, media_type="application/json", headers=headers)
    if not CALLBACK.fullmatch(callback):
        raise HTTPException(400, detail="Invalid callback.")
    script = f"/**/{callback}({text});"
    return Response(script, media_type="application/javascript", headers=headers)
