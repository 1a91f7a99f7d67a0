"""Words around the data: what the figures are, what a run found."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from entrepot.cli.common import escape, words
from entrepot.codes.country import name
from entrepot.codes.period import end
from entrepot.measures.base import STATE_TO
from entrepot.signals.amounts import percent
from entrepot.signals.detect import Findings
from entrepot.signals.growth import MIN_FREE_GOODS
from entrepot.signals.lead import Lead
from entrepot.signals.recency import counted, shortness
from entrepot.workspace import Figures

SHOWN_HUBS = 6
"""Hubs that are named where something holds for several."""

BARS = " ▁▂▃▄▅▆▇█"
"""Small bars of a series, from nothing to its highest value."""


def say_figures(figures: Figures) -> None:
    """Say on standard error what the figures are, how old, and what they lack."""
    about = figures.about
    if about is None:
        words.print(f"[dim]figures: {escape(figures.title)}[/]")
        if figures.overlaps:
            words.print(
                "[dim]Cells may stand in several of these files: the file named last counts, or "
                "the one retrieved last where none was named.[/]"
            )
        return
    words.print(
        f"[dim]figures: {about.title}, {about.period_from} to {about.period_to}, extracted "
        f"{about.extracted_on}. {about.source}.[/]"
    )
    words.print(f"[dim]They lack: {'; '.join(about.lacks)}.[/]")


def say_findings(found: Findings) -> None:
    """Say on standard error how many rows were judged, and with what expected error."""
    statuses = Counter(lead.status for lead in found.leads)
    judged = [lead for lead in found.leads if lead.expected is not None]
    listed = statuses.pop("lead", 0)
    error = f"; at most {percent(found.question.fdr)} of them are expected to be ordinary change"
    pairs = "1 hub x goods pair" if len(judged) == 1 else f"{len(judged)} hub x goods pairs"
    words.print(
        f"{counted(listed, 'lead')} among {pairs}{error if listed else ''}. "
        "A lead is a reason to look, not a finding."
    )
    untestable = {status: statuses.pop(status) for status in UNTESTABLE if status in statuses}
    for what, counts in (("Not leads", statuses), ("Not judged", untestable)):
        if counts:
            rest = ", ".join(f"{count} {status}" for status, count in sorted(counts.items()))
            words.print(f"[dim]{what}: {rest}. See them with --all.[/]")
    for sentence in _too_recent(found):
        words.print(f"[dim]{sentence}[/]")
    for sentence in (*_limits(found, judged, listed), *_gaps(found)):
        words.print(sentence)


UNTESTABLE = ("new_code", "too_recent")
SHOWN_BANS = 4
"""Days of bans that are named where several are too recent."""


def _too_recent(found: Findings) -> list[str]:
    """Why pairs are too recent: by day of the ban, how many periods there are and are needed."""
    reasons: dict[tuple[str, str], None] = {}
    for lead in found.leads:
        short = shortness(lead, found.question.since) if lead.status == "too_recent" else None
        if short and (why := short.reason()):
            reasons[str(lead.banned_from), why] = None
    told = [f"restricted from {day}: {why}" for day, why in sorted(reasons)]
    if not told:
        return []
    more = f"; and {len(told) - SHOWN_BANS} more days" if len(told) > SHOWN_BANS else ""
    return [
        f"Too recent, counting whole periods from {found.question.since} on: "
        f"{'; '.join(told[:SHOWN_BANS])}{more}."
    ]


def _limits(found: Findings, judged: Sequence[Lead], listed: int) -> list[str]:
    """What these figures do not allow to be said."""
    said, fdr = [], found.question.fdr
    known = [lead.q_value for lead in judged if lead.q_value is not None]
    if judged and all(lead.excess_low is None for lead in judged):
        said.append(
            "[yellow]No interval could be given, so no lead: that takes two years before the ban, "
            "and at least 100 hub x goods pairs with trade in them.[/]"
        )
    elif (
        known
        and not listed
        and min(known)
        > fdr
        < len(known) / (1 + (cells := max(lead.placebo_cells for lead in judged)))
    ):
        said.append(
            f"[yellow]The smallest q here is {min(known):.3f}, above {fdr:g}. With only {cells} "
            "placebo cells even a clear rise may not get below it: see --all, or raise --fdr.[/]"
        )
    said += _without_growth(found, judged)
    if judged and all(lead.direct_loss is None for lead in judged):
        said.append(
            f"[yellow]No direct exports to {name(judged[0].target)} are in these figures: whether "
            "they vanished at the same time is not known.[/]"
        )
    return said


def _without_growth(found: Findings, judged: Sequence[Lead]) -> list[str]:
    """The hubs of which too few unrestricted goods show their own growth, with how many do.

    A good shows it where it was traded in the months compared, after or the same months before; so
    their number depends on the last month of the figures, and on the day of the ban.
    """
    fewest: dict[str, int] = {}
    for lead in judged:
        free = lead.free_goods or 0
        if free < MIN_FREE_GOODS:
            fewest[lead.hub] = min(free, fewest.get(lead.hub, free))
    if not fewest:
        return []
    enough = {lead.hub for lead in judged if (lead.free_goods or 0) >= MIN_FREE_GOODS}
    hubs = ", ".join(
        f"{name(hub)} ({fewest[hub]}{' for some days of a ban' if hub in enough else ''})"
        for hub in sorted(fewest)[:SHOWN_HUBS]
    )
    more = f" and {len(fewest) - SHOWN_HUBS} more" if len(fewest) > SHOWN_HUBS else ""
    return [
        f"[yellow]The hub's own growth is not allowed for, as fewer than {MIN_FREE_GOODS} "
        f"unrestricted goods were traded in the months compared: {hubs}{more}. A hub that grew as "
        f"a whole looks like a lead.{_earlier(found)}[/]"
    ]


def _earlier(found: Findings) -> str:
    """Why it may be so on one day and not on a later one."""
    if found.question.as_of is None:
        return ""
    return (
        f" As of {found.question.as_of} the figures end in {found.panel.periods[-1]}; with a later "
        "month more goods may have been traded."
    )


def _gaps(found: Findings) -> list[str]:
    """What is missing from the figures."""
    silence = found.panel.silence
    said = [f"[dim]Not yet reported: {late}; its sales are missing there.[/]"
            for late in silence.lagging]  # fmt: skip
    if silence.dropped:
        unused = ", ".join(sorted(silence.dropped))
        said.append(f"[dim]Periods not used, as reporters are missing: {unused}.[/]")
    if found.other_currency:
        said.append(
            f"[yellow]{found.other_currency:,} figures without a value in {found.panel.currency} "
            "are left out.[/]"
        )
    if found.absent:
        said.append(f"[yellow]No exports of {', '.join(found.absent)} are in these figures.[/]")
    return said


def say_rules(found: Findings) -> None:
    """Say on standard error where the figures go on after the built-in rules end."""
    periods = found.panel.periods
    if periods and end(periods[-1]) > date.fromisoformat(STATE_TO):
        words.print(
            f"[yellow]The built-in rules end on {STATE_TO}; what was restricted or freed later is "
            "not known to them.[/]"
        )
    if "US" in found.question.regimes():
        words.print(
            "[yellow]US rules: the first days of most codes are the latest possible ones, so a "
            "rise may have begun before. Your own days: --measures FILE.[/]"
        )
