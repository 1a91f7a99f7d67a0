"""Element sets from files of every make, whole and broken."""

import csv
import gzip
import io
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sgp4
from hypothesis import given
from hypothesis import strategies as st
from sgp4.exporter import export_omm

from entrepot.checks.passes.elements import nearest, read_elements
from entrepot.checks.passes.elementsfile import sets_in
from entrepot.checks.window import Window
from entrepot.errors import SourceError

# The layout's own example: https://celestrak.org/NORAD/documentation/tle-fmt.php
NOAA = """NOAA 14
1 23455U 94089A   97320.90946019  .00000140  00000-0  10191-3 0  2621
2 23455  99.0090 272.6745 0008546 223.1686 136.8816 14.11711747148495
"""
NOW = datetime(2022, 9, 1, tzinfo=UTC)


def _line(text: str) -> str:
    """A line of 68 characters with its checksum."""
    total = sum(int(sign) if sign.isdigit() else sign == "-" for sign in text[:68])
    return text[:68] + str(total % 10)


def _set(number: str = "40697", epoch: str = "22229.50000000", name: str = "SENTINEL-2A") -> str:
    first = _line(f"1 {number}U 15028A   {epoch}  .00000100  00000+0  50000-4 0  9990")
    second = _line(f"2 {number}  98.5700 300.0000 0001000  90.0000 270.0000 14.30818000370000")
    return f"{name}\n{first}\n{second}\n" if name else f"{first}\n{second}\n"


def _read(text: str | bytes, now: datetime | None = NOW):
    return sets_in(text.encode() if isinstance(text, str) else text, "f.txt", now)


def test_the_example_of_the_layout_is_read():
    one = _read(NOAA).elements[0]
    assert (one.name, one.norad_id, one.source) == ("NOAA 14", 23455, "f.txt, line 2")
    # day 320.90946019 of 1997 is 16 November 21:49:37.36
    assert abs(one.epoch_at - datetime(1997, 11, 16, 21, 49, 37, 360416, UTC)) < timedelta(
        seconds=1e-3
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (_set(name=""), "NORAD 40697"),
        (_set(name="0 SENTINEL-2A"), "SENTINEL-2A"),
        (_set(name="SENTINEL-2A [+]"), "SENTINEL-2A"),
        (_set().replace("\n", "\r\n"), "SENTINEL-2A"),
        ("\n\n" + _set().replace("\n", "\n\n") + "# end\n", "SENTINEL-2A"),
        ("\ufeff" + _set(), "SENTINEL-2A"),
        (_set(name="1 SMALL STEP"), "1 SMALL STEP"),
    ],
)
def test_shapes_of_lines(text, name):
    found = _read(text)
    assert [one.name for one in found.elements] == [name]
    assert not found.refusals


# https://www.space-track.org/documentation#tle-alpha5: A0000 is 100000, E8493 148493, Z9999 339999
@pytest.mark.parametrize(
    ("text", "number"), [("A0000", 100000), ("E8493", 148493), ("Z9999", 339999)]
)
def test_numbers_with_a_letter(text, number):
    assert _read(_set(text)).elements[0].norad_id == number


def test_utf_16_and_packed_files_are_read(tmp_path: Path):
    (tmp_path / "a.txt").write_bytes(_set().encode("utf-16"))
    (tmp_path / "b.gz").write_bytes(gzip.compress(_set("42063").encode()))
    found = read_elements([tmp_path / "a.txt", tmp_path / "b.gz"], now=NOW)
    assert [one.norad_id for one in found.elements] == [40697, 42063]
    assert found.elements[1].source == "b.gz, line 2"


