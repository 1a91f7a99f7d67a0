"""How tested claims are shown: a table that fits a screen, and a note on each claim."""

import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any, Final

from rich import box
from rich.table import Table

from entrepot.cli.common import escape, wide_console
from entrepot.evidence.assessing.assessment import NOT_TESTABLE, Assessment, Ground
from entrepot.evidence.claim import Claim
from entrepot.evidence.standing.stand import Standing
from entrepot.records.evidence import VERDICTS

Pair = tuple[Claim, Assessment]

COLUMNS: Final = ("verdict", "because", "part", "needed", "tested", "cautions", "standing")
"""Columns of the data that follow those of a claim."""

CLAIM_WIDTH: Final = 90
WHY_WIDTH: Final = 420
"""Characters of a claim, and of why, in the table; `--full` and the data have all of them."""

BUT_WIDTH: Final = 150
LEAST_WIDTH: Final = 13
WIDTH: Final = 100
MOST_ROWS: Final = 6
"""References under one sentence of a note; the data have all of them."""

SHARES: Final = {"claim": 20, "said by": 12, "verdict": 10, "why": 42, "standing": 18}
"""How the width of a table is shared out; more columns may join at the end."""


def write_table(found: Sequence[tuple[Pair, Standing]]) -> str:
    """One row a claim: its words, on whose word and how hedged, the verdict, why, its standing."""
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", padding=(0, 1, 0, 0),
                  show_lines=True, expand=True)  # fmt: skip
    for name, share in SHARES.items():
        width = LEAST_WIDTH if name == "verdict" else None
        table.add_column(name, ratio=None if width else share, width=width, overflow="fold",
                         min_width=LEAST_WIDTH)  # fmt: skip
    for (claim, made), stood in found:
        cells = (short(claim.text, CLAIM_WIDTH), said_by(claim), made.verdict.replace("_", " "),
                 why(made), stood.short)  # fmt: skip
        table.add_row(*(escape(cell) for cell in cells))
    buffer = io.StringIO()
    console = wide_console(buffer)
    console.print(table if found else "nothing to list")
    return buffer.getvalue()


def short(text: str, width: int) -> str:
    """Text on one line, cut at a word; whole where it fits."""
    plain = " ".join(text.split())
    if len(plain) <= width:
        return plain
    return f"{plain[: width - 2].rsplit(' ', 1)[0]} …"


def said_by(claim: Claim) -> str:
    """On whose word, how hedged, in what voice; `the report` where it names nobody."""
    said = [claim.attributed_to or "the report"]
    if claim.hedge:
        said.append(f"“{claim.hedge}”")
    if claim.kind != "fact":
        said.append(claim.kind)
    return ", ".join(said)


def why(made: Assessment) -> str:
    """The shortest reason: the part, what is needed, or the first sentence."""
    if made.part:
        return short(_upper(made.part), WHY_WIDTH)
    first = made.because[0] if made.because else None
    if made.verdict != NOT_TESTABLE:
        return short(first.sentence, WHY_WIDTH) if first else ""
    what = made.needed[0].partition(": entrepot")[0]
    needed = f"Needs {what[:1].lower()}{what[1:]}"
    # A sentence with rows says what can be said all the same; one without repeats the need.
    shown = next((one for one in made.because if one.rows), None)
    return short(needed, WHY_WIDTH) + (f" — {short(shown.sentence, BUT_WIDTH)}" if shown else "")


def notes(found: Sequence[tuple[Pair, Standing]]) -> str:
    """A readable note on each claim, with the rows behind each sentence."""
    return "\n".join(
        "\n".join(_note(number, *pair, stood))
        for number, (pair, stood) in enumerate(found, start=1)
    ) + ("\n" if found else "")


def _note(number: int, claim: Claim, made: Assessment, stood: Standing) -> Iterator[str]:
    yield from _wrapped(f"{number}. ", f"“{' '.join(claim.text.split())}”")
    yield f"   {claim.claim_id}, {claim.type}, said by {said_by(claim)}"
    yield from _wrapped("   Taken to say: ", made.tested)
    yield f"   Verdict: {made.verdict.replace('_', ' ').upper()}"
    if made.part:
        yield from _wrapped("   The part: ", made.part)
    for ground in made.because:
        yield from _ground(ground)
    for heading, lines in (("Needed", made.needed), ("Read with it", made.cautions)):
        if lines:
            yield f"   {heading}:"
            for line in lines:
                yield from _wrapped("   - ", line)
    for sentence in stood.sentences:
        yield from _wrapped("   ", sentence)
    yield ""


def _ground(ground: Ground) -> Iterator[str]:
    yield from _wrapped("   * ", ground.sentence)
    for row in ground.rows[:MOST_ROWS]:
        yield from _wrapped("       ", reference(row))
    if len(ground.rows) > MOST_ROWS:
        yield f"       and {len(ground.rows) - MOST_ROWS} more"


def reference(row: Mapping[str, Any]) -> str:
    """A reference in one line: what leads back to the record."""
    kind = row["kind"]
    if kind == "measure":
        return f"{row['measure_id']}: {row['citation']}"
    if kind == "flows":
        codes, periods = row["commodity_codes"], row["periods"]
        span = f"{periods[0]} to {periods[-1]}" if periods else "no period"
        files = ", ".join(one["name"] or one["file_id"][:12] for one in row["files"]) or "no file"
        where = f" ({'; '.join(row['locators'][:3])} ...)" if row["locators"] else ""
        return (
            f"{row['rows']} rows of {files}: {row['flow']}, codes {', '.join(codes[:6])}"
            f"{' ...' if len(codes) > 6 else ''}, {span}{where}"
        )
    if kind == "lead":
        return f"{row['lead_id']}: entrepot explain {row['lead_id']}"
    if kind in ("prices", "partners"):
        return str(row["command"])
    if kind == "list":
        edition = (row.get("edition_id") or "")[:12]
        return f"{row['list_id']}, edition {edition or 'not dated'}, {row.get('record_id') or ''}"
    if kind in ("observation", "flight"):
        return str(row["locator"])
    if kind in ("reach", "remark"):
        return f"{row['regime']}: {row['citation']}"
    return ", ".join(f"{name} {value}" for name, value in row.items() if value not in (None, []))


def _wrapped(head: str, text: str) -> list[str]:
    lines = wrap(text, WIDTH - len(head), break_on_hyphens=False) or [""]
    indent = " " * len(head)
    return [head + lines[0], *(indent + line for line in lines[1:])]


def told(found: Sequence[Pair]) -> str:
    """How many claims came out how, in one line."""
    counts = Counter(made.verdict for _, made in found)
    each = ", ".join(f"{counts[one]} {one.replace('_', ' ')}" for one in VERDICTS if counts[one])
    claims = "1 claim" if len(found) == 1 else f"{len(found)} claims"
    return (
        f"{claims}: {each or 'none'}. Records say what was recorded: a verdict is about them, and "
        "not on anybody."
    )


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
