"""What a letter can tell of: one published version of one dossier."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from entrepot.dossiers.dossier.canonical import dossier_id
from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.errors import DossierError, RequestError

PUBLISHED, CORRECTED, WITHDRAWN = KINDS = ("published", "corrected", "withdrawn")
_NOT_A_LINE: Final = re.compile(
    r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ue000-\uf8ff]+"
)
"""Line ends, controls, signs that turn the direction of text, and signs of private use."""


@dataclass(frozen=True, slots=True)
class Item:
    """One published version.

    Attributes:
        item_id: `dos_` id of the dossier.
        case_id: of the case.
        title: one line.
        url: its page.
        summary: the dossier's own sentences; caveats are among them, so none is left out.
        hubs: ISO alpha-3.
        targets: ISO alpha-3.
        codes: commodity codes, HS.
        published_on: ISO day.
        kind: one of `KINDS`.
        changes: what changed against the version before, one sentence each.
        version: from 1.
    """

    item_id: str
    case_id: str
    title: str
    url: str
    summary: str
    hubs: tuple[str, ...]
    targets: tuple[str, ...]
    codes: tuple[str, ...]
    published_on: str
    kind: str
    changes: tuple[str, ...]
    version: int = 1

    @property
    def rank(self) -> int:
        """Order among the editions of a case: a withdrawal comes after the version it withdraws."""
        return self.version * len(KINDS) + KINDS.index(self.kind)

    @property
    def is_correction(self) -> bool:
        """Whether it takes back or changes what was said before."""
        return self.kind != PUBLISHED


def one_line(text: str) -> str:
    """Text as one line: what would end a header or hide a word becomes a blank."""
    return _NOT_A_LINE.sub(" ", text).strip()


def items_of(published: Sequence[Dossier], base_url: str) -> tuple[Item, ...]:
    """What can be told of published dossiers: corrections first, then by day, newest first.

    Args:
        published: dossiers in state published, corrected or withdrawn.
        base_url: address of the site, `https://` or `http://`.

    Raises:
        DossierError: one of them is not published: a draft never leaves in a letter.
        RequestError: the address is none.
    """
    base = one_line(base_url).rstrip("/")
    if not re.fullmatch(r"https?://[^\s/?#]+(?:/[^\s?#]*)?", base):
        raise RequestError(
            f"got {base_url!r} as the address of the site, expected one such as "
            "https://dossiers.example.org"
        )
    found = {one.item_id: one for one in (_item(dossier, base) for dossier in published)}
    # sorted twice, as sorting keeps the order of equals: newest first within each kind
    newest = sorted(found.values(), key=lambda one: (one.published_on, one.item_id), reverse=True)
    return tuple(sorted(newest, key=lambda one: -KINDS.index(one.kind)))


def _item(dossier: Dossier, base: str) -> Item:
    if dossier.state not in KINDS or not dossier.published_on:
        raise DossierError(
            f"{dossier.case_id} is {dossier.state or 'a draft'} and has no day of publication "
            if not dossier.published_on
            else f"{dossier.case_id} is in state {dossier.state!r}, expected one of "
            f"{', '.join(KINDS)}",
            hint="Letters tell only of what entrepot publish has published.",
        )
    kind = dossier.state
    if kind == PUBLISHED and dossier.version > 1:
        kind = CORRECTED
    return Item(
        item_id=dossier_id(dossier), case_id=dossier.case_id, title=one_line(dossier.title),
        url=f"{base}/case/{dossier.case_id}/",
        summary=one_line(" ".join(one.text for one in dossier.summary)),
        hubs=dossier.hubs, targets=dossier.targets, codes=dossier.codes,
        published_on=dossier.published_on, kind=kind,
        changes=tuple(one_line(one) for one in dossier.versions[-1].changes)
        if dossier.versions else (),
        version=dossier.version,
    )  # fmt: skip
