"""Two pages on the dated rule base: the gap between two destinations, and the life of one code.

Each is one file without network. Without scripts it shows the asked day in full; with them a slider
moves the day.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

import jinja2
from markupsafe import Markup, escape

from entrepot.codes.commodity import label, normalise
from entrepot.codes.country import name
from entrepot.codes.period import MONTH_NAMES
from entrepot.codes.sections import section
from entrepot.dossiers import theme
from entrepot.dossiers.paper import environment
from entrepot.dossiers.rulebars import bands, bars, groups
from entrepot.dossiers.rulechart import Scale, causes, extremes, gap_chart, scale
from entrepot.dossiers.rulegap import Board, Change, Line, board, steps
from entrepot.dossiers.rulerows import COVERS, numbers, said_counts, section_rows
from entrepot.measures.book import Rulebook
from entrepot.measures.context import regimes as known_regimes
from entrepot.measures.context import whole_reach
from entrepot.records.rules import RESTRICTING

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def gap_page(
    book: Rulebook,
    hub: str,
    target: str,
    on: date,
    *,
    regimes: Sequence[str],
    state_to: date,
    command: str,
) -> str:
    """The page that sets the rules for two destinations side by side, day by day, as HTML.

    A difference between two lists does not say that anybody used it: trade can change for many
    ordinary reasons. The same inputs give the same bytes; no clock is read.

    Args:
        book: the measures.
        hub: ISO alpha-3 of the third country.
        target: ISO alpha-3 of the sanctioned destination.
        on: the day that shows first; moved into the span that the base knows.
        regimes: whose measures.
        state_to: last day for which the acts were read.
        command: what makes this page again.
    """
    begins = [one.known_from for r in regimes for to in (hub, target) for one in whole_reach(r, to)]
    found = board(book, hub, target, regimes, state_to, max(begins, default=date.min))
    line = scale(found.days, state_to)
    shown = min(max(on, line.first), line.last)
    stage = found.stage(shown)
    told = steps(found)
    return _environment().get_template("gap.html.j2").render(
        board=found, asked=on, shown=shown, line=line, stage=stage,
        numbers=numbers(found.lines, stage), sections=section_rows(found, stage), steps=told,
        chart=gap_chart(found, line, told), extremes=extremes(told),
        data=_json(_gap_data(found, line)), hub=name(hub), target=name(target),
        regimes=list(regimes), sure=_sure(found.rows), worded=_worded(book, (hub, target), regimes),
        state_to=state_to, command=command, theme=theme, at=line.place(shown),
        limits=_limits(found.rows, regimes),
    )  # fmt: skip


def timeline_page(
    book: Rulebook,
    code: str,
    destinations: Sequence[str],
    *,
    on: date,
    regimes: Sequence[str] | None,
    state_to: date,
    command: str,
) -> str:
    """The page that shows every measure on one code over time, as HTML.

    Args:
        book: the measures.
        code: 2 to 10 digits.
        destinations: ISO alpha-3; measures for any third country are always shown.
        on: the day that shows first; moved into the span that the base knows.
        regimes: whose measures; null: all.
        state_to: last day for which the acts were read.
        command: what makes this page again.

    Raises:
        CodeError: not a commodity code.
    """
    plain = normalise(code)
    days = [day for bar in bars(book, plain, destinations, regimes, None) for day in bar.days()]
    line = scale(days, state_to)
    shown = min(max(on, line.first), line.last)
    made = bars(book, plain, destinations, regimes, line)
    covers = bands(book, plain, destinations, regimes, line)
    return _environment().get_template("timeline.html.j2").render(
        code=plain, label=label(plain), section=section(plain), bars=made,
        groups=groups(made, destinations), bands=covers, destinations=list(destinations),
        kinds=sorted({(bar.kind, bar.effect) for bar in made}), asked=on, shown=shown, line=line,
        mixed=sorted({bar.regime for bar in made if bar.kind in RESTRICTING}),
        at=line.place(shown), force=sum(bar.holds(shown) for bar in made),
        data=_json(_line_data(line, days)), regimes=list(regimes or ()), state_to=state_to,
        command=command, theme=theme,
        limits=_limits([{"regime": bar.regime} for bar in made], ()),
    )  # fmt: skip


def _line_data(line: Scale, days: Sequence[date]) -> dict[str, Any]:
    """The time line for the script, with the days of change."""
    kept = sorted({day.isoformat() for day in days if line.first <= day <= line.last})
    ends = {"first": line.first.isoformat(), "last": line.last.isoformat()}
    return {**ends, "knee": line.knee.isoformat(), "quiet": line.quiet, "days": kept}


def _gap_data(found: Board, line: Scale) -> dict[str, Any]:
    """What the script needs; a stage of a code is one letter: target + 3 x hub + 9 x mark."""
    return {
        **_line_data(line, found.days),
        "names": [name(found.target), name(found.hub)],
        "laws": [short for short, _ in found.laws],
        "sections": [
            [number, [_packed(one) for one in lines]] for number, _, lines in found.sections()
        ],
    }


def _packed(line: Line) -> list[Any]:
    stages = zip(line.target.ranks, line.hub.ranks, line.marks, strict=True)
    letters = "".join(chr(64 + a + 3 * b + 9 * mark) for a, b, mark in stages)
    return [line.code, line.label, letters, line.target.uses, line.hub.uses, line.excepts]


def _sure(rows: Sequence[Any]) -> list[tuple[str, int]]:
    found = Counter(str(row["certainty"]).replace("_", " ") for row in rows)
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))


def _worded(book: Rulebook, places: Sequence[str], regimes: Sequence[str]) -> int:
    return sum(row["destination"] in (*places, "*") and row["regime"] in regimes
               for row in book.worded)  # fmt: skip


def _json(data: Any) -> Markup:
    """Data that no text inside can end: `<`, `>` and `&` are written as numbers."""
    text = json.dumps(data, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _said(day: date) -> str:
    """A day in words: `26 August 2022`."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def _quoted(text: str) -> str:
    """Text inside single quotes in CSS."""
    return re.sub(r"[^\w ,()-]", lambda sign: f"\\{ord(sign[0]):x} ", text)


def _days(text: str) -> Markup:
    """Text in which no line breaks inside a day."""
    return Markup(_DAY.sub(r"<span>\g<0></span>", str(escape(text))))


def _limits(rows: Iterable[Any], regimes: Iterable[str]) -> list[str]:
    """How far each regime was read, for those of the page."""
    used = {*regimes, *(row["regime"] for row in rows)}
    known = known_regimes()
    return [f"{one}: acts read to {known[one].state_to}. {known[one].limit}"
            for one in sorted(used) if one in known]  # fmt: skip


def _codes(count: int) -> str:
    return f"{count:,} code{'' if count == 1 else 's'}"


def _became(change: Change) -> str:
    told = (
        (change.full, "barred in full"),
        (change.part, "barred in part"),
        (change.narrowed, "now barred in part only"),
        (change.free, "no longer barred"),
    )
    return ", ".join(f"{_codes(count)} {word}" for count, word in told if count)


def _environment() -> jinja2.Environment:
    made = environment(
        said=_said, codes=_codes, became=_became, counted=said_counts, quoted=_quoted,
        causes=causes, days=_days,
    )  # fmt: skip
    made.globals.update(COVERS=COVERS)
    return made