def _broken() -> list[tuple[str, str]]:
    name, first, second = _set().splitlines()
    other = _set("42063").splitlines()[2]
    deep = _line(second[:26] + "9000000" + second[33:43] + "  0.0000" + second[51:])
    return [
        (f"{name}\n{first[:-1]}5\n{second}", "line 2: SENTINEL-2A: got checksum 5, expected"),
        (f"{name}\n{first}\n{second[:60]}", "line 3: SENTINEL-2A: got 60 characters, expected 69"),
        (f"{name}\n{first}", "line 2: got line 1 of a set and no line 2 after it"),
        (f"{name}\n{second}", "line 2: got line 2 of a set and no line 1 before it"),
        (f"{name}\n{first}\n{other}", "got catalogue number 42063 in line 2"),
        (f"{name}\n{_line(first.replace('.5000', '.5x00'))}\n{second}", "does not fit the columns"),
        (_set(epoch="28102.50000000"), "got an epoch of 2028-04-11, which has not come yet"),
        (_set(epoch="14229.50000000"), "of 2014-08-17, expected one after its launch in 2015"),
        (_set(epoch="57001.50000000"), "expected one after the first satellite of 1957"),
        (_set(epoch="22400.50000000"), "got day 400.50000000 of the year"),
        (f"{name}\n{_line(first[:62] + '4' + first[63:])}\n{second}", "SGP4-XP"),
        (f"{name}\n{first}\n{_line(second[:52] + '19.30818000' + second[63:])}", "turns a day"),
        (f"{name}\n{first}\n{_line(second[:52] + ' 0.00000000' + second[63:])}", "turns a day"),
        (f"{name}\n{first}\n{deep}", "SGP4 cannot place it"),
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), _broken())
def test_one_broken_set_is_told_and_loses_no_other(text, said):
    found = _read(text + "\n" + _set("42063", name="SENTINEL-2B"))
    assert [one.name for one in found.elements] == ["SENTINEL-2B"]
    assert len(found.refusals) == 1
    assert said in found.refusals[0]
    assert found.refusals[0].startswith("f.txt, line ")


def test_a_plan_of_the_operator_may_reach_some_days_ahead():
    assert _read(_set(epoch="22256.50000000")).elements  # 13 September, 12 days after NOW
    with pytest.raises(SourceError, match="has not come yet"):
        _read(_set(epoch="22260.50000000"))


def test_without_a_clock_epochs_are_not_compared_with_one():
    assert _read(_set(epoch="28102.50000000"), None).elements


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty file"),
        (" \n\r\n", "empty file"),
        ("<!doctype html><p>please sign in", "web page"),
        ("just words\nand more", "no element set"),
        ("[]", "no element set"),
        ("CCSDS_OMM_VERS = 2.0\nOBJECT_NAME = X", "key-value text"),
        (_set().splitlines()[1], "no element set; the first of 1 refused"),
        (b"\x00\xff" * 50, "no element set"),
        ("<ndm/>", "no element set"),
    ],
)
def test_a_file_without_sets_is_refused(text, said):
    with pytest.raises(SourceError, match=said) as caught:
        _read(text)
    assert str(caught.value).startswith("f.txt: ")
    assert caught.value.hint


def test_files_that_cannot_be_read_are_refused(tmp_path: Path):
    with pytest.raises(SourceError, match="cannot be read"):
        read_elements([tmp_path / "absent"])
    (tmp_path / "cut.gz").write_bytes(gzip.compress(_set().encode())[:-9])
    with pytest.raises(SourceError, match="packed file is broken"):
        read_elements([tmp_path / "cut.gz"])


# ---- OMM


def _fields(**changes: str) -> dict[str, str]:
    """What https://celestrak.org/NORAD/elements/gp.php?FORMAT=json has for a satellite."""
    record = _read(_set()).elements[0].satrec
    given = {key: str(value) for key, value in export_omm(record, "SENTINEL-2A").items()}
    return given | changes


def _csv(*rows: dict[str, str]) -> str:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


