"""An answer over HTTP: read in pieces, whole or not at all, with doubt about what comes.

Refused: a web page in place of data, an empty answer, fewer bytes than announced, more than a
limit, a redirect from https to http. A server that is busy or gone is tried again a few times,
with pauses that double, or as long as it asks for (`Retry-After`, RFC 9110 section 10.2.3).
"""

import re
import ssl
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import httpx

from entrepot.errors import SourceError

LARGEST_BYTES: Final = 64 << 20
TRIES: Final = 4
FIRST_PAUSE_S: Final = 1.0
LONGEST_PAUSE_S: Final = 60.0
TIMEOUT_S: Final = 60.0
MOST_REDIRECTS: Final = 5
TRY_AGAIN: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers that may be another in a moment (RFC 9110, RFC 6585)."""

AGENT: Final = "entrepot (checks of claims; https requests are few and kept)"
_PAGE: Final = re.compile(
    rb"\s*(<\?xml[^>]*>|<!--.*?-->|\s)*<(!doctype\s+html|html|head|body)", re.I
)
_PAGE_TYPES: Final = ("text/html", "application/xhtml+xml")

OnBytes = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said.

    Attributes:
        address: where it came from, after redirects.
        status: the HTTP status: 200 to 299, 304, or one of `accept`.
        content: the bytes, unpacked where the transport packed them; empty with 304.
        media_type: as the server says, without parameters, small letters; empty: not said.
        headers: with small letters.
        notes: sentences for the user, such as a redirect to another host.
    """

    address: str
    status: int
    content: bytes
    media_type: str
    headers: Mapping[str, str]
    notes: tuple[str, ...] = ()

    @property
    def is_unchanged(self) -> bool:
        """Whether the server says that what is held is the newest."""
        return self.status == httpx.codes.NOT_MODIFIED


@dataclass(frozen=True, slots=True)
class Manners:
    """How a server is treated.

    Attributes:
        tries: at most so many requests for one answer.
        again: statuses after which it is asked again; others end at once.
        accept: statuses besides success whose answer is handed over, to be read by the caller.
        largest: bytes at most.
        timeout_s: for connecting and for each piece.
        sleep: waits so many seconds.
        clock: the moment, in UTC; for a `Retry-After` that names one.
    """

    tries: int = TRIES
    again: Collection[int] = TRY_AGAIN
    accept: Collection[int] = ()
    largest: int = LARGEST_BYTES
    timeout_s: float = TIMEOUT_S
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)


class _Again(Exception):
    """A fault that may pass: what it was, and how long the server wants one to wait."""

    def __init__(self, what: str, wait_s: float | None = None) -> None:
        super().__init__(what)
        self.wait_s = wait_s


def ask(
    address: str, *, body: Any = None, headers: Mapping[str, str] | None = None,
    manners: Manners | None = None, on_bytes: OnBytes | None = None, hint: str = "",
) -> Answer:  # fmt: skip
    """Ask a server: GET, or POST where there is a body.

    Args:
        address: http or https.
        body: posted as JSON; null: GET.
        headers: besides the agent, such as `If-None-Match`.
        manners: how often, how long, how much.
        on_bytes: told bytes so far and bytes announced (0: not announced).
        hint: said with every refusal.

    Raises:
        SourceError: no answer in the tries, or one that is refused.
    """
    way = manners or Manners()
    if urlsplit(address).scheme not in ("http", "https"):
        raise SourceError("expected an address that begins with https://", locator=address)
    problem, tries = _Again("nothing tried"), max(1, way.tries)
    for attempt in range(tries):
        if attempt:
            doubled = FIRST_PAUSE_S * 2.0 ** (attempt - 1)
            way.sleep(min(doubled if problem.wait_s is None else problem.wait_s, LONGEST_PAUSE_S))
        try:
            return _once(address, body, {"User-Agent": AGENT, **(headers or {})}, way, on_bytes)
        except _Again as error:
            problem = error
        except (httpx.RequestError, httpx.InvalidURL) as error:
            problem = _Again(f"{type(error).__name__}: {error}".rstrip(": "))
        except SourceError as error:
            error.hint = error.hint or hint
            raise
    times = "one try" if tries == 1 else f"{tries} tries"
    raise SourceError(f"no answer in {times} ({problem})", locator=address, hint=hint)


