"""`POST /match/{dataset}/stream`: any number of parties in one request, one a line.

Lines wait in a temporary file without a name, so memory stays bounded, and a client that sends
everything before it reads an answer does not lock up. Answers go out as fast as they are read.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import Response
from pydantic import ValidationError
from starlette.types import Message, Receive, Scope, Send

from entrepot.web import params
from entrepot.web.holdings import Holdings
from entrepot.web.matching import match_one
from entrepot.web.models import EntityExample, StreamLine
from entrepot.web.routes_match import selection_of
from entrepot.web.selection import Selection
from entrepot.web.service import Service

router = APIRouter(tags=["Matching"])

MAX_LINE: Final = 1 << 20
"""Bytes of one line."""

MAX_WAITING: Final = 1 << 30
"""Bytes of lines that wait on disk; beyond that nothing more is read until some are answered."""

MEDIA: Final = "application/x-ndjson"

Work = Callable[[bytes, int], Awaitable[bytes]]


@router.post(
    "/match/{dataset}/stream",
    summary="Possible matches of any number of parties",
    responses={200: {"content": {MEDIA: {}}}},
)
async def match_stream(
    request: Request,
    dataset: params.Dataset,
    wanted: Annotated[params.MatchParams, Query()],
) -> Response:
    """JSON lines in, one party a line as in `/match`; JSON lines out, in the same order.

    A line that is wrong is answered in its place with `status` 400 and `detail`; empty lines are
    passed over but counted. Not in yente.
    """
    service: Service = request.app.state.service
    held = await service.at(params.past_day(wanted.on))
    params.checked_algorithm(held, wanted.algorithm)
    lines = Lines(held, selection_of(held, dataset, wanted), wanted)

    async def work(text: bytes, number: int) -> bytes:
        return await service.run(lines.answered, text, number)

    return LineStream(work)


@dataclass(frozen=True)
class Lines:
    """What all lines of a stream are compared with."""

    held: Holdings
    selection: Selection
    wanted: params.MatchParams

    def answered(self, text: bytes, number: int) -> bytes:
        """The answer to one line, as a line."""
        made = self._checked(text, number)
        return made.model_dump_json(by_alias=True).encode() + b"\n"

    def _checked(self, text: bytes, number: int) -> StreamLine:
        if len(text) > MAX_LINE:
            detail = f"got a line of more than {MAX_LINE} bytes"
            return StreamLine(line=number, status=400, detail=detail)
        try:
            example = EntityExample.model_validate_json(text)
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            detail = f"{where}: {first['msg']}" if where else first["msg"]
            return StreamLine(line=number, status=400, detail=detail)
        try:
            return self._compared(example, number)
        except HTTPException as error:
            return StreamLine(line=number, id=example.id, status=400, detail=error.detail)

    def _compared(self, example: EntityExample, number: int) -> StreamLine:
        wanted = self.wanted
        cutoff, limit = min(wanted.cutoff, wanted.threshold), wanted.limit
        found = match_one(self.held, example, self.selection, wanted.threshold, cutoff, limit)
        bad = found.status != 200
        return StreamLine(
            line=number, id=example.id, status=found.status, results=found.results,
            total=found.total, detail="got neither a name nor an identifier" if bad else None,
        )  # fmt: skip


class Waiting:
    """Bytes received and not yet worked on, in a file without a name; see the module."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `close`
        self._read = self._written = 0
        self._ended = self._gone = False
        self._changed = asyncio.Condition()

    async def fill(self, receive: Receive) -> None:
        """Take in the body, then wait for the client to leave; pause while too much is waiting."""
        while not self._gone:
            message: Message = await receive()
            async with self._changed:
                if message["type"] == "http.disconnect":
                    self._gone = self._ended = True
                else:
                    self._file.seek(self._written)
                    self._written += self._file.write(message.get("body", b""))
                    self._ended = not message.get("more_body", False)
                self._changed.notify_all()
                await self._changed.wait_for(self._has_room)

    def _has_room(self) -> bool:
        return self._ended or self._written - self._read < MAX_WAITING

    async def lines(self) -> AsyncIterator[bytes]:
        """Lines without their ends; the last may lack one. A line too long comes cut, too long.

        They end early where the client is gone.
        """
        rest = b""
        while chunk := await self._next():
            *whole, rest = (rest + chunk).split(b"\n")
            for line in whole:
                if self._gone:
                    return
                yield line[: MAX_LINE + 1]
            rest = rest[: MAX_LINE + 1]
        if rest and not self._gone:
            yield rest

    async def _next(self) -> bytes:
        async with self._changed:
            await self._changed.wait_for(lambda: self._ended or self._written > self._read)
            if self._gone:
                return b""
            self._file.seek(self._read)
            chunk = self._file.read(1 << 16)
            self._read += len(chunk)
            if self._read == self._written and not self._ended:
                self._file.truncate(0)
                self._read = self._written = 0
            self._changed.notify_all()
            return chunk

    def close(self) -> None:
        """Let the file go."""
        self._file.close()


class LineStream(Response):
    """Reads lines and answers them at the same time."""

    media_type = MEDIA

    def __init__(self, work: Work) -> None:
        super().__init__()
        del self.headers["content-length"]
        self._work = work

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer line by line until the body ends or the client is gone."""
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        waiting = Waiting()
        filling = asyncio.create_task(waiting.fill(receive))
        count = 0
        try:
            async for line in waiting.lines():
                count += 1
                if line.strip():
                    await send(_body(await self._work(line, count), more=True))
            await send(_body(b"", more=False))
        finally:
            scope.setdefault("state", {})["queries"] = count
            filling.cancel()
            await asyncio.gather(filling, return_exceptions=True)
            waiting.close()


def _body(body: bytes, *, more: bool) -> dict[str, Any]:
    return {"type": "http.response.body", "body": body, "more_body": more}
