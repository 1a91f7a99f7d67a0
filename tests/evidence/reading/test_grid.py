"""A grid of plain sentences: every part comes out as the slots say, wherever they stand.

Each row of `grid.tsv` is a core ("Belarus sent 200 soldiers to Russia") with its parts. The
generator puts a day before or after it and a source before, after or between, in the words of
`DAYS` and `SOURCES`. What is expected comes from the slots, never from the reader.
"""

import csv
from datetime import date
from pathlib import Path

import pytest

from entrepot.evidence.reading.read import read_claims
from entrepot.evidence.report import Report

TABLE = Path(__file__).with_name("grid.tsv")
REPORTED = date(2025, 6, 15)
DAYS = {
    "en": [
        ("in July 2022", "2022-07-01", "2022-08-01"),
        ("on 3 May 2023", "2023-05-03", "2023-05-04"),
        ("in 2024", "2024-01-01", "2025-01-01"),
        ("last year", "2024-01-01", "2025-01-01"),
        ("in the first nine months of 2023", "2023-01-01", "2023-10-01"),
    ],
    "ru": [
        ("в июле 2022 года", "2022-07-01", "2022-08-01"),
        ("3 мая 2023 года", "2023-05-03", "2023-05-04"),
        ("в 2024 году", "2024-01-01", "2025-01-01"),
        ("в прошлом году", "2024-01-01", "2025-01-01"),
    ],
    "uk": [
        ("у липні 2022 року", "2022-07-01", "2022-08-01"),
        ("3 травня 2023 року", "2023-05-03", "2023-05-04"),
        ("у 2024 році", "2024-01-01", "2025-01-01"),
        ("торік", "2024-01-01", "2025-01-01"),
    ],
}
SOURCES = {
    "en": [
        ("", ""),
        ("According to Ukrainian military intelligence, {all}.", "Ukrainian military intelligence"),
        ("{all}, according to the Latvian customs service.", "Latvian customs service"),
        ("The finance ministry said that {all}.", "finance ministry"),
        ("A UN panel reported that {all}.", "UN panel"),
        ("{all}, says Ukraine's military intelligence.", "Ukraine's military intelligence"),
        ("{all}, said the defence ministry.", "defence ministry"),
        ("{all}, the prosecutor's office said.", "prosecutor's office"),
        ("{all}, a monitoring group reports.", "monitoring group"),
        ("{who}, according to customs records, {did}.", "customs records"),
        ("{who}, the central bank says, {did}.", "central bank"),
        ("MINISTRY OF TRADE: {all}.", "MINISTRY OF TRADE"),
        ("The customs service: {all}.", "customs service"),
    ],
    "ru": [
        ("", ""),
        ("По данным таможенной службы, {all}.", "таможенной службы"),
        ("{all}, сообщила прокуратура.", "прокуратура"),
        ("{all}, сообщает министерство финансов.", "министерство финансов"),
        ("Министерство обороны сообщило, что {all}.", "Министерство обороны"),
        ("{all}, по данным Росстата.", "Росстата"),
        ("{who}, по данным таможни, {did}.", "таможни"),
    ],
    "uk": [
        ("", ""),
        ("За даними митної служби, {all}.", "митної служби"),
        ("{all}, повідомила прокуратура.", "прокуратура"),
        ("{all}, повідомляє міністерство фінансів.", "міністерство фінансів"),
        ("Міністерство оборони повідомило, що {all}.", "Міністерство оборони"),
        ("{all}, за даними Держстату.", "Держстату"),
        ("{who}, за даними митниці, {did}.", "митниці"),
    ],
}
PARTS = ("type", "actors", "origin", "destination", "date_from", "date_to", "quantity", "unit",
         "attributed_to")  # fmt: skip


def _rows():
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _capital(words):
    return words[:1].upper() + words[1:]


def _cases():
    """Each core with each source; days and their places take turns, so that every pair occurs."""
    made = []
    for number, row in enumerate(_rows()):
        language = row["language"]
        for turn, (pattern, source) in enumerate(SOURCES[language]):
            days = [("", "", ""), *DAYS[language]]
            day = days[(number + turn) % len(days)]
            leads = (number + turn // 2) % 2 == 0 and "{did}" not in pattern
            made.append((_sentence(row, pattern or "{all}.", day[0], leads),
                         {**{part: row.get(part, "") for part in PARTS}, "date_from": day[1],
                          "date_to": day[2], "attributed_to": source}))  # fmt: skip
    return made


def _sentence(row, pattern, day, leads):
    who, did = row["who"], row["did"]
    if day and leads:
        who = f"{day} {who}"
    elif day:
        did = f"{did} {day}"
    opens = pattern.startswith(("{all}", "{who}"))
    who = _capital(who) if opens or ": " in pattern else who
    return pattern.format(all=f"{who} {did}", who=who, did=did)


def _cell(value):
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, float):
        return f"{value:.10g}"
    return "" if value is None else str(value)


CASES = _cases()


@pytest.mark.parametrize(("sentence", "wanted"), CASES, ids=[one[0][:70] for one in CASES])
def test_every_part_of_a_plain_sentence_is_found(sentence, wanted):
    claims = read_claims(Report(sentence, reported_on=REPORTED))
    assert [{part: _one(_cell(getattr(claim, part)), wanted[part]) for part in PARTS}
            for claim in claims] == [wanted]  # fmt: skip


def _one(got, wanted):
    """`A|B` in the table: either spelling is right; an empty choice: null is right too."""
    return wanted if got in wanted.split("|") else got


def test_the_grid_is_large():
    assert len(CASES) >= 150
