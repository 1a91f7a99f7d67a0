"""Files made for tests: honest and hostile ones, from nothing but bytes."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{REL}/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)


def pdf_of(streams: Sequence[bytes], *, catalog: bytes = b"", extra: Sequence[bytes] = (),
           info: bytes = b"", page: bytes = b"", trailer: bytes = b"") -> bytes:  # fmt: skip
    """A PDF with one page a content stream; `extra` objects are numbered from 10."""
    objects: dict[int, bytes] = {
        1: b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        4: b"<<" + info + b">>",
    }
    objects.update({10 + place: one for place, one in enumerate(extra)})
    kids = []
    for place, stream in enumerate(streams):
        at = 100 + 2 * place
        kids.append(f"{at} 0 R".encode())
        objects[at] = (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R" % (at + 1)
            + b"/Resources<</Font<</F1 3 0 R>>/XObject<</Im 10 0 R>>>>" + page + b">>"
        )  # fmt: skip
        objects[at + 1] = stream_of(stream)
    objects[2] = b"<</Type/Pages/Count %d/Kids[" % len(kids) + b" ".join(kids) + b"]>>"
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, at in sorted(places.items()):
        out += b"%d 1\n%010d 00000 n \n" % (number, at)
    return bytes(out) + (
        b"trailer\n<</Size %d/Root 1 0 R/Info 4 0 R" % (max(objects) + 1) + trailer
        + b">>\nstartxref\n%d\n%%%%EOF\n" % start
    )  # fmt: skip


def stream_of(content: bytes, facts: bytes = b"") -> bytes:
    return b"<</Length %d" % len(content) + facts + b">>\nstream\n" + content + b"\nendstream"


def text_stream(*lines: str, mode: int = 0) -> bytes:
    """Lines of Helvetica 11 from the top of the page."""
    drawn = [f"BT /F1 11 Tf {mode} Tr 50 780 Td 14 TL"]
    for line in lines:
        kept = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        drawn.append(f"({kept}) Tj T*")
    return "\n".join([*drawn, "ET"]).encode("cp1252")


PIXEL = stream_of(b"\x00", b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8"
                           b"/ColorSpace/DeviceGray")  # fmt: skip
PICTURE_STREAM = b"q 300 0 0 300 50 300 cm /Im Do Q"


def zip_of(members: Mapping[str, str | bytes], *, packed: bool = True) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return out.getvalue()


def docx_of(body: str, members: Mapping[str, str | bytes] | None = None) -> bytes:
    """A DOCX whose body is the given WordprocessingML."""
    document = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    held: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES, "_rels/.rels": RELS, "word/document.xml": document,
    }  # fmt: skip
    return zip_of({**held, **(members or {})})


def paragraph(*runs: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


def odt_of(body: str, members: Mapping[str, str | bytes] | None = None) -> bytes:
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "text", "table")
    )
    content = (
        f'<office:document-content {spaces} xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    return zip_of({"mimetype": kind, "content.xml": content, **(members or {})})


def png_of(width: int, height: int, chunks: Sequence[tuple[bytes, bytes]] = ()) -> bytes:
    """A black PNG of which the head says the size and at most ten rows follow."""
    data = zlib.compress(bytes((width + 1) * min(height, 10)))
    made = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)), *chunks,
            (b"IDAT", data), (b"IEND", b"")]  # fmt: skip
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in made
    )
