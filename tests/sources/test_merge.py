"""Which files speak as of a day: by hand, and the law that a later file changes nothing."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from entrepot.sources.merge import Choice, choose, overlap
from entrepot.sources.summary import ImportSummary

BASE = ImportSummary(
    file_id="a", name="a", format="eurostat-workbook", title="", rows_read=1, kept=1, refused=(),
    not_available=0, totals=0, confidential_by_chapter={}, rounded=0, period_from="2020-01",
    period_to="2022-07", reporters=("DEU",), partners=("KGZ",), reader_version=1, options={},
    retrieved_at="2026-01-01T00:00:00+00:00", origin="", licence=None, notice=None, seconds=0.0,
    flows=("X",), publisher="Eurostat", published_on="2022-09-16", published_said="the user",
)  # fmt: skip
OCTOBER = date(2022, 10, 1)


def file(name: str, **fields: object) -> ImportSummary:
    return replace(BASE, file_id=name, name=name, **fields)  # type: ignore[arg-type]


NEWER = file("newer", published_on="2023-01-13", period_to="2022-11")


def names(choice: Choice) -> tuple[list[str], list[str], list[str]]:
    groups = (choice.of_the_time, choice.later, choice.left_out)
    return tuple([one.name for one in group] for group in groups)  # type: ignore[return-value]


def test_of_the_time_counts_and_later_is_left_out() -> None:
    assert names(choose([NEWER, BASE], OCTOBER)) == (["a"], [], ["newer"])


def test_on_the_day_of_publication_a_file_is_of_the_time() -> None:
    assert names(choose([BASE], date(2022, 9, 16))) == (["a"], [], [])
    assert names(choose([BASE], date(2022, 9, 15))) == ([], ["a"], [])


def test_the_latest_of_those_out_by_then_comes_last() -> None:
    assert names(choose([NEWER, BASE], date(2023, 2, 1)))[0] == ["a", "newer"]


def test_the_later_file_nearest_to_the_day_is_used() -> None:
    assert names(choose([NEWER, BASE], date(2022, 7, 1))) == ([], ["a"], ["newer"])


def test_a_file_of_unknown_day_comes_before_later_ones_and_after_those_of_the_time() -> None:
    undated = file("undated", published_on=None)
    assert names(choose([NEWER, undated], OCTOBER)) == ([], ["undated"], ["newer"])
    assert names(choose([undated, BASE], OCTOBER)) == (["a"], [], ["undated"])


def test_a_later_file_of_other_periods_adds_no_month_to_those_of_the_time() -> None:
    """August 2022 was due by 21 October, but files of the time end with July."""
    more = file("more", published_on="2023-01-13", period_from="2022-08", period_to="2022-11")
    assert names(choose([BASE, more], date(2022, 10, 25))) == (["a"], [], ["more"])


def test_other_countries_and_the_other_flow_are_other_figures() -> None:
    others = [
        file("imports", published_on="2023-01-13", flows=("M",)),
        file("france", published_on="2023-01-13", reporters=("FRA",)),
        file("georgia", published_on="2023-01-13", partners=("GEO",)),
    ]
    kept = choose([BASE, *others], OCTOBER)
    assert names(kept) == (["a"], ["imports", "france", "georgia"], [])


def test_months_in_files_of_their_own_are_all_used() -> None:
    months = [
        file(f"2022-{m:02}", period_from=f"2022-{m:02}", period_to=f"2022-{m:02}",
             published_on=f"2023-0{m}-15") for m in (1, 2, 3)
    ]  # fmt: skip
    assert names(choose(months, date(2022, 7, 1)))[1] == ["2022-01", "2022-02", "2022-03"]


def test_files_of_one_day_do_not_displace_each_other() -> None:
    """Two later files of the same day share July; the order given decides in a cell of both."""
    more = file("more", period_from="2022-01", period_to="2022-07")
    assert names(choose([more, BASE], date(2022, 7, 1))) == ([], ["more", "a"], [])


def test_a_file_of_which_nothing_was_due_is_left_out() -> None:
    late = file("late", published_on="2023-01-13", period_from="2022-09", period_to="2022-11")
    assert names(choose([late], OCTOBER)) == ([], [], ["late"])


def test_a_summary_that_does_not_say_its_flows_may_hold_any() -> None:
    old = file("old", published_on="2023-01-13", flows=())
    assert names(choose([BASE, old], OCTOBER))[2] == ["old"]


DAYS = st.dates(date(2022, 1, 1), date(2023, 12, 31))
MONTHS = st.integers(0, 23).map(lambda n: f"{2021 + n // 12}-{n % 12 + 1:02}")
FILES = st.builds(
    lambda span, day, who, where: {
        "period_from": min(span), "period_to": max(span), "reporters": tuple(who),
        "partners": tuple(where), "published_on": day and str(day),
    },
    st.tuples(MONTHS, MONTHS),
    st.one_of(st.none(), DAYS),
    st.sets(st.sampled_from(["DEU", "FRA"]), min_size=1),
    st.sets(st.sampled_from(["KGZ", "GEO"]), min_size=1),
)  # fmt: skip


@given(st.lists(FILES, min_size=1, max_size=5), DAYS)
def test_every_file_is_in_one_group_and_only_those_of_the_time_are_dated_so(
    fields: list[dict[str, object]], day: date
) -> None:
    files = [file(str(i), **one) for i, one in enumerate(fields)]
    kept = choose(files, day)
    groups = [*kept.of_the_time, *kept.later, *kept.left_out]
    assert sorted(one.name for one in groups) == sorted(one.name for one in files)
    for one in kept.of_the_time:
        assert one.published_on is not None
        assert one.published_on <= str(day)
    for one in (*kept.later, *kept.left_out):
        assert one.published_on is None or one.published_on > str(day)


@given(
    st.lists(FILES, min_size=1, max_size=5), DAYS, st.integers(1, 400), st.integers(0, 5), MONTHS
)
def test_a_vintage_later_than_all_others_changes_no_earlier_answer(
    fields: list[dict[str, object]], day: date, after: int, place: int, period_to: str
) -> None:
    """It is a newer edition of one of them: its countries, its first period, and maybe more."""
    files = [file(str(i), **one) for i, one in enumerate(fields)]
    newest = max([date.fromisoformat(one.published_on or "2022-01-01") for one in files] + [day])
    model = files[place % len(files)]
    later = replace(
        model, file_id="later", name="later", published_on=str(newest + timedelta(days=after)),
        period_to=max(period_to, model.period_to or ""),
    )  # fmt: skip
    before, then = choose(files, day), choose([*files, later], day)
    assert (then.of_the_time, then.later) == (before.of_the_time, before.later)


def test_overlap_takes_periods_reporters_and_partners() -> None:
    assert overlap([BASE, NEWER])
    assert not overlap([BASE, file("b", period_from="2022-08", period_to="2022-11")])
    assert not overlap([BASE, file("b", reporters=("FRA",))])
    assert not overlap([BASE, file("b", partners=("GEO",))])
