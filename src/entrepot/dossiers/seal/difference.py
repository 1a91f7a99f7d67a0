"""What differs between a dossier as it is and as it was sealed."""

from dataclasses import dataclass
from typing import Final

KINDS: Final = (
    "missing",  # a file that the manifest lists is not there
    "extra",  # a file that it does not list is there
    "changed",  # the bytes are others
    "link",  # a link, a pipe or the like in place of a file
    "name",  # a name that is not safe on every system
    "signature",  # the signature does not cover the manifest, or is not one
    "key",  # signed with a key that is not trusted
    "unsigned",  # a signature was asked for and there is none
    "stamp",  # the time stamp is of other bytes, or does not lead to a trusted root
    "content",  # manifest and dossier.json do not say the same
    "citation",  # a citation is used and not defined, or defined and not used
    "chain",  # the versions do not follow each other
    "archive",  # an archived file is missing or changed
    "rebuild",  # made anew from dossier.json, a file comes out otherwise
    "version",  # made with another version of the program, so that it may come out otherwise
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs.

    Attributes:
        path: relative to the folder; of an archived file, in the archive.
        kind: one of `KINDS`.
        expected: in words.
        found: in words.
        hint: what may have happened, or what to do; may be empty.
    """

    path: str
    kind: str
    expected: str
    found: str
    hint: str = ""

    @property
    def sentence(self) -> str:
        """The difference in one sentence."""
        return f"{self.path}: got {self.found}, expected {self.expected}"
