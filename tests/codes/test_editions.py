import importlib.util
import subprocess
import sys
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.codes import editions
from entrepot.errors import CodeError

BASKETS = {
    4: {"8803,8807", "8107,8112"},
    6: {
        "880310,880710",
        "880320,880720",
        "880330,880730",
        "880390,880790",
        "851712,851713,851714",
        "851770,851771,851779",
        "854140,854141,854142,854143,854149",
        "854150,854151,854159",
        "870120,870121,870122,870123,870124,870129",
    },
    8: {"88033000,88073000", "88031000,88071000", "85415000,85415100,85415900"},
}


def baskets(level: int, first: str, last: str) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in editions.chains(level, first, last).to_pylist():
        found.setdefault(row["basket_code"], []).append(row)
    return found


@pytest.mark.parametrize("level", [4, 6, 8])
def test_known_baskets_over_2022(level: int) -> None:
    table = editions.chains(level, "2020-01", "2022-11")
    members = set(table["members"].to_pylist())
    assert BASKETS[level] <= members
    if level == 4:
        assert members == BASKETS[4]


def test_tractors_by_cn() -> None:
    rows = {row["commodity_code"]: row for row in editions.chains(8, "2021", "2022").to_pylist()}
    assert rows["87012110"]["members"].startswith("87012010,87012090,87012110")


@pytest.mark.parametrize(
    ("level", "first", "last", "codes", "count", "biggest"),
    [
        (4, "2020", "2022", 4, 2, 2),
        (6, "2020", "2022", 425, 117, 25),
        (8, "2020", "2022", 834, 268, 26),
        (8, "2017", "2025", 1166, 339, 27),
    ],
)
def test_sizes(level: int, first: str, last: str, codes: int, count: int, biggest: int) -> None:
    found = baskets(level, first, last)
    assert sum(map(len, found.values())) == codes
    assert len(found) == count
    assert max(map(len, found.values())) == biggest <= 30


@pytest.mark.parametrize("level", [4, 6, 8])
@pytest.mark.parametrize(("first", "last"), [("2012", "2025"), ("2020", "2022"), ("1996", "2022")])
def test_baskets_are_disjoint_and_closed(level: int, first: str, last: str) -> None:
    seen: set[str] = set()
    for key, rows in baskets(level, first, last).items():
        codes = [row["commodity_code"] for row in rows]
        assert codes == sorted(set(codes))
        assert key in codes
        assert not seen & set(codes)
        seen |= set(codes)
        assert {row["members"] for row in rows} == {",".join(codes)}
        assert all(len(code) == level for code in codes)
        assert len({row["changed_on"] for row in rows}) == 1


@pytest.mark.parametrize("level", [6, 8])
def test_a_basket_leaves_a_heading_only_when_all_heirs_did(level: int) -> None:
    """A code of 2021 with an heir in its own heading has no heir elsewhere."""
    heirs: dict[str, set[str]] = {}
    for link in editions.links():
        if link.level == level and link.old and link.old != link.new:
            heirs.setdefault(f"{link.year} {link.old}", set()).add(link.new[:4])
    for key, headings in heirs.items():
        assert key[5:9] not in headings or headings == {key[5:9]}, key


def test_no_chain_where_no_edition_changed() -> None:
    assert editions.chains(6, "2022-01", "2025-12").num_rows == 0
    assert editions.chains(6, "2017", "2021").num_rows == 0
    assert editions.chains(2, "1996", "2025").num_rows == 0
    assert editions.chains(10, "1996", "2025").num_rows == 0
    assert editions.chains(8, "2022-01", "2023-01").num_rows > 0
    assert editions.chains(6, "2020", "2022").schema == editions.SCHEMA


def test_unknown_level_and_period() -> None:
    with pytest.raises(CodeError, match="got level 5"):
        editions.chains(5, "2020", "2022")
    with pytest.raises(CodeError):
        editions.chains(6, "2020-13", "2022")


def test_born_codes() -> None:
    assert editions.born_codes(4, "2022") >= {"8806", "8524", "8549"}
    assert editions.born_codes(4, "2022-08") == editions.born_codes(4, "2022")
    assert "880622" in editions.born_codes(6, "2022")
    assert not {"880730", "851713", "854151"} & editions.born_codes(6, "2022")
    assert editions.born_codes(8, "2021-05") != editions.born_codes(8, "2022-05")
    assert editions.born_codes(2, "2022") == frozenset()


def test_expand() -> None:
    assert {"8807", "8803", "880330"} <= editions.expand("8807")
    assert {"88073000", "880330"} <= editions.expand("88073000")
    assert {"8803", "8807", "880730"} <= editions.expand("8803")
    assert editions.expand("88") == {"88"}
    assert editions.expand("8542") == {"8542"}
    assert not any(code.startswith("8517") for code in editions.expand("854151"))


