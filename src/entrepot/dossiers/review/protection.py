"""The source-protection lint over all that leaves: the dossier, and the outputs made of it."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from typing import Any, Final

from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.review.backing import RECORDS
from entrepot.dossiers.review.fault import Fault, command
from entrepot.dossiers.review.places import Placed, texts
from entrepot.dossiers.review.rendered import pieces
from entrepot.evidence.leaks.leak import MUST, Leak
from entrepot.evidence.leaks.lint import lint

OF_RECORDS: Final = ("time", "identifier")
"""What may stand where all that is cited is records: the hour of a satellite's pass, the number of
a firm in a register. Nobody witnessed either."""
_SUM: Final = re.compile(r"\d{1,3}(?:,\d{3}){2,}")
_CLOCK: Final = re.compile(r"T(\d\d:\d\d)(?::\d\d)?")
_KEPT: Final = 20_000
"""Texts whose findings are remembered: a dossier is looked at more than once on its way."""
_LONGEST: Final = 60
"""Characters of a finding that are printed."""


def protection(
    dossier: Dossier, tips: Sequence[str], outputs: Mapping[str, str], allowed: Collection[str]
) -> Iterator[Fault]:
    """Faults of source protection.

    Names of parties may stand, since they are named on purpose, and so may the one on whose word
    a public report says it. Times, addresses and ids of files and entries are provenance and not
    looked at, but in outputs only where the dossier holds them too.
    """
    may = (*allowed, *dossier.named, *_quoted(dossier))
    records = {one.citation_id for one in dossier.citations if one.kind in (*RECORDS, "method")}
    for placed in [*texts(dossier), *_cited(dossier)]:
        is_record = bool(placed.citations) and set(placed.citations) <= records
        for leak in _leaks(placed.text, tips, may):
            if not (is_record and leak.kind in OF_RECORDS):
                yield _fault(dossier.case_id, placed.where, leak)
    yield from _outputs(dossier, tips, outputs, may)


def _quoted(dossier: Dossier) -> Iterator[str]:
    return (one.said_by for one in dossier.findings if one.said_where and one.said_by)


def _cited(dossier: Dossier) -> Iterator[Placed]:
    """Texts of citations and files."""
    for one in dossier.citations:
        where, ids = f"citation {one.citation_id}", (one.citation_id,)
        for text in (one.what, one.locator, one.query, *_strings(one.rows)):
            yield Placed(where, text, ids)
    for file in dossier.files:
        for text in (file.name, file.publisher, file.licence):
            yield Placed(f"file {file.file_id[:12]}", text, ())


def _outputs(
    dossier: Dossier, tips: Sequence[str], outputs: Mapping[str, str], may: tuple[str, ...]
) -> Iterator[Fault]:
    if not outputs:
        return
    held = list(_strings(asdict(dossier)))
    seen = {piece for text in held for piece in pieces("", text)}
    whole = "\n".join([*held, *_clocks(dossier)]).casefold()
    for name, text in outputs.items():
        for piece in pieces(name, text):
            if piece in seen:
                continue
            seen.add(piece)
            for leak in _leaks(piece, tips, may):
                if leak.found.casefold() not in whole:
                    yield _fault(dossier.case_id, f"output {name}", leak)


def _clocks(dossier: Dossier) -> Iterator[str]:
    """Times of retrievals and reviews as pages print them; of a claim no time is taken."""
    for instant in [one.retrieved_at for one in dossier.files] + [o.at for o in dossier.reviews]:
        if found := _CLOCK.search(instant):
            yield f"{instant[:10]} {found[1]} UTC, {instant[:10]} {found[0][1:]} UTC"


def _leaks(text: str, tips: Sequence[str], may: tuple[str, ...]) -> tuple[Leak, ...]:
    if not any(sign.isalnum() or ord(sign) > 127 for sign in text):
        return ()
    # what was opened of a tip is never remembered
    return _found(text, tips, may) if tips else _remembered(text, may)


@lru_cache(maxsize=_KEPT)
def _remembered(text: str, may: tuple[str, ...]) -> tuple[Leak, ...]:
    return _found(text, (), may)


def _found(text: str, tips: Sequence[str], may: tuple[str, ...]) -> tuple[Leak, ...]:
    return tuple(
        one for one in lint(text, tips=tips, allowed=may)
        if one.level == MUST and not _is_sum(one)
    )  # fmt: skip


def _is_sum(leak: Leak) -> bool:
    """A sum in groups of three, which reads like two coordinates with commas."""
    return leak.kind == "coordinates" and bool(_SUM.fullmatch(leak.found.strip()))


def _strings(value: Any) -> Iterator[str]:
    """All texts in nested values, keys left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _strings(one)


def _fault(case_id: str, where: str, leak: Leak) -> Fault:
    found = " ".join(leak.found.split())
    short = found if len(found) <= _LONGEST else f"{found[: _LONGEST - 1]}…"
    # words that are cut would allow nothing: the command has them whole
    allow = command("review", case_id, "--allow", found, "--because", "TEXT", "--by", "NAME")
    return Fault(
        "source", where, f"“{short}” could point back to a source: {leak.why}",
        f"Take it out; if it is public and must stand: {allow}",
    )  # fmt: skip