def is_page(content: bytes) -> bool:
    """Whether bytes are a web page."""
    return _PAGE.match(content[:4096].removeprefix(b"\xef\xbb\xbf")) is not None


def _once(
    address: str, body: Any, headers: dict[str, str], way: Manners, on_bytes: OnBytes | None
) -> Answer:
    with _answer(address, body, headers, way) as (response, notes):
        place, status = str(response.url), response.status_code
        is_fit = response.is_success or status in {httpx.codes.NOT_MODIFIED, *way.accept}
        if not is_fit:
            raise _unfit(response, way)
        content = _content(response, way.largest, on_bytes)
        media_type = response.headers.get("Content-Type", "").split(";")[0].strip().lower()
        if response.is_success:
            _check(content, media_type, place)
        said = {name.lower(): value for name, value in response.headers.items()}
        return Answer(place, status, content, media_type, said, notes)


@contextmanager
def _answer(
    address: str, body: Any, headers: dict[str, str], way: Manners
) -> Iterator[tuple[httpx.Response, tuple[str, ...]]]:
    """The answer after redirects, each of them looked at."""
    notes: list[str] = []
    with httpx.Client(timeout=way.timeout_s, verify=_trust()) as client:
        for _ in range(MOST_REDIRECTS + 1):
            method = "GET" if body is None else "POST"
            with client.stream(method, address, headers=headers, json=body) as response:
                if not response.has_redirect_location:
                    yield response, tuple(notes)
                    return
                target = urljoin(address, response.headers["Location"])
            _judge_redirect(address, target, notes)
            address = target
    raise SourceError(f"got more than {MOST_REDIRECTS} redirects, expected data", locator=address)


def _judge_redirect(address: str, target: str, notes: list[str]) -> None:
    old, new = urlsplit(address), urlsplit(target)
    if new.scheme not in ("http", "https") or (old.scheme, new.scheme) == ("https", "http"):
        raise SourceError(
            f"got a redirect to {target}, expected one that stays on https", locator=address
        )
    if old.hostname != new.hostname:
        notes.append(f"{old.hostname} sent on to {new.hostname}.")


def _unfit(response: httpx.Response, way: Manners) -> Exception:
    code = response.status_code
    said = f"the server answered {code} {response.reason_phrase}".rstrip()
    if code in way.again:
        return _Again(said, _wait_s(response.headers.get("Retry-After", ""), way.clock))
    return SourceError(f"{said}, expected data", locator=str(response.url))


def _wait_s(text: str, clock: Callable[[], datetime]) -> float | None:
    """Seconds to wait, from a number or a date; null: neither."""
    if text.strip().isdigit():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - clock()).total_seconds())


def _content(response: httpx.Response, largest: int, on_bytes: OnBytes | None) -> bytes:
    said = response.headers.get("Content-Length", "")
    announced = int(said) if said.isdigit() else 0
    if announced > largest:
        raise _too_large(response, largest)
    pieces, size = list[bytes](), 0
    for piece in response.iter_bytes(1 << 16):
        size += len(piece)
        if size > largest:
            raise _too_large(response, largest)
        pieces.append(piece)
        if on_bytes:
            on_bytes(response.num_bytes_downloaded, announced)
    if announced and response.num_bytes_downloaded < announced:
        raise _Again(f"got {response.num_bytes_downloaded:,} bytes of {announced:,}")
    return b"".join(pieces)


def _too_large(response: httpx.Response, largest: int) -> SourceError:
    return SourceError(f"got more than {largest:,} bytes, expected less", locator=str(response.url))


@cache
def _trust() -> ssl.SSLContext:
    """The certificates that are trusted: loaded once, as that takes longer than a request."""
    return httpx.create_ssl_context()


def _check(content: bytes, media_type: str, place: str) -> None:
    if not content.strip():
        raise SourceError("got an empty answer, expected data", locator=place)
    if media_type in _PAGE_TYPES or is_page(content):
        raise SourceError("got a web page, expected data", locator=place)
