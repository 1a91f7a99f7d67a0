"""The records behind a tested claim as citations, so that each row can be looked up."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from entrepot.dossiers.assemble.cited import Cited, plain
from entrepot.dossiers.assemble.material import Material
from entrepot.dossiers.assemble.methods import method
from entrepot.dossiers.assemble.rounded import rounded
from entrepot.dossiers.assessmentrows import references
from entrepot.dossiers.dossier.citation import SourceFile
from entrepot.evidence.assessing.assessment import Ground
from entrepot.evidence.assessing.listedrows import STRONG_SCORE
from entrepot.measures.cite import listed
from entrepot.measures.names import key

Row = Mapping[str, Any]

HIDDEN: Final = (
    "Lists hold a name that is like it; it was not taken for the same, and is not printed here."
)
"""Printed in place of a listed name that only resembles: who bears it has nothing to do with it."""


SUCH_AS: Final = re.compile(r"(nothing may go to parties) such as .*$")
"""Examples of listed parties under a claim that is not about them: they are nobody's business here;
the rule that lists them is cited."""


def ground_ids(ground: Ground, material: Material, cited: Cited) -> tuple[str, ...]:
    """Citations of the records that a sentence was read from; a plain remark cites the method."""
    ids = [one for row in ground.rows if not is_alike_only(row)
           for one in _HOW.get(row["kind"], _other)(row, material, cited)]  # fmt: skip
    return tuple(dict.fromkeys(ids)) or (method(cited, "assess"),)


def ground_text(ground: Ground) -> str:
    """The sentence; one on a name that only resembles a listed one does not print that name."""
    if any(is_alike_only(row) for row in ground.rows):
        return HIDDEN
    return SUCH_AS.sub(r"\1 that these rules name.", ground.sentence)


def is_alike_only(row: Row) -> bool:
    """Whether a row is of a listed party whose name is like the one asked for, and no more."""
    score = row.get("score")
    return row["kind"] == "list" and score is not None and score < STRONG_SCORE


def list_file(list_id: str, edition_id: str | None, material: Material) -> SourceFile | None:
    """The main file of an edition; null: it is not held."""
    for one in material.lists or ():
        if one.list_id == list_id and edition_id in (None, one.edition_id):
            main = one.files[0]
            day = one.days[-1].isoformat() if one.days else one.added_at.isoformat()
            return SourceFile(main.file_id, main.name, one.list_id, one.origin, day, "")
    return None


def _what(row: Row) -> str:
    (found,) = references([row])
    return found.text or found.key


def _rule(row: Row, material: Material, cited: Cited) -> list[str]:
    return [
        cited.add("rule", _what(row), file_id=material.rules_id,
                  locator=str(row.get("place") or row.get("measure_id") or ""),
                  rows=(plain(row),))
    ]  # fmt: skip


def _flows(row: Row, material: Material, cited: Cited) -> list[str]:
    """One citation for each file that published rows stand in; none held: the figures asked."""
    files = [one["file_id"] for one in row["files"]] or _inputs(material)
    query = _sum(row)
    place = listed([str(one) for one in row["locators"]], 3) or "no row"
    return [
        cited.add("figures", _what(row), file_id=one, locator=place, query=query,
                  rows=(plain(row),))
        for one in files
    ]  # fmt: skip


def _sum(row: Row) -> str:
    """The sum as text; it is told and never run."""
    conditions = {
        "reporter": row["reporters"], "partner": row.get("partners") or ["any"],
        "commodity_code": row["commodity_codes"], "period": row["periods"],
    }  # fmt: skip
    where = " AND ".join(f"{key} IN ({listed(one, 60)})" for key, one in conditions.items())
    value = f"value_{(row['currency'] or 'EUR').lower()}"
    return f"SELECT SUM({value}) FROM flows WHERE flow = '{row['flow']}' AND {where}"  # noqa: S608


def _inputs(material: Material) -> list[str]:
    return list(material.figures.file_ids[:1]) if material.figures else [""]


def _worked(row: Row, material: Material, cited: Cited) -> list[str]:
    """What a detector worked out: a lead, a price, a rank."""
    found = _reference(row)
    return [
        cited.add("figures", _what(row), file_id=one, locator="all rows that the command reads",
                  query=found, rows=(rounded(plain(row)) if row["kind"] == "lead" else plain(row),))
        for one in _inputs(material)
    ]  # fmt: skip


def _reference(row: Row) -> str:
    return str(row.get("command") or f"entrepot explain {row.get('lead_id')}")


def _list(row: Row, material: Material, cited: Cited) -> list[str]:
    file = list_file(row["list_id"], row.get("edition_id"), material)
    return [
        cited.add("list", _what(row), file_id=cited.know(file) if file else "",
                  locator=str(row.get("locator") or row.get("record_id") or ""),
                  rows=(plain(row),))
    ]  # fmt: skip


def _beside(row: Row, material: Material, cited: Cited) -> list[str]:
    """A row of a file of observations or flights: its locator begins with the name of the file."""
    place = str(row["locator"])
    file = next((one for one in material.beside if place.startswith(one.name)), None)
    return [
        cited.add("check", _what(row), file_id=cited.know(file) if file else "", locator=place,
                  rows=(plain(row),))
    ]  # fmt: skip


def _other(row: Row, material: Material, cited: Cited) -> list[str]:
    return [cited.add("method", _what(row), locator="docs/assess.md", rows=(plain(row),))]


_HOW: Final[dict[str, Callable[[Row, Material, Cited], list[str]]]] = {
    "measure": _rule, "remark": _rule, "reach": _rule, "flows": _flows, "list": _list,
    "lead": _worked, "prices": _worked, "partners": _worked, "observation": _beside,
    "flight": _beside,
}  # fmt: skip


def is_same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for case, marks and legal form."""
    return key(one) == key(other)
