"""Claims about lists: the rule base's own parties, and lists of the workspace made by hand."""

from datetime import date

import pytest
from tests.evidence.assessing.world import claim, judged, rows, sentences

from entrepot.evidence.claim import Claim
from entrepot.parties.lists import ListStore
from entrepot.parties.lists.store import Terms
from entrepot.parties.match.matcher import FALLBACK
from entrepot.workspace.claims import StoredLists


def listed(name: str, predicate: str = "listed", **parts: object) -> Claim:
    given = {"actors": ("EU",), "counterparts": (name,), **parts}
    return claim(f"{name} is listed", "listing", predicate, **given)


@pytest.mark.parametrize(
    ("on", "predicate", "verdict"),
    [
        (date(2021, 12, 1), "listed", "contradicted"),
        (date(2021, 12, 2), "listed", "supported"),
        (date(2021, 12, 1), "not_listed", "supported"),
        (date(2021, 12, 2), "not_listed", "contradicted"),
    ],
)
def test_belavia_was_frozen_on_2_december_2021(on: date, predicate: str, verdict: str) -> None:
    # Impl. Reg. (EU) 2021/2124, entry B 16 (eur-lex.europa.eu/eli/reg_impl/2021/2124/oj)
    made = judged(listed("Belavia", predicate, reported_on=on))
    assert made.verdict == verdict
    assert rows(made, "measure")[0]["valid_from"] == "2021-12-02"


def test_a_denial_turns_it_round() -> None:
    assert judged(listed("Belavia", is_negated=True)).verdict == "contradicted"


def test_another_authority_has_days_of_its_own() -> None:
    # OFAC named it on 9 August 2023 and took it off on 4 November 2025
    us = {"actors": ("USA",)}
    assert judged(listed("558 ARZ OAO", actors=("USA",))).verdict == "supported"
    off = listed(
        "Belavia", "delisted", date_from=date(2025, 11, 1), date_to=date(2025, 12, 1), **us
    )
    assert judged(off).verdict == "supported"
    early = listed("Belavia", "delisted", reported_on=date(2023, 1, 1), **us)
    assert judged(early).verdict == "contradicted"


def test_a_similar_name_is_a_hint_and_no_finding() -> None:
    made = judged(listed("Belavia Trading"))
    assert made.verdict == "not_testable"
    assert "similar to what the rule base holds" in sentences(made)
    assert "entrepot lists fetch eu-fsf" in made.needed[0]


def test_without_lists_an_unknown_name_is_not_cleared() -> None:
    made = judged(listed("Harbour Widgets", actors=()))
    assert made.verdict == "not_testable"
    assert "entrepot lists fetch ofac-sdn" in made.needed[0]
    assert any("not a party" in one for one in made.cautions)


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> StoredLists:
    """A list of one's own on two days: Harbour Widgets left it, Northern Gadgets came."""
    folder = tmp_path_factory.mktemp("lists")
    store = ListStore(folder)
    for day, names in (
        ("2022-03-01", "Harbour Widgets Limited\nEastern Optics Plant\n"),
        ("2022-08-01", "Northern Gadgets Limited\nEastern Optics Plant\n"),
    ):
        path = folder / f"own-{day}.csv"
        path.write_text(f"name\n{names}", encoding="utf-8")
        terms = Terms("uk-own", date.fromisoformat(day), accept_shrink=True)
        store.add(path, terms=terms)
    return StoredLists(store, FALLBACK)


def own(name: str, predicate: str = "listed", **parts: object) -> Claim:
    return listed(name, predicate, **{"actors": ("GBR",), **parts})


def test_the_same_name_on_a_list_of_the_day(lists: StoredLists) -> None:
    made = judged(own("Northern Gadgets Ltd"), lists=lists)
    assert made.verdict == "supported"
    (row,) = rows(made, "list")
    assert row["list_id"] == "uk-own"
    assert row["edition_id"]
    assert row["score"] >= 0.95


def test_nobody_of_that_name_is_no_clearance_where_the_list_is_not_held(
    lists: StoredLists,
) -> None:
    absent = judged(own("Quiet Meadow Dairy"), lists=lists)
    other = judged(own("Quiet Meadow Dairy", actors=("EU",)), lists=lists)
    assert other.verdict == "not_testable"
    assert "eu-fsf" in other.needed[0]
    assert absent.verdict == "not_testable"  # the official list of the UK is not held
    assert "uk-sanctions" in absent.needed[0]


