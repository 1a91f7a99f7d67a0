"""From bytes to text when nobody says in which encoding: told by the bytes, said in a note."""

import codecs
import re
from typing import Final

from entrepot.evidence.documents.found import many

_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CYRILLIC: Final = {
    "cp1251": "Windows-1251",
    "koi8_u": "KOI8",
    "cp866": "DOS code page 866",
    "iso8859_5": "ISO 8859-5",
}
_FREQUENT: Final = frozenset("оеаинтсрвлкмдпуяыьзіїє")
_SIGNS: Final = frozenset("«»—–№“”„…’‘\u00a0°•§")
_SAMPLE_BYTES: Final = 100_000
_HIGH: Final = re.compile(rb"[\x80-\xff]")
_WESTERN: Final = re.compile(rb"[\x80\x85\x91-\x97\xa0\xa3\xa7\xa9\xab\xb0\xb7\xbb\xc0-\xff]")
_HIGH_RUN: Final = re.compile(rb"[\xa0-\xff]{3,}")


def decode(content: bytes) -> tuple[str, tuple[str, ...]]:
    """Text and notes. UTF-8 where it can be; else a byte order mark; else a guess, said in a note.

    Bytes that are in no way text become U+FFFD, counted in a note; nothing is dropped. The guess
    between the Cyrillic encodings counts frequent small letters of Russian and Ukrainian.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _with_note(content, encoding)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(content)
    return _without_mark(content) or (text, ())


def unmarked_utf16(sample: bytes) -> str:
    """The encoding of UTF-16 text without a mark; empty: it is none.

    Of a Latin or Cyrillic text every second byte is 0 or 4, and no other one is.
    """
    if len(sample) < 8:
        return ""
    even, odd = (_share(sample[start::2]) for start in (0, 1))
    if odd > 0.9 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.9 and odd < 0.1 else ""


def _share(half: bytes) -> float:
    return (half.count(0) + half.count(4)) / len(half)


def _without_mark(content: bytes) -> tuple[str, tuple[str, ...]] | None:
    encoding = unmarked_utf16(content[:2000])
    if not encoding:
        return None
    text, notes = _with_note(content, encoding)
    return text, ("No byte order mark; read as UTF-16, told by every second byte.", *notes)


def _with_note(content: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    text = content.decode(encoding, "replace")
    lost = text.count("\ufffd")
    if not lost or "\ufffd".encode(encoding.removesuffix("-sig"))[-2:] in content:
        try:
            return content.decode(encoding), ()
        except UnicodeDecodeError:
            pass
    what = encoding.removesuffix("-sig").upper()
    return text, (f"{many(lost, 'place')} held no valid {what}; replaced by U+FFFD.",)


def _not_utf8(content: bytes) -> tuple[str, tuple[str, ...]]:
    found = _without_mark(content)
    if found:
        return found
    text = content.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    held = sum(1 for sign in text[:_SAMPLE_BYTES] if sign > "\x7f" and sign != "\ufffd")
    if held < lost:
        guessed = _guess(content)
        if guessed:
            return _as_guessed(content, *guessed)
    return text, (f"{many(lost, 'place')} held no valid UTF-8; replaced by U+FFFD.",)


def _guess(content: bytes) -> tuple[str, str] | None:
    sample = content[:_SAMPLE_BYTES]
    high = _HIGH.findall(sample) or _HIGH.findall(content)[:1000]
    if _HIGH_RUN.search(content):
        scores = {name: _score(sample.decode(name, "replace")) for name in _CYRILLIC}
        best = max(scores, key=lambda name: scores[name])
        if scores[best] >= 0.3 * len(high):
            return best, _CYRILLIC[best]
    if all(_WESTERN.match(byte) for byte in high):
        return "cp1252", "Windows-1252"
    return None


def _score(text: str) -> float:
    """Frequent small letters count for, capitals within a word and odd signs against."""
    total, before = 0.0, " "
    for sign in text:
        if sign > "\x7f":
            if sign in _FREQUENT:
                total += 1
            elif "\u0400" <= sign <= "\u04ff":
                total += -1 if sign.isupper() and before.islower() else 0.2
            elif sign not in _SIGNS:
                total -= 1
        before = sign
    return total


def _as_guessed(content: bytes, encoding: str, called: str) -> tuple[str, tuple[str, ...]]:
    text = content.decode(encoding, "replace")
    notes = [f"Not UTF-8; read as {called}, guessed from the letters in it."]
    lost = text.count("\ufffd")
    if lost:
        notes.append(f"{many(lost, 'place')} held no valid {called}; replaced by U+FFFD.")
    return text, tuple(notes)
