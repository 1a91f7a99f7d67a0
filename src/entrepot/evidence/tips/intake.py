"""What comes in: words and files of a tip, taken from typed text, files, mails and tip boxes.

Who the source is, is never asked. What an export tells of it beside the tip (senders, addresses,
names in a contact form, code names, times) is not taken in, not even sealed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from entrepot.errors import DocumentError, RequestError
from entrepot.evidence.documents import make
from entrepot.evidence.documents.confined import Limits, confined
from entrepot.evidence.documents.opening import content_of
from entrepot.evidence.tips.seal import MESSAGE, ORIGINAL, WORKING, Part
from entrepot.evidence.tips.strip import Stripped, strip

MOST_BYTES: Final = 500_000_000
"""Largest file of a tip: what SecureDrop lets a source send."""

_ROOMY: Final = Limits(memory_bytes=3 * 1024**3, answer_bytes=MOST_BYTES)
"""For a mail with large attachments: one of 200 MB needs 1.3 GB."""

_MAIL: Final = ("entrepot.evidence.tips.strip_mail", "take_apart")


@dataclass(frozen=True, slots=True)
class Intake:
    """A tip in the clear, in memory, on its way to be sealed.

    Attributes:
        channel: how it came (`casebook.tips.CHANNELS`).
        message: its words; empty: files only.
        files: name and bytes of each file, as they came.
        notes: what was not taken in, and why; never a value.
    """

    channel: str
    message: str = ""
    files: tuple[tuple[str, bytes], ...] = ()
    notes: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Prepared:
    """Parts ready to be sealed, all words for the outline, and what a person must know."""

    parts: tuple[Part, ...]
    words: str
    notes: tuple[str, ...]


def from_files(paths: Sequence[Path], message: str = "") -> Intake:
    """A tip of files; a mail among them gives its words and attachments without its headers."""
    words = [message] if message.strip() else []
    files: list[tuple[str, bytes]] = []
    notes: list[str] = []
    is_mail = False
    for path in paths:
        content = content_of(path, max_bytes=MOST_BYTES)
        if make.make_of(content) in (make.MAIL, make.MBOX):
            taken = from_mail(content)
            words.append(taken.message)
            files += taken.files
            notes += taken.notes
            is_mail = True
        else:
            files.append((path.name, content))
    channel = "mail" if is_mail else "file" if files else "typed"
    return Intake(channel, "\n\n".join(words), tuple(files), tuple(dict.fromkeys(notes)))


def from_mail(content: bytes) -> Intake:
    """The words and attachments of a mail. Sender, times and all other headers are not taken in.

    Raises:
        DocumentError: it is no mail that can be read.
    """
    answer = confined(_MAIL, content, "the mail", _ROOMY)
    files = tuple((f"attachment {n}", one) for n, one in enumerate(answer.contents, 1))
    note = "Sender, recipients, times and all other headers of the mail were not taken in."
    return Intake("mail", str(answer.told["text"]), files, (note,))


def prepare(intake: Intake, *, keep_originals: bool = True) -> Prepared:
    """Parts of a tip: its words, its files, and a working copy of each file without metadata.

    Args:
        intake: what came in.
        keep_originals: seal the files as they came too; they hold metadata, but only they can
            prove what was sent.

    Raises:
        RequestError: there is nothing in it.
    """
    if not intake.message.strip() and not intake.files:
        raise RequestError(
            "got an empty tip, expected words or a file",
            hint="entrepot tip add --text TEXT, or name a file.",
        )
    parts = [Part(MESSAGE, "", intake.message.encode("utf-8", "replace"))] \
        if intake.message.strip() else []  # fmt: skip
    words, notes = [intake.message], list(intake.notes)
    for number, (name, content) in enumerate(intake.files, 1):
        stripped = strip(content)
        copies = list(_copies(stripped, f"file-{number}"))
        if keep_originals or not copies:
            parts.append(Part(ORIGINAL, name, content))
        parts += copies
        words += [one.text for one in (stripped, *stripped.attached)]
        if stripped.refused:
            notes.append(f"file {number}: {stripped.refused}")
        elif not keep_originals and not copies:
            notes.append(f"file {number}: kept as it came, since no copy could be made.")
    return Prepared(tuple(parts), "\n\n".join(filter(None, words)), tuple(notes))


def _copies(stripped: Stripped, name: str) -> Iterable[Part]:
    """Working copies of a file and of the files within it, under neutral names."""
    if stripped.content:
        yield Part(WORKING, f"{name}{stripped.suffix}", stripped.content, stripped.removed)
    for number, inner in enumerate(stripped.attached, 1):
        yield from _copies(inner, f"{name}-{number}")


def refused(name: str, why: str, hint: str) -> DocumentError:
    """The refusal of an export."""
    return DocumentError(why, locator=name, hint=hint)
