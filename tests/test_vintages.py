"""Figures as of an earlier day: two vintages of one world, on both engines.

Germany sells 8542 to Kyrgyzstan. The vintage of 16 September 2022 ends with July; that of 13
January 2023 ends with November and has every value doubled.
"""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.signals.conftest import engine

from entrepot.cli import main
from entrepot.engine import Engine, open_engine
from entrepot.errors import RequestError
from entrepot.signals.question import Question
from entrepot.sources.store import Published, import_file
from entrepot.workspace import Figures, Workspace, shipped_figures

__all__ = ["engine"]

HEADER = "reporter,partner,flow,commodity_code,period,value_eur\n"
MONTHS = [f"{year}-{month:02}" for year in (2020, 2021, 2022) for month in range(1, 13)]
SEPTEMBER, JANUARY = date(2022, 9, 16), date(2023, 1, 13)
OCTOBER = date(2022, 10, 1)


def write(path: Path, last: str, scale: int, flow: str = "X") -> Path:
    """8542: 1,000 a month before March 2022 and 90,000 after, times scale; and seventeen free."""
    rows = []
    for i, month in enumerate(month for month in MONTHS if month <= last):
        after = month >= "2022-03"
        rows.append(f"DE,RU,{flow},8542,{month},{scale * (1_000 if after else 900_000)}")
        rows.append(f"DE,KG,{flow},8542,{month},{scale * (90_000 if after else 1_000)}")
        rows += [
            f"DE,KG,{flow},61{good:02},{month},{scale * (5_000 + 37 * (i % 5))}"
            for good in range(1, 18)
        ]
    path.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return path


