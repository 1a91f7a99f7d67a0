"""Broken, cut, mixed and hostile files: a clear error, or the wrong entry alone is left out."""

import gzip
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.parties.lists.listfiles import FILES, OFAC, own_list

from entrepot.errors import SourceError
from entrepot.parties.lists import rawfile, read_list
from entrepot.parties.lists.clean import shown

XML = ("ofac_advanced.xml", "eu.xml", "uk_list.xml", "un.xml", "seco.xml")


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", XML)
@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_cut_xml_is_refused(name: str, share: float, tmp_path: Path) -> None:
    data = (FILES / name).read_bytes()
    path = written(tmp_path / name, data[: int(len(data) * share)])
    with pytest.raises(SourceError, match="line") as caught:
        read_list(path)
    assert caught.value.hint


@pytest.mark.parametrize("name", [*XML, "csl.json"])
@given(cut=st.integers(min_value=1, max_value=400))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_cut_of_a_file_is_read_as_a_shorter_list(name: str, cut: int, tmp_path: Path) -> None:
    data = (FILES / name).read_bytes().rstrip()
    path = written(tmp_path / name, data[:-cut])
    with pytest.raises(SourceError):
        read_list(path)


def test_entities_cut_in_a_line_are_refused(tmp_path: Path) -> None:
    """Cut at the end of a line they look whole: then only the alarm for shrunken lists helps."""
    data = (FILES / "entities.ftm.json").read_bytes().rstrip()
    with pytest.raises(SourceError, match="broken JSON"):
        read_list(written(tmp_path / "e.json", data[:-5]))


@pytest.mark.parametrize("cut", [1, 20, 60])
def test_a_cut_ofac_file_is_refused(cut: int, tmp_path: Path) -> None:
    data = OFAC[0].read_bytes().rstrip(b"\x1a\r\n")
    with pytest.raises(SourceError, match=r"middle of a row|broken row"):
        read_list(written(tmp_path / "sdn.csv", data[:-cut]))


def test_an_ofac_file_without_its_end_mark_is_read_with_a_warning(tmp_path: Path) -> None:
    data = OFAC[0].read_bytes().rstrip(b"\x1a")
    edition = read_list(written(tmp_path / "sdn.csv", data))
    assert any("end mark" in note for note in edition.notes)
    assert len(edition.parties) == 5


def test_a_cut_gzip_is_refused(tmp_path: Path) -> None:
    data = gzip.compress((FILES / "eu.xml").read_bytes())
    with pytest.raises(SourceError, match="gzip"):
        read_list(written(tmp_path / "eu.xml.gz", data[:-20]))


def test_entities_of_xml_are_never_expanded(tmp_path: Path) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]>'
    text = (FILES / "un.xml").read_text(encoding="utf-8").split("?>", 1)[1]
    path = written(tmp_path / "un.xml", (bomb + text.replace("TESTAN", "&c;")).encode())
    with pytest.raises(SourceError, match="document type declaration"):
        read_list(path)


def test_an_outside_file_is_never_read(tmp_path: Path) -> None:
    outside = '<!DOCTYPE a SYSTEM "file:///etc/passwd">'
    text = (FILES / "eu.xml").read_text(encoding="utf-8").split("?>", 1)[1]
    with pytest.raises(SourceError, match="document type declaration"):
        read_list(written(tmp_path / "eu.xml", (outside + text).encode()))


def test_elements_in_elements_without_end(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="levels"):
        read_list(written(tmp_path / "deep.xml", b"<export>" + b"<a>" * 5000))


def test_a_web_page_is_no_list(tmp_path: Path) -> None:
    page = b"<!DOCTYPE html><html><body>Please wait</body></html>"
    with pytest.raises(SourceError, match="web page"):
        read_list(written(tmp_path / "sdn.csv", page))


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\x1a", "\ufeff".encode()])
def test_an_empty_file(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="empty file"):
        read_list(written(tmp_path / "list.csv", data))


def test_a_list_without_entries(tmp_path: Path) -> None:
    text = '<CONSOLIDATED_LIST dateGenerated="2026-01-01"><INDIVIDUALS/></CONSOLIDATED_LIST>'
    with pytest.raises(SourceError, match="without any entry"):
        read_list(written(tmp_path / "un.xml", text.encode()))


