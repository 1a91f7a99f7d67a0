"""Verifying: whatever is changed is found, and the file that was changed is named."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.dossiers.dossier_world import CITATIONS, FILES, large, small
from tests.dossiers.seal.seal_world import KEY, files_of, made, tree

from entrepot.dossiers.dossier.canonical import canonical, dossier_id
from entrepot.dossiers.dossier.dossier import Dossier, Version
from entrepot.dossiers.seal import verify as verifying
from entrepot.dossiers.seal.build import build
from entrepot.dossiers.seal.difference import KINDS, Difference
from entrepot.dossiers.seal.keys import new_key
from entrepot.dossiers.seal.manifest import manifest_bytes, read_manifest, sha256_of, sums_bytes
from entrepot.dossiers.seal.sign import signature_of
from entrepot.dossiers.seal.verify import Asked, verify
from entrepot.errors import DossierError, RequestError
from entrepot.sources import pocket

SORTS = {"signed": KEY, "unsigned": None}


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    made(tmp_path / "dossier")
    return tmp_path / "dossier"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Folders that a law changes and puts back."""
    above = tmp_path_factory.mktemp("kept")
    for name, key in SORTS.items():
        made(above / name, key=key)
    return {name: above / name for name in SORTS}


def first_of(folder: Path, asked: Asked | None = None) -> Difference:
    found = verify(folder, asked).first
    assert found is not None
    assert found.kind in KINDS
    return found


@given(data=st.data())
@settings(max_examples=80)
def test_a_flipped_byte_anywhere_is_found_and_its_file_named(kept, data):
    folder = kept[data.draw(st.sampled_from(sorted(SORTS)))]
    path = data.draw(st.sampled_from(sorted(tree(folder))))
    content = (folder / path).read_bytes()
    place = data.draw(st.integers(0, len(content) - 1))
    changed = bytearray(content)
    changed[place] ^= data.draw(st.integers(1, 255))
    try:
        (folder / path).write_bytes(changed)
        assert first_of(folder).path == path
    finally:
        (folder / path).write_bytes(content)


