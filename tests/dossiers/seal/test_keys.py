"""Signing keys, read by others and read from others."""

import base64
import os
import shutil
import stat
import subprocess

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from entrepot.dossiers.seal.keys import (
    PublicKey,
    SigningKey,
    new_key,
    read_key,
    read_public,
    trusted_keys,
    write_key,
)
from entrepot.dossiers.seal.sign import read_signature, signature_of
from entrepot.errors import DossierError, RequestError

# RFC 8032, section 7.1, TEST 2: https://www.rfc-editor.org/rfc/rfc8032#section-7.1
SECRET = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"
PUBLIC = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
SIGNED = (
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)


def test_the_signature_is_that_of_the_rfc():
    key = SigningKey(ed25519.Ed25519PrivateKey.from_private_bytes(bytes.fromhex(SECRET)))
    assert key.public.raw.hex() == PUBLIC
    assert key.sign(b"\x72").hex() == SIGNED
    assert key.public.verifies(bytes.fromhex(SIGNED), b"\x72")
    assert not key.public.verifies(bytes.fromhex(SIGNED), b"\x73")


@pytest.mark.parametrize("words", ["", "a made-up phrase"])
def test_a_key_file_is_its_owners_alone_and_reads_back(words, tmp_path):
    path, key = tmp_path / "desk.key", new_key()
    write_key(path, key, words)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_key(path, lambda: words).public == key.public
    assert (b"ENCRYPTED" in path.read_bytes()) == bool(words)


def test_a_key_is_never_overwritten(tmp_path):
    path = tmp_path / "desk.key"
    write_key(path, new_key())
    before = path.read_bytes()
    with pytest.raises(RequestError, match="never overwritten"):
        write_key(path, new_key())
    assert path.read_bytes() == before
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(RequestError, match="never overwritten"):
        write_key(tmp_path / "link", new_key())


def test_a_wrong_or_missing_passphrase_is_said(tmp_path):
    path = tmp_path / "desk.key"
    write_key(path, new_key(), "right")
    with pytest.raises(DossierError, match="does not open"):
        read_key(path, lambda: "wrong")
    with pytest.raises(DossierError, match="none was given"):
        read_key(path)


def test_a_key_that_others_can_read_is_refused(tmp_path):
    path = tmp_path / "desk.key"
    write_key(path, new_key())
    path.chmod(0o640)
    with pytest.raises(RequestError, match="can be read by others"):
        read_key(path)


def test_keys_of_ssh_keygen_are_read(tmp_path):
    if shutil.which("ssh-keygen") is None:
        pytest.skip("needs ssh-keygen")
    path = tmp_path / "id"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(path)], check=True)
    public = read_public((tmp_path / "id.pub").read_text())
    assert public == (read_key(path).public,)


def test_a_key_of_another_kind_is_refused(tmp_path):
    path = tmp_path / "other.key"
    path.write_bytes(
        ec.generate_private_key(ec.SECP256R1()).private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    path.chmod(0o600)
    with pytest.raises(RequestError, match="expected Ed25519"):
        read_key(path)
    path.write_text("no key")
    with pytest.raises(RequestError, match="no secret key"):
        read_key(path)
    with pytest.raises(RequestError, match="cannot read"):
        read_key(tmp_path / "nowhere")


def test_public_keys_are_read_in_every_spelling(tmp_path):
    one, two, three = (new_key().public for _ in range(3))
    text = f"# ours\n\n{one.text}\n{two.openssh}\n{three.pem}{one.openssh}\n"
    assert read_public(text) == (one, two, three)
    (tmp_path / "keys").write_text(text)
    assert trusted_keys(str(tmp_path / "keys")) == (one, two, three)
    assert trusted_keys(one.text) == trusted_keys(one.openssh) == (one,)


@pytest.mark.parametrize(
    "text",
    ["", "# none\n", "ssh-rsa AAAA", "-----BEGIN PUBLIC KEY-----\nMCow", base64.b64encode(
        b"short").decode(), "-----BEGIN PUBLIC KEY-----\nMCow\n-----END PUBLIC KEY-----"],
)  # fmt: skip
def test_what_is_no_public_key_is_refused(text):
    with pytest.raises(RequestError):
        read_public(text)


def test_a_secret_key_is_not_taken_for_a_public_one(tmp_path):
    write_key(tmp_path / "desk.key", new_key())
    with pytest.raises(RequestError, match="got a secret key"):
        trusted_keys(str(tmp_path / "desk.key"))
    with pytest.raises(RequestError, match="no file and no public key"):
        trusted_keys("desk.pub")


def test_openssl_verifies_the_signature(tmp_path):
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl")
    key = new_key()
    for name, content in (
        ("data", b"x" * 100),
        ("sig", key.sign(b"x" * 100)),
        ("pem", key.public.pem.encode()),
    ):
        (tmp_path / name).write_bytes(content)
    said = subprocess.run(
        ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "pem", "-rawin", "-in", "data",
         "-sigfile", "sig"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Verified Successfully" in said.stdout


def test_a_signature_has_one_spelling():
    made = signature_of(b"x", new_key())
    content = made.file_bytes()
    assert read_signature(content) == made
    assert made.holds(b"x")
    for other in (content + b"\n", content.replace(b" ", b"  ", 1), b"[]", b"{}", b"\xff", b""):
        with pytest.raises(DossierError):
            read_signature(other)


def test_the_id_is_of_the_public_half():
    key = PublicKey(bytes.fromhex(PUBLIC))
    assert key.key_id.startswith("key_")
    assert len(key.key_id) == 36
    assert key.key_id != new_key().public.key_id


def test_a_key_is_not_printed():
    assert "object at" in repr(new_key())
    assert os.linesep not in new_key().public.openssh
