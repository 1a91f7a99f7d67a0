"""A made-up site: four cases, one corrected, one withdrawn, one with hostile texts."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from tests.dossiers.dossier_world import small

from entrepot.dossiers.dossier.canonical import dossier_bytes, dossier_id
from entrepot.dossiers.dossier.dossier import Dossier, Version
from entrepot.dossiers.dossier.section import Sentence
from entrepot.dossiers.render.page import dossier_page
from entrepot.dossiers.site.published import Published
from entrepot.dossiers.site.write import Written, write_site

BASE = "https://example.org/cases/"
TITLE = "Made-up desk"
AIR, CHIP, TOOL, BAD = (f"cas_{number:012d}" for number in (1, 2, 3, 4))
HOSTILE = (
    "</title></script><script>alert(1)</script><img src=x onerror=alert(2)>\u202e\x00\x0b]]> "
    "{{7*7}} & \"quoted\" 'so' \ufffe\u2028 Бишкек 漢字 javascript:alert(3)"
)


def held(case_id: str, **given: Any) -> Dossier:
    """The small dossier as published, without charts."""
    base = small(is_reviewed=True)
    sections = tuple(replace(one, charts=()) for one in base.sections)
    day = given.get("published_on", "2022-10-01")
    plain = {
        "case_id": case_id, "state": "published", "published_on": day, "sections": sections,
        "versions": (Version(1, "", day, ()),),
    }  # fmt: skip
    return replace(base, **{**plain, **given})


def after(before: Dossier, day: str, state: str, *changes: str) -> Dossier:
    """The next version of a dossier."""
    earlier = tuple(
        replace(one, dossier_id=one.dossier_id or dossier_id(before)) for one in before.versions
    )
    number = len(earlier) + 1
    return replace(
        before, state=state, published_on=day,
        versions=(*earlier, Version(number, "", day, changes)),
    )  # fmt: skip


def sealed(one: Dossier, **more: bytes) -> Published:
    """With the files of a folder."""
    files = {
        "index.html": dossier_page(one, {}).encode(),
        "dossier.json": dossier_bytes(one),
        "dossier.md": b"made up\n", "dossier.pdf": b"%PDF made up",
    }  # fmt: skip
    return Published(one, dossier_id(one), {**files, **more})


def dossiers() -> list[Dossier]:
    """All versions of all cases."""
    air = held(AIR)
    chip = held(
        CHIP, title="Semiconductors by way of Kyrgyzstan", hubs=("KGZ", "KAZ"),
        codes=("854231", "8471"), published_on="2022-12-01",
    )  # fmt: skip
    tool = held(TOOL, title="Machine tools to Türkiye", hubs=("TUR",), codes=("8457",))
    bad = held(
        BAD, title=HOSTILE, question=HOSTILE, contact="javascript:alert(4)",
        summary=(Sentence(HOSTILE, "record", ("cit_figures00001",)),), published_on="2022-08-31",
    )  # fmt: skip
    return [
        air, after(air, "2022-11-05", "corrected", "The figure of May 2022 was in USD."),
        chip, tool, after(tool, "2023-01-09", "withdrawn", "The machines stayed in Türkiye."), bad,
    ]  # fmt: skip


@cache
def _sealed() -> tuple[Published, ...]:
    return tuple(sealed(one) for one in dossiers())


def published() -> list[Published]:
    return list(_sealed())


def write(out: Path, some: list[Published] | None = None, **given: Any) -> Written:
    plain = {
        "title": TITLE, "base_url": BASE, "about": "A desk that is made up.\n\nIt has two parts.",
        "contact": "desk@example.org", "public_key": "ed25519:AAAA",
    }  # fmt: skip
    return write_site(published() if some is None else some, out, **{**plain, **given})


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
