"""The worked cases beside this file: what each text says, read by the finders."""

from datetime import date
from pathlib import Path

import pytest

from entrepot.evidence.language.amounts import amounts
from entrepot.evidence.language.days import days
from entrepot.evidence.language.sentences import sentences

HERE = Path(__file__).parent


def rows(name):
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(("said_on", "text", "told"), rows("days.tsv")[1:])
def test_days_of_a_text(said_on, text, told):
    reported = date.fromisoformat(said_on) if said_on else None
    found = [
        f"{text[day.start : day.end]}={day.starts_on or ''}..{day.ends_on or ''}"
        for day in days(text, reported)
    ]
    assert (" | ".join(found) or "-") == told


def number(value):
    return f"{value:.0f}" if value == int(value) else f"{value:.6g}"


@pytest.mark.parametrize(("text", "told"), rows("amounts.tsv")[1:])
def test_amounts_of_a_text(text, told):
    found = []
    for each in amounts(text):
        value = number(each.value)
        if each.value_to is not None:
            value += f"..{number(each.value_to)}"
        words = text[each.start : each.end]
        found.append(f"{words}={each.bound} {value} {each.unit or 'none'}")
    assert (" | ".join(found) or "-") == told


@pytest.mark.parametrize("line", [row[0] for row in rows("sentence_splits.tsv")])
def test_sentences_of_a_text(line):
    parts = [part.replace("⏎", "\n") for part in line.split("¦")]
    wanted = [unmarked(part) for part in parts if unmarked(part)]
    text = line.replace("¦ ", "").replace("⏎ ", "⏎").replace("⏎", "\n")
    assert [text[start:end] for start, end in sentences(text)] == wanted


def unmarked(part):
    """A part without the mark of the item that follows it."""
    lines = part.strip().split("\n")
    if lines[-1].strip() in ("•", "1.", "2.", "1)", "2)", "-", "a)", "b)"):
        lines.pop()
    return "\n".join(lines).strip()


def test_a_span_alone_says_the_same():
    """What a span holds says the same by itself: nothing was read from outside it."""
    for _, text, told in rows("days.tsv")[1:]:
        for day in days(text, None):
            alone = days(text[day.start : day.end], None)
            if day.starts_on is not None and not day.is_assumed and len(alone) == 1:
                whole = (day.starts_on, day.ends_on)
                assert (alone[0].starts_on, alone[0].ends_on) == whole or "|" in told