def test_what_is_no_list_says_what_is_known(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="layout that is not known") as caught:
        read_list(written(tmp_path / "x.csv", b"a,b\n1,2\n"))
    assert "column `name`" in caught.value.hint


def test_two_encodings_in_one_file(tmp_path: Path) -> None:
    data = "id,name\n1,Müller\n".encode() + "2,Möller\n".encode("cp1252")
    with pytest.raises(SourceError, match="UTF-8 in line 2 and another encoding in line 3"):
        read_list(written(tmp_path / "own.csv", data))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_one_encoding_is_understood(encoding: str, tmp_path: Path) -> None:
    path = written(tmp_path / "own.csv", "id,name\n1,Möller & Söhne\n".encode(encoding))
    assert read_list(path).parties[0].caption == "Möller & Söhne"


def test_xml_in_utf_16(tmp_path: Path) -> None:
    text = (FILES / "un.xml").read_text(encoding="utf-8").replace("UTF-8", "UTF-16", 1)
    assert len(read_list(written(tmp_path / "un.xml", text.encode("utf-16"))).parties) == 2


def test_wrong_entries_in_a_good_file_are_left_out_with_the_reason(tmp_path: Path) -> None:
    names = [f"Zzyx {number}" for number in range(40)]
    path = own_list(tmp_path / "own.csv", *names)
    with path.open("a", encoding="utf-8") as stream:
        stream.write('"Zzyx 1","Zzyx 1 again"\n"no-name",""\n')
    edition = read_list(path)
    assert len(edition.parties) == 40
    assert [one.locator for one in edition.refused] == ["line 42", "line 43"]
    assert "second time" in edition.refused[0].reason
    assert "no name" in edition.refused[1].reason


def test_a_file_of_which_much_cannot_be_read_is_refused(tmp_path: Path) -> None:
    path = own_list(tmp_path / "own.csv", *[f"Zzyx {number}" for number in range(10)])
    with path.open("a", encoding="utf-8") as stream:
        stream.write('"x",""\n"y",""\n')
    with pytest.raises(SourceError, match="2 entries of 12"):
        read_list(path)


def test_a_broken_line_in_the_middle_of_entities_is_one_refused_entry(tmp_path: Path) -> None:
    line = '{"id": "%d", "schema": "Person", "properties": {"name": ["Zzyx %d"]}}'
    lines = [line % (number, number) for number in range(30)]
    lines[3] = '{"id": "3", "sch'
    edition = read_list(written(tmp_path / "e.json", "\n".join(lines).encode()))
    assert (len(edition.parties), len(edition.refused)) == (29, 1)
    assert edition.refused[0].locator == "line 4"


def test_strange_names_are_kept_as_data_and_shown_without_harm(tmp_path: Path) -> None:
    long, turned = "Z" * 10_240, "abc\u202egnp.exe\u202c 🚢"
    path = own_list(tmp_path / "own.csv", long, turned, "bell\x07\x1b[31mred", "'; DROP TABLE x")
    names = [party.caption for party in read_list(path).parties]
    assert names[:2] == [long, turned]
    assert names[2] == "bell [31mred"
    assert names[3] == "'; DROP TABLE x"
    assert len(shown(long)) == 200
    assert shown(turned) == "abcgnp.exe 🚢"


@given(st.text(max_size=60))
def test_shown_text_never_steers_a_terminal(text: str) -> None:
    kinds = {unicodedata.category(sign) for sign in shown(text) if sign not in "\u200c\u200d"}
    assert kinds.isdisjoint({"Cc", "Cf", "Cs", "Co"})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_line_without_end_is_refused(encoding: str, tmp_path: Path) -> None:
    data = gzip.compress(("id,name\n1," + "Z" * 40_000_000).encode(encoding))
    with pytest.raises(SourceError, match="got a line of more than 33,554,432 characters"):
        read_list(written(tmp_path / "own.csv.gz", data))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_packed_bomb_of_short_lines_is_refused(
    encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rawfile, "LARGEST", 1_000_000)
    data = gzip.compress(("id,name\n" + "1,Z\n" * 1_000_000).encode(encoding))
    with pytest.raises(SourceError, match="got more than 1,000,000 bytes unpacked"):
        read_list(written(tmp_path / "own.csv.gz", data))


def test_a_whole_document_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rawfile, "LONGEST_DOCUMENT", 500)
    with pytest.raises(SourceError, match="more than 500 characters"):
        read_list(FILES / "csl.json")