@pytest.mark.parametrize("sort", sorted(SORTS))
def test_bytes_at_even_steps_through_every_file(kept, sort):
    folder = kept[sort]
    for path, content in tree(folder).items():
        for place in range(0, len(content), max(1, len(content) // 6)):
            changed = bytearray(content)
            changed[place] ^= 1
            (folder / path).write_bytes(changed)
            assert first_of(folder).path == path, place
        (folder / path).write_bytes(content)
    assert verify(folder).is_whole


@given(data=st.data())
@settings(max_examples=20)
def test_a_file_that_is_cut_or_grown_is_named(kept, data):
    folder = kept[data.draw(st.sampled_from(sorted(SORTS)))]
    path = data.draw(st.sampled_from(sorted(tree(folder))))
    content = (folder / path).read_bytes()
    place = data.draw(st.integers(0, len(content) - 1))
    changed = data.draw(st.sampled_from((content[:place], content + b"\n", content + content)))
    try:
        (folder / path).write_bytes(changed)
        assert first_of(folder).path == path
    finally:
        (folder / path).write_bytes(content)


@pytest.mark.parametrize("sort", sorted(SORTS))
def test_each_file_that_is_taken_away_is_named_alone(kept, sort):
    folder = kept[sort]
    for path, content in tree(folder).items():
        (folder / path).unlink()
        found = verify(folder).differences
        (folder / path).write_bytes(content)
        assert [one.path for one in found] == [path]
        assert found[0].kind == "missing"


def test_an_extra_file_is_named(dossier):
    (dossier / "charts" / "more.svg").write_text("<svg/>")
    first = first_of(dossier)
    assert (first.path, first.kind) == ("charts/more.svg", "extra")
    assert first.sentence == "charts/more.svg: got a file, expected no such file in the manifest"


def test_an_empty_folder_is_named(dossier):
    (dossier / "more").mkdir()
    assert first_of(dossier).path == "more/"


def test_a_renamed_file_is_told_as_one(dossier):
    (dossier / "index.html").rename(dossier / "page.html")
    first = first_of(dossier)
    assert first.path == "index.html"
    assert "its bytes under the name page.html" in first.sentence


def test_two_swapped_files_are_told_as_such(dossier):
    (dossier / "index.html").rename(dossier / "x")
    (dossier / "dossier.md").rename(dossier / "index.html")
    (dossier / "x").rename(dossier / "dossier.md")
    assert first_of(dossier).sentence == (
        "dossier.md: got the bytes of index.html, expected its own bytes"
    )


@pytest.mark.parametrize("sort", sorted(SORTS))
def test_line_ends_changed_by_git_are_told(kept, sort):
    folder, before = kept[sort], tree(kept[sort])
    for names in (["index.html"], ["SHA256SUMS"], sorted(before)):
        for name in names:
            (folder / name).write_bytes(before[name].replace(b"\n", b"\r\n"))
        first = first_of(folder)
        for name in names:
            (folder / name).write_bytes(before[name])
        assert first.sentence.endswith("got line ends CRLF, expected line ends LF")
        assert "core.autocrlf" in first.hint


def test_links_and_pipes_are_not_followed(dossier, tmp_path):
    (tmp_path / "outside.html").write_bytes((dossier / "index.html").read_bytes())
    (dossier / "index.html").unlink()
    (dossier / "index.html").symlink_to(tmp_path / "outside.html")
    assert (
        first_of(dossier).sentence == "index.html: got a link, expected a file with its own bytes"
    )
    (dossier / "index.html").unlink()
    os.mkfifo(dossier / "index.html")
    assert first_of(dossier).kind == "link"
    (dossier / "index.html").unlink()
    (dossier / "index.html").write_bytes((tmp_path / "outside.html").read_bytes())
    (dossier / "charts").rename(tmp_path / "charts")
    (dossier / "charts").symlink_to(tmp_path / "charts")
    assert first_of(dossier).path == "charts"


def test_what_is_no_dossier_is_said(tmp_path):
    with pytest.raises(RequestError, match="is not there"):
        verify(tmp_path / "nowhere")
    (tmp_path / "file").write_text("x")
    with pytest.raises(DossierError, match="no whole zip"):
        verify(tmp_path / "file")
    (tmp_path / "empty").mkdir()
    assert first_of(tmp_path / "empty").sentence.startswith("manifest.json: got no file")


# Whoever changes a file and makes manifest and sums anew, without the key


def forged(folder: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """Change files, then manifest and sums so that they fit, and leave the signature."""
    files = tree(folder)
    change(files)
    seal = {"manifest.json": files.pop("manifest.json"), "SHA256SUMS": files.pop("SHA256SUMS")}
    signature = files.pop("manifest.sig", None)
    manifest = read_manifest(seal["manifest.json"])
    entries = tuple(
        replace(one, sha256=sha256_of(files[one.path]), size_bytes=len(files[one.path]))
        for one in manifest.files
    )
    manifest = replace(manifest, files=entries)
    content = manifest_bytes(manifest)
    sums = {"manifest.json": sha256_of(content)}
    if signature is not None:
        sums["manifest.sig"] = sha256_of(signature)
    for path, one in files.items():
        (folder / path).write_bytes(one)
    (folder / "manifest.json").write_bytes(content)
    (folder / "SHA256SUMS").write_bytes(sums_bytes(manifest, sums))


def _edit_page(files: dict[str, bytes]) -> None:
    files["index.html"] = b"<p>forged</p>"


def test_a_forged_manifest_does_not_pass_the_signature(dossier):
    forged(dossier, _edit_page)
    first = first_of(dossier)
    assert (first.path, first.kind) == ("manifest.json", "signature")


def test_a_forger_with_a_key_of_his_own_passes_only_without_trust(dossier):
    forged(dossier, _edit_page)
    stranger, content = new_key(), (dossier / "manifest.json").read_bytes()
    signature = signature_of(content, stranger).file_bytes()
    (dossier / "manifest.sig").write_bytes(signature)
    sums = {"manifest.json": sha256_of(content), "manifest.sig": sha256_of(signature)}
    (dossier / "SHA256SUMS").write_bytes(sums_bytes(read_manifest(content), sums))
    open_eyed = verify(dossier)
    assert open_eyed.is_whole
    assert open_eyed.is_trusted is None
    assert any("--trust" in note for note in open_eyed.notes)
    first = first_of(dossier, Asked(trusted=[KEY.public]))
    assert (first.path, first.kind) == ("manifest.sig", "key")
    assert stranger.public.key_id in first.sentence
    assert verify(dossier, Asked(trusted=[KEY.public, stranger.public])).is_trusted


def test_a_signature_that_is_taken_away_with_its_line_is_found_where_one_is_asked_for(dossier):
    (dossier / "manifest.sig").unlink()
    forged(dossier, _edit_page)
    found = verify(dossier)
    assert found.is_whole
    assert "It is not signed: nobody vouches for it." in found.notes
    for asked in (Asked(is_signed=True), Asked(trusted=[KEY.public])):
        assert first_of(dossier, asked).kind == "unsigned"


def test_a_signature_put_into_an_unsigned_dossier_is_named(tmp_path):
    made(tmp_path / "d", key=None)
    content = (tmp_path / "d" / "manifest.json").read_bytes()
    (tmp_path / "d" / "manifest.sig").write_bytes(signature_of(content, KEY).file_bytes())
    first = first_of(tmp_path / "d")
    assert (first.path, first.kind) == ("manifest.sig", "extra")


@pytest.mark.parametrize(
    ("name", "value"),
    [("dossier_id", "dos_ffffffffffff"), ("case_id", "cas_ffffffffffff"), ("version", 7),
     ("previous", "dos_ffffffffffff"), ("made_with", "another program")],
)  # fmt: skip
def test_a_manifest_that_says_something_else_than_the_dossier_is_found(tmp_path, name, value):
    """Even where the one who holds the key made it."""
    made(tmp_path / "d", key=None)
    manifest = read_manifest((tmp_path / "d" / "manifest.json").read_bytes())
    content = manifest_bytes(replace(manifest, **{name: value}))
    signature = signature_of(content, KEY).file_bytes()
    sums = {"manifest.json": sha256_of(content), "manifest.sig": sha256_of(signature)}
    for path, one in (
        ("manifest.json", content),
        ("manifest.sig", signature),
        ("SHA256SUMS", sums_bytes(manifest, sums)),
    ):
        (tmp_path / "d" / path).write_bytes(one)
    first = first_of(tmp_path / "d", Asked(trusted=[KEY.public]))
    assert (first.path, first.kind) == ("manifest.json", "content")
    assert str(value) in first.found


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b"null", b"\xff\xfe", b'{"layout": 2}', b"[" * 5000,
     b'{"layout": 1, "files": 3}', b'{"layout": 1, "files": [{"path": 1}]}'],
)  # fmt: skip
def test_a_manifest_that_is_none_is_said(dossier, content):
    (dossier / "manifest.json").write_bytes(content)
    assert first_of(dossier).path == "manifest.json"


def test_a_manifest_that_lists_a_path_outside_is_a_fault(tmp_path):
    made(tmp_path / "d", key=None)
    manifest = read_manifest((tmp_path / "d" / "manifest.json").read_bytes())
    entries = (replace(manifest.files[0], path="../secret"), *manifest.files[1:])
    (tmp_path / "secret").write_bytes((tmp_path / "d" / manifest.files[0].path).read_bytes())
    (tmp_path / "d" / "manifest.json").write_bytes(manifest_bytes(replace(manifest, files=entries)))
    paths = [one.path for one in verify(tmp_path / "d").differences]
    assert paths[0] == "manifest.json"


# What the dossier says of itself


def differing(tmp_path: Path, dossier: Dossier) -> list[Difference]:
    build(files_of(dossier), tmp_path / "d")
    return list(verify(tmp_path / "d").differences)


def test_a_citation_that_nobody_defined_is_named_with_its_place(tmp_path):
    found = differing(tmp_path, replace(small(), citations=CITATIONS[1:]))
    assert found[0].path == "dossier.json"
    assert found[0].kind == "citation"
    assert "cit_figures00001" in found[0].found


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"citations": (*CITATIONS, replace(CITATIONS[0], citation_id="cit_z"))}, "nothing uses"),
        ({"citations": CITATIONS[::-1]}, "out of order"),
        ({"citations": (*CITATIONS, CITATIONS[-1])}, "twice"),
        ({"citations": (replace(CITATIONS[0], rows=()), *CITATIONS[1:])}, "without rows"),
        ({"files": FILES[:2]}, "of file cccccccccccc"),
        ({"files": (*FILES, replace(FILES[0], file_id="d" * 64))}, "no citation uses"),
        ({"files": FILES[::-1]}, "source files out of order"),
        ({"versions": (Version(1, "dos_1", "", ()),)}, "an id for its own version"),
        ({"versions": (Version(1, "", "", ()), Version(2, "", "", ()))}, "without an id"),
        ({"versions": (Version(2, "", "", ()),)}, "versions [2]"),
    ],
)
def test_a_dossier_that_does_not_hold_together_is_said(tmp_path, change, said):
    found = differing(tmp_path, replace(small(), **change))
    assert any(said in one.found for one in found), found
    assert {one.path for one in found} == {"dossier.json"}


