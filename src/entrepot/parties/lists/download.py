"""One file over HTTP: streamed, whole or not at all, with doubt about what comes.

Refused: a web page in place of a file, fewer bytes than announced, more than `LARGEST_BYTES`, a
redirect from https to http. A server that is busy or gone is tried again, a few times, with pauses
that double. A redirect to another host is followed and told.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final
from urllib.parse import urljoin, urlsplit

import httpx

from entrepot.errors import SourceError
from entrepot.parties.lists.layout import is_page

LARGEST_BYTES: Final = 4 << 30
"""The largest export of OpenSanctions has about 3 GB; single lists have at most 150 MB."""

TRIES: Final = 4
PAUSE_SECONDS: Final = 1.0
TIMEOUT_SECONDS: Final = 60.0
MOST_REDIRECTS: Final = 5
TRY_AGAIN: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
AGENT: Final = "entrepot (sanctions list reader)"
LONGEST_PAUSE: Final = 60.0


@dataclass(frozen=True, slots=True)
class Downloaded:
    """What came of a download.

    Attributes:
        address: where the bytes came from, after redirects.
        size_bytes: how many; 0 where nothing has changed since the last time.
        unchanged: the server says the file is the one held.
        etag: the server's mark of this version; empty: none.
        modified: the server's Last-Modified text; empty: none.
        notes: sentences for the user, such as a redirect to another host.
    """

    address: str
    size_bytes: int
    unchanged: bool = False
    etag: str = ""
    modified: str = ""
    notes: tuple[str, ...] = ()

    @property
    def modified_on(self) -> date | None:
        """The day of Last-Modified in UTC; null where there is none."""
        try:
            return parsedate_to_datetime(self.modified).astimezone(UTC).date()
        except (TypeError, ValueError):
            return None


class _Again(Exception):
    """A fault that may pass: what it was, and how long the server wants one to wait."""

    def __init__(self, what: str, wait: float | None = None) -> None:
        super().__init__(what)
        self.wait = wait


def download(
    address: str, target: Path, *, etag: str = "", modified: str = "",
    on_bytes: Callable[[int, int], None] | None = None, largest: int = LARGEST_BYTES,
    sleep: Callable[[float], None] = time.sleep,
) -> Downloaded:  # fmt: skip
    """Download a file to `target`.

    Args:
        address: http or https.
        target: a file to write; what is there after an error is not the file.
        etag: of the version held, to ask only for a newer one; empty: ask for any.
        modified: Last-Modified of the version held; empty: ask for any.
        on_bytes: told bytes so far and bytes announced (0: not announced).
        largest: bytes at most.
        sleep: waits between tries.

    Raises:
        SourceError: it could not be downloaded, or is not a file of a list.
    """
    headers = {"User-Agent": AGENT, "Accept-Encoding": "gzip, identity"}
    headers |= {"If-None-Match": etag} if etag else {}
    headers |= {"If-Modified-Since": modified} if modified and not etag else {}
    problem = _Again("nothing tried")
    for attempt in range(TRIES):
        if attempt:
            pause = problem.wait if problem.wait is not None else PAUSE_SECONDS * 2 ** (attempt - 1)
            sleep(min(pause, LONGEST_PAUSE))
        try:
            return _once(address, target, headers, on_bytes, largest)
        except _Again as error:
            problem = error
        except httpx.RequestError as error:
            problem = _Again(f"{type(error).__name__}: {error}".rstrip(": "))
    raise SourceError(
        f"could not be downloaded in {TRIES} tries ({problem})",
        locator=address,
        hint="Try again later, or download the file by hand and use `entrepot lists add FILE`. The "
        "edition held stays in service.",
    )


def _once(
    address: str, target: Path, headers: dict[str, str],
    on_bytes: Callable[[int, int], None] | None, largest: int,
) -> Downloaded:  # fmt: skip
    with _answer(address, headers) as (response, notes):
        _check_status(response)
        marks = (response.headers.get("ETag", ""), response.headers.get("Last-Modified", ""))
        if response.status_code == httpx.codes.NOT_MODIFIED:
            return Downloaded(str(response.url), 0, True, *marks, notes=notes)
        size = _stream(response, target, on_bytes, largest)
        return Downloaded(str(response.url), size, False, *marks, notes=notes)


@contextmanager
def _answer(
    address: str, headers: dict[str, str]
) -> Iterator[tuple[httpx.Response, tuple[str, ...]]]:
    """The answer after redirects, each of them looked at."""
    notes: list[str] = []
    with httpx.Client(timeout=TIMEOUT_SECONDS, follow_redirects=False) as client:
        for _ in range(MOST_REDIRECTS + 1):
            with client.stream("GET", address, headers=headers) as response:
                if not response.has_redirect_location:
                    yield response, tuple(notes)
                    return
                target = urljoin(address, response.headers["Location"])
            _judge_redirect(address, target, notes)
            address = target
    raise SourceError(f"got more than {MOST_REDIRECTS} redirects, expected a file", locator=address)


def _judge_redirect(address: str, target: str, notes: list[str]) -> None:
    old, new = urlsplit(address), urlsplit(target)
    if new.scheme not in ("http", "https") or (old.scheme, new.scheme) == ("https", "http"):
        raise SourceError(
            f"got a redirect to {target}, expected one that stays on https", locator=address
        )
    if old.hostname != new.hostname:
        notes.append(f"{old.hostname} sent on to {new.hostname}.")


def _check_status(response: httpx.Response) -> None:
    code = response.status_code
    if code in TRY_AGAIN:
        wait = response.headers.get("Retry-After", "")
        raise _Again(f"the server answered {code}", float(wait) if wait.isdigit() else None)
    if code not in (httpx.codes.OK, httpx.codes.NOT_MODIFIED):
        raise SourceError(
            f"the server answered {code} {response.reason_phrase}, expected a file",
            locator=str(response.url),
            hint="The address may have moved: look at the publisher's site.",
        )


def _stream(
    response: httpx.Response, target: Path, on_bytes: Callable[[int, int], None] | None,
    largest: int,
) -> int:  # fmt: skip
    place, announced = str(response.url), int(response.headers.get("Content-Length") or 0)
    if announced > largest:
        raise _too_large(place, largest)
    size, head = 0, b""
    with target.open("wb") as stream:
        for chunk in response.iter_bytes(1 << 16):
            head = head or chunk[:4096]
            size += len(chunk)
            if size > largest:
                raise _too_large(place, largest)
            stream.write(chunk)
            if on_bytes:
                on_bytes(response.num_bytes_downloaded, announced)
    if announced and response.num_bytes_downloaded != announced:
        raise _Again(f"got {response.num_bytes_downloaded:,} bytes of {announced:,}")
    _check_content(response, head, place)
    return size


def _check_content(response: httpx.Response, head: bytes, place: str) -> None:
    if not head:
        raise SourceError("got an empty answer, expected a file", locator=place)
    kind = response.headers.get("Content-Type", "").split(";")[0].strip().lower()
    if kind in ("text/html", "application/xhtml+xml") or is_page(
        head.decode("utf-8", errors="replace").lstrip("\ufeff \r\n\t")
    ):
        raise SourceError(
            "got a web page, expected a file",
            locator=place,
            hint="The site may ask for a click or be under maintenance: open the address in a "
            "browser, download the file and use `entrepot lists add FILE`.",
        )


def _too_large(place: str, largest: int) -> SourceError:
    return SourceError(f"got more than {largest:,} bytes, expected a list", locator=place)
