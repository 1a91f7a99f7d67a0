"""Money under the rules and flagged flows, as a person asks for them."""

from pathlib import Path

import pytest
from tests.cli.test_rules import HEAD, data, flows, own_folder, run

__all__ = ["flows", "own_folder"]


def test_exposure_on_the_shipped_figures_says_that_the_total_is_not_known() -> None:
    result = run("exposure", "BLR", "--as", "RUS", "--on", "2022-08-26")
    assert result.exit_code == 0
    assert "newly at stake: EUR 674 m to 1.75 bn" in result.stderr
    assert "Belarus, 2021-08 to 2022-07: of EUR 2.18 bn in these figures" in result.stderr
    assert "so the share of all sales to Belarus is not known" in result.stderr
    assert "Past trade, not a forecast" in result.stderr
    assert "section" in result.stdout


EUROSTAT = "REPORTER,PARTNER,PRODUCT,FLOW,STAT_PROCEDURE,PERIOD,VALUE_IN_EUR\n"
"""A layout of Eurostat: a plain flow file holds no row for all goods together."""


def test_exposure_on_a_file_with_all_trade_gives_the_share(tmp_path: Path) -> None:
    path = tmp_path / "eurostat.csv"
    sold = [("Germany", "880730", 60), ("France", "880730", 40), ("Germany", "TOTAL", 500),
            ("France", "TOTAL", 300)]  # fmt: skip
    lines = [f"{who},Belarus,{code},EXPORT,Total,2021-05,{value}\n" for who, code, value in sold]
    path.write_text(EUROSTAT + "".join(lines), "utf-8")
    words = ("exposure", "BLR", str(path), "--as", "RUS", "--on", "2022-08-26")
    (one,) = data(*words)
    assert (one["recorded"], one["total_trade"]) == (100.0, 800.0)
    told = run(*words).stderr
    assert "of all recorded sales to Belarus: EUR 800." in told
    assert "12 %" in told
    assert "not known" not in told


def test_exposure_of_an_own_file_worked_by_hand(flows: str) -> None:
    """Of 200 in single codes 160 is barred to Russia, and 60 of it (engines) to Belarus too."""
    words = ("exposure", "BLR", flows, "--as", "RUS", "--on", "2023-01-01")
    (one,) = data(*words)
    assert (one["period_from"], one["period_to"], one["total_trade"]) == ("2021", "2021", None)
    assert (one["recorded"], one["covered_low"], one["covered_high"]) == (200.0, 160.0, 160.0)
    assert (one["already_low"], one["already_high"]) == (60.0, 60.0)
    assert (one["at_stake_low"], one["at_stake_high"]) == (100.0, 100.0)
    assert [(row["reporter"], row["at_stake_low"]) for row in one["reporters"]] == [
        ("DEU", 60.0),
        ("FRA", 40.0),
    ]
    assert [row["commodity_code"] for row in one["goods"]] == ["880730", "840710"]
    assert "50 %" in run(*words).stderr


def test_exposure_looking_back_at_one_annex(flows: str) -> None:
    words = ["exposure", "BLR", flows, "--since", "2023-08-04", "--on", "2023-08-05"]
    (one,) = data(*words, "--annex", "XVII")
    assert (one["covered_high"], one["already_high"], one["at_stake_low"]) == (100.0, 0.0, 100.0)
    (every,) = data(*words)
    assert (every["covered_low"], every["already_low"], every["at_stake_low"]) == (
        160.0,
        60.0,
        100.0,
    )