@pytest.mark.parametrize(
    "name", ["case_id", "versions", "citations", "files", "sections", "findings", "summary"]
)
@pytest.mark.parametrize("value", ["null", '[{"a": 1}]', '"x"'])
def test_data_of_other_kinds_is_one_sentence_even_where_the_manifest_lists_them(
    tmp_path, name, value
):
    """Made and signed by somebody who wants the reader's program to fall over."""
    made(tmp_path / "d", key=None)
    raw = {**json.loads((tmp_path / "d" / "dossier.json").read_bytes()), name: json.loads(value)}

    def spoil(files: dict[str, bytes]) -> None:
        files["dossier.json"] = canonical(raw)

    forged(tmp_path / "d", spoil)
    assert first_of(tmp_path / "d", Asked(archive=tmp_path)).path in (
        "dossier.json", "manifest.json"
    )  # fmt: skip


def second(first: Dossier) -> Dossier:
    return replace(
        first, title="Mended (made up)",
        versions=(Version(1, dossier_id(first), "2022-10-01", ()),
                  Version(2, "", "2022-11-01", ("The title was mended.",))),
    )  # fmt: skip


def test_the_chain_of_versions_is_followed(tmp_path):
    made(tmp_path / "v1")
    made(tmp_path / "v2", files=files_of(second(small())))
    assert any("--previous" in note for note in verify(tmp_path / "v2").notes)
    found = verify(tmp_path / "v2", Asked(earlier=[tmp_path / "v1"], trusted=[KEY.public]))
    assert found.is_whole
    assert not any("--previous" in note for note in found.notes)


