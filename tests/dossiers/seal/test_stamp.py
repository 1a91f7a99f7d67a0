"""Time stamps of a real authority on the loopback address."""

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.dossiers.dossier_world import small
from tests.dossiers.seal.authority import Authority, _certificates, authority, stamped
from tests.dossiers.seal.seal_world import KEY, files_of, tree
from tests.loopback import Reply, answering

from entrepot.dossiers.seal.build import build
from entrepot.dossiers.seal.stamp import read_roots, read_stamp, stamp_by
from entrepot.dossiers.seal.verify import Asked, verify
from entrepot.errors import DossierError, RequestError


@pytest.fixture(scope="module")
def tsa(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with authority(tmp_path_factory.mktemp("authority")) as made:
        yield made


@pytest.fixture(scope="module")
def sealed(tsa: Authority, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("stamped") / "dossier"
    build(files_of(), out, stamp=stamp_by(tsa.address, roots=[tsa.root]))
    return out


def test_a_stamp_says_when_and_by_whom_and_openssl_agrees(sealed, tsa):
    found = verify(sealed, Asked(roots=[tsa.root]))
    assert found.is_whole
    assert found.stamped is not None
    assert found.stamped.authority == "made-up authority"
    assert found.stamped.is_checked
    assert found.stamped.at.endswith("+00:00")
    said = subprocess.run(
        ["openssl", "ts", "-verify", "-data", str(sealed / "manifest.json"), "-in",
         str(sealed / "manifest.tsr"), "-CAfile", str(tsa.folder / "root.pem")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Verification: OK" in said.stdout + said.stderr


def test_without_a_root_the_stamp_is_said_and_not_vouched_for(sealed):
    found = verify(sealed)
    assert found.is_whole
    assert found.stamped is not None
    assert not found.stamped.is_checked
    assert any("--stamp-root" in note for note in found.notes)


def test_another_root_is_refused(sealed, tmp_path):
    stranger = _certificates(tmp_path)
    first = verify(sealed, Asked(roots=[stranger])).first
    assert first is not None
    assert (first.path, first.kind) == ("manifest.tsr", "stamp")
    assert "trusted root" in first.sentence


def test_a_root_asked_for_and_no_stamp_is_a_difference(tsa, tmp_path):
    build(files_of(), tmp_path / "dossier")
    first = verify(tmp_path / "dossier", Asked(roots=[tsa.root])).first
    assert first is not None
    assert (first.path, first.kind) == ("manifest.tsr", "stamp")


def test_a_stamp_of_another_dossier_is_found(sealed, tsa, tmp_path):
    other = files_of(replace(small(), title="Another made-up case"))
    build(other, tmp_path / "dossier", stamp=stamp_by(tsa.address))
    (tmp_path / "dossier" / "manifest.tsr").write_bytes((sealed / "manifest.tsr").read_bytes())
    first = verify(tmp_path / "dossier").first
    assert first is not None
    assert (first.path, first.kind) == ("manifest.tsr", "stamp")
    assert "of other bytes" in first.sentence


def test_only_stamp_and_its_hash_differ_between_two_builds(sealed, tsa, tmp_path):
    build(files_of(), tmp_path / "again", stamp=stamp_by(tsa.address))
    one, other = tree(sealed), tree(tmp_path / "again")
    assert {path for path in one if one[path] != other[path]} == {"manifest.tsr", "SHA256SUMS"}


@given(data=st.data())
@settings(max_examples=40)
def test_a_flipped_byte_of_the_stamp_is_named(sealed, data):
    path = sealed / "manifest.tsr"
    content = path.read_bytes()
    place = data.draw(st.integers(0, len(content) - 1))
    changed = bytearray(content)
    changed[place] ^= data.draw(st.integers(1, 255))
    try:
        path.write_bytes(changed)
        first = verify(sealed).first
    finally:
        path.write_bytes(content)
    assert first is not None
    assert first.path == "manifest.tsr"


def test_a_missing_stamp_is_named(sealed):
    content = (sealed / "manifest.tsr").read_bytes()
    (sealed / "manifest.tsr").unlink()
    found = verify(sealed)
    (sealed / "manifest.tsr").write_bytes(content)
    assert [one.path for one in found.differences] == ["manifest.tsr"]
    assert found.differences[0].kind == "missing"


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(status=503, body=b"busy"), "status 503"),
        (Reply(body=b"<html>no stamp</html>"), "wrong time stamp"),
        (Reply(body=b""), "wrong time stamp"),
        # TimeStampResp of RFC 3161, 2.4.2, by hand: status 2, rejection, and no token
        (Reply(body=bytes.fromhex("30053003020102")), "wrong time stamp"),
        (Reply(body=b"0" * (2 << 20)), "more than a time stamp"),
        (Reply(status=302, headers={"Location": "http://127.0.0.1:9/"}), "status 302"),
    ],
)
def test_what_is_no_stamp_is_refused_and_nothing_is_written(reply, said, tmp_path):
    with answering(reply) as talk, pytest.raises(RequestError, match=said):
        build(files_of(), tmp_path / "dossier", key=KEY, stamp=stamp_by(talk.address))
    assert not list(tmp_path.iterdir())


def test_an_old_answer_is_refused_by_its_number(tsa, tmp_path):
    """Who replays an answer of the same manifest would put an old time under it."""
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    asked = TimestampRequestBuilder().data(b"x").hash_algorithm(HashAlgorithm.SHA256).build()
    answer = stamped(tsa.folder, asked.as_bytes())
    assert read_stamp(answer, b"x", nonce=asked.nonce).at
    with answering(Reply(body=answer)) as talk, pytest.raises(RequestError, match="another quest"):
        stamp_by(talk.address)(b"x")


def test_nobody_there_is_one_sentence():
    with pytest.raises(RequestError, match="cannot reach"):
        stamp_by("http://127.0.0.1:9/")(b"x")
    with pytest.raises(RequestError, match="expected the address"):
        stamp_by("ftp://example.org")


def test_roots_are_pem():
    with pytest.raises(RequestError, match="expected PEM"):
        read_roots(b"no certificate")
    with pytest.raises(DossierError, match="no time stamp"):
        read_stamp(b"0", b"x")
