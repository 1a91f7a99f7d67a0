"""What a plan advises is a check: with an id that stays, among the rows and first in the form."""

from dataclasses import replace
from datetime import date

from tests.checks.planning.world import LATER, PASSES_ON, REPAIR, image, plan, turned

from entrepot.checks.planning.form import result_form
from entrepot.checks.planning.plan import Plan
from entrepot.checks.planning.rank import advise
from entrepot.records.checks import ADVISED, CHECK, KINDS


def advised(made: Plan, today: date = LATER) -> dict[str, str]:
    """Of each piece of advice its words, by id."""
    ranked = replace(made, advice=advise(made, [REPAIR, PASSES_ON], today=today))
    return {one.check_id: one.advice.name for one in ranked.advised()}


def ranked() -> Plan:
    made = plan()
    return replace(made, advice=advise(made, [REPAIR, PASSES_ON], today=LATER))


def test_every_piece_of_advice_is_a_row_with_an_id_before_the_single_checks() -> None:
    barred = replace(PASSES_ON, claim_id="clm_00000000000c", type="restriction")
    made = replace(plan(), advice=advise(plan(), [REPAIR, barred], today=LATER))
    rows = [one.row() for one in made.all_checks()]
    assert all(tuple(row) == tuple(CHECK) for row in rows)
    assert len({row["check_id"] for row in rows}) == len(rows)
    first = rows[: len(made.advice)]
    assert [row["what"] for row in first] == [one.what for one in made.advice]
    assert {"rules", "imagery", "visit"} <= {row["kind"] for row in first}
    assert {row["kind"] for row in first} <= set(ADVISED)
    assert {row["kind"] for row in rows[len(first) :]} <= set(KINDS)


def test_the_id_stays_when_images_come_in_elements_go_or_the_rank_moves() -> None:
    before = advised(plan())
    fetched = advised(replace(plan(), images=(image(date(2022, 8, 26), 5.0),)))
    assert before.items() <= fetched.items()
    fewer = replace(plan(), passes=plan().passes[: -len(turned()) // 2])
    assert before == advised(fewer)
    assert before == advised(plan(), date(2026, 11, 28))


def test_another_place_or_window_is_another_check() -> None:
    elsewhere = replace(plan(), site=replace(plan().site, name="Minsk"))
    assert not set(advised(plan())) & set(advised(elsewhere))


def test_the_words_do_not_name_the_place() -> None:
    """It may be a firm's works; the row has a column for it, which a dossier can leave out."""
    assert not [one for one in ranked().advised() if ranked().site.name in one.row()["what"]]


def test_of_satellites_that_could_be_turned_those_only_listed_are_told_apart() -> None:
    unsure = tuple(replace(one, service="not known") if one.norad_id < 105 else one
                   for one in turned())  # fmt: skip
    (told,) = [one.what for one in advise(replace(plan(), passes=unsure), [], today=LATER)
               if one.what.startswith("commercial archives")]  # fmt: skip
    assert "31 satellites" in told
    assert "5 of them only listed and not known to work then" in told
    assert not [one.what for one in advise(plan(), [], today=LATER) if "only listed" in one.what]


def test_the_form_begins_with_the_advice_and_missions_share_the_visit() -> None:
    made = replace(ranked(), posts=tuple(replace(plan().posts[0], operator=one)
                                         for one in ("POL", "DEU", "FRA")))  # fmt: skip
    text = result_form(made)
    titles = [line.partition(". ")[2] for line in text.splitlines() if line.startswith("## ")]
    assert titles[: len(made.advice)] == [one.what for one in made.advice]
    assert "for any of the 3 missions of the plan" in text
    assert "embassy of" not in text
    assert all(f"--check {one.check_id} --saw" in text for one in made.advised())


def test_a_mission_that_somebody_picked_has_its_own_block() -> None:
    picked = [plan().posts[0].row()]
    assert "## 1. embassy of POL in Minsk" in result_form(picked)
