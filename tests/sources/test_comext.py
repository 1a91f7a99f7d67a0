"""Comext bulk files, bare and in 7z, and the Relational View."""

from decimal import Decimal

import py7zr
import pytest
from making import text_file

from entrepot.errors import SourceError
from entrepot.sources import packed

V2 = (
    "REPORTER,PARTNER,TRADE_TYPE,PRODUCT_NC,PRODUCT_SITC,PRODUCT_CPA21,PRODUCT_CPA22,PRODUCT_BEC,"
    "PRODUCT_BEC5,PRODUCT_SECTION,FLOW,STAT_PROCEDURE,SUPPL_UNIT,PERIOD,VALUE_EUR,VALUE_NAC,"
    "QUANTITY_KG,QUANTITY_SUPPL_UNIT\n"
)
OLDER = (
    "DECLARANT,DECLARANT_ISO,PARTNER,PARTNER_ISO,TRADE_TYPE,PRODUCT_NC,PRODUCT_SITC,FLOW,"
    "STAT_REGIME,SUPP_UNIT,PERIOD,VALUE_IN_EUROS,QUANTITY_IN_KG,SUP_QUANTITY\n"
)
RELATIONAL = "REPORTER,PARTNER,PRODUCT,FLOW,STAT_PROCEDURE,PERIOD,VALUE_IN_EUR,p,V\n"


def v2(
    reporter="DE", partner="KG", code="88073000", flow=2, procedure=1, period=202208, value="1500"
):
    return (
        f"{reporter},{partner},E,{code},79295,3030,3030,521,521000,17,{flow},{procedure},NAR,"
        f"{period},{value},{value},12.5,3\n"
    )


def test_the_layout_of_today(tmp_path, bring, kept):
    summary = bring(text_file(tmp_path, V2 + v2() + v2(procedure=2) + v2("EL", "XS", flow=1)))
    rows = kept(summary)
    assert summary.format == "comext"
    assert [(r["reporter"], r["partner"], r["flow"], r["customs_procedure"]) for r in rows] == [
        ("DEU", "KGZ", "X", "1"),
        ("DEU", "KGZ", "X", "2"),
        ("GRC", "SRB", "M", "1"),
    ]
    first = rows[0]
    assert (first["period"], first["hs_edition"], first["locator"]) == ("2022-08", "2022", "line 2")
    assert (first["value_eur"], first["net_mass_kg"]) == (Decimal("1500.00"), 12.5)
    assert (first["quantity"], first["quantity_unit"]) == (3.0, "NAR")


def test_the_older_layout(tmp_path, bring, kept):
    text = OLDER + "4,DE,79,UZ,E,88033000,79295,2,4,p/st,201908,77,1.5,\n"
    summary = bring(text_file(tmp_path, text, "full201908.dat"))
    [row] = kept(summary)
    assert summary.format == "comext-older"
    assert (row["reporter"], row["partner"], row["hs_edition"]) == ("DEU", "UZB", "2017")
    assert (row["quantity"], row["customs_procedure"]) == (None, "4")


ODD = [
    (v2(code="88XXXXXX"), "confidential or residual code"),
    (v2(code="8807SSXX"), "confidential or residual code"),
    (v2(code="99RRR100"), "confidential or residual code"),
    (v2(partner="QX"), "not a country"),
    (v2(partner="XI"), "a part of a country"),
    (v2(partner="EXT_EU"), "a group of countries"),
    (v2(period="202213"), "period does not exist"),
    (v2(value=""), "empty required field"),
    ('DE,"KG"' + v2()[5:], "unknown country"),
]


@pytest.mark.parametrize(("line", "reason"), ODD)
def test_odd_rows_are_refused(tmp_path, bring, kept, refused, line, reason):
    summary = bring(text_file(tmp_path, V2 + v2() + line + v2(partner="AM")))
    assert [r["locator"] for r in kept(summary)] == ["line 2", "line 4"]
    assert [(r["locator"], r["reason"]) for r in refused(summary)] == [("line 3", reason)]


def test_confidential_rows_are_counted_by_chapter(tmp_path, bring):
    text = V2 + v2() + v2(code="88XXXXXX") + v2(code="8807SSXX") + v2(code="99RRR100")
    assert bring(text_file(tmp_path, text)).confidential_by_chapter == {"88": 2, "99": 1}


def test_not_available_a_year_and_totals(tmp_path, bring, kept):
    text = V2 + v2(value=":") + v2(period=202252) + v2(code="TOTAL")
    summary = bring(text_file(tmp_path, text))
    assert (summary.rows_read, summary.kept, summary.not_available) == (3, 2, 1)
    assert summary.totals == 1
    assert [(r["period"], r["commodity_code"], r["level"]) for r in kept(summary)] == [
        ("2022", "88073000", 8),
        ("2022-08", "TOTAL", 0),
    ]


