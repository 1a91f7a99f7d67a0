"""Files with identifiers planted wherever their makes have room for them, and a search for them."""

import base64
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage

from docx import Document
from PIL import Image
from tests.evidence.documents.making import W, docx_of, paragraph, pdf_of, stream_of, text_stream

MARK = "PLANTED"
"""Every identifier begins with it; none of the words does."""


def mark(what: str) -> str:
    return f"{MARK}-{what}-7Q"


def found_in(content: bytes, depth: int = 0) -> set[str]:
    """Identifiers in the bytes, in any usual encoding, and in all that is packed in them."""
    found: set[str] = set()
    for encoding in ("latin-1", "utf-16-le", "utf-16-be"):
        for one in re.finditer(re.escape(MARK.encode(encoding)), content):
            stretch = content[one.start() : one.start() + 80].decode(encoding, "replace")
            found.update(re.findall(r"^[A-Za-z0-9-]+", stretch))
    if depth < 4:
        for inner in _unpacked(content):
            found |= found_in(inner, depth + 1)
    return found


def _unpacked(content: bytes) -> Iterator[bytes]:
    for at in (one.start() for one in re.finditer(rb"x[\x01\x5e\x9c\xda]", content)):
        try:
            yield zlib.decompressobj().decompress(content[at:], 2_000_000)
        except zlib.error:
            continue
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from (archive.read(one) for one in archive.namelist())
    for run in re.findall(rb"[A-Za-z0-9+/\r\n]{24,}", content)[:200]:
        packed = run.replace(b"\r", b"").replace(b"\n", b"")
        yield base64.b64decode(packed[: len(packed) // 4 * 4])
    if content.startswith(b"From: "):
        for part in message_from_bytes(content).walk():
            inner = part.get_payload(decode=True)
            if isinstance(inner, bytes):
                yield inner


def pixels(mode: str = "RGB") -> Image.Image:
    """A small picture without symmetry: red at the upper left, blue at the lower right."""
    made = Image.linear_gradient("L").resize((48, 32)).convert(mode)
    if mode != "L":
        red, blue = ((255, 0, 0), (0, 0, 255)) if mode == "RGB" else ((255, 0, 0, 255),) * 2
        made.paste(red, (0, 0, 12, 8))
        made.paste(blue, (36, 24, 48, 32))
    return made


def exif() -> Image.Exif:
    made = Image.Exif()
    for tag, what in (
        (0x010F, "maker"), (0x0110, "model"), (0x0131, "software"), (0x013B, "artist"),
        (0x8298, "rights"), (0x010E, "caption"),
    ):  # fmt: skip
        made[tag] = mark(what)
    made[0x0112] = 6
    inner = made.get_ifd(0x8769)
    inner[0xA431], inner[0xA435] = mark("serial"), mark("lens")
    inner[0x9003] = mark("taken")
    inner[0x927C] = _saved(pixels(), "JPEG", comment=mark("thumbnail").encode())
    place = made.get_ifd(0x8825)
    place[1], place[2], place[29] = "N", (53.0, 54.0, 8.0), mark("gpsday")
    return made


def xmp() -> bytes:
    return (
        '<?xpacket begin="\ufeff"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>'
        f"{mark('xmp')}</rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
    ).encode()


def _saved(made: Image.Image, form: str, **facts: object) -> bytes:
    out = io.BytesIO()
    made.save(out, form, **facts)
    return out.getvalue()


def _segment(number: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, number, len(body) + 2) + body


def jpeg() -> bytes:
    plain = _saved(pixels(), "JPEG", exif=exif(), comment=mark("comment").encode(),
                   icc_profile=b"\0" * 36 + b"acsp" + mark("icc").encode())  # fmt: skip
    more = _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp())
    caption = mark("iptc").encode()
    iptc = b"\x1c\x02\x78" + struct.pack(">H", len(caption)) + caption
    block = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(iptc)) + iptc
    more += _segment(0xED, b"Photoshop 3.0\0" + block)
    return plain[:20] + more + plain[20:] + mark("behind").encode()


def png() -> bytes:
    plain = _saved(pixels(), "PNG", exif=exif())
    chunks = [
        (b"tEXt", b"Author\0" + mark("text").encode()),
        (b"zTXt", b"Comment\0\0" + zlib.compress(mark("packed").encode())),
        (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp()),
        (b"prVt", mark("private").encode()),
    ]
    held = b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )
    return plain[:33] + held + plain[33:] + mark("behind").encode()


def gif() -> bytes:
    made = _saved(pixels("L"), "GIF", comment=mark("comment").encode())
    return made + mark("behind").encode()


def webp() -> bytes:
    return _saved(pixels(), "WEBP", exif=exif().tobytes(), xmp=xmp())


def tiff() -> bytes:
    facts = {0x010E: mark("caption"), 0x0131: mark("software"), 0x013B: mark("artist"), 700: xmp()}
    return _saved(pixels(), "TIFF", tiffinfo=facts)