def test_another_or_a_changed_earlier_version_is_named(tmp_path):
    made(tmp_path / "v2", files=files_of(second(small())))
    made(tmp_path / "other", files=files_of(replace(small(), title="Another (made up)")))
    first = first_of(tmp_path / "v2", Asked(earlier=[tmp_path / "other"]))
    assert (first.path, first.kind) == ("other", "chain")
    assert dossier_id(small()) in first.expected
    made(tmp_path / "strange", files=files_of(replace(small(), case_id="cas_000000000009")))
    assert "cas_000000000009" in first_of(
        tmp_path / "v2", Asked(earlier=[tmp_path / "strange"])
    ).found  # fmt: skip
    made(tmp_path / "v1")
    (tmp_path / "v1" / "index.html").write_text("changed")
    first = first_of(tmp_path / "v2", Asked(earlier=[tmp_path / "v1"]))
    assert first.path == "v1"
    assert first.found.startswith("index.html: got")
    made(tmp_path / "bare", key=None)
    first = first_of(tmp_path / "v2", Asked(earlier=[tmp_path / "bare"], trusted=[KEY.public]))
    assert "unsigned" in first.found


# Archive and rebuild


@pytest.fixture
def archived(tmp_path: Path) -> tuple[Path, dict[str, Path]]:
    """A dossier whose source files all lie in an archive; their places by name."""
    ids, places = {}, {}
    for source in FILES:
        content = source.name.encode()
        digest = sha256(content).hexdigest()
        path = tmp_path / "archive" / digest[:2] / digest[2:4] / digest
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        ids[source.file_id], places[source.name] = digest, path
    dossier = replace(
        small(),
        files=tuple(sorted((replace(one, file_id=ids[one.file_id]) for one in FILES),
                           key=lambda one: one.file_id)),
        citations=tuple(replace(one, file_id=ids.get(one.file_id, "")) for one in CITATIONS),
    )  # fmt: skip
    made(tmp_path / "d", files=files_of(dossier))
    return tmp_path / "d", places