def test_kin_says_what_lies_wholly_inside() -> None:
    assert editions.kin("8807")["8803"] is True
    assert editions.kin("880730")["8803"] is False
    assert editions.kin("880730")["880330"] is True
    assert editions.kin("854141")["854140"] is False
    assert editions.kin("854140")["854141"] is True
    # An heir that lived before has goods of its own.
    assert editions.kin("911410")["911490"] is False
    assert editions.kin("911490")["911410"] is True


def test_a_number_used_again_is_not_followed_to_its_old_heirs() -> None:
    assert not any(code.startswith("8523") for code in editions.expand("8524"))


LINKED = sorted({code for link in editions.links() if link.old for code in (link.old, link.new)})


@given(st.sampled_from(LINKED), st.sampled_from([2, 4, 6, 8]))
def test_whole_kin_of_a_prefix_is_kin_of_a_shorter_one(code: str, digits: int) -> None:
    """What lies wholly inside a code lies inside, or begins with, each code above it."""
    above = code[:digits]
    for other, inside in editions.kin(code).items():
        if inside and not other.startswith(above) and len(code) >= digits:
            assert editions.kin(above).get(other) is True, (code, other)


@given(st.sampled_from([link for link in editions.links() if link.old and link.year >= 2017]))
def test_both_ends_of_a_link_see_each_other(link: editions.Link) -> None:
    if link.old != link.new:
        assert any(link.old.startswith(code) for code in editions.expand(link.new))


@pytest.mark.shared
def test_codes_of_real_figures_are_chained(shared: Path) -> None:
    """Codes first seen in 2022 in real figures are chained, born, or merely rare."""
    table = pq.read_table(shared / "trade/eu_exports_monthly_cn8_2020_2022.parquet")
    table = table.filter(pc.equal(table["level"], 8))
    year = pc.utf8_slice_codeunits(table["period"], 0, 4)
    before = set(table["code"].filter(pc.less(year, "2022")).to_pylist())
    after = set(table["code"].filter(pc.equal(year, "2022")).to_pylist())
    known = set(editions.chains(8, "2020", "2022")["commodity_code"].to_pylist())
    known |= editions.born_codes(8, "2022")
    assert len(after - before) == 69
    assert after - before - known == {"37061020", "70042091"}  # both existed, without trade


@pytest.mark.shared
def test_builder_makes_what_ships(shared: Path, tmp_path: Path) -> None:
    script = Path(__file__).parents[2] / "tools" / "build_codes.py"
    files = shared / "reference"
    command = [
        *(sys.executable, str(script), "--out", str(tmp_path)),
        *("--hs", str(files / "HS_consolidated_comtrade_concordances.csv")),
        *("--cn", str(files / "CN_concordances_1988_2025.xls")),
        *("--labels", str(files / "hs2022.csv")),
    ]
    subprocess.run(command, check=True)
    spec = importlib.util.find_spec("entrepot.codes")
    assert spec is not None
    assert spec.origin is not None
    shipped = Path(spec.origin).parent / "data" / "links.csv"
    assert (tmp_path / "links.csv").read_bytes() == shipped.read_bytes()


@pytest.mark.shared
@pytest.mark.parametrize(
    ("partner", "eur_m"),
    [
        ("KG", (0.06, 0.15, 1.33)),
        ("GE", (0.70, 1.40, 3.67)),
        ("KZ", (13.44, 18.07, 8.82)),
        ("BY", (1.73, 1.89, 0.17)),
        ("RU", (287.2, 233.9, 2.0)),
    ],
)
def test_aircraft_parts_over_the_change(
    shared: Path, partner: str, eur_m: tuple[float, ...]
) -> None:
    """March to November, million euro, counted by hand from the file: one series, no jump."""
    baskets_4 = editions.chains(4, "2020-01", "2022-11").to_pylist()
    members = {row["commodity_code"]: row["members"] for row in baskets_4}["8807"].split(",")
    table = pq.read_table(
        shared / "trade/eu_exports_monthly_cn8_2020_2022.parquet",
        filters=[("level", "==", 4), ("partner", "==", partner), ("code", "in", members)],
    ).to_pylist()
    for year, expected in zip(("2020", "2021", "2022"), eur_m, strict=True):
        months = {f"{year}-{month:02d}" for month in range(3, 12)}
        total = sum(row["value_eur"] for row in table if row["period"] in months)
        assert total / 1e6 == pytest.approx(expected, abs=0.06)
