"""The pages for people, on the same lists and the same matcher."""

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import Response

from entrepot.errors import RequestError
from entrepot.parties.match.matcher import Hit, Query
from entrepot.web import page, params
from entrepot.web.holdings import Holdings
from entrepot.web.matching import hits_of, query_of
from entrepot.web.models import EntityExample
from entrepot.web.page import KINDS, Asked
from entrepot.web.schemata import BASE
from entrepot.web.selection import Selection
from entrepot.web.service import Service

router = APIRouter(include_in_schema=False)

MOST_ROWS = 20
"""Possible matches on the page."""

Field = Annotated[str, Form(max_length=2000)]

NUMBER = "idNumber"
"""Property of a number whose kind nobody said: it may agree with any kind, and clash with none."""


@router.get("/")
async def start(request: Request) -> Response:
    """The page before a search."""
    service: Service = request.app.state.service
    held = service.held if service.ready else None
    return page.main_page(held, Asked(), None, update_failed=service.update_failed)


@router.post("/")
async def searched(
    request: Request, name: Field = "", kind: Field = "", number: Field = "",
    country: Field = "", born: Field = "", on: Field = "",
    threshold: Annotated[float, Form(ge=0.3, le=1, allow_inf_nan=False)] = params.THRESHOLD,
) -> Response:  # fmt: skip
    """The page with what was found. A form by POST keeps names out of addresses and histories."""
    service: Service = request.app.state.service
    asked = Asked(name, kind if kind in KINDS else "", number, country, born, on, threshold)
    held = service.held if service.ready else None
    if held is None:
        return page.main_page(None, asked, None, status=503)
    try:
        held = await service.at(params.past_day(on.strip() or None))
        hits = await service.run(_hits, held, asked)
    except RequestError:
        return page.main_page(held, asked, None, "Give a name or a number to look for.")
    except HTTPException as error:
        return page.main_page(held, asked, None, f"{error.detail}.", status=400)
    request.state.queries = 1
    return page.main_page(held, asked, hits, update_failed=service.update_failed)


def _hits(held: Holdings, asked: Asked) -> list[Hit]:
    values = {
        "name": [asked.name], "country": [asked.country], "flag": [asked.country],
        "birthDate": [asked.born], "incorporationDate": [asked.born],
    }  # fmt: skip
    if not asked.name.strip() and not asked.number.strip():
        raise RequestError("got neither a name nor a number, expected one")
    example = EntityExample(schema=asked.schema or BASE, properties=values)
    query, _ = query_of(example)
    facts = dict(query.properties)
    if number := asked.number.strip():
        facts[NUMBER] = (number,)  # also of a vessel, of which FollowTheMoney has no such property
    everything = Selection(lists=held.datasets["default"])
    return hits_of(held, Query(query.schema, facts), everything, asked.threshold)[:MOST_ROWS]


@router.get("/docs")
async def docs(request: Request) -> Response:
    """The addresses explained, without loading anything."""
    return page.docs_page(request.app.openapi())


@router.get("/page.css")
async def style() -> Response:
    """The style sheet."""
    return page.style()


@router.get("/favicon.ico")
async def icon() -> Response:
    """No picture."""
    return Response(status_code=204)