def bmp() -> bytes:
    return _saved(pixels(), "BMP") + mark("behind").encode()


def pdf(**facts: bytes) -> bytes:
    """One page with the word "Shown", and identifiers everywhere else."""
    action = f"/OpenAction<</S/JavaScript/JS({mark('script')})>>/Metadata 11 0 R".encode()
    files = b"/Names<</EmbeddedFiles<</Names[(a) 12 0 R]>>>>"
    note = f"<</Type/Annot/Subtype/Text/Rect[9 9 30 30]/Contents({mark('note')})>>".encode()
    info = "".join(
        f"/{key}({mark(key.lower())})" for key in ("Author", "Creator", "Producer", "Title", "Own")
    )
    extra = [
        stream_of(b"\0", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"),
        stream_of(zlib.compress(xmp()), b"/Type/Metadata/Subtype/XML/Filter/FlateDecode"),
        f"<</Type/Filespec/F({mark('path')})/EF<</F 13 0 R>>>>".encode(),
        stream_of(mark("attached").encode(), b"/Type/EmbeddedFile"),
        note,
    ]
    hidden = (
        text_stream("Shown in the copy", *[""] * 3) + b"\n" + text_stream(mark("unseen"), mode=3)
    )
    return pdf_of(
        [hidden], catalog=action + files, extra=extra, page=b"/Annots[14 0 R]",
        info=info.encode() + b"/CreationDate(D:20220826120000+03'00')", **facts,
    )  # fmt: skip


def docx() -> bytes:
    """Made by an office library, with a picture in it; more facts are added by hand."""
    made = Document()
    made.add_paragraph("Words that stay.")
    made.add_picture(io.BytesIO(jpeg()))
    facts = made.core_properties
    facts.author, facts.last_modified_by = mark("author"), mark("editor")
    facts.title, facts.comments, facts.keywords = mark("title"), mark("remark"), mark("keyword")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def docx_by_hand() -> bytes:
    who = f'w:author="{mark("reviser")}" w:date="{mark("when")}"'
    body = (
        f'<w:p w:rsidR="{mark("rsid")}"><w:r><w:t>Words that stay.</w:t></w:r>'
        f"<w:ins {who}><w:r><w:t> New ones.</w:t></w:r></w:ins>"
        f"<w:del {who}><w:r><w:delText>{mark('deleted')}</w:delText></w:r></w:del>"
        f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>{mark('hidden')}</w:t></w:r></w:p>"
    )
    comments = (
        f'<w:comments xmlns:w="{W}"><w:comment w:author="{mark("commenter")}">'
        f"{paragraph(mark('remark'))}</w:comment></w:comments>"
    )
    return docx_of(body, {
        "docProps/app.xml": f"<Properties><Company>{mark('company')}</Company></Properties>",
        "docProps/custom.xml": f"<Properties>{mark('custom')}</Properties>",
        "docProps/thumbnail.jpeg": jpeg(), "word/comments.xml": comments,
        "word/settings.xml": f"<settings><rsid>{mark('rsids')}</rsid></settings>",
        "word/people.xml": f"<people>{mark('person')}</people>",
    })  # fmt: skip


def page() -> bytes:
    return (
        f'<html><head><meta name="generator" content="{mark("program")}">'
        f"<!-- {mark('comment')} --><script>{mark('script')}</script></head><body>"
        f'<p title="{mark("title")}">Words that <a href="http://x.example/?u={mark("user")}">stay</a>.</p>'
        f'<p style="display:none">{mark("hidden")}</p><img alt="{mark("alt")}"></body></html>'
    ).encode()


def mail() -> bytes:
    """Every header planted, a photo attached, and a mail within the mail."""
    made = EmailMessage()
    made["From"] = f"{mark('sender')} <{mark('box')}@x.example>"
    made["To"], made["Cc"] = f"{mark('to')}@x.example", f"{mark('cc')}@x.example"
    made["Subject"] = "What was seen"
    for name in (
        "Message-ID", "Received", "X-Mailer", "X-Originating-IP", "DKIM-Signature", "In-Reply-To",
        "References", "Return-Path", "User-Agent", "Organization",
    ):  # fmt: skip
        made[name] = f"<{mark(name.lower())}@x.example>"
    made.set_content(f"Words that stay.\n-- \n{mark('foot')}\n")
    made.add_attachment(jpeg(), maintype="image", subtype="jpeg", filename=f"{mark('file')}.jpg")
    made.add_attachment(
        b"\0\0\0\x18ftypisom", maintype="video", subtype="mp4", filename=f"{mark('film')}.mp4"
    )
    made.add_attachment(b"proof", maintype="application", subtype="pgp-signature")
    inner = EmailMessage()
    inner["From"], inner["Subject"] = f"{mark('inner')}@x.example", mark("innersubject")
    inner.set_content("Words of another.")
    inner.add_attachment(docx(), maintype="application", subtype="octet-stream",
                         filename=f"{mark('document')}.docx")  # fmt: skip
    made.add_attachment(inner)
    return made.as_bytes()
