"""How much a file of unknown make may ask for, and why that much."""

from typing import Final

MIB: Final = 1024 * 1024

FILE_BYTES: Final = 50 * 1024 * 1024
"""Largest file that is opened. Mail servers and portals stop at 25 MB; the longest court filings
with scans lie under 50 MB. Larger ones can be read with a higher limit, on purpose."""

TEXT_CHARACTERS: Final = 5_000_000
"""Most text of one report: about 2,500 printed pages. More is a data dump, not a report."""

PDF_PAGES: Final = 500
"""Most pages of a PDF. A report of a UN panel of experts has up to 300 to 500."""

CPU_SECONDS: Final = 60
"""Computing time of the child that reads a file; an honest one of 500 pages takes under 20."""

WALL_SECONDS: Final = 180
"""Time after which the child is ended whatever it does: three times its computing time, for a
machine that is busy with other work."""

MEMORY_BYTES: Final = 1024 * 1024 * 1024
"""Address space of the child; an honest file of `FILE_BYTES` stays below half of it."""

ANSWER_BYTES: Final = 100 * 1024 * 1024
"""Most that a child may hand back: `TEXT_CHARACTERS` as JSON with four bytes a sign fit five times,
and the drawn pages of a working copy."""

PAGE_BYTES: Final = 10 * 1024 * 1024
"""Largest HTML page: 2 seconds of reading a megabyte. Long articles of newsrooms have under 3."""

MARKUP_BYTES: Final = 20 * 1024 * 1024
"""Largest XML part of an office file. The tree takes up to 30 times as much memory."""

ZIP_MEMBERS: Final = 5_000
"""Most members of a DOCX or ODT. A book with 2,000 pictures has about 2,100."""

ZIP_UNPACKED_BYTES: Final = 200 * 1024 * 1024
"""Most that all members may unpack to, four times the largest file."""

ZIP_RATIO: Final = 200
"""Most that a member may grow when unpacked. XML of offices packs 5 to 30 times; a bomb 1,000."""

ZIP_RATIO_FROM_BYTES: Final = 1024 * 1024
"""Smaller members are not held to `ZIP_RATIO`: a short empty table packs well and harms nobody."""

MAIL_PARTS: Final = 500
"""Most parts of one e-mail, attachments included."""

MAIL_BORDERS: Final = 20_000
"""Most lines of a mail that begin with two dashes, as borders of parts do: counted before the mail
is taken apart, which is slow. A long text ruled with dashes has some hundreds."""

MAIL_DEPTH: Final = 20
"""Deepest nesting of an e-mail; five forwards within one another reach about 12."""

MAIL_HEADER_BYTES: Final = 1024 * 1024
"""Longest head of an e-mail. Mail servers stop at 32 to 256 KB."""
