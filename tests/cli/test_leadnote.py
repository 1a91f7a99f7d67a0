"""One lead as a note: what it says with and without figures of the hub, and that it fits."""

import io
import math
from typing import Any

import pytest
from tests.signals.test_detect import FREE, MEASURES, PERIODS
from tests.signals.test_route import (
    ARMENIA,
    BOUGHT,
    TO_KAZAKHSTAN,
    TO_RUSSIA,
    flows_of,
    kyrgyz,
    sales,
)

from entrepot.cli.common import wide_console
from entrepot.cli.leaddata import Behind, in_full, read_behind
from entrepot.cli.leadnote import explain_lead
from entrepot.engine import open_engine
from entrepot.signals.detect import Findings
from entrepot.signals.lead import Lead
from entrepot.workspace import Figures

Told = tuple[Lead, Findings, Behind]
FREE_BOUGHT = [("KGZ", who, one, when, 900.0)
               for who in ("DEU", "FRA") for one in FREE for when in PERIODS]  # fmt: skip


def told(sold: Any = (), bought: Any = ()) -> Told:
    with open_engine("duckdb") as engine:
        flows = flows_of(engine, sold, bought)
        lead, found = kyrgyz(flows, engine)
        behind = read_behind(lead, found, Figures(flows, (), None, "made up"), MEASURES, engine)
        return lead, found, behind


def note(made: Told, width: int = 120) -> str:
    console = wide_console(io.StringIO())
    console.width = width
    explain_lead(console, made[0], made[1], MEASURES, made[2])
    return str(console.file.getvalue())  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def bare() -> Told:
    return told()


@pytest.fixture(scope="module")
def full() -> Told:
    onward = [one for one in sales("KGZ", "RUS", 10.0, 90_000.0) if one[3] != PERIODS[0]]
    hubs = [one for one in (*TO_KAZAKHSTAN, *ARMENIA) if one[3] != PERIODS[0] or one[0] != "KGZ"]
    return told([*onward, *hubs, *TO_RUSSIA], [*BOUGHT, *FREE_BOUGHT])


def test_the_note_holds_the_tests_by_heading_and_the_rest_at_the_end(bare: Told) -> None:
    text = " ".join(note(bare).split())
    heads = ["In figures", "Size and chance", "Shape and breadth", "The other legs",
             "Innocent explanations", "Could not be tested"]  # fmt: skip
    places = [text.index(head) for head in heads]
    assert places == sorted(places)
    assert "not testable" not in text
    assert "Needed: what the hub bought from the coalition" in text


def test_what_is_not_measured_is_named_and_never_a_number(bare: Told) -> None:
    text = " ".join(note(bare).split())
    assert "Not measured: Kyrgyzstan to Russia, above expectation; room for rerouting" in text
    assert "ln X" not in text
    data = in_full(*bare)
    for nothing in ("level_gaps", "second_hub", "onward", "arrived", "rerouted_low"):
        assert data[nothing] is None


def test_all_legs_stand_in_the_note(full: Told) -> None:
    text = " ".join(note(full).split())
    # 9 months of 90,000 for 10; the hub's imports are 9 x 500,000 with freight of 0 to 20 %.
    assert "by exports as reported by Kyrgyzstan EUR 810 k" in text
    assert "room for rerouting on all three legs EUR 810 k EUR 810 k" in text
    assert "4 EUR 4.50 m EUR 4.50 m EUR 0 +0.00 to +0.18 0 % to 17 %" in text
    assert "Is there a second hub between Kyrgyzstan and Russia? Kazakhstan:" in text
    assert "Not measured" not in text


def test_the_same_as_data(full: Told) -> None:
    data = in_full(*full)
    assert data["onward_excess"] == pytest.approx(9 * (90_000 - 10), abs=0.01)
    (heading, chapter) = data["level_gaps"]
    assert (heading["digits"], heading["codes"], heading["sign"]) == (4, ["8542"], 0)
    assert heading["log_high"] == pytest.approx(math.log(1.2))
    assert heading["missing_share_high"] == pytest.approx(1 - 1 / 1.2)
    assert chapter["codes"] == ["85"]
    assert data["second_hub"]["hub"] == "KAZ"
    assert data["second_hub"]["value"] == pytest.approx(9 * (150_000 - 100))
    assert data["onward"][0] == {"period": PERIODS[0], "value": None}
    assert data["onward"][-1] == {"period": PERIODS[-1], "value": 90_000.0}


def test_a_silent_period_is_marked_and_a_small_one_is_not_empty(full: Told) -> None:
    line = next(one for one in note(full).splitlines() if one.startswith("  onward"))
    bars = line.removeprefix("  onward").lstrip().split("  ")[0]
    assert bars == "·" + "▁" * 25 + "█" * 9


@pytest.mark.parametrize("width", [80, 120, 160])
def test_it_fits_the_screen(bare: Told, full: Told, width: int) -> None:
    for made in (bare, full):
        text = note(made, width)
        assert max(len(line.rstrip()) for line in text.splitlines()) <= width
        assert "…" not in text