def test_archived_files_are_hashed_anew(archived, tmp_path):
    folder, places = archived
    asked = Asked(archive=tmp_path / "archive")
    assert verify(folder, asked).is_whole
    for name in ("made_act.html", "made_figures.parquet"):
        places[name].write_bytes(b"a changed row")
        first = first_of(folder, asked)
        assert first.kind == "archive"
        assert first.path == places[name].relative_to(tmp_path / "archive").as_posix()
        assert f"{name} as it was cited" in first.expected
        places[name].unlink()
    first = first_of(folder, asked)
    assert (first.expected, first.found) == (
        "the file made_figures.parquet of Eurostat (made up)", "no file"
    )  # fmt: skip
    assert "https://example.org/figures" in first.hint
    with pytest.raises(RequestError, match="expected the archive"):
        verify(folder, Asked(archive=tmp_path / "nowhere"))


def test_figures_that_ship_are_hashed_in_the_program_as_no_archive_has_them(tmp_path, monkeypatch):
    shipped, about = pocket.path(), pocket.about()
    source = replace(FILES[0], file_id=about.sha256)
    held = replace(
        small(), files=tuple(sorted((source, *FILES[1:]), key=lambda one: one.file_id)),
        citations=tuple(
            replace(one, file_id=about.sha256 if one.file_id == FILES[0].file_id else one.file_id)
            for one in CITATIONS
        ),
    )  # fmt: skip
    made(tmp_path / "d", files=files_of(held))
    (tmp_path / "empty").mkdir()
    asked = Asked(archive=tmp_path / "empty")
    assert verify(tmp_path / "d", asked).is_whole
    changed = tmp_path / "changed.parquet"
    changed.write_bytes(shipped.read_bytes() + b"x")
    monkeypatch.setattr(pocket, "path", lambda: changed)
    assert first_of(tmp_path / "d", asked).kind == "archive"


def test_reports_and_acts_that_the_archive_lacks_are_named_and_no_difference(archived, tmp_path):
    folder, places = archived
    places["made_act.html"].unlink()
    made = verify(folder, Asked(archive=tmp_path / "archive"))
    assert made.is_whole
    assert any("not hashed anew: made_act.html" in one for one in made.notes)


def test_a_rebuild_is_compared_byte_for_byte(dossier, monkeypatch):
    made_anew = files_of()
    monkeypatch.setattr(verifying, "program", lambda: lambda _: made_anew)
    asked = Asked(is_rebuilt=True)
    assert verify(dossier, asked).is_whole
    made_anew["index.html"] += b"<!-- -->"
    first = first_of(dossier, asked)
    assert (first.path, first.kind) == ("index.html", "rebuild")
    made_anew = {**files_of(), "more.txt": b""}
    assert first_of(dossier, asked).sentence.startswith("more.txt: got no file")
    made_anew = {path: one for path, one in files_of().items() if path != "index.html"}
    assert first_of(dossier, asked).sentence.startswith("index.html: got a file")


def test_another_version_of_the_program_is_told_apart(tmp_path, monkeypatch):
    made_anew = files_of(replace(small(), made_with="entrepot 0.0.9"))
    made(tmp_path / "d", files=made_anew)
    monkeypatch.setattr(verifying, "program", lambda: lambda _: made_anew)
    assert verify(tmp_path / "d", Asked(is_rebuilt=True)).is_whole
    made_anew = {**made_anew, "index.html": b"drawn otherwise"}
    first = first_of(tmp_path / "d", Asked(is_rebuilt=True))
    assert (first.path, first.kind) == ("index.html", "version")
    assert "entrepot 0.0.9: 1 of 5 files" in first.found


def test_a_dossier_that_cannot_be_drawn_is_one_sentence(dossier, monkeypatch):
    def fails(_: Dossier) -> dict[str, bytes]:
        raise DossierError("the chart cha_exports has no data")

    monkeypatch.setattr(verifying, "program", lambda: fails)
    assert "has no data" in first_of(dossier, Asked(is_rebuilt=True)).sentence


def test_two_hundred_claims_and_twenty_charts_take_far_less_than_two_seconds(tmp_path):
    many = large(200, 20)
    drawn = {f"charts/cha_{number:04d}.svg": b"<svg/>" * 20_000 for number in range(20)}
    build({**files_of(many), **drawn, "dossier.pdf": b"x" * 4_000_000}, tmp_path / "d", key=KEY)
    began = process_time()
    found = verify(tmp_path / "d")
    assert process_time() - began < 2
    assert {one.kind for one in found.differences} <= {"citation"}
