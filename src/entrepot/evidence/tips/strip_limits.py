"""How much a working copy may ask for, and why that much."""

from typing import Final

from entrepot.evidence.documents.confined import Limits

PIXELS: Final = 100_000_000
"""Largest picture that is redrawn; telephones take up to 108 million, cameras up to 100."""

PAGE_SIDE_PIXELS: Final = 3_500
"""Longest side of a drawn page: A3 at about 200 dots an inch."""

PAGE_DPI: Final = 150
"""Dots an inch of a drawn page: small print of an invoice stays readable."""

WHITE_FROM: Final = 225
"""Greys this light become white. Pure yellow, as printers use for their hidden dots, has the
luma 226 of 255 (ITU-R BT.601); on paper it is lighter still."""

JPEG_QUALITY: Final = 85
"""Of pictures; losses cannot be seen, and the file does not grow."""

PAGE_QUALITY: Final = 70
"""Of drawn pages: a page full of text takes 320 KB."""

DEPTH: Final = 5
"""Deepest nesting of files in files (a mail in a mail) for which copies are made."""

FILES: Final = 100
"""Most attachments of one file for which copies are made."""

DRAWING: Final = Limits(
    cpu_seconds=300, wall_seconds=900, memory_bytes=3 * 1024**3, answer_bytes=256 * 1024**2
)
"""For a child that draws: 500 pages of text take 25 seconds and 162 MB, and
a picture of `PIXELS`, which takes 2 GB while it is copied."""
