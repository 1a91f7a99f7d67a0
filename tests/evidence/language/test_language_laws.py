"""Laws of the finders: spans lie in the text, any text is read, round trips, linear time."""

import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.evidence.language.amounts import amounts
from entrepot.evidence.language.days import days
from entrepot.evidence.language.sentences import sentences

DAY = timedelta(days=1)
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
MONTHS_RU = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)
MONTHS_UK = (
    "січня",
    "лютого",
    "березня",
    "квітня",
    "травня",
    "червня",
    "липня",
    "серпня",
    "вересня",
    "жовтня",
    "листопада",
    "грудня",
)
FORMATS = (
    lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    lambda day: f"{MONTHS[day.month - 1]} {day.day}, {day.year}",
    lambda day: f"{MONTHS[day.month - 1][:3]}. {day.day}, {day.year}",
    lambda day: f"{day.day}-{MONTHS[day.month - 1][:3]}-{day.year}",
    lambda day: f"the {day.day}th of {MONTHS[day.month - 1]} {day.year}",
    lambda day: day.isoformat(),
    lambda day: f"{day.day:02}.{day.month:02}.{day.year}",
    lambda day: f"{day.day:02}/{day.month:02}/{day.year}",
    lambda day: f"{day.day} {MONTHS_RU[day.month - 1]} {day.year} года",
    lambda day: f"{day.day} {MONTHS_UK[day.month - 1]} {day.year} року",
)
DATES = st.dates(date(1950, 1, 1), date(2049, 12, 31))
WORDS = st.sampled_from(
    [
        "in",
        "on",
        "since",
        "until",
        "from",
        "to",
        "between",
        "and",
        "by",
        "the",
        "early",
        "late",
        "mid",
        "last",
        "next",
        "this",
        "first",
        "half",
        "of",
        "quarter",
        "year",
        "month",
        "weeks",
        "three",
        "ago",
        "earlier",
        "March",
        "May",
        "26",
        "2022",
        "26.08.2022",
        "2022-08-26",
        "-",
        "–",
        "/",
        ",",
        ".",
        "will",
        "Thursday",
        "yesterday",
        "that",
        "day",
        "summer",
        "Q3",
        "H1",
        "$5",
        "million",
        "200",
        "trucks",
        "about",
        "more",
        "than",
        "HS",
        "8807",
        "No.",
        "Art.",
        "U.S.",
        "Inc.",
        "%",
        "doubled",
        "largest",
        "second",
        "в",
        "с",
        "по",
        "до",
        "марта",
        "2022",
        "года",
        "року",
        "млн",
        "руб.",
        "\n",
        "\n\n",
        "•",
    ]
)


@pytest.mark.parametrize("write", FORMATS)
@given(day=DATES, reported=st.none() | DATES)
@settings(max_examples=30, deadline=None)
def test_a_written_date_is_read_back(write, day, reported):
    text = f"The train left on {write(day)} for Minsk."
    found = days(text, reported)
    assert [(each.starts_on, each.ends_on, each.is_assumed) for each in found] == [
        (day, day + DAY, False)
    ]
    assert amounts(text) == []


@given(day=DATES, length=st.integers(1, 800))
@settings(max_examples=60, deadline=None)
def test_a_written_range_is_read_back(day, length):
    last = day + length * DAY
    text = f"Trains ran from {FORMATS[0](day)} to {FORMATS[0](last)}."
    [found] = days(text, None)
    assert (found.starts_on, found.ends_on, found.grain) == (day, last + DAY, "span")


@given(day=st.dates(date(2000, 1, 1), date(2030, 12, 31)), gap=st.integers(0, 364))
@settings(max_examples=60, deadline=None)
def test_a_day_without_year_is_the_latest_not_after_the_report(day, gap):
    reported = day + gap * DAY
    [found] = days(f"It left on {day.day} {MONTHS[day.month - 1]}.", reported)
    assert found.is_assumed
    assert found.starts_on is not None
    assert found.starts_on <= reported
    assert (found.starts_on.month, found.starts_on.day) == (day.month, day.day)
    if (day.month, day.day) != (2, 29):
        assert reported - found.starts_on < timedelta(days=366)


@given(value=st.integers(2, 10**12))
@settings(max_examples=100, deadline=None)
def test_a_written_number_is_read_back(value):
    thin = f"{value:,}".replace(",", "\u202f")
    for text in (f"${value:,}", f"{value:,} trucks", f"{thin} trucks", f"€{thin}"):
        [found] = amounts(f"It was {text}.")
        assert (found.value, found.value_to, found.bound) == (float(value), None, "exactly")


@given(
    text=st.text(max_size=300) | st.lists(WORDS, max_size=60).map(" ".join),
    reported=st.none() | st.dates(),
)
@settings(max_examples=400, deadline=None)
def test_any_text_is_read_and_spans_lie_in_it(text, reported):
    for found in (days(text, reported), amounts(text)):
        place = 0
        for each in found:
            assert place <= each.start < each.end <= len(text)
            place = each.end
    for each in amounts(text):
        if each.counted is not None:
            assert each.start <= each.counted[0] < each.counted[1] <= len(text)
        assert each.value_to is None or each.value <= each.value_to
    for each in days(text, reported):
        if each.starts_on is not None and each.ends_on is not None:
            assert each.starts_on < each.ends_on
    place = 0
    for start, end in sentences(text):
        assert place <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        place = end


@given(parts=st.lists(WORDS, max_size=60))
@settings(max_examples=200, deadline=None)
def test_no_word_is_lost_between_sentences(parts):
    text = " ".join(parts)
    inside = set()
    for start, end in sentences(text):
        inside.update(range(start, end))
    outside = "".join(sign for place, sign in enumerate(text) if place not in inside)
    assert not any(sign.isalpha() for sign in outside)


@given(parts=st.lists(WORDS, max_size=40))
@settings(max_examples=200, deadline=None)
def test_without_a_report_day_nothing_is_guessed(parts):
    text = " ".join(parts)
    known = {(each.start, each.end): each for each in days(text, date(2022, 8, 26))}
    for each in days(text, None):
        other = known.get((each.start, each.end))
        if each.starts_on is not None and not each.is_assumed and other is not None:
            assert each.starts_on == other.starts_on


ADVERSARIAL = {
    "figures": "1 " * 2500,
    "commas": "17, " * 1875,
    "dots": "1.2" * 2500,
    "dashes": "1-" * 3750,
    "slashes": "26/08/" * 1250,
    "months": "March " * 1250,
    "since": "since the " * 1000,
    "the": "the " * 1875,
    "stops": "A. " * 2500,
    "no spaces": "a" * 7500,
    "abbreviations": "a.b-" * 1875,
    "line feeds": "\n" * 7500,
    "bullets": "• " * 3750,
    "quotes": "\"'" * 3750,
    "dollars": "$" * 7500,
    "hundred": "one hundred and " * 625,
    "HS": "HS " + "8807 30 " * 1000,
    "brackets": "(((" * 2500,
}


@pytest.mark.parametrize("name", ADVERSARIAL)
def test_hostile_text_takes_linear_time(name):
    text = ADVERSARIAL[name]
    begun = time.process_time()
    sentences(text)
    days(text, date(2022, 8, 26))
    amounts(text)
    # some 0.1 s where the machine is idle; a quadratic reader takes minutes
    assert time.process_time() - begun < 3.0
