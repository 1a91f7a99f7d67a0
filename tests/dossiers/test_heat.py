"""The heat map: strongest goods first; leads, falls and the rest told apart."""

from dataclasses import replace

from tests.dossiers.world import CHIPS, PARTS, lead, world_measures

from entrepot.dossiers.heat import heat_rows, step_words
from entrepot.dossiers.law import laws

HUBS = ("BLR", "GEO", "KGZ")


def test_cells_by_status():
    leads = [
        lead("KGZ", CHIPS, "lead", score=0.91),
        lead("GEO", CHIPS, "below_threshold", excess=5_000.0),
    ]
    (row,) = heat_rows(leads, HUBS)
    assert [cell.kind for cell in row.cells] == ["none", "pale", "rise4"]
    assert row.cells[2].text == "+765 k"
    assert row.cells[0].text == ""


def test_the_legend_names_the_colours():
    below, *_, most = step_words()
    assert (len(step_words()), below, most) == (5, "below 0.75", "0.95 and more")
    at = [lead("KGZ", CHIPS, "lead", score=score) for score in (0.749, 0.75, 0.95)]
    assert [heat_rows([one], HUBS)[0].cells[2].kind for one in at] == ["rise1", "rise2", "rise5"]


def test_a_fall_is_a_share_of_the_usual_level():
    leads = [lead("KGZ", PARTS, "lead", score=0.1), lead("BLR", PARTS, "fall")]
    (row,) = heat_rows(leads, HUBS)
    assert (row.cells[0].kind, row.cells[0].text) == ("fall", "-90 %")


def test_goods_without_a_lead_are_left_out_and_the_best_come_first():
    leads = [
        lead("KGZ", CHIPS, "lead", score=0.2),
        lead("GEO", PARTS, "lead", score=0.3),
        lead("BLR", replace(CHIPS, basket_id="x:restricted"), "note"),
    ]
    assert [row.code for row in heat_rows(leads, HUBS)] == ["8807", "8542"]
    assert len(heat_rows(leads, HUBS, most=1)) == 1


def test_measures_of_one_article_are_one_law():
    found = laws(world_measures(article="3k(1)", annex="XXIII").to_pylist())
    assert len(found) == 1
    assert found[0].short == "Art. 3k(1), Annex XXIII"
    assert found[0].full == "Reg. (EU) 1/1 Art. 3k(1), Annex XXIII"
    assert len(found[0].codes) == 5
    assert str(found[0].valid_from) == "2022-02-26"