def _xml(*rows: dict[str, str]) -> str:
    segments = "".join(
        "<omm><body><segment><metadata>"
        + "".join(f"<{key}>{value}</{key}>" for key, value in row.items())
        + "</metadata><data/></segment></body></omm>\n"
        for row in rows
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<ndm xmlns="urn:ccsds">\n{segments}</ndm>'


@pytest.mark.parametrize("write", [lambda *rows: json.dumps(rows), _csv, _xml])
def test_named_fields_give_the_orbit_of_the_lines(write):
    want = _read(_set()).elements[0]
    found = _read(write(_fields(), _fields(NORAD_CAT_ID="42063", OBJECT_NAME="SENTINEL-2B")))
    assert [(one.name, one.norad_id) for one in found.elements] == [
        ("SENTINEL-2A", 40697), ("SENTINEL-2B", 42063),
    ]  # fmt: skip
    one = found.elements[0]
    assert abs(one.epoch_at - want.epoch_at) < timedelta(milliseconds=1)
    for minutes in (0.0, 1000.0):
        here, there = (each.satrec.sgp4_tsince(minutes)[1] for each in (one, want))
        assert max(abs(a - b) for a, b in zip(here, there, strict=True)) < 0.02  # km


@pytest.mark.parametrize("write", [lambda *rows: json.dumps(rows, indent=1), _csv, _xml])
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"MEAN_MOTION": ""}, "got no MEAN_MOTION"),
        ({"MEAN_MOTION": "nan"}, "got MEAN_MOTION nan"),
        ({"ECCENTRICITY": "1.5"}, "from 0 to 1"),
        ({"EPOCH": "yesterday"}, "got EPOCH yesterday"),
        ({"EPOCH": "2031-01-01T00:00:00"}, "has not come yet"),
        ({"NORAD_CAT_ID": "-3"}, "got NORAD_CAT_ID -3"),
        ({"TIME_SYSTEM": "TAI"}, "got TIME_SYSTEM TAI, expected UTC"),
        ({"MEAN_ELEMENT_THEORY": "DSST"}, "expected SGP4"),
        ({"EPHEMERIS_TYPE": "4"}, "SGP4-XP"),
        ({"REV_AT_EPOCH": "many"}, "a field cannot be read"),
    ],
)
def test_one_broken_message_loses_no_other(write, changes, said):
    found = _read(write(_fields() | changes, _fields(OBJECT_NAME="GOOD")))
    assert [one.name for one in found.elements] == ["GOOD"]
    assert len(found.refusals) == 1
    assert said in found.refusals[0]


def test_a_number_that_two_lines_cannot_hold():
    one = _read(json.dumps([_fields(NORAD_CAT_ID="123456789")])).elements[0]
    assert one.norad_id == 123456789


def test_a_moment_may_have_no_fraction_or_a_zone():
    rows = [_fields(EPOCH="2022-08-17T12:00:00"), _fields(EPOCH="2022-08-17T14:00:00+02:00")]
    first, second = _read(json.dumps(rows)).elements
    assert first.epoch_at == second.epoch_at == datetime(2022, 8, 17, 12, tzinfo=UTC)
    assert first.satrec.sgp4_tsince(0) == second.satrec.sgp4_tsince(0)


def test_a_file_that_breaks_off_keeps_what_stands_before():
    whole = json.dumps([_fields(), _fields()], indent=1)
    found = _read(whole[:-200])
    assert len(found.elements) == 1
    assert "breaks off" in found.refusals[0]
    found = _read(_xml(_fields(), _fields())[:-300])
    assert len(found.elements) == 1
    assert "breaks off" in found.refusals[0]


def test_entities_of_xml_are_not_followed():
    text = _xml(_fields(OBJECT_NAME="&x;")).replace(
        "<ndm", '<!DOCTYPE ndm [<!ENTITY x SYSTEM "file:///etc/hostname">]><ndm'
    )
    assert [one.name for one in _read(text).elements] == ["NORAD 40697"]


