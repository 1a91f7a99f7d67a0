"""`POST /match/{dataset}`: possible matches of up to 100 parties."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import Response

from entrepot.web import params
from entrepot.web.holdings import Holdings
from entrepot.web.matching import match_one
from entrepot.web.models import EntityMatches, EntityMatchQuery, EntityMatchResponse, ErrorResponse
from entrepot.web.selection import Selection
from entrepot.web.service import Service
from entrepot.web.wire import answer

router = APIRouter(tags=["Matching"])


def selection_of(held: Holdings, dataset: str, wanted: params.MatchParams) -> Selection:
    """What a request for matches wants.

    Raises:
        HTTPException: 404 no such dataset; 400 a day that is none, or no such dataset to include.
    """
    return Selection(
        lists=params.lists_of_dataset(held, dataset, wanted.include_dataset),
        exclude_schema=frozenset(wanted.exclude_schema),
        exclude_lists=params.excluded_lists(held, wanted.exclude_dataset),
        exclude_ids=frozenset(wanted.exclude_entity_ids),
        changed_since=params.day_of(wanted.changed_since, "changed_since"),
        filters=tuple(("topics", one) for one in wanted.topics),
    )


@router.post(
    "/match/{dataset}",
    summary="Possible matches of parties",
    response_model=EntityMatchResponse,
    responses={400: {"model": ErrorResponse}, 404: {"model": ErrorResponse}},
)
async def match(
    request: Request,
    body: EntityMatchQuery,
    dataset: params.Dataset,
    wanted: Annotated[params.MatchParams, Query()],
) -> Response:
    """Compare parties with the lists. A result resembles the query; a person decides.

    `score` ranks and is no probability; `match` says that it reaches `threshold`. A query without a
    name or an identifier has `status` 400 of its own: nothing was checked.
    """
    service: Service = request.app.state.service
    held = await service.at(params.past_day(wanted.on))
    name = params.checked_algorithm(held, wanted.algorithm)
    selection = selection_of(held, dataset, wanted)
    check_body(body, name)
    limit, cutoff = wanted.limit, min(wanted.cutoff, wanted.threshold)
    responses: dict[str, EntityMatches] = {}
    for key, example in body.queries.items():
        if example is not None:
            responses[key] = await service.run(
                match_one, held, example, selection, wanted.threshold, cutoff, limit
            )
    if not responses:
        raise HTTPException(400, detail="No queries provided.")
    request.state.queries = len(responses)
    made = EntityMatchResponse(responses=responses, limit=limit)
    return answer(made, batch=len(responses))


def check_body(body: EntityMatchQuery, algorithm: str) -> None:
    """Refuse what would not be done as asked.

    Raises:
        HTTPException: 400, settings or weights (there are none), or too many queries.
    """
    for key in body.config:
        raise HTTPException(
            400, detail=f"Invalid configuration parameter: {key} for algorithm {algorithm}"
        )
    for key in body.weights:
        raise HTTPException(400, detail=f"Invalid weight: {key} for algorithm {algorithm}")
    if len(body.queries) > params.MAX_BATCH:
        raise HTTPException(
            400, detail=f"Too many queries in one batch (limit: {params.MAX_BATCH})"
        )