def test_a_total_that_some_reporters_lack_gives_no_share(tmp_path: Path) -> None:
    """France publishes no total: 100 of German sales of 20 would be 500 %."""
    path = tmp_path / "half.csv"
    sold = [("Germany", "0201", 10), ("Germany", "TOTAL", 20), ("France", "880730", 100)]
    lines = [f"{who},Belarus,{code},EXPORT,Total,2021-05,{value}\n" for who, code, value in sold]
    path.write_text(EUROSTAT + "".join(lines), "utf-8")
    told = run("exposure", "BLR", str(path), "--as", "RUS", "--on", "2022-08-26").stderr
    assert "500 %" not in told


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("", "2021-09", "2022-08"),
        ("2021", "2021-01", "2021-12"),
        ("2021-11:2022-02", "2021-11", "2022-02"),
        ("2022-12:2024", "2022-12", "2023-06"),
        ("2022-03", "2022-03", "2022-03"),
    ],
)
def test_the_window_of_the_figures(tmp_path: Path, period: str, first: str, last: str) -> None:
    months = [f"{year}-{month:02}" for year in (2020, 2021, 2022) for month in range(1, 13)]
    months += [f"2023-{month:02}" for month in range(1, 7)]
    path = tmp_path / "months.csv"
    path.write_text(HEAD + "".join(f"DE,BY,X,880730,{one},10\n" for one in months), "utf-8")
    words = ["exposure", "BLR", str(path), "--as", "RUS", "--on", "2022-09-01"]
    (one,) = data(*words, *(["--period", period] if period else []))
    assert (one["period_from"], one["period_to"]) == (first, last)
    size = months.index(last) - months.index(first) + 1
    assert one["recorded"] == 10 * size


@pytest.mark.parametrize("period", ["", "2021", "2020:2021-12"])
def test_a_year_and_its_months_are_never_added_up(tmp_path: Path, period: str) -> None:
    """A publisher's year beside its own months, as two imports may hold them."""
    path = tmp_path / "both.csv"
    lines = ["DE,BY,X,880730,2021,120\n"]
    lines += [f"DE,BY,X,880730,2021-{month:02},10\n" for month in range(1, 13)]
    path.write_text(HEAD + "".join(lines), "utf-8")
    words = ["exposure", "BLR", str(path), "--as", "RUS", "--on", "2022-08-26"]
    (one,) = data(*words, *(["--period", period] if period else []))
    assert one["recorded"] == 120


def test_flows_against_the_rules_of_their_own_day(flows: str) -> None:
    rows = {(r["partner"], r["commodity_code"], r["answer"]): r for r in data("flows", flows)}
    assert set(rows) == {("RUS", "880730", "possible"), ("RUS", "880730", "prohibited")}
    sure = rows["RUS", "880730", "prohibited"]
    assert (sure["period_from"], sure["value_eur"], sure["rows"]) == ("2023", 9.0, 1)
    assert sure["because"]["article"] == "3c(1)"
    assert "2 flows of 2 kinds are flagged" in run("flows", flows).stderr
    assert data("flows", flows, "--regime", "CH") == []  # sellers of the EU are not under it


def test_figures_without_a_restricted_good(tmp_path: Path) -> None:
    path = tmp_path / "meat.csv"
    path.write_text(f"{HEAD}DE,BY,X,0201,2021,10\n", "utf-8")
    assert data("flows", str(path)) == []
    assert run("flows", str(path)).exit_code == 0
    (one,) = data("exposure", "BLR", str(path), "--as", "RUS", "--on", "2022-08-26")
    assert (one["goods"], one["at_stake_high"], one["recorded"]) == ([], 0.0, 10.0)
    result = run("exposure", "BLR", str(path), "--as", "RUS", "--on", "2022-08-26")
    assert result.exit_code == 0
    assert "0 %" in result.stderr


def test_out_never_destroys_the_figures(flows: str) -> None:
    before = Path(flows).read_bytes()
    for words in (["flows", flows], ["exposure", "BLR", flows, "--as", "RUS"]):
        for kind in ("csv", "table"):
            assert run(*words, "--format", kind, "--out", flows).exit_code == 1
            assert Path(flows).read_bytes() == before


def test_where_exporters_are_silent_the_hub_itself_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "mirror.csv"
    lines = ["BY,DE,M,880730,2021,70\n", "BY,US,M,880730,2021,500\n", "KZ,DE,M,880730,2021,900\n"]
    path.write_text(HEAD + "".join(lines), "utf-8")
    words = ["exposure", "BLR", str(path), "--as", "RUS", "--on", "2022-08-26"]
    (one,) = data(*words)
    assert (one["recorded"], one["at_stake_low"], one["is_mirror"]) == (70, 70, True)
    assert [row["reporter"] for row in one["reporters"]] == ["DEU"]
    assert "From the import figures of Belarus" in run(*words).stderr
    path.write_text(HEAD + lines[0] + "DE,BY,X,880730,2021,60\n", "utf-8")
    (one,) = data(*words)
    assert (one["recorded"], one["is_mirror"]) == (60, False)
