"""What `entrepot screen` says beside its data."""

from collections.abc import Sequence
from datetime import date

from entrepot.cli.common import escape, words
from entrepot.cli.screenbar import duration
from entrepot.parties.match.calibration import Rate, false_alarms
from entrepot.parties.match.matcher import FALLBACK
from entrepot.workspace.screening import Counts, Outcome, Plan
from entrepot.workspace.screening.lists import Used


def say_columns(plan: Plan) -> None:
    """Which columns are read, and what the reader decided."""
    for note in (*plan.source.rows.notes, *plan.lists.notes):
        words.print(f"[dim]note:[/] {escape(note)}")
    if plan.columns.is_guessed:
        words.print(f"names are taken from the column {escape(repr(plan.columns.name))}")
    facts = ", ".join(f"{key} from {column!r}" for key, column in plan.columns.facts.items())
    if facts:
        words.print(f"also compared: {escape(facts)}")


def say_outcome(outcome: Outcome, counts: Counts, today: date) -> None:
    """Rows, names, hits, speed; the judgements; the error rate; how old the lists are."""
    asked = outcome.run.asked
    key = asked["key"]
    words.print(
        f"{counts.rows:,} rows, {asked['distinct']:,} distinct; {counts.rows_with_hits:,} rows "
        f"with {counts.hits:,} possible matches at {key['threshold']} or above"
    )
    if outcome.scored:
        rate = outcome.scored / max(outcome.seconds, 1e-9)
        there = f"; {outcome.was_there:,} were done before" if outcome.was_there else ""
        words.print(
            f"{outcome.scored:,} names in {duration(outcome.seconds)} ({rate:,.0f} names/s){there}"
        )
    else:
        words.print("all names were scored in an earlier run; nothing was scored again")
    if counts.empty_names:
        words.print(f"{counts.empty_names:,} rows without a name have no hits and were not judged")
    if counts.faults:
        words.print(
            f"[yellow]{counts.faults:,} rows have a fault and were not wholly screened[/]; "
            "see `fault`"
        )
    _say_judgements(counts)
    say_rates(key["algorithm"], key["threshold"])
    say_lists(outcome.lists.used, today, key["on"])
    words.print(
        f"[dim]run {outcome.run.run_id}. A possible match resembles a listed name; whether it is "
        "the same party is for a person to find out.[/]"
    )


def _say_judgements(counts: Counts) -> None:
    if counts.hidden:
        words.print(f"{counts.hidden:,} hits judged different are hidden (--all shows them)")
    for kind, count in sorted(counts.marked.items()):
        words.print(f"{count:,} hits of distinct names are marked as judged {kind}")
    if counts.stale:
        words.print(
            f"{counts.stale:,} of them were judged before the list changed, or without an "
            "identifier or birth date that agrees; judge again (see `judged_before`)"
        )
    if counts.resting:
        words.print(f"{counts.resting:,} rows have a name that is white-listed; they are marked")


def say_rates(algorithm: str, threshold: float) -> None:
    """The false alarm rate at the threshold in use, as measured, and whether it is the fallback."""
    if algorithm == FALLBACK:
        words.print(
            "[yellow]this is the fallback matcher[/]: it finds fewer parties. "
            r"pip install 'entrepot\[parties]' brings the full one."
        )
    rates = false_alarms(algorithm, threshold)
    if rates.company is None and rates.person is None:
        words.print(f"false alarms at {threshold}: not measured for {algorithm}")
        return
    company, person = _rate(rates.company, "companies"), _rate(rates.person, "persons")
    words.print(f"false alarms at {threshold}: {company}; {person}. Measured on {rates.where}.")


def _rate(rate: Rate | None, who: str) -> str:
    if rate is None:
        return f"of {who}: not measured"
    return (
        f"{rate.share:.2%} of {who} on no list ({rate.alarms} of {rate.size:,}; 95 % interval "
        f"{rate.low:.2%} to {rate.high:.2%})"
    )


def say_lists(used: Sequence[Used], today: date, on: str | None = None) -> None:
    """Each list with its day and its age."""
    for one in used:
        if one.day is None:
            age = "nothing says of which day it is"
        else:
            days = ((date.fromisoformat(on) if on else today) - one.day).days
            when = "today" if not days else f"{days:,} days old"
            when = f"{-days:,} days later than the day asked for" if days < 0 else when
            age = f"of {one.day}, {when}"
        as_of = f", as of {on}" if on else ""
        words.print(f"list {escape(one.list_id)}: {one.parties:,} entries, {age}{as_of}")
