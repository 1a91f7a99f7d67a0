"""Ids made from content: the same thing has the same id on every machine."""

import hashlib


def content_id(prefix: str, *parts: str) -> str:
    """A short id such as `lea_3f09c2a1b4d5` over an unambiguous encoding of `parts`.

    Each part is preceded by its length, so ("ab", "c") and ("a", "bc") differ.
    """
    digest = hashlib.sha256()
    for part in parts:
        encoded = part.encode()
        digest.update(f"{len(encoded)}:".encode())
        digest.update(encoded)
    return f"{prefix}_{digest.hexdigest()[:12]}"
