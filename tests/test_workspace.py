"""The workspace: which figures are used, overlaps, the run log."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from entrepot.engine import open_engine
from entrepot.errors import RequestError, WorkspaceError
from entrepot.signals.detect import detect
from entrepot.signals.question import Question
from entrepot.sources.store import import_file
from entrepot.workspace import Recalled, Workspace, one_lead, rules

HEADER = "reporter,partner,flow,commodity_code,period,value_eur\n"
MONTHS = [f"{year}-{month:02}" for year in (2020, 2021, 2022) for month in range(1, 13)]


def flow_file(path: Path, scale: int = 1, months: list[str] = MONTHS) -> Path:
    rows = []
    for i, month in enumerate(months):
        after = month >= "2022-03"
        rows.append(f"DE,RU,X,8542,{month},{1_000 if after else 900_000}")
        rows.append(f"DE,KG,X,8542,{month},{scale * (90_000 if after else 100 + i)}")
        rows.extend(f"DE,KG,X,61{good:02},{month},{5_000 + 37 * (i % 5)}" for good in range(1, 18))
    path.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def at(hour: int) -> datetime:
    return datetime(2026, 1, 1, hour, tzinfo=UTC)


def test_without_imports_the_shipped_figures_are_used_and_said(tmp_path: Path) -> None:
    with open_engine() as engine:
        figures = Workspace(tmp_path).figures(engine)
        assert figures.about is not None
        assert figures.about.period_to == "2022-11"


def test_a_cell_in_two_files_counts_once_and_the_latest_wins(tmp_path: Path) -> None:
    old = import_file(flow_file(tmp_path / "old.csv"), tmp_path / "w", retrieved_at=at(1))
    new_file = flow_file(tmp_path / "new.csv", scale=2, months=MONTHS[24:])
    new = import_file(new_file, tmp_path / "w", retrieved_at=at(2))
    with open_engine() as engine:
        figures = Workspace(tmp_path / "w").figures(engine)
        assert figures.overlaps
        rows = engine.fetch(figures.flows).to_pylist()
        sold = {
            (row["period"], row["file_id"]): row["value_eur"]
            for row in rows
            if (row["partner"], row["commodity_code"]) == ("KGZ", "8542")
        }
        assert len(sold) == len(MONTHS)
        assert sold["2022-03", new.file_id] == 180_000
        assert ("2021-12", old.file_id) in sold
        assert len(rows) == old.kept


def test_the_order_of_files_decides_when_they_are_named(tmp_path: Path) -> None:
    ids = [
        import_file(
            flow_file(tmp_path / f"{scale}.csv", scale=scale), tmp_path / "w", retrieved_at=at(1)
        ).file_id
        for scale in (1, 2)
    ]
    for order, expected in ((ids, 180_000), (ids[::-1], 90_000)):
        with open_engine() as engine:
            flows = Workspace(tmp_path / "w").figures(engine, order).flows
            kept = flows.filter(flows.period == "2022-03", flows.commodity_code == "8542")
            rows = engine.fetch(kept.filter(kept.partner == "KGZ")).to_pylist()
        assert [row["value_eur"] for row in rows] == [expected]


def test_dollars_of_a_later_file_do_not_erase_euro_of_an_earlier_one(tmp_path: Path) -> None:
    euro = import_file(flow_file(tmp_path / "e.csv"), tmp_path / "w", retrieved_at=at(1))
    text = (tmp_path / "e.csv").read_text(encoding="utf-8").replace("value_eur", "value_usd")
    (tmp_path / "d.csv").write_text(text, encoding="utf-8")
    dollar = import_file(tmp_path / "d.csv", tmp_path / "w", retrieved_at=at(2))
    with open_engine() as engine:
        rows = engine.fetch(
            Workspace(tmp_path / "w").figures(engine, [euro.file_id, dollar.file_id]).flows
        ).to_pylist()
    assert sum(row["value_eur"] is not None for row in rows) == euro.kept
    assert sum(row["value_usd"] is not None for row in rows) == dollar.kept
    assert len(rows) == euro.kept + dollar.kept


def test_an_import_does_not_replace_an_export(tmp_path: Path) -> None:
    one = flow_file(tmp_path / "x.csv")
    mirrored = one.read_text(encoding="utf-8").replace(",X,", ",M,")
    (tmp_path / "m.csv").write_text(mirrored, encoding="utf-8")
    for hour, name in enumerate(("x.csv", "m.csv")):
        import_file(tmp_path / name, tmp_path / "w", retrieved_at=at(hour))
    with open_engine() as engine:
        figures = Workspace(tmp_path / "w").figures(engine)
        counted = engine.fetch(figures.flows.group_by("flow").agg(rows=figures.flows.count()))
    rows = {row["flow"]: row["rows"] for row in counted.to_pylist()}
    assert rows["X"] == rows["M"] > 0


def test_files_that_share_their_last_month_overlap(tmp_path: Path) -> None:
    for name, months in (("a", MONTHS[:12]), ("b", MONTHS[11:])):
        file = flow_file(tmp_path / f"{name}.csv", months=months)
        import_file(file, tmp_path / "w", retrieved_at=at(1))
    with open_engine() as engine:
        assert Workspace(tmp_path / "w").figures(engine).overlaps


def test_the_latest_run_is_recalled_and_a_changed_measure_file_is_told(tmp_path: Path) -> None:
    import_file(flow_file(tmp_path / "a.csv"), tmp_path / "w", retrieved_at=at(1))
    workspace = Workspace(tmp_path / "w")
    own = tmp_path / "own.csv"
    own.write_text("commodity_code,destination,valid_from\n8542,RU,2022-02-26\n", "utf-8")
    for fdr, measure_file in ((0.2, None), (0.3, own)):
        question = Question.ask(fdr=fdr)
        with open_engine() as engine:
            figures = workspace.figures(engine)
            measures = rules(question, measure_file)
            found = detect(figures.flows, measures, question, engine)
        workspace.note_run(question, figures, measure_file, found, 0.1)
    lead = next(one for one in found.leads if one.commodity_code == "8542")
    recalled = workspace.recall(lead.lead_id)
    assert recalled is not None
    assert (recalled.question.fdr, recalled.measure_file) == (0.3, own)
    own.write_text("commodity_code,destination,valid_from\n8542,RU,2022-03-26\n", "utf-8")
    with pytest.raises(RequestError, match=r"own\.csv, which is gone or was changed"):
        workspace.recall(lead.lead_id)


def test_files_apart_in_time_do_not_overlap(tmp_path: Path) -> None:
    for name, months in (("a", MONTHS[:12]), ("b", MONTHS[12:])):
        file = flow_file(tmp_path / f"{name}.csv", months=months)
        import_file(file, tmp_path / "w", retrieved_at=at(1))
    with open_engine() as engine:
        assert not Workspace(tmp_path / "w").figures(engine).overlaps


def test_a_run_is_logged_and_a_lead_recalled(tmp_path: Path) -> None:
    import_file(flow_file(tmp_path / "a.csv"), tmp_path / "w", retrieved_at=at(1))
    workspace = Workspace(tmp_path / "w")
    question = Question.ask(hubs=("KG",), fdr=0.2)
    with open_engine() as engine:
        figures = workspace.figures(engine)
        found = detect(figures.flows, rules(question), question, engine)
    workspace.note_run(question, figures, None, found, 0.1)
    lead = next(one for one in found.leads if one.commodity_code == "8542")
    assert workspace.recall(lead.lead_id) == Recalled(question, figures.inputs, None)
    assert workspace.recall(f" {lead.lead_id.upper()}") == Recalled(question, figures.inputs, None)
    assert workspace.recall("lea_000000000000") is None
    assert one_lead(found, lead.lead_id) == lead
    assert one_lead(found, f" {lead.lead_id.upper()} ") == lead
    with pytest.raises(RequestError, match="not among the"):
        one_lead(found, "lea_000000000000")
    with pytest.raises(RequestError, match="expected lea_ and twelve signs"):
        one_lead(found, "8542")


def test_damaged_figures_are_told(tmp_path: Path) -> None:
    summary = import_file(flow_file(tmp_path / "a.csv"), tmp_path / "w", retrieved_at=at(1))
    stored = tmp_path / "w" / "flows" / f"{summary.file_id}.parquet"
    stored.chmod(0o644)
    stored.write_bytes(stored.read_bytes()[:100])
    with open_engine() as engine, pytest.raises(WorkspaceError, match="missing or damaged"):
        Workspace(tmp_path / "w").figures(engine)


def test_a_run_log_of_another_form_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "runs").mkdir()
    (tmp_path / "runs" / "run_1.json").write_text("{}", encoding="utf-8")
    assert Workspace(tmp_path).recall("lea_000000000000") is None


def test_an_unknown_file_is_told(tmp_path: Path) -> None:
    with open_engine() as engine, pytest.raises(RequestError, match="not in the workspace"):
        Workspace(tmp_path).figures(engine, ["0" * 64])


def test_rules_follow_the_coalition(tmp_path: Path) -> None:
    assert set(rules(Question.ask())["regime"].to_pylist()) == {"EU"}
    with pytest.raises(RequestError, match="hold nothing that binds exporters of Japan"):
        rules(Question.ask(coalition="Japan"))
