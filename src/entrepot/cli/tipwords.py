"""What a stranger wrote, made harmless for a terminal; and files that only their owner reads."""

import os
import re
from pathlib import Path
from typing import Final

_ACTING: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def harmless(text: str) -> str:
    """Text whose signs that steer a terminal or turn the reading direction are spelt out."""
    return _ACTING.sub(lambda one: one.group().encode("unicode_escape").decode(), text)


def write_private(path: Path, content: bytes) -> None:
    """A new file with mode 0600.

    Raises:
        OSError: it is there already, or a link, or cannot be written.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o600), "wb") as made:
        made.write(content)
