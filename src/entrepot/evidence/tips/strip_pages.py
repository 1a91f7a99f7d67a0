"""A PDF made of pictures only: no names, no dates, no ids, no text, no fonts, no links."""

from collections.abc import Iterable

Page = tuple[bytes, tuple[int, int], str]
"""JPEG of a page, its width and height in pixels, and its mode (`L` or `RGB`)."""


def pdf_of_pictures(pages: Iterable[Page], dpi: int) -> bytes:
    """A PDF 1.4 with one picture a page; equal pictures give equal bytes everywhere.

    It has neither Info, ID nor XMP, which ISO 32000-1 (14.3, 14.4) leaves to the writer.
    """
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    kids = []
    for content, (width, height), mode in pages:
        first = len(objects) + 1
        wide, high = width * 72 / dpi, height * 72 / dpi
        drawn = f"q {wide:.2f} 0 0 {high:.2f} 0 0 cm /P Do Q".encode()
        space = b"/DeviceGray" if mode == "L" else b"/DeviceRGB"
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {wide:.2f} {high:.2f}]"
            f"/Contents {first + 1} 0 R/Resources<</XObject<</P {first + 2} 0 R>>>>>>".encode()
        )
        objects.append(_stream(b"", drawn))
        facts = f"/Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 8"
        objects.append(_stream(facts.encode() + b"/Filter/DCTDecode/ColorSpace" + space, content))
        kids.append(f"{first} 0 R")
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode()
    return _file(objects)


def _stream(facts: bytes, content: bytes) -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (facts, len(content), content)


def _file(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % place
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
