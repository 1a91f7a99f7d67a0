"""Office files are ZIP archives: opened only after a look at what they would unfold to."""

import zipfile
from collections import Counter
from io import BytesIO
from typing import Final

from lxml import etree

from entrepot.errors import DocumentError
from entrepot.evidence.documents.limits import (
    MARKUP_BYTES,
    MIB,
    ZIP_MEMBERS,
    ZIP_RATIO,
    ZIP_RATIO_FROM_BYTES,
    ZIP_UNPACKED_BYTES,
)

_HARM: Final = (
    "It may be made to do harm; do not unpack it, and ask for the text in another format."
)
_ENCRYPTED: Final = 0x1


class Packed:
    """The members of an archive; nothing is unpacked before it is asked for."""

    def __init__(self, content: bytes, name: str) -> None:
        """Look at the table of members.

        Raises:
            DocumentError: damaged, locked, or it would unfold to too much.
        """
        self.name = name
        try:
            self._archive = zipfile.ZipFile(BytesIO(content))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise DocumentError(
                "this file is damaged and cannot be opened", locator=name, hint="Fetch it again."
            ) from error
        self._check(self._archive.infolist(), len(content))

    @property
    def members(self) -> list[str]:
        """Names of the members, in order."""
        return self._archive.namelist()

    def __contains__(self, member: str) -> bool:
        return member in self._archive.NameToInfo

    def part(self, member: str, most: int = MARKUP_BYTES) -> bytes:
        """The bytes of a member.

        Raises:
            DocumentError: missing, damaged, or larger than `most`, whatever the table says.
        """
        place = f"{self.name}, {member}"
        try:
            with self._archive.open(member) as opened:
                content = opened.read(most + 1)
        except (zipfile.BadZipFile, KeyError, RuntimeError, ValueError, OSError, EOFError) as error:
            raise DocumentError("this part is damaged", locator=place, hint=_HARM) from error
        except zipfile.zlib.error as error:  # type: ignore[attr-defined]
            raise DocumentError("this part is damaged", locator=place, hint=_HARM) from error
        if len(content) > most:
            raise DocumentError(
                f"this part unfolds to more than {most / MIB:,.0f} MB", locator=place, hint=_HARM
            )
        return content

    def tree(self, member: str) -> etree._Element:
        """The XML of a member. Entities are refused, nothing outside it is read.

        Raises:
            DocumentError: as `part`; no XML, or XML with entities of its own.
        """
        content = self.part(member)
        place = f"{self.name}, {member}"
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise DocumentError("this part is no valid XML", locator=place, hint=_HARM) from error
        if root.getroottree().docinfo.doctype:
            raise DocumentError(
                "this part declares entities of its own, which office files never do",
                locator=place, hint=_HARM,
            )  # fmt: skip
        return root

    def _check(self, members: list[zipfile.ZipInfo], size: int) -> None:
        why = ""
        if len(members) > ZIP_MEMBERS:
            why = f"got an archive of {len(members):,} members, expected at most {ZIP_MEMBERS:,}"
        elif any(one.flag_bits & _ENCRYPTED for one in members):
            raise DocumentError(
                "this file is locked with a password",
                locator=self.name, hint="Open it with the password, and save it without one.",
            )  # fmt: skip
        elif sum(one.file_size for one in members) > ZIP_UNPACKED_BYTES:
            why = f"this file unfolds to more than {ZIP_UNPACKED_BYTES / MIB:,.0f} MB"
        elif any(_grows(one) for one in members):
            why = f"a part of this file unfolds to more than {ZIP_RATIO} times its size"
        elif sum(one.compress_size for one in members) > size:
            why = "the parts of this file overlap"
        elif max(Counter(one.filename for one in members).values(), default=0) > 1:
            why = "two parts of this file have the same name"
        if why:
            raise DocumentError(why, locator=self.name, hint=_HARM)


def _grows(member: zipfile.ZipInfo) -> bool:
    return member.file_size > ZIP_RATIO_FROM_BYTES and member.file_size > ZIP_RATIO * max(
        member.compress_size, 1
    )
