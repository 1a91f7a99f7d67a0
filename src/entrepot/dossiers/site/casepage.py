"""A dossier's own page as the site shows it: with a bar, a word on later versions, link previews.

The sealed page itself is in the bundle beside it, byte for byte, as a changed page would not pass
`entrepot verify`.
"""

import io
import re
import zipfile
from functools import cache
from typing import Any, Final

import jinja2

from entrepot.dossiers.paper import environment
from entrepot.dossiers.site.about import About, up
from entrepot.dossiers.site.entry import Entry, day
from entrepot.dossiers.site.picture import alt
from entrepot.dossiers.site.published import CARD, Case, Published
from entrepot.errors import DossierError

_HEAD_END: Final = re.compile(r"</head\s*>", re.IGNORECASE)
_BODY: Final = re.compile(r"<body\b[^<>]*>", re.IGNORECASE)
_SKIP: Final = re.compile(r'\s*<a\b[^<>]*class="?skip\b[^<>]*>[^<>]*</a>', re.IGNORECASE)
_VERIFY: Final = re.compile(
    r'<h2\b[^<>]*\bid="?verify"?(?=[\s>])[^<>]*>[^<>]*</h2\s*>', re.IGNORECASE
)
"""The heading over how a dossier is verified: what stands there is for its sealed files."""

_ZIP_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""The first day that a ZIP file can hold: the bundle depends on no clock."""

_PLAIN_FILE: Final = 0o100644 << 16


def shown(page: bytes, case: Case, entry: Entry, path: str, about: About) -> str:
    """The page with what the site adds.

    Args:
        page: of the dossier.
        case: all versions.
        entry: of this version.
        path: where it will stand: of the version, or of the case.
        about: who publishes.

    Raises:
        DossierError: it is no page in UTF-8 with a head and a body.
    """
    try:
        text = page.decode()
    except UnicodeDecodeError as error:
        raise DossierError(f"got a page of {case.case_id} that is not UTF-8") from error
    head = _HEAD_END.search(text)
    body = _BODY.search(text, head.end()) if head else None
    if head is None or body is None:
        raise DossierError(f"got a page of {case.case_id} without a head and a body")
    # A link past the bar, where the dossier has one, stays the first thing of the page.
    skip = _SKIP.match(text, body.end())
    start = skip.end() if skip else body.end()
    given = _given(case, entry, path, about)
    return "".join((
        text[: head.start()], _filled("site.casehead.j2", given),
        text[head.start() : start], "\n", _filled("site.casebar.j2", given),
        _to_verify(text[start:], given),
    ))  # fmt: skip


def _to_verify(text: str, given: dict[str, Any]) -> str:
    """With a word on what to verify: this page and the picture beside it were never sealed."""
    heading = _VERIFY.search(text)
    if heading is None:
        return text
    end = heading.end()
    return f"{text[:end]}\n{_filled('site.caseverify.j2', given)}{text[end:]}"


def _given(case: Case, entry: Entry, path: str, about: About) -> dict[str, Any]:
    latest = case.versions[-1]
    # Both addresses of the version that counts are one page for search engines.
    kept = entry.front if entry.is_latest else entry.page
    return {
        "about": about, "entry": entry, "path": path, "up": up(path),
        "canonical": about.url(kept), "picture": about.url(f"case/{entry.case_id}/{CARD}"),
        "alt": alt(entry), "is_indexed": entry.is_latest and not entry.is_over,
        "latest_day": day(latest.dossier.published_on),
        "numbers": [one.number for one in case.versions],
    }  # fmt: skip


def _filled(name: str, given: dict[str, Any]) -> str:
    return _environment().get_template(name).render(**given)


@cache
def _environment() -> jinja2.Environment:
    return environment(day=day)


def bundle(one: Published) -> bytes:
    """All sealed files in one ZIP, stored and dated alike: for `entrepot verify`.

    They are not packed: packed bytes differ between builds of the packing library.
    """
    made = io.BytesIO()
    folder = f"{one.dossier.case_id}-v{one.number}"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as opened:
        for name in one.names():
            held = zipfile.ZipInfo(f"{folder}/{name}", _ZIP_DAY)
            held.create_system, held.external_attr = 3, _PLAIN_FILE
            opened.writestr(held, one.read(name))
    return made.getvalue()
