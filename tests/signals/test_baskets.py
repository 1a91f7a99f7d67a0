"""Baskets: chained codes, restricted parts, and lines that cannot be compared."""

from datetime import date

from entrepot.signals.baskets import Restriction, baskets, broken_lines

ALL = ("2020-01", "2022-11")
OLD = ("2020-01", "2021-12")
NEW = ("2022-01", "2022-11")
FULL = Restriction(date(2022, 2, 26), date(2022, 2, 26), ("msr_full",))
PART = Restriction(date(2022, 3, 16), None, ("msr_part",))


def test_old_and_new_heading_of_one_good_are_one_series() -> None:
    spans = {"8803": OLD, "88033000": OLD, "8807": NEW, "88073000": NEW}
    (found,) = baskets(spans, dict.fromkeys(spans, FULL), level=4)
    assert found.code == "8807"
    assert found.codes == ("8803", "8807")
    assert found.chained_on == "2022"
    assert set(found.lines) == set(spans)
    assert not found.left_out


def test_a_heading_restricted_in_part_is_split_and_the_free_rest_stays_a_control() -> None:
    spans = {"847130": ALL, "847141": ALL, "847160": ALL}
    restricted, free = baskets(spans, {"847130": FULL, "8471": PART}, level=4)
    assert (restricted.is_restricted, restricted.is_partial) == (True, True)
    assert restricted.lines == ("847130",)
    assert restricted.banned_from == date(2022, 2, 26)
    assert (free.is_restricted, free.lines, free.banned_from) == (False, ("847141", "847160"), None)


def test_a_heading_covered_whole_takes_its_published_row_and_all_its_lines() -> None:
    spans = {"8471": ALL, "847130": ALL, "847141": ALL}
    (found,) = baskets(spans, {"8471": FULL, "847130": FULL, "847141": FULL}, level=4)
    assert found.lines == ("8471", "847130", "847141")
    assert not found.is_partial


def test_smartphones_without_their_old_code_cannot_be_compared() -> None:
    spans = {"851713": NEW, "851762": ALL}
    assert broken_lines(spans, *ALL) == {"851713"}
    (found,) = baskets(spans, {"8517": FULL, "851713": FULL, "851762": FULL}, level=4)
    assert found.lines == ("851762",)
    assert found.left_out == ("851713",)
    (six, other) = baskets(spans, {"851713": FULL, "851762": FULL}, level=6)
    assert not six.is_comparable
    assert other.is_comparable


def test_smartphones_with_their_old_code_are_chained() -> None:
    spans = {"851712": OLD, "851713": NEW, "851714": NEW}
    assert broken_lines(spans, *ALL) == frozenset()
    (found,) = baskets(spans, {"851713": FULL}, level=6)
    assert set(found.lines) == {"851712", "851713", "851714"}
    assert found.is_restricted


def test_a_heading_new_in_the_nomenclature_has_no_past() -> None:
    (found,) = baskets({"8806": NEW, "880621": NEW, "8802": ALL}, {"8806": FULL}, level=4)[1:]
    assert found.code == "8806"
    assert not found.is_comparable


def test_an_end_of_figures_before_the_change_breaks_nothing() -> None:
    assert broken_lines({"851712": OLD}, "2020-01", "2021-12") == frozenset()


def test_parents_never_enter_a_finer_level() -> None:
    found = baskets({"8542": ALL, "854231": ALL}, {}, level=6)
    assert [basket.code for basket in found] == ["854231"]


def test_a_heading_whose_restricted_lines_are_not_in_the_figures_is_no_control() -> None:
    """8471 is restricted by a line that is not published: its own row is on neither side."""
    (found,) = baskets({"8471": ALL, "847130": ALL}, {"8471": PART}, level=4)
    assert (found.is_restricted, found.lines) == (False, ("847130",))


def test_measures_of_lines_that_are_not_in_the_figures_do_not_date_a_basket() -> None:
    later = Restriction(date(2022, 4, 9), date(2022, 4, 9), ("msr_later",))
    restricted, _ = baskets(
        {"847130": ALL, "847141": ALL}, {"8471": PART, "847130": later}, level=4
    )
    assert restricted.banned_from == date(2022, 4, 9)
    assert restricted.measure_ids == ("msr_later",)


def test_a_free_cn_line_is_not_pulled_in_by_its_restricted_sister() -> None:
    """Only 85044010 is restricted; 850440 holds both and counts on neither side."""
    spans = {"850440": ALL, "85044010": ALL, "85044090": ALL}
    for level in (4, 6):
        restricted, free = baskets(
            spans, {"85044010": FULL, "850440": PART, "8504": PART}, level=level
        )
        assert (restricted.lines, restricted.is_partial) == (("85044010",), True)
        assert free.lines == ("85044090",)
        assert restricted.unused == ("850440",)


def test_in_part_at_first_and_in_full_later_is_told_as_in_part() -> None:
    growing = Restriction(date(2022, 2, 26), date(2022, 12, 1), ("msr_1", "msr_2"))
    (found,) = baskets({"854231": ALL}, {"854231": growing}, level=6)
    assert (found.banned_from, found.is_partial) == (date(2022, 2, 26), True)


def test_a_basket_is_bound_until_its_last_measure_ends() -> None:
    ended = Restriction(date(2022, 2, 26), date(2022, 2, 26), ("m",), date(2022, 6, 1))
    later = Restriction(date(2022, 2, 26), date(2022, 2, 26), ("m",), date(2022, 9, 1))
    (found,) = baskets({"8471": ALL, "847130": ALL}, {"8471": ended, "847130": later}, level=4)
    assert found.banned_to == date(2022, 9, 1)
    (open_end,) = baskets({"8471": ALL, "847130": ALL}, {"8471": ended, "847130": FULL}, level=4)
    assert open_end.banned_to is None


def test_a_code_is_new_only_where_the_figures_reach_back_before_it() -> None:
    assert broken_lines({"880621": NEW}, *NEW) == frozenset()
    assert broken_lines({"880621": NEW, "854231": ALL}, *ALL) == {"880621"}


def test_a_covered_heading_counts_its_own_row() -> None:
    (found,) = baskets({"8542": ALL}, {"8542": FULL}, level=4)
    assert found.lines == ("8542",)


def test_in_part_wherever_one_line_is_not_covered_from_the_first_day() -> None:
    later = Restriction(date(2022, 11, 1), date(2022, 11, 1), ("m",))
    for other in (PART, later):
        (found,) = baskets(
            {"854231": ALL, "854232": ALL}, {"854231": FULL, "854232": other}, level=4
        )
        assert found.is_partial


def test_an_own_row_without_a_full_measure_on_it_is_in_part() -> None:
    """8542 may hold lines that are not published and not restricted."""
    (found,) = baskets({"8542": ALL, "854231": ALL}, {"8542": PART, "854231": FULL}, level=4)
    assert (found.lines, found.is_partial) == (("8542", "854231"), True)


def test_nothing_is_left_out_of_a_heading_that_is_published_itself() -> None:
    (found,) = baskets({"8517": ALL, "851713": NEW}, {"8517": FULL, "851713": FULL}, level=4)
    assert (found.lines, found.left_out) == (("8517",), ())
