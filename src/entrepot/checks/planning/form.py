"""The result form: what somebody fills in who has looked, one block a check."""

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from entrepot.checks.planning.plan import Plan
from entrepot.errors import SourceError
from entrepot.records.checks import ADVISED, CHECK, KINDS

Row = Mapping[str, Any]

_NEEDED: Final = ("check_id", "kind", "site", "what")
VISIT: Final = "visit"
_CHECK_ID: Final = re.compile(r"chk_[0-9a-f]{12}")
_HINT: Final = "entrepot plan ... --format jsonl --out CHECKS.jsonl writes such a file."
_HEAD: Final = """# Result form

Fill in what was looked at and leave the rest empty. “Not seen” is an answer only where all of the
place could be seen at the time; cloud, dark, a roof, a gap or too coarse a picture is “could not
see”, which says nothing for or against. Write down what was seen, not what it means. Of people,
write no names and no faces; go nowhere and photograph nothing that is not open to everybody.
"""
_BLOCK: Final = """
## {number}. {what}

{facts}

- looked at (item, file, place): ______________________________
- on (day, UTC): ____________  by whom: ______________________
- [ ] seen, for the claim   [ ] against it, all of it was seen   [ ] nothing   [ ] could not see
- what, in one sentence: ______________________________
- sure of what was seen: [ ] yes   [ ] fairly   [ ] no
- where it can be looked at again: ______________________________
- file and its sha256: ______________________________

      entrepot result CLAIM_ID --check {check_id} --saw for|against|nothing|could-not-see \\
        --observer WHO --reference WHERE [--file FILE] --by NAME
"""


def result_form(checks: Plan | Sequence[Row]) -> str:
    """The form as plain text that is Markdown too: what is advised first, one block a check.

    The chances of one satellite that is turned on demand share a block: at most a few of them were
    taken. Missions share that of the visit, which any of them may make; without a visit among the
    rows each has its own, since somebody chose it.

    Args:
        checks: a plan, or rows of `records.checks.CHECK`.
    """
    rows = [one.row() for one in checks.all_checks()] if isinstance(checks, Plan) else list(checks)
    rows.sort(key=lambda row: row["kind"] not in ADVISED)
    blocks = [_block(number, same) for number, same in enumerate(_together(rows), 1)]
    return _HEAD + "".join(blocks or ["\nThere is no check to fill in.\n"])


def read_checks(path: Path) -> list[dict[str, Any]]:
    """Rows of checks from JSON lines, as `entrepot plan --format jsonl` writes them.

    Raises:
        SourceError: the file cannot be read, or a line is no row of a check.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is no UTF-8 text"
        raise SourceError(
            f"the checks cannot be read: {why}", locator=str(path), hint=_HINT
        ) from error
    return [_row(line, f"{path.name}, line {number}") for number, line in enumerate(lines, 1)
            if line.strip()]  # fmt: skip


def _row(line: str, place: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise SourceError("got a line that is no JSON", locator=place, hint=_HINT) from error
    if not isinstance(row, dict) or not all(
        isinstance(row.get(name), str) and row[name] for name in _NEEDED
    ):
        raise SourceError(
            f"got no row of a check, expected {', '.join(_NEEDED)} as text", locator=place,
            hint=_HINT,
        )  # fmt: skip
    if row["kind"] not in (*ADVISED, *KINDS):
        raise SourceError(
            f"got kind {row['kind']!r}, expected one of {', '.join((*ADVISED, *KINDS))}",
            locator=place, hint=_HINT,
        )  # fmt: skip
    if not _CHECK_ID.fullmatch(row["check_id"]):
        raise SourceError(
            f"got check_id {row['check_id']!r}, expected chk_ and 12 hexadecimal digits",
            locator=place, hint=_HINT,
        )  # fmt: skip
    return {name: row.get(name) for name in CHECK}


def _together(rows: Iterable[Row]) -> list[list[Row]]:
    found: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        found.setdefault(_key(row, found), []).append(row)
    return list(found.values())


def _key(row: Row, found: Collection[tuple[Any, ...]]) -> tuple[Any, ...]:
    """Rows with the same key share a block; what is advised stands in `found` before the rest."""
    if row["kind"] == VISIT:
        return row["site"], VISIT, row["check_id"]
    visits = [one for one in found if one[:2] == (row["site"], VISIT)]
    if row["kind"] == "mission" and visits:
        return visits[0]
    if row["kind"] == "pass" and row.get("mode") == "agile":
        return row["site"], row.get("norad_id"), row.get("satellite")
    return (row["check_id"],)


def _block(number: int, same: Sequence[Row]) -> str:
    first, count = same[0], len(same)
    when = first.get("at") or " to ".join(str(first.get(key) or "?") for key in ("from", "to"))
    if when == "? to ?":
        when = "no time of its own"
    if first["kind"] == VISIT:
        when += f"; for any of the {count - 1} missions of the plan" * (count > 1)
    elif count > 1:
        when = f"{count} chances, first {when}, last {same[-1].get('at')}"
    facts = [f"{first['kind']} at {first['site']}; {when}; {first['check_id']}"]
    facts += [f"{first['gsd_m']:g} m a pixel"] if first.get("gsd_m") else []
    facts += [f"scene cloud {first['cloud_pct']:g} %"] if first.get("cloud_pct") is not None else []
    facts += [str(first[key]) for key in ("status", "link") if first.get(key)]
    return _BLOCK.format(number=number, what=first["what"], facts="; ".join(facts),
                         check_id=first["check_id"])  # fmt: skip
