"""Changes between two days: worked by hand, and against comparing covers one by one."""

from datetime import date, timedelta

from tests.measures.small import book, day, rule
from tests.measures.test_spells_gap_changes import EU, MOVED, WORDS, WORLD, level

from entrepot.measures.ask import shipped
from entrepot.measures.book import Rulebook
from entrepot.measures.changes import Change, changes
from entrepot.measures.spells import barring


def moved(first: str, last: str, rules: Rulebook | None = None) -> list[tuple[str, ...]]:
    rules = rules or book(*WORLD)
    found = changes(rules, day(first), day(last), destinations=["RUS", "BLR"])
    return [(str(c.changed_on), c.destination, c.commodity_code, c.change) for c in found]


def test_changes_between_two_days() -> None:
    assert moved("2022-03-01", "2022-04-01") == [
        ("2022-03-03", "BLR", "8407", "banned"),
        ("2022-04-01", "BLR", "870810", "banned"),
        ("2022-04-01", "BLR", "870821", "banned"),
        ("2022-04-01", "BLR", "9013", "banned"),
    ]
    assert moved("2022-05-31", "2022-09-01") == [
        ("2022-06-01", "RUS", "8542", "lifted"),
        ("2022-09-01", "BLR", "8407", "lifted"),
    ]
    assert moved("2022-02-25", "2022-06-01", book(*MOVED, rule("8542", is_partial="true"))) == [
        ("2022-03-01", "RUS", "8542", "banned"),
        ("2022-03-01", "RUS", "880730", "banned"),
    ]


def test_wider_and_narrower() -> None:
    rules = book(
        rule("8542", is_partial="true"), rule("8542", begins="2022-04-01", valid_to="2022-06-01")
    )
    assert moved("2022-03-01", "2022-04-01", rules) == [("2022-04-01", "RUS", "8542", "widened")]
    assert moved("2022-04-01", "2022-06-01", rules) == [("2022-06-01", "RUS", "8542", "narrowed")]
    assert moved("2022-03-01", "2022-06-01", rules) == []  # there and back


def test_a_move_from_annex_to_annex_is_no_change_and_causes_are_told() -> None:
    assert moved("2022-03-15", "2022-04-15", book(*MOVED)) == []
    (lifted,) = [
        c for c in changes(book(*MOVED, rule("8542")), day("2022-05-15"), day("2022-07-01"),
                           destinations=["RUS"]) if c.commodity_code == "88"
    ]  # fmt: skip
    assert (lifted.change, lifted.after, str(lifted.changed_on)) == (
        "lifted", "none", "2022-07-01")  # fmt: skip
    assert [row["commodity_code"] for row in lifted.rows] == ["880730"]
    (banned,) = changes(book(*MOVED), day("2022-02-28"), day("2022-03-15"), destinations=["RUS"])
    assert [row["annex"] for row in banned.rows] == ["A"]


def test_changes_of_the_base_agree_with_comparing_covers_one_by_one() -> None:
    first, last = day("2023-08-01"), day("2024-07-02")
    found: list[Change] = changes(shipped(), first, last, destinations=["RUS", "BLR"], regimes=EU)
    said = {(c.destination, c.commodity_code): (c.before, c.after, c.changed_on) for c in found}
    assert len(said) == len(found) > 400
    for to in ("RUS", "BLR"):
        printed = {
            row["commodity_code"]
            for row in shipped().rows
            if (row["regime"], row["destination"]) == ("EU", to)
            and row["effect"] in ("export_ban", "licence")
            and row["commodity_code"] != "*"
            and any(row["valid_from"] <= on < (row["valid_to"] or date.max) for on in (first, last))
        }
        for code in sorted(printed)[::3]:
            touches = barring(shipped(), code, to, EU)
            before, after = (WORDS[level(touches, when)] for when in (first, last))
            assert said.get((to, code), (before, before))[:2] == (before, after), code
            if before != after:
                changed_on = said[to, code][2]
                assert WORDS[level(touches, changed_on)] == after
                assert WORDS[level(touches, changed_on - timedelta(days=1))] != after
    assert ("BLR", "88") in said
    assert str(said["BLR", "88"][2]) == "2023-08-05"
