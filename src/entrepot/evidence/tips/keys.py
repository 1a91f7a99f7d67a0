"""Reviewers' keys: age key pairs, the secret half in a file that only its holder has.

A key file is what `age-keygen` writes, or the same sealed with a passphrase, so that other tools
of age (age-encryption.org) open what is sealed here. Entrepot makes no cryptography of its own.
"""

from collections.abc import Callable
from typing import Final

import pyrage
from pyrage import passphrase, x25519

from entrepot.errors import SealError

_SECRET: Final = "AGE-SECRET-KEY-1"
_SEALED: Final = b"age-encryption.org/v1"
MOST_BYTES: Final = 100_000
"""Largest key file that is read; a real one has under 400 bytes."""

Ask = Callable[[], str]
"""Asks a person for a passphrase; called only where the file is sealed with one."""


def new_key(secret_words: str = "") -> tuple[bytes, str]:
    """A new key pair: content of the key file, and the public key.

    Args:
        secret_words: passphrase that seals the file; empty: the file is written bare.
    """
    identity = x25519.Identity.generate()
    public = str(identity.to_public())
    text = f"# Entrepot reviewer key. Whoever has this file can read tips sealed to it.\n" \
           f"# public key: {public}\n{identity}\n"  # fmt: skip
    content = text.encode()
    return (passphrase.encrypt(content, secret_words) if secret_words else content), public


def read_key(content: bytes, ask: Ask, *, name: str = "the key file") -> x25519.Identity:
    """The key pair in a key file.

    Args:
        content: of the file.
        ask: for the passphrase, where it is sealed with one.
        name: of the file, for the sentence of an error.

    Raises:
        SealError: it holds no key, the passphrase is wrong, or the file is damaged.
    """
    if len(content) > MOST_BYTES:
        raise SealError(f"{name} is too large for a key file ({len(content):,} bytes)")
    if content.startswith(_SEALED):
        try:
            content = passphrase.decrypt(content, ask())
        except pyrage.DecryptError as error:
            raise SealError(
                f"{name} cannot be opened with this passphrase, or is damaged",
                hint="Nobody can open it without the passphrase; say so with entrepot tip keys "
                "lose if it is gone.",
            ) from error
    lines = [line.strip() for line in content.decode("utf-8", "replace").splitlines()]
    found = [line for line in lines if line.startswith(_SECRET)]
    if len(found) != 1:
        raise SealError(
            f"{name} holds {len(found)} age keys, expected one line {_SECRET}...",
            hint="entrepot tip keys new FILE makes a key file.",
        )
    try:
        return x25519.Identity.from_str(found[0])
    except pyrage.IdentityError as error:
        raise SealError(f"{name} holds a damaged age key", hint="Use a copy of it.") from error


def public_key(text: str) -> str:
    """A public key as it is kept, from what a person typed.

    Raises:
        SealError: it is none.
    """
    plain = text.strip()
    try:
        x25519.Recipient.from_str(plain)
    except pyrage.RecipientError as error:
        hint = "A public key begins with age1; entrepot tip keys new prints it."
        if plain.upper().startswith(_SECRET):
            hint = "That is a secret key. Treat it as known to others, and make a new one."
            plain = "a secret key"
        raise SealError(f"got {plain[:70]!r}, expected a public age key", hint=hint) from error
    return plain


def own_public(identity: x25519.Identity) -> str:
    """The public half of a key pair."""
    return str(identity.to_public())
