"""The line to one archive: every request of pystac-client goes through it and is kept.

A server that is busy or gone is tried again, a few times, with pauses that double; `Retry-After` is
honoured. Refused: a web page in place of JSON, JSON that breaks off, a page of items that is none,
more than `MOST_BYTES`, a next page on another host, and a next page that was there before.
"""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import urlsplit, urlunsplit

import requests
from pystac_client.stac_api_io import StacApiIO
from urllib3.exceptions import MaxRetryError

from entrepot.checks.images.answers import Page
from entrepot.errors import SourceError

TRIES: Final = 4
OUT_OF_REACH_TRIES: Final = 2
"""Where no line comes about: as a rule the network is off or the address is wrong."""

PAUSE_SECONDS: Final = 1.0
LONGEST_PAUSE: Final = 60.0
TIMEOUT_SECONDS: Final = (10.0, 60.0)
"""To connect, and between two pieces of an answer."""

MOST_BYTES: Final = 100 << 20
"""Of one page: the largest recorded page of 33 items has about 1 MB."""

MOST_PAGES: Final = 500
CHUNK_BYTES: Final = 1 << 16
TRY_AGAIN: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
AGENT: Final = "entrepot (search in archives of satellite images)"
BROKEN_LINE: Final = (
    requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError,
    requests.exceptions.ContentDecodingError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clock:
    """Time from outside, so that tests do not wait."""

    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    sleep: Callable[[float], None] = time.sleep


class Refused(SourceError):
    """A server answered with a status that another try does not mend; `status` is its number."""

    def __init__(self, message: str, *, status: int, locator: str, hint: str = "") -> None:
        super().__init__(message, locator=locator, hint=hint)
        self.status = status


class _Again(Exception):
    """A fault that may pass: what it was, how long the server wants one to wait, tries in all."""

    def __init__(self, what: str, wait: float | None = None, tries: int = TRIES) -> None:
        super().__init__(what)
        self.wait = wait
        self.tries = tries


class Wire(StacApiIO):
    """The line to one archive.

    Attributes:
        pages: of the question that runs, in order.
    """

    def __init__(self, root: str, clock: Clock, told: Callable[[str], None]) -> None:
        super().__init__(headers={"User-Agent": AGENT}, max_retries=None)
        self.root = urlsplit(root)
        self.clock = clock
        self.told = told
        self.pages: list[Page] = []
        self._is_search = False
        self._sent: set[str] = set()
        self._names: set[str] = set()

    def begin(self, *, is_search: bool) -> None:
        """Forget the pages of the last question; those of a search are pages of items."""
        self.pages, self._is_search = [], is_search
        self._sent, self._names = set(), set()

    def request(
        self,
        href: str,
        method: str | None = None,
        headers: dict[str, str] | None = None,
        parameters: dict[str, Any] | None = None,
    ) -> str:
        """Send a request, keep what comes, and refuse what is no answer.

        Raises:
            SourceError: no answer came, or one that is not what a STAC API sends.
        """
        address, verb = self._same_host(href), (method or "GET").upper()
        body = parameters if verb == "POST" else None
        question = json.dumps([verb, address, parameters], sort_keys=True)
        if self._is_search:
            self._once(question, address)
        request = requests.Request(
            verb, address, headers=headers, json=body, params=None if body else parameters
        )
        content, got = self._answer(request, address)
        found = _json(content, address)
        if self._is_search:
            self._check(found, address)
        self.pages.append(
            Page("items" if self._is_search else "page", verb, got, body, self.clock.now(), content)
        )
        return content.decode("utf-8")

    def _same_host(self, href: str) -> str:
        parts = urlsplit(href)
        if (
            parts.scheme not in ("http", "https")
            or parts.netloc.lower() != self.root.netloc.lower()
        ):
            raise SourceError(
                f"got a link to {href[:200]!r}, expected one on the same host",
                locator=urlunsplit(self.root), hint="The archive is faulty; report it there.",
            )  # fmt: skip
        # servers behind a gateway write http:// in their links; the line stays as safe as it was
        return urlunsplit(parts._replace(scheme=self.root.scheme))

    def _once(self, question: str, address: str) -> None:
        if question in self._sent:
            raise _endless(address)
        if len(self._sent) >= MOST_PAGES:
            raise SourceError(
                f"got more than {MOST_PAGES} pages, expected the images of one place",
                locator=address, hint="Ask for a shorter time or fewer collections.",
            )  # fmt: skip
        self._sent.add(question)

    def _check(self, page: Any, address: str) -> None:
        items = page.get("features") if isinstance(page, Mapping) else None
        links = page.get("links", []) if isinstance(page, Mapping) else None
        is_page = (
            isinstance(items, list) and all(isinstance(one, Mapping) for one in items)
            and isinstance(links, list)
            and all(isinstance(one, Mapping) and "rel" in one for one in links)
        )  # fmt: skip
        if not is_page:
            raise SourceError(
                "got JSON that is no page of images, expected a FeatureCollection with links",
                locator=address, hint="Is this the address of a STAC API?",
            )  # fmt: skip
        names = {f"{one.get('collection')}\t{one.get('id')}" for one in items or ()}
        if names and names <= self._names:
            raise _endless(address)
        self._names |= names

    def _answer(self, request: requests.Request, address: str) -> tuple[bytes, str]:
        pause, attempt = PAUSE_SECONDS, 0
        while True:
            attempt += 1
            try:
                return self._attempt(request, address)
            except _Again as again:
                fault = again
            wait = pause if fault.wait is None else fault.wait
            if wait > LONGEST_PAUSE:
                raise SourceError(
                    f"{fault}, and asks to wait {wait:.0f} seconds", locator=address,
                    hint="Ask again later.",
                )  # fmt: skip
            if attempt >= fault.tries:
                raise SourceError(
                    f"{fault}, {attempt} times", locator=address,
                    hint="The archive is busy or out of reach: check the address, ask again later.",
                )  # fmt: skip
            self.told(f"{self.root.netloc}: {fault}; trying again in {wait:.0f} s")
            self.clock.sleep(wait)
            pause *= 2

    def _attempt(self, request: requests.Request, address: str) -> tuple[bytes, str]:
        try:
            ready = self.session.prepare_request(request)
            settings = self.session.merge_environment_settings(address, {}, True, True, None)
            with self.session.send(ready, timeout=TIMEOUT_SECONDS, **settings) as reply:
                self._check_status(reply, address)
                return _read(reply), str(reply.url)
        except BROKEN_LINE as error:
            raise _fault(error) from error
        except requests.RequestException as error:
            raise SourceError(
                f"cannot be asked: {type(error).__name__}", locator=address,
                hint="Check the address.",
            ) from error  # fmt: skip

    def _check_status(self, reply: requests.Response, address: str) -> None:
        code = reply.status_code
        if code in TRY_AGAIN:
            wait = _wait(reply.headers.get("Retry-After", ""), self.clock.now())
            raise _Again(f"the server answers {code} {reply.reason}", wait)
        if not 200 <= code < 300:
            raise Refused(f"the server answers {code} {reply.reason}", status=code, locator=address)
        if self.root.scheme == "https" and urlsplit(str(reply.url)).scheme != "https":
            raise SourceError(f"was sent on to {reply.url}, which is not safe", locator=address)


def _endless(address: str) -> SourceError:
    return SourceError(
        "the next page is one that was read before, so the answer has no end",
        locator=address, hint="The archive is faulty: ask for a shorter time, or another archive.",
    )  # fmt: skip


def _read(reply: requests.Response) -> bytes:
    parts, size = [], 0
    for chunk in reply.iter_content(CHUNK_BYTES):
        parts.append(chunk)
        size += len(chunk)
        if size > MOST_BYTES:
            raise SourceError(
                f"got more than {MOST_BYTES >> 20} MB in one page, expected a page of images",
                locator=str(reply.url),
            )  # fmt: skip
    return b"".join(parts)


def _json(content: bytes, address: str) -> Any:
    try:
        return json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        page = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"
        got = "a web page" if page else "no JSON, or JSON that breaks off"
        raise SourceError(
            f"got {got}, expected the JSON of a STAC API", locator=address,
            hint="Check the address; a page for people is not the address of its API.",
        ) from error  # fmt: skip


def _wait(text: str, now: datetime) -> float | None:
    """Seconds of a `Retry-After` header, which is a number or a date; null: not said."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return max(0.0, (until.astimezone(UTC) - now).total_seconds())


def _fault(error: Exception) -> _Again:
    if isinstance(error, requests.exceptions.SSLError):
        return _Again("the server's certificate is not accepted", tries=1)
    if isinstance(error, requests.exceptions.ConnectTimeout) or (
        error.args and isinstance(error.args[0], MaxRetryError)
    ):
        return _Again("the server cannot be reached", tries=OUT_OF_REACH_TRIES)
    if isinstance(error, requests.Timeout):
        return _Again(f"no answer within {TIMEOUT_SECONDS[1]:.0f} seconds")
    return _Again("the answer breaks off midway")
