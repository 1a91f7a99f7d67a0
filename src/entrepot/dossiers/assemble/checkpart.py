"""What could have seen it: checks of the case as the plan had them, and what came of looks."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from entrepot.casebook.results import COULD_NOT, NOTHING, Result
from entrepot.dossiers.assemble.cited import Cited
from entrepot.dossiers.assemble.material import Material
from entrepot.dossiers.assemble.methods import method
from entrepot.dossiers.assemble.wording import sentence, upper
from entrepot.dossiers.dossier.citation import SourceFile
from entrepot.dossiers.dossier.section import Cell, Section, Sentence, Table
from entrepot.evidence.documents.found import many
from entrepot.evidence.standing.evidence import AGAINST, FOR
from entrepot.records.checks import ADVISED

SAW: Final = {
    FOR: "saw what the claim says",
    AGAINST: "looked and did not see what the claim says",
    NOTHING: "saw nothing that tells, which is no evidence",
    COULD_NOT: "could not see, which is no evidence",
}

NOT_TOLD: Final = ("site", "distance_km")
"""Of a check's row: the site may be a firm's works, which would name it without a claim behind."""


def check_section(material: Material, cited: Cited) -> Section:
    """Checks with their rows as a table, and each result as a sentence."""
    names = [one.name for one in material.parties]
    said = [_result(one, names, cited) for one in material.results]
    rows = sorted(material.checks, key=_order)
    tables = (_table(rows, cited),) if rows else ()
    said[:0] = _planned(rows, cited)
    if material.checks_bare:
        text = (
            f"Of {len(material.checks_bare)} more checks only the ids are kept, so nothing is told "
            "of them"
        )
        said.append(sentence(text, "unknown", (method(cited, "checks"),)))
    if not said:
        text = "No check was planned and nobody looked, so what could have seen it is not told here"
        said = [sentence(text, "unknown", (method(cited, "checks"),))]
    return Section("checks", "What could have seen it", tuple(said), tables)


def _planned(rows: Sequence[Mapping[str, Any]], cited: Cited) -> Iterator[Sentence]:
    """Looks at the place apart from looks into records, which see nothing themselves."""
    advised = [one for one in rows if one["kind"] in ADVISED]
    seeing = [one for one in rows if one["kind"] not in ADVISED]
    if seeing:
        text = (
            f"{many(len(seeing), 'check')} could have seen what the claims speak of; that one "
            "could have seen it does not mean that it did"
        )
        yield sentence(text, "record", [_check_id(one, cited) for one in seeing])
    if advised:
        text = (
            f"{many(len(advised), 'check')} of records or on the spot stood in the plan as advice"
        )
        yield sentence(text, "record", [_check_id(one, cited) for one in advised])


def _order(row: Mapping[str, Any]) -> tuple[str, str, str]:
    return str(row.get("at") or row.get("from") or ""), str(row["kind"]), str(row["check_id"])


def _check_id(row: Mapping[str, Any], cited: Cited) -> str:
    what = f"{upper(str(row['kind']))}: {row.get('what') or row['check_id']}"
    place = str(row.get("source") or row["check_id"])
    kept = {key: value for key, value in row.items() if value is not None and key not in NOT_TOLD}
    return cited.add("check", what, locator=place, rows=(kept,))


def _table(rows: list[Mapping[str, Any]], cited: Cited) -> Table:
    return Table(
        "tab_checks", "Checks at the place and in the time of the claims, times in UTC",
        ("what", "kind", "at", "from", "to", "cloud, %", "source"),
        tuple(_cells(one) for one in rows),
        tuple((_check_id(one, cited),) for one in rows),
    )  # fmt: skip


def _cells(row: Mapping[str, Any]) -> tuple[Cell, ...]:
    return tuple(
        row.get(key) for key in ("what", "kind", "at", "from", "to", "cloud_pct", "source")
    )


def _result(one: Result, names: list[str], cited: Cited) -> Sentence:
    look = one.look
    when = f" on {look.looked_on}" if look.looked_on else ""
    note = f": {look.note}" if look.note else ""
    text = f"{upper(look.observer)} {SAW[look.saw]}{when} ({look.what}){note}"
    kind = "record" if look.saw in (FOR, AGAINST) else "unknown"
    return sentence(text, kind, (_result_id(one, cited),), names, one.claim_id,
                    by_people=True)  # fmt: skip


def _result_id(one: Result, cited: Cited) -> str:
    look, file_id = one.look, ""
    if look.file_sha256:
        day = look.looked_on.isoformat() if look.looked_on else ""
        file = SourceFile(look.file_sha256, look.file_name or "file of a look", look.observer,
                          look.reference, day, "")  # fmt: skip
        file_id = cited.know(file)
    row = {key: value for key, value in one.row().items() if key not in ("by", "at")}
    return cited.add(
        "check", f"Look: {look.what}", file_id=file_id, locator=look.reference, rows=(row,)
    )