def test_line_numbers_hold_over_blocks_with_planted_bad_lines(
    tmp_path, bring, kept, refused, monkeypatch
):
    monkeypatch.setattr("entrepot.engine.encoding.BLOCK_BYTES", 300)
    lines, bad, blank = [], set(), set()
    for n in range(2, 400):
        if n % 37 == 0:
            lines.append("DE,KG,short\n")
            bad.add(n)
        elif n % 41 == 0:
            lines.append("\n")
            blank.add(n)
        else:
            lines.append(v2(code=f"{10000000 + n}"))
    summary = bring(text_file(tmp_path, V2 + "".join(lines)))
    for row in kept(summary):
        assert row["locator"] == f"line {int(row['commodity_code']) - 10000000}"
    assert {r["locator"] for r in refused(summary)} == {f"line {n}" for n in bad}
    assert summary.rows_read == 398 - len(blank)


def pack(path, members):
    with py7zr.SevenZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(text, name)
    return path


def test_members_of_a_7z_archive(tmp_path, bring, kept):
    path = pack(
        tmp_path / "month.7z", {"a/one.dat": V2 + v2(), "two.dat": V2 + "\n" + v2(partner="AM")}
    )
    rows = kept(bring(path))
    assert [r["locator"] for r in rows] == ["a/one.dat line 2", "two.dat line 3"]


def test_a_7z_archive_named_csv_is_told(tmp_path, bring):
    summary = bring(pack(tmp_path / "month.csv", {"one.dat": V2 + v2()}))
    assert "is a 7z archive though its name ends .csv" in (summary.notice or "")


@pytest.mark.parametrize("name", ["../evil.dat", "/etc/evil.dat", "a/../../evil.dat", "C:\\e.dat"])
def test_a_member_that_leaves_the_folder_is_refused(name):
    member = py7zr.FileInfo(name, 1, 1, True, False, False, True, None, 0)
    with pytest.raises(SourceError, match="expected a name inside the archive"):
        packed._checked_names([member], "month.7z", 10)


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path):
    path = pack(tmp_path / "bomb.7z", {"one.dat": "0" * 100_000})
    with pytest.raises(SourceError, match="more than 5,000 bytes"):
        packed.unpack(path, tmp_path, "bomb.7z", limit=5_000)


def test_the_bound_holds_while_unpacking_too(tmp_path):
    writers = packed._Writers(tmp_path, "bomb.7z", 10, None)
    member = writers.create("one.dat")
    with pytest.raises(SourceError, match="more than 10 bytes"):
        member.write(b"0" * 11)
    member.close()


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.99])
def test_an_archive_cut_short(tmp_path, bring, workspace, keep):
    path = pack(tmp_path / "month.7z", {"one.dat": V2 + "".join(v2(value=n) for n in range(999))})
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * keep)])
    with pytest.raises(SourceError, match="damaged or was cut short"):
        bring(path)
    assert not list(workspace.glob("imports/*"))


def test_members_of_different_layouts_are_refused(tmp_path, bring):
    path = pack(tmp_path / "m.7z", {"a.dat": V2 + v2(), "b.csv": OLDER + "1\n"})
    with pytest.raises(SourceError, match="one layout"):
        bring(path)


def test_relational_view_with_groups_and_more_columns(tmp_path, bring, kept, refused):
    text = (
        RELATIONAL
        + '"Germany (incl. German Democratic Republic \'DD\' from 1991)","Kyrgyzstan","Total",'
        '"EXPORT","Total","Aug. 2024",1410,KG,1410\n'
        "Spain,Russian Federation (Russia),TOTAL-Total,2-EXPORT,T-Total,May. 2024,5,RU,5\n"
        '"European Union - 27 countries (AT, BE)",Georgia,Total,EXPORT,Total,Aug. 2024,9,GE,9\n'
        "France,Georgia,88073000-Parts,IMPORT,Total,2024-08,:,GE,:\n"
    )
    summary = bring(text_file(tmp_path, text))
    assert [
        (r["reporter"], r["partner"], r["period"], r["commodity_code"]) for r in kept(summary)
    ] == [
        ("DEU", "KGZ", "2024-08", "TOTAL"),
        ("ESP", "RUS", "2024-05", "TOTAL"),
    ]
    assert [(r["locator"], r["reason"]) for r in refused(summary)] == [
        ("line 4", "a group of countries")
    ]
    assert summary.not_available == 1
