"""The secret of a list: hashes that only its holder can make, and the tokens in letters."""

import base64
import hashlib
import hmac
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from entrepot.dossiers.letters.address import same
from entrepot.errors import WorkspaceError

Randomness = Callable[[int], bytes]
"""So many bytes that nobody can guess; `secrets.token_bytes` outside of tests."""

SIZE: Final = 32
_PERSON: Final = 16
_PROOF: Final = 16
"""Bytes of each: 128 bits, so that neither collides nor is guessed."""


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """The secret of one list."""

    secret: bytes

    def person(self, address: str) -> str:
        """The keyed hash of a normal address, 32 hexadecimal digits."""
        return self._hash("person", same(address).encode())[:_PERSON].hex()

    def leaving(self, person: str) -> str:
        """The token with which a person leaves: in each letter, for ever the same."""
        raw = bytes.fromhex(person)
        return _written(raw + self._hash("leave", raw)[:_PROOF])

    def who_leaves(self, token: str) -> str | None:
        """The person of such a token; null: it is none of this list."""
        raw = _read(token)
        if len(raw) != _PERSON + _PROOF:
            return None
        person, proof = raw[:_PERSON], raw[_PERSON:]
        fits = hmac.compare_digest(proof, self._hash("leave", person)[:_PROOF])
        return person.hex() if fits else None

    @property
    def check(self) -> str:
        """What a store keeps to know its own key again."""
        return self._hash("check", b"").hex()

    def _hash(self, use: str, content: bytes) -> bytes:
        return hmac.digest(self.secret, use.encode() + b"\0" + content, "sha256")


def fresh_token(random: Randomness) -> str:
    """A token of confirmation, 43 signs that go into an address as they are."""
    return _written(random(SIZE))


def token_hash(token: str) -> str:
    """How a token is kept: who reads the store cannot confirm with it."""
    return hashlib.sha256(token.strip().encode()).hexdigest()


def held_key(path: Path, random: Randomness, *, create: bool) -> Key:
    """The key in a file of its own, mode 0600; made where there is none and it may be.

    It lies beside the store and not in it, so that a copy of the store alone tells nobody who
    has left the list.

    Raises:
        WorkspaceError: there is none, it cannot be read, or it is no key.
    """
    try:
        if create and not path.exists():
            _make(path, random(SIZE))
        secret = path.read_bytes()
    except OSError as error:
        raise WorkspaceError(
            f"cannot read the key of the newsletter {path}: {error.strerror}",
            hint="Put it back from a copy; without it nobody on the list can leave with the "
            "address in old letters, and who has left is not known again.",
        ) from error
    if len(secret) != SIZE:
        raise WorkspaceError(f"{path} holds {len(secret)} bytes, expected a key of {SIZE}")
    return Key(secret)


def _make(path: Path, secret: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(secret)
            stream.flush()
            os.fsync(stream.fileno())
        # a link is made once: of two processes that begin together, both read the first one's key
        try:
            os.link(temporary, path)
        except FileExistsError:
            return
    finally:
        temporary.unlink(missing_ok=True)


def _written(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _read(token: str) -> bytes:
    plain = token.strip()
    try:
        found = base64.b64decode(plain + "=" * (-len(plain) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return b""
    return found if _written(found) == plain else b""
