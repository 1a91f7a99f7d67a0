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
