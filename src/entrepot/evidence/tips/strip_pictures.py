"""Pictures drawn anew from their pixels. Runs in the confined child."""

from io import BytesIO
from typing import Final, cast

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from entrepot.errors import DocumentError
from entrepot.evidence.documents.confined import Answer
from entrepot.evidence.tips.strip_limits import JPEG_QUALITY, PAGE_QUALITY, PIXELS
from entrepot.evidence.tips.strip_pages import pdf_of_pictures

FORMATS: Final = ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP")
_TOLD: Final = {
    "exif": "Facts of the camera and the moment (EXIF).",
    "xmp": "Facts of the picture program (XMP).",
    "photoshop": "Caption and author (IPTC).",
    "icc_profile": "A colour profile (ICC); colours may look slightly different.",
    "comment": "A comment.",
    "dpi": "The resolution in print.",
}
_PAGES: Final = 500
"""Most pages of a scan in TIFF, as of a PDF."""


def redraw(content: bytes, name: str) -> Answer:
    """The picture upright, on white, as JPEG where it was one, else as PNG; several pages as PDF.

    Only the values of the pixels go from the old picture to the new. Transparent parts become
    white, so that nothing lies hidden below them.

    Raises:
        DocumentError: damaged, or more pixels than `PIXELS`.
    """
    Image.MAX_IMAGE_PIXELS = None  # ours is checked before anything is unfolded
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as opened:
            _check(opened, name)
            removed, count = _held(opened), int(getattr(opened, "n_frames", 1))
            if opened.format == "TIFF" and count > 1:
                return _pages(opened, min(count, _PAGES), removed, name)
            is_photo = opened.format == "JPEG"
            drawn = _drawn(opened)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError,
            ) as error:  # fmt: skip
        raise DocumentError(
            "this picture is damaged and cannot be drawn", locator=name, hint="Fetch it again."
        ) from error
    notes = ["Only the first picture of the moving or stacked ones is in the copy."]
    return _answer(
        _saved(drawn, is_photo), "image/jpeg" if is_photo else "image/png", removed,
        notes if count > 1 else [],
    )  # fmt: skip


def _answer(content: bytes, kind: str, removed: list[str], notes: list[str]) -> Answer:
    return Answer({"media_type": kind, "removed": removed, "notes": notes}, (content,))


def _check(opened: Image.Image, name: str) -> None:
    width, height = opened.size
    if width * height > PIXELS:
        raise DocumentError(
            f"got a picture of {width:,} x {height:,} pixels, expected at most "
            f"{PIXELS // 1_000_000} million",
            locator=name, hint="Scale it down by hand, on a machine that may be lost.",
        )  # fmt: skip


def _drawn(opened: Image.Image) -> Image.Image:
    """The pixels, upright, grey or colour, with nothing else attached."""
    opened.load()
    upright = ImageOps.exif_transpose(opened)
    if upright.mode in ("I", "F") or upright.mode.startswith("I;16"):
        upright = _eight_bits(upright)
    if "A" in upright.getbands() or "transparency" in upright.info:
        clear = upright.convert("RGBA")
        white = Image.new("RGBA", clear.size, "white")
        white.alpha_composite(clear)
        upright = white
    mode = "L" if upright.mode in ("1", "L") else "RGB"
    plain = upright.convert(mode)
    return Image.frombytes(mode, plain.size, plain.tobytes())


def _eight_bits(deep: Image.Image) -> Image.Image:
    """Greys of more than eight bits, from the darkest to the lightest that occur."""
    wide = deep.convert("F")
    low, high = cast(tuple[float, float], wide.getextrema())
    scale = 255 / (high - low) if high > low else 1.0
    return wide.point(lambda value: value * scale - low * scale).convert("L")


def _saved(drawn: Image.Image, is_photo: bool) -> bytes:
    out = BytesIO()
    if is_photo:
        drawn.save(out, "JPEG", quality=JPEG_QUALITY)
    else:
        drawn.save(out, "PNG")
    return out.getvalue()


def _pages(opened: Image.Image, count: int, removed: list[str], name: str) -> Answer:
    pages = []
    for place in range(count):
        opened.seek(place)
        _check(opened, name)
        drawn, out = _drawn(opened), BytesIO()
        drawn.save(out, "JPEG", quality=PAGE_QUALITY)
        pages.append((out.getvalue(), drawn.size, drawn.mode))
    return _answer(pdf_of_pictures(pages, 200), "application/pdf", removed, [])


def _held(opened: Image.Image) -> list[str]:
    """Kinds of facts the picture carried, without their values."""
    told = [said for key, said in _TOLD.items() if opened.info.get(key)]
    exif = opened.getexif()
    if opened.format == "TIFF":
        told.append("Facts of the scanner or program (TIFF tags).")
    elif len(exif) and _TOLD["exif"] not in told:
        told.insert(0, _TOLD["exif"])
    if exif.get_ifd(ExifTags.IFD.GPSInfo):
        told.append("The place where it was taken (GPS).")
    if opened.format != "TIFF" and exif.get_ifd(ExifTags.IFD.IFD1):
        told.append("A small preview (thumbnail).")
    if exif.get(ExifTags.Base.Orientation, 1) != 1:
        told.append("The mark how the camera was held; the copy is turned upright instead.")
    if set(getattr(opened, "text", None) or {}) - {"xmp"}:
        told.append("Words within the file (PNG text).")
    return told