class World:
    """A workspace, and a way to bring one vintage into it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.workspace = Workspace(folder / "w")
        self.hour = 0

    def bring(
        self, name: str, last: str, scale: int, day: date | None, by: str | None = "Eurostat",
        flow: str = "X",
    ) -> str:  # fmt: skip
        self.hour += 1
        path = write(self.folder / f"{name}.csv", last, scale, flow)
        now = datetime(2026, 1, 1, self.hour, tzinfo=UTC)
        published = Published(day, by)
        return import_file(path, self.workspace.root, retrieved_at=now, published=published).file_id

    def old(self) -> str:
        return self.bring("old", "2022-07", 1, SEPTEMBER)

    def new(self) -> str:
        return self.bring("new", "2022-11", 2, JANUARY)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def rows(figures: Figures, engine: Engine) -> list[tuple[object, ...]]:
    columns = ("reporter", "partner", "flow", "commodity_code", "period", "value_eur")
    table = engine.fetch(figures.flows.select(*columns)).to_pylist()
    return sorted(tuple(str(row[name]) for name in columns) for row in table)


def values(figures: Figures, engine: Engine) -> dict[str, float]:
    """Months of 8542 to Kyrgyzstan."""
    flows = figures.flows
    kept = flows.filter(flows.partner == "KGZ", flows.commodity_code == "8542")
    found = engine.fetch(kept.select("period", "value_eur")).to_pylist()
    return {row["period"]: float(row["value_eur"]) for row in found}


def test_a_later_vintage_changes_no_earlier_answer(engine: Engine, world: World) -> None:
    old = world.old()
    before = world.workspace.figures(engine, as_of=OCTOBER)
    told = rows(before, engine)
    world.new()
    after = world.workspace.figures(engine, as_of=OCTOBER)
    assert rows(after, engine) == told
    assert after.inputs == before.inputs == (old,)
    assert values(after, engine)["2022-07"] == 90_000
    assert max(values(after, engine)) == "2022-07"
    assert after.vintage is not None
    assert not after.vintage.is_approximate
    assert after.vintage.period_to == "2022-07"
    assert after.vintage.sentences == (
        "As of 2022-10-01: figures to 2022-07 are used, the last that were out by then.",
        "Not used, as published later or not out by then: new.csv (2023-01-13).",
    )


def test_once_both_are_out_the_latest_of_each_cell_counts(engine: Engine, world: World) -> None:
    """The older was imported last; its day of publication decides, not its import."""
    world.new()
    world.old()
    figures = world.workspace.figures(engine, as_of=JANUARY)
    assert values(figures, engine)["2022-07"] == values(figures, engine)["2022-11"] == 180_000
    assert len(values(figures, engine)) == 35
    assert values(world.workspace.figures(engine), engine)["2022-07"] == 180_000


def test_without_a_file_of_the_time_the_nearest_is_cut_to_what_was_due(
    engine: Engine, world: World
) -> None:
    """By 1 July 2022 April was due (20 June), May was not (21 July)."""
    world.old()
    early = date(2022, 7, 1)
    before = rows(world.workspace.figures(engine, as_of=early), engine)
    world.new()
    figures = world.workspace.figures(engine, as_of=early)
    assert rows(figures, engine) == before
    assert max(values(figures, engine)) == "2022-04"
    assert values(figures, engine)["2022-04"] == 90_000
    assert figures.vintage is not None
    assert figures.vintage.is_approximate
    assert figures.vintage.sentences == (
        "As of 2022-07-01: figures to 2022-04 are used, the last that were out by then.",
        "A month of Eurostat counts as published 50 days after its end.",
        "Approximate: revisions made since are in it (figures as published on 2022-09-16).",
        "Not used, as published later or not out by then: new.csv (2023-01-13).",
    )


def test_a_file_of_unknown_day_and_publisher_gets_the_longest_delay(
    engine: Engine, world: World
) -> None:
    """180 days: by 1 July 2022 December 2021 was due, on 30 June, and January was not."""
    world.bring("mine", "2022-07", 1, None, None)
    figures = world.workspace.figures(engine, as_of=date(2022, 7, 1))
    assert max(values(figures, engine)) == "2021-12"
    assert figures.vintage is not None
    _, why, rough = figures.vintage.sentences
    assert "Who published mine.csv and when is not known, so the longest delay is taken" in why
    assert "180 days after its end" in why
    assert rough.startswith("Approximate: revisions made since are in it (figures as published on")
    assert "an unknown day" in rough


def test_imports_of_a_later_day_stand_beside_exports_of_the_time(
    engine: Engine, world: World
) -> None:
    world.old()
    world.bring("mirror", "2022-11", 3, JANUARY, flow="M")
    found = rows(world.workspace.figures(engine, as_of=OCTOBER), engine)
    last = {flow: max(row[4] for row in found if row[2] == flow) for flow in ("X", "M")}
    assert last == {"X": "2022-07", "M": "2022-07"}  # July was due on 20 September


def test_years_are_cut_as_years(engine: Engine, world: World) -> None:
    """BACI of 2020 counts from 28 February 2022 (1 January 2021 and 424 days)."""
    path = world.folder / "years.csv"
    lines = [f"DE,KG,X,8542,{year},5" for year in (2019, 2020, 2021)]
    path.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    said = Published(date(2024, 4, 9), "CEPII (BACI)")
    now = datetime(2026, 1, 1, tzinfo=UTC)
    import_file(path, world.workspace.root, retrieved_at=now, published=said)
    for day, last in ((date(2022, 3, 1), "2020"), (date(2022, 2, 28), "2019")):
        figures = world.workspace.figures(engine, as_of=day)
        assert max(values(figures, engine)) == last
        assert figures.vintage is not None
        assert figures.vintage.period_to == last
        assert "A year of CEPII (BACI) counts as published 424 days" in figures.vintage.sentences[1]


def test_nothing_out_by_then_is_told(world: World) -> None:
    world.old()
    with (
        open_engine() as engine,
        pytest.raises(RequestError, match="none of the 1 files was out by 2020-01-31"),
    ):
        world.workspace.figures(engine, as_of=date(2020, 1, 31))


def test_leads_of_a_day_stay_when_a_newer_vintage_comes(world: World) -> None:
    world.old()
    question = Question.ask(as_of=OCTOBER, hubs=("KG",))
    before = world.workspace.leads(question)
    world.new()
    after = world.workspace.leads(question)
    assert before.leads == after.leads
    assert before.panel.periods[-1] == "2022-07"
    latest = world.workspace.leads(Question.ask(hubs=("KG",)))
    assert latest.panel.periods[-1] == "2022-11"


@pytest.mark.parametrize(
    ("day", "last", "is_approximate"),
    [
        (date(2022, 7, 1), "2022-04", True),
        (date(2023, 1, 12), "2022-10", True),
        (date(2023, 1, 13), "2022-11", False),
        (date(2019, 1, 1), None, True),
    ],
)
def test_the_shipped_figures_are_cut_until_they_were_out(
    engine: Engine, day: date, last: str | None, is_approximate: bool
) -> None:
    figures = shipped_figures(engine, day)
    found = engine.fetch(figures.flows.aggregate(last=figures.flows.period.max())).to_pylist()
    assert found == [{"last": last}]
    assert figures.vintage is not None
    assert (figures.vintage.period_to, figures.vintage.is_approximate) == (last, is_approximate)
    if last is None:
        assert "none of these figures was out by then" in figures.vintage.sentences[0]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_leads_say_the_last_month_and_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("leads", "--as-of", "2022-09-21", "--all", "--hub", "KG", "--format", "jsonl")
    assert done.exit_code == 0, done.stderr
    told = " ".join(done.stderr.split())
    assert "As of 2022-09-21: figures to 2022-07 are used" in told
    assert "A month of Eurostat counts as published 50 days after its end." in told
    assert "Approximate: revisions made since are in it" in told
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert max(row["period_to"] for row in found if row["period_to"]) == "2022-07"
    explained = run("explain", found[0]["lead_id"], "--format", "json")
    assert json.loads(explained.stdout)[0]["actual"] == found[0]["actual"]
    assert "figures to 2022-07" in " ".join(explained.stderr.split())