# https://github.com/brandon-rhodes/python-sgp4 ships the samples, written by CelesTrak
@pytest.mark.parametrize("kind", ["csv", "json", "xml"])
def test_samples_of_celestrak(shared: Path, kind: str):
    file = shared / "verification" / "tle" / "sgp4-verification" / f"sample_omm.{kind}"
    one = read_elements([file]).elements[0]
    assert (one.name, one.norad_id) == ("VANGUARD 1", 5)


def test_the_verification_set_of_sgp4():
    """33 sets of https://celestrak.org/publications/AIAA/2006-6753/, in the installed package.

    Three of them (33333 to 33335) are altered sets whose checksums were left as they were.
    """
    folder = Path(sgp4.__file__).parent
    found = read_elements([folder / "SGP4-VER.TLE"])
    assert len(found.elements) == 30
    assert [one.split(": ")[1] for one in found.refusals] == [
        "NORAD 33333", "NORAD 33334", "NORAD 33335",
    ]  # fmt: skip
    assert all("checksum" in one for one in found.refusals)
    records = {one.norad_id: one.satrec for one in found.elements}
    compared = 0
    for line in (folder / "tcppver.out").read_text().splitlines():
        cells = line.split()
        if line.endswith("xx"):
            record = records.get(int(cells[0]))
        elif record is not None:
            code, place, _ = record.sgp4_tsince(float(cells[0]))
            if not code:
                assert place == pytest.approx([float(cell) for cell in cells[1:4]], abs=2e-5)
                compared += 1
    assert compared == 588


@given(st.integers(2, 68), st.sampled_from("0123456789"), st.integers(1, 2))
def test_a_changed_digit_is_never_read_as_another_orbit(at, digit, line):
    """What the checksum promises: one digit for another is always found."""
    rows = _set().splitlines()
    if not rows[line][at].isdigit() or rows[line][at] == digit:
        return
    rows[line] = rows[line][:at] + digit + rows[line][at + 1 :]
    with pytest.raises(SourceError):
        _read("\n".join(rows))


# ---- several sets of one satellite


def test_the_set_nearest_to_the_window_counts():
    days = ("22200.50000000", "22245.50000000", "22270.50000000")  # 19 Jul, 2 Sep, 27 Sep
    found = _read("".join(_set(epoch=one) for one in days), None).elements
    assert len(found) == 3

    def chosen(first: date, last: date) -> str:
        (one,) = nearest(found, Window.of_days(first, last))
        return one.epoch_at.date().isoformat()

    assert chosen(date(2022, 8, 26), date(2022, 9, 8)) == "2022-09-02"
    assert chosen(date(2022, 7, 1), date(2022, 7, 2)) == "2022-07-19"
    assert chosen(date(2026, 1, 1), date(2026, 1, 2)) == "2022-09-27"


def test_the_middle_of_the_window_decides_and_of_one_epoch_the_first_set():
    # 18 and 28 August 2022; the middle of 17 August to 9 September is 29 August
    sets = _set("42063", epoch="22230.50000000") + _set("42063", epoch="22240.50000000") * 2
    read = _read(sets).elements
    found = nearest(read, Window.of_days(date(2022, 8, 17), date(2022, 9, 9)))
    assert [one.epoch_at.day for one in found] == [28]
    assert found[0].source == read[1].source != read[2].source


def test_satellites_stay_in_order_and_apart():
    sets = _set("42063") + _set("40697") + _set("42063", epoch="22230.50000000")
    window = Window.of_days(date(2022, 8, 26), date(2022, 9, 8))
    found = nearest(_read(sets).elements, window)
    assert [one.norad_id for one in found] == [42063, 40697]
    assert found[0].epoch_at.day == 18


def test_ten_thousand_sets_are_read_fast(shared: Path):
    file = shared / "verification" / "tle" / "2024-08-14" / "active.txt"
    began = datetime.now(UTC)
    found = read_elements([file], now=began)
    assert (len(found.elements), found.refusals) == (10_081, ())
    assert (datetime.now(UTC) - began).total_seconds() < 5  # 0.8 s on an idle core
