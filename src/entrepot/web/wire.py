"""How answers are written, and how errors are."""

import json
import logging
import traceback
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException as HttpError

from entrepot.web.service import NotReady

log = logging.getLogger("entrepot.web")


def answer(model: BaseModel, *, batch: int | None = None, bare: bool = False) -> Response:
    """A model as JSON; `batch` goes into yente's header, `bare` leaves nulls out."""
    text = model.model_dump_json(by_alias=True, exclude_none=bare)
    headers = {} if batch is None else {"x-batch-size": str(batch)}
    return Response(text, media_type="application/json", headers=headers)


def add_errors(app: FastAPI) -> None:
    """Errors in yente's shape, `{"detail": ...}`, without a word of what was asked in the log."""
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HttpError, _http)
    app.add_exception_handler(NotReady, _not_ready)
    app.add_exception_handler(Exception, _fault)


async def _invalid(_: Request, error: Exception) -> Response:
    """422 as FastAPI writes it, without the value given: it may not be writable as text."""
    assert isinstance(error, RequestValidationError)
    found = [
        {"type": one["type"], "loc": [str(part) for part in one["loc"]], "msg": one["msg"]}
        for one in error.errors()
    ]
    return _ascii({"detail": found}, 422)


async def _http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HttpError)
    made = _ascii({"detail": error.detail}, error.status_code)
    made.headers.update(error.headers or {})
    return made


async def _not_ready(_: Request, __: Exception) -> Response:
    return JSONResponse({"detail": "Index not ready."}, 503, headers={"retry-after": "5"})


async def _fault(_: Request, error: Exception) -> Response:
    where = traceback.extract_tb(error.__traceback__)[-1]
    log.error("fault: %s at %s:%s", type(error).__name__, where.name, where.lineno)
    return JSONResponse({"detail": "Server error"}, 500)


def _ascii(content: Any, status: int) -> Response:
    """JSON in plain ASCII, which can hold half a surrogate pair too."""
    return Response(json.dumps(content), status, media_type="application/json")
