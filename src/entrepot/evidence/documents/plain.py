"""Plain text of any encoding."""

from entrepot.evidence.documents.decoding import decode
from entrepot.evidence.documents.found import Found


def read_text(content: bytes, name: str) -> Found:
    """The text as it stands; `name` is not needed and taken for the common face of readers."""
    text, notes = decode(content)
    return Found(text, notes=notes)
