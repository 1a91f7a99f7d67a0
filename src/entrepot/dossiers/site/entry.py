"""A case as lists, feeds and search show it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from entrepot.codes.commodity import short_label
from entrepot.codes.country import name
from entrepot.dossiers.planfiles.plaintext import plain
from entrepot.dossiers.site.published import Case, Published
from entrepot.errors import CodeError

STATES: Final = {"published": "published", "corrected": "corrected", "withdrawn": "withdrawn"}
HEADING: Final = 4
"""Digits of an HS heading: the level at which goods are listed together."""

SUMMARY_SIGNS: Final = 320
"""A list shows so many signs of the summary, whole sentences; more than two lines nobody reads."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a list says of one version of a case; all texts are single lines.

    Attributes:
        case_id: of the case.
        number: of the version.
        count: how many versions there are; the last counts.
        dossier_id: of the version.
        title: of the case.
        day: ISO day on which this version was published.
        first_day: ISO day of the first version.
        state: `published`, `corrected` or `withdrawn`, of this version.
        summary: whole sentences; empty where the case was withdrawn.
        changes: what changed against the version before.
        hubs: code and name.
        targets: code and name.
        goods: code and short label.
        is_over: whether the case was withdrawn, by this version or a later one.
    """

    case_id: str
    number: int
    count: int
    dossier_id: str
    title: str
    day: str
    first_day: str
    state: str
    summary: str
    changes: tuple[str, ...]
    hubs: tuple[tuple[str, str], ...]
    targets: tuple[tuple[str, str], ...]
    goods: tuple[tuple[str, str], ...]
    is_over: bool

    @property
    def why(self) -> str:
        """Why the case was withdrawn, as lists and search say it; empty of any other version."""
        return f"Withdrawn: {' '.join(self.changes)}" if self.state == "withdrawn" else ""

    @property
    def is_latest(self) -> bool:
        """Whether this version counts."""
        return self.number == self.count

    @property
    def page(self) -> str:
        """The page that stays: of this very version."""
        return f"case/{self.case_id}/v{self.number}/index.html"

    @property
    def front(self) -> str:
        """The page of the version that counts."""
        return f"case/{self.case_id}/index.html"


def entries(case: Case) -> list[Entry]:
    """One entry for each version, oldest first."""
    return [_entry(case, one) for one in case.versions]


def _entry(case: Case, one: Published) -> Entry:
    held = one.dossier
    changes = held.versions[-1].changes if held.versions else ()
    return Entry(
        case.case_id, one.number, len(case.versions), one.dossier_id,
        plain(held.title) or case.case_id, held.published_on,
        case.versions[0].dossier.published_on, held.state,
        "" if case.is_withdrawn else told([sentence.text for sentence in held.summary]),
        tuple(plain(change) for change in changes if plain(change)),
        _named(held.hubs, land), _named(held.targets, land), _named(held.codes, short_label),
        case.is_withdrawn,
    )  # fmt: skip


def _named(codes: Iterable[str], named: Callable[[str], str]) -> tuple[tuple[str, str], ...]:
    return tuple((code, plain(named(code))) for code in dict.fromkeys(codes))


def land(code: str) -> str:
    """A country by its code; a code that is in no list stays."""
    try:
        return name(code)
    except CodeError:
        return code


def told(sentences: Sequence[str], signs: int = SUMMARY_SIGNS) -> str:
    """As many whole sentences as fit; a first one that is too long is cut at a word."""
    kept = ""
    for text in (plain(one) for one in sentences):
        if kept and len(kept) + len(text) + 1 > signs:
            break
        kept = f"{kept} {text}".strip()
    if len(kept) <= signs:
        return kept
    head = kept[: signs - 1]
    return (head.rsplit(" ", 1)[0] if " " in head else head) + "…"


def day(iso: str) -> str:
    """A day as readers write it: `26 August 2022`; months are not those of a locale."""
    one = date.fromisoformat(iso)
    return f"{one.day} {MONTHS[one.month - 1]} {one.year}"


MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
