"""Addresses about the service itself."""

import hmac
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import Response

from entrepot.errors import EntrepotError
from entrepot.web.catalog import algorithms, data_catalog
from entrepot.web.models import (
    AlgorithmResponse,
    DataCatalogModel,
    ErrorResponse,
    StatusResponse,
)
from entrepot.web.service import Service
from entrepot.web.wire import answer

router = APIRouter(tags=["System information"])


@router.get("/healthz", summary="Is the server there?", response_model=StatusResponse)
async def healthz() -> Response:
    """Answers as long as the server runs, whatever else it does."""
    return answer(StatusResponse())


@router.get(
    "/readyz",
    summary="Are lists in service?",
    response_model=StatusResponse,
    responses={503: {"model": ErrorResponse}},
)
async def readyz(request: Request) -> Response:
    """503 until the lists are loaded."""
    _ = request.app.state.service.held
    return answer(StatusResponse())


@router.get("/catalog", summary="The lists in service", response_model=DataCatalogModel)
@router.get("/manifest", include_in_schema=False, response_model=DataCatalogModel)
async def catalog(request: Request) -> Response:
    """Lists and collections of lists, with the edition in service and the newest one held."""
    service: Service = request.app.state.service
    held = service.held
    return answer(await service.run(data_catalog, held, service.source.store()))


@router.get("/algorithms", summary="How names are compared", response_model=AlgorithmResponse)
async def algorithm_docs(request: Request) -> Response:
    """The algorithm in service. One service has one, for scores of two are not comparable."""
    return answer(algorithms(request.app.state.service.held))


@router.post(
    "/updatez",
    summary="Load the lists anew",
    response_model=StatusResponse,
    responses={403: {"model": ErrorResponse}, 500: {"model": ErrorResponse}},
)
async def force_update(
    request: Request,
    token: Annotated[str, Query(description="The token the service was started with.")] = "",
    sync: Annotated[bool, Query(description="Wait until the lists are loaded.")] = False,
) -> Response:
    """Read the lists again, in the background; the old ones stay in service until then.

    Where a list cannot be read, the old ones stay: with `sync` the answer is 500 and says why.
    """
    service: Service = request.app.state.service
    expected = service.update_token
    if not expected or not hmac.compare_digest(token.encode(), expected.encode()):
        raise HTTPException(403, detail="Invalid token.")
    running = service.update()
    if not sync:
        running.add_done_callback(lambda done: done.cancelled() or done.exception())
        return answer(StatusResponse())
    try:
        await running
    except EntrepotError as error:
        raise HTTPException(500, detail=f"Not updated, the old lists stay: {error}") from error
    return answer(StatusResponse())
