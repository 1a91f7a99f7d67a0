"""`GET /search/{dataset}` and the entities with what stands beside them."""

from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import Field

from entrepot.web import facets, params
from entrepot.web.catalog import titles
from entrepot.web.entities import beside, flat, nested, other
from entrepot.web.facets import Facet
from entrepot.web.holdings import Holdings
from entrepot.web.models import (
    AdjacentResultsResponse,
    EntityAdjacentResponse,
    EntityResponse,
    ErrorResponse,
    SearchResponse,
    TotalSpec,
)
from entrepot.web.schemata import properties, schemata
from entrepot.web.searching import found, sorted_rows, total_of
from entrepot.web.selection import Selection, known_field
from entrepot.web.service import Service
from entrepot.web.wire import answer

router = APIRouter()

ERRORS: dict[int | str, dict[str, Any]] = {
    404: {"model": ErrorResponse},
    308: {"description": "This number is the list's own."},
}


class Operator(StrEnum):
    """How several filters on one field join."""

    AND = "AND"
    OR = "OR"


class SearchParams(params.Narrowed):
    """Query parameters of `/search`."""

    q: str = Field("", description="Words of a name, an identifier or an id.")
    schema_: str = Field("Thing", alias="schema", description="Only parties of this schema.")
    countries: list[str] = Field([])
    datasets: list[str] = Field([])
    filter: list[str] = Field([], description="`field:value`, such as `birthDate:1970`.")
    limit: int = Field(params.DEFAULT_PAGE, ge=0, le=params.MAX_PAGE)
    offset: int = Field(0, le=params.MAX_OFFSET)
    sort: list[str] = Field([], description="`field:asc` or `field:desc`.")
    target: bool | None = Field(None, json_schema_extra={"deprecated": True})
    fuzzy: bool = Field(False, description="Names that are less alike too.")
    simple: bool = Field(False, description="Changes nothing: there is no query language.")
    facets: list[Facet] = Field(list(facets.DEFAULT))
    filter_op: Operator = Operator.OR

    def pairs(self) -> list[tuple[str, str]]:
        """All filters as field and value.

        Raises:
            HTTPException: 400, a filter that is none.
        """
        found = [("countries", one) for one in self.countries]
        found += [("topics", one) for one in self.topics]
        found += [("datasets", one) for one in self.datasets]
        found += [] if self.target is None else [("target", str(self.target))]
        return found + filters_of(self.filter)


@router.get(
    "/search/{dataset}",
    summary="Loose search by words",
    tags=["Matching"],
    response_model=SearchResponse,
    responses={400: {"model": ErrorResponse}, 404: {"model": ErrorResponse}},
)
async def search(
    request: Request,
    dataset: params.Dataset,
    wanted: Annotated[SearchParams, Query()],
) -> Response:
    """Parties whose names hold words like those of `q`, for browsing; to screen, use `/match`.

    `q` is taken as plain words, an identifier or an id; there is no query language, so `simple`
    changes nothing. `fuzzy` finds names that are less alike.
    """
    service: Service = request.app.state.service
    held = await service.at(params.past_day(wanted.on))
    selection = selection_of(held, dataset, wanted)
    return answer(await service.run(results_of, held, selection, wanted))


def selection_of(held: Holdings, dataset: str, wanted: SearchParams) -> Selection:
    """What a search wants.

    Raises:
        HTTPException: 404 no such dataset; 400 a schema, filter, day or list that is none.
    """
    if wanted.schema_ not in schemata():
        raise HTTPException(400, detail="Invalid schema")
    return Selection(
        lists=params.lists_of_dataset(held, dataset, wanted.include_dataset),
        schema=wanted.schema_,
        exclude_schema=frozenset(wanted.exclude_schema),
        exclude_lists=params.excluded_lists(held, wanted.exclude_dataset),
        changed_since=params.day_of(wanted.changed_since, "changed_since"),
        filters=tuple(wanted.pairs()),
        all_values=wanted.filter_op is Operator.AND,
    )


