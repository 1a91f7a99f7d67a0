"""Ed25519 keys that dossiers are signed with, in files that other programs read too.

The algorithm is RFC 8032; the cryptography is that of the package `cryptography`, none of our own.
"""

import base64
import hashlib
import os
import stat
from binascii import Error as NoBase64
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from entrepot.errors import DossierError, RequestError

KEY_BYTES: Final = 32
MOST_BYTES: Final = 64 << 10
"""No key file is larger; what is larger was named by mistake."""

Ask = Callable[[], str]
"""Asks for a passphrase; called only where the file is sealed with one."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The public half of a key, by its 32 bytes."""

    raw: bytes

    @property
    def key_id(self) -> str:
        """`key_` and the first 128 bits of the sha256 of the public key, in hexadecimal."""
        return f"key_{hashlib.sha256(self.raw).hexdigest()[:32]}"

    @property
    def text(self) -> str:
        """The 32 bytes in base64: 44 signs."""
        return base64.b64encode(self.raw).decode()

    @property
    def openssh(self) -> str:
        """The key as one line of OpenSSH, with its id as comment."""
        made = Ed25519PublicKey.from_public_bytes(self.raw).public_bytes(
            serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH
        )
        return f"{made.decode()} {self.key_id}"

    @property
    def pem(self) -> str:
        """The key as PEM, which `openssl` reads."""
        return (
            Ed25519PublicKey.from_public_bytes(self.raw)
            .public_bytes(
                serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
            )
            .decode()
        )

    def verifies(self, signature: bytes, content: bytes) -> bool:
        """Whether the holder of the secret half signed exactly these bytes."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, content)
        except (InvalidSignature, ValueError):
            return False
        return True


class SigningKey:
    """The secret half of a key; never printed."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    @property
    def public(self) -> PublicKey:
        """The half to publish."""
        return PublicKey(self._key.public_key().public_bytes_raw())

    def sign(self, content: bytes) -> bytes:
        """64 bytes; the same for the same content, as Ed25519 takes no random number."""
        return self._key.sign(content)

    def file_bytes(self, passphrase: str = "") -> bytes:
        """The key as PEM (PKCS #8), sealed with a passphrase where one is given."""
        return self._key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(passphrase.encode())
            if passphrase
            else serialization.NoEncryption(),
        )


def new_key() -> SigningKey:
    """A new key from the system's random numbers."""
    return SigningKey(Ed25519PrivateKey.generate())


def write_key(path: Path, key: SigningKey, passphrase: str = "") -> None:
    """Write a key file that only its owner reads; one that is there is never overwritten.

    Raises:
        RequestError: the file is there, or cannot be written.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, flags, 0o600), "wb") as made:
            made.write(key.file_bytes(passphrase))
            made.flush()
            os.fsync(made.fileno())
    except FileExistsError as error:
        raise RequestError(
            f"{path} is there already, and a key is never overwritten", hint="Name another file."
        ) from error
    except OSError as error:
        raise RequestError(f"cannot write {path}: {error.strerror}") from error


def read_key(path: Path, ask: Ask = lambda: "") -> SigningKey:
    """The key in a file: PEM (PKCS #8) or OpenSSH, with or without a passphrase.

    Raises:
        RequestError: there is no such file, others can read it, or it holds no Ed25519 key.
        DossierError: the passphrase is wrong or missing.
    """
    content = _content(path)
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise RequestError(
            f"{path} can be read by others, expected a key that only its owner reads",
            hint=f"Run chmod 600 {path}; make a new key if others may have copied it.",
        )
    try:
        return _loaded(content, None, path)
    except TypeError:  # the file is sealed with a passphrase
        given = ask()
    if not given:
        raise DossierError(
            f"{path} is sealed with a passphrase and none was given",
            hint="Set ENTREPOT_SIGNING_PASSPHRASE, or run the command in a terminal.",
        )
    try:
        return _loaded(content, given.encode(), path)
    except TypeError as error:
        raise RequestError(f"{path} holds no key that a passphrase opens") from error


def _loaded(content: bytes, passphrase: bytes | None, path: Path) -> SigningKey:
    is_ssh = b"BEGIN OPENSSH" in content
    load = serialization.load_ssh_private_key if is_ssh else serialization.load_pem_private_key
    try:
        key = load(content, passphrase)
    except (ValueError, UnsupportedAlgorithm) as error:
        if passphrase is not None:
            raise DossierError(f"the passphrase does not open {path}") from error
        raise RequestError(
            f"{path} holds no secret key, expected PEM or OpenSSH",
            hint="entrepot signing new --key FILE makes one.",
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise RequestError(
            f"{path} holds a key of another kind, expected Ed25519",
            hint="entrepot signing new --key FILE makes one.",
        )
    return SigningKey(key)


def read_public(text: str) -> tuple[PublicKey, ...]:
    """Public keys in a text: PEM blocks, OpenSSH lines, 44 signs of base64 a line; # comments.

    Raises:
        RequestError: a line holds no Ed25519 public key, or the text holds none.
    """
    if "PRIVATE KEY" in text:
        raise RequestError(
            "got a secret key, expected public ones",
            hint="entrepot signing show --key FILE prints the public half.",
        )
    found, block = [], ""
    for line in (one.strip() for one in text.splitlines()):
        block = f"{block}{line}\n" if block or line.startswith("-----BEGIN") else ""
        if block and not line.startswith("-----END"):
            continue
        if block or (line and not line.startswith("#")):
            found.append(_public(block or line))
        block = ""
    if not found or block:
        raise RequestError(
            "got no whole public key", hint="Give the file that its holder published."
        )
    return tuple(dict.fromkeys(found))


def _public(text: str) -> PublicKey:
    try:
        if text.startswith("-----BEGIN"):
            key = serialization.load_pem_public_key(text.encode())
        elif text.startswith("ssh-"):
            key = serialization.load_ssh_public_key(text.encode())
        else:
            raw = base64.b64decode(text, validate=True)
            key = Ed25519PublicKey.from_public_bytes(raw)
    except (ValueError, NoBase64, UnsupportedAlgorithm) as error:
        raise RequestError(
            f"got {text[:40]!r}, expected an Ed25519 public key as PEM, OpenSSH line or base64"
        ) from error
    if not isinstance(key, Ed25519PublicKey):
        raise RequestError(f"got a public key of another kind, expected Ed25519: {text[:40]!r}")
    return PublicKey(key.public_bytes_raw())


def trusted_keys(given: str) -> tuple[PublicKey, ...]:
    """Public keys as a user names them: a file of keys, or a key itself.

    Raises:
        RequestError: it is neither.
    """
    path = Path(given)
    try:
        is_file = path.is_file()
    except (OSError, ValueError):
        is_file = False
    if not is_file and len(given) < 2 * KEY_BYTES and not _is_base64_key(given):
        raise RequestError(
            f"got {given!r}, which is no file and no public key",
            hint="Give a file of public keys, or a key as entrepot signing show prints it.",
        )
    return read_public(_content(path).decode("utf-8", "replace") if is_file else given)


def _is_base64_key(text: str) -> bool:
    try:
        return len(base64.b64decode(text, validate=True)) == KEY_BYTES
    except (ValueError, NoBase64):
        return False


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise RequestError(f"cannot read {path}: {error.strerror}") from error
    if len(content) > MOST_BYTES:
        raise RequestError(f"{path} is larger than any key file ({MOST_BYTES >> 10} KiB)")
    return content