def test_since_a_day_is_not_from_a_later_one() -> None:
    since = {"date_from": date(2021, 1, 1), "reported_on": date(2022, 8, 26)}
    made = judged(listed("Belavia", **since))
    assert made.verdict == "partly"
    assert made.part == "it is listed, from 2021-12-02 on and not since 2021-01-01"
    exact = {**since, "date_from": date(2021, 12, 2)}
    assert judged(listed("Belavia", **exact)).verdict == "supported"
    within = {**since, "date_to": date(2022, 1, 1)}
    assert judged(listed("Belavia", **within)).verdict == "supported"


def test_where_no_authority_is_said_the_others_are_not_known() -> None:
    early = {"actors": (), "reported_on": date(2021, 11, 30)}
    for predicate in ("listed", "not_listed"):
        made = judged(listed("Belavia", predicate, **early))
        assert made.verdict == "not_testable"
        assert "from 2021-12-02" in sentences(made)
    late = {"actors": (), "reported_on": date(2021, 12, 2)}
    assert judged(listed("Belavia", **late)).verdict == "supported"
    assert judged(listed("Belavia", "not_listed", **late)).verdict == "contradicted"


def test_a_word_in_small_letters_is_no_name() -> None:
    made = judged(listed("the company", actors=("USA",)))
    assert made.verdict == "not_testable"
    assert "name of the party" in made.needed[0]


@pytest.fixture(scope="module")
def sdn(tmp_path_factory: pytest.TempPathFactory) -> StoredLists:
    """The SDN list as it would be of two days, made by hand."""
    folder = tmp_path_factory.mktemp("sdn")
    store = ListStore(folder)
    for day in ("2022-08-01", "2022-08-19"):
        path = folder / f"sdn-{day}.csv"
        path.write_text(f"name\nNorthern Gadgets {day[-2:]}\nEastern Optics\n", encoding="utf-8")
        store.add(path, terms=Terms("ofac-sdn", date.fromisoformat(day), accept_shrink=True))
    return StoredLists(store, FALLBACK)


@pytest.mark.parametrize(
    ("text", "day", "verdict"),
    [
        ("on the SDN list", date(2022, 8, 26), "supported"),  # seven days after the last look
        ("on the SDN list", date(2022, 8, 27), "not_testable"),  # eight
        ("on the SDN list", date(2022, 8, 9), "supported"),  # a later look is held
        ("on the SDN list", date(2022, 7, 31), "not_testable"),  # none of before
        ("on a US sanctions list", date(2022, 8, 26), "not_testable"),  # the Entity List is another
    ],
)
def test_absence_takes_every_list_that_is_meant_and_a_fresh_one(
    sdn: StoredLists, text: str, day: date, verdict: str
) -> None:
    no = claim(f"Quiet Meadow Dairy is not {text}", "listing", "not_listed", reported_on=day,
               actors=("USA",), counterparts=("Quiet Meadow Dairy",))  # fmt: skip
    made = judged(no, lists=sdn)
    assert made.verdict == verdict, made
    assert "on no list" not in sentences(made)
    if "US" in text:
        assert made.needed[0].startswith("us-csl as it stood")


def test_an_export_order_is_no_freeze() -> None:
    # Aeroflot: temporary denial order of 7 April 2022 (15 CFR 766.24), no asset freeze in the base
    order = claim("Aeroflot is under US sanctions", "listing", "listed", actors=("USA", "Aeroflot"))
    frozen = claim("Aeroflot is on the SDN list", "listing", "listed", actors=("USA", "Aeroflot"))
    assert judged(order).verdict == "supported"
    assert judged(frozen).verdict == "not_testable"


def test_a_list_is_looked_at_and_no_first_day_is_made_up(lists: StoredLists) -> None:
    made = judged(own("Eastern Optics Plant"), lists=lists)
    assert made.verdict == "supported"
    assert "uk-own, edition of 2022-08-01" in sentences(made)


def test_a_name_that_is_only_like_one_is_not_testable(lists: StoredLists) -> None:
    made = judged(own("Eastern Optical Works"), lists=lists)
    assert made.verdict == "not_testable"


def test_taken_off_on_the_day_of_the_edition_that_lacks_it(lists: StoredLists) -> None:
    for day, verdict in ((date(2022, 8, 1), "supported"), (date(2022, 8, 2), "not_testable")):
        made = judged(own("Harbour Widgets Ltd", "delisted", reported_on=day), lists=lists)
        assert made.verdict == verdict, day
    stays = judged(own("Eastern Optics Plant", "delisted", reported_on=date(2022, 8, 1)),
                   lists=lists)  # fmt: skip
    assert stays.verdict == "contradicted"