def results_of(held: Holdings, selection: Selection, wanted: SearchParams) -> SearchResponse:
    """The answer of a search.

    Raises:
        HTTPException: 400, a field that cannot be sorted by.
    """
    limit, offset = wanted.limit, max(0, wanted.offset)
    rows = sorted_rows(held, found(held, wanted.q, selection, fuzzy=wanted.fuzzy), wanted.sort)
    return SearchResponse(
        limit=limit,
        offset=offset,
        total=total_of(rows, wanted.q),
        results=[flat(held, party) for party, _ in rows[offset : offset + limit]],
        facets=facets.facets_of((party for party, _ in rows), wanted.facets, titles()),
    )


def filters_of(texts: list[str]) -> list[tuple[str, str]]:
    """Filters `field:value`; `properties.` before the field may be left out.

    Raises:
        HTTPException: 400, not of that form, or a field that is not known.
    """
    pairs = []
    for text in texts:
        name, colon, value = text.removeprefix("properties.").partition(":")
        if not colon or not known_field(name):
            raise HTTPException(400, detail=f"Invalid filter: {text!r}")
        pairs.append((name, value))
    return pairs


def redirected(held: Holdings, entity_id: str, rest: str = "") -> RedirectResponse | None:
    """The way from a list's own number to the party; null: the id is none."""
    if entity_id in held.parties or entity_id not in held.referents:
        return None
    return RedirectResponse(f"/entities/{quote(held.referents[entity_id], safe='')}{rest}", 308)


@router.get(
    "/entities/{entity_id}",
    summary="One party",
    tags=["Data access"],
    response_model=EntityResponse,
    responses=ERRORS,
)
async def fetch_entity(
    request: Request, entity_id: str, nested_wanted: Annotated[bool, Query(alias="nested")] = True,
    on: params.On = None,
) -> Response:  # fmt: skip
    """A party with its listings (`sanctions`) and the file it was read from (`proof`)."""
    service: Service = request.app.state.service
    held = await service.at(params.past_day(on))
    if way := redirected(held, entity_id):
        return way
    party = held.parties.get(entity_id)
    if party is not None:
        return answer(nested(held, party) if nested_wanted else flat(held, party))
    found_other = other(held, entity_id)
    if found_other is None:
        raise HTTPException(404, detail="No such entity!")
    return answer(found_other)


@router.get(
    "/entities/{entity_id}/adjacent",
    summary="What stands beside a party",
    tags=["Data access"],
    response_model=EntityAdjacentResponse,
    responses=ERRORS,
)
async def fetch_adjacent(
    request: Request, entity_id: str, wanted: Annotated[params.Paging, Query()]
) -> Response:  # fmt: skip
    """Listings and file of a party, by property; `limit` and `offset` count within each."""
    service: Service = request.app.state.service
    held = await service.at(params.past_day(wanted.on))
    if way := redirected(held, entity_id, "/adjacent"):
        return way
    party = held.parties.get(entity_id)
    if party is None:
        raise HTTPException(404, detail="No such entity!")
    pages = {name: _page(those, wanted) for name, those in beside(held, party).items()}
    return answer(EntityAdjacentResponse(entity=flat(held, party), adjacent=pages))


@router.get(
    "/entities/{entity_id}/adjacent/{property_name}",
    summary="One property of what stands beside a party",
    tags=["Data access"],
    response_model=AdjacentResultsResponse,
    responses=ERRORS,
)
async def fetch_adjacent_by_prop(
    request: Request, entity_id: str, property_name: str,
    wanted: Annotated[params.Paging, Query()],
) -> Response:  # fmt: skip
    """Listings (`sanctions`) or files (`proof`) of a party; other properties point to nothing."""
    service: Service = request.app.state.service
    held = await service.at(params.past_day(wanted.on))
    if way := redirected(held, entity_id, f"/adjacent/{quote(property_name, safe='')}"):
        return way
    party = held.parties.get(entity_id)
    if party is None:
        raise HTTPException(404, detail="No such entity!")
    prop = properties(party.schema).get(property_name)
    if prop is None or prop.type != "entity":
        raise HTTPException(404, detail="No such property!")
    those = beside(held, party).get(property_name, [])
    return answer(_page(those, wanted))


def _page(those: list[EntityResponse], wanted: params.Paging) -> AdjacentResultsResponse:
    limit, offset = wanted.limit, max(0, wanted.offset)
    return AdjacentResultsResponse(
        limit=limit, offset=offset, total=TotalSpec(value=len(those)),
        results=list(those[offset : offset + limit]),
    )  # fmt: skip
