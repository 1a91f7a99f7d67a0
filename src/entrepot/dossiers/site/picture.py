"""The picture that a link to a case shows elsewhere: 1200 by 630, drawn from an SVG template.

The only font is one that the drawing library carries, so that the same words make the same bytes
on every machine; letters which that font lacks are spelled in Latin ones.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from typing import Final

import jinja2
import vl_convert
from anyascii import anyascii

from entrepot.dossiers import theme
from entrepot.dossiers.paper import environment
from entrepot.dossiers.site.entry import Entry, day
from entrepot.dossiers.site.tree import Tree
from entrepot.errors import DossierError

WIDTH, HEIGHT = 1200, 630
"""Size that link previews ask for: https://ogp.me/ and the guides of large networks."""

MARGIN: Final = 72
LINES: Final = 3
SIZES: Final = (68, 58, 48)
_DRAWN: Final = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x386, 0x3CE), (0x400, 0x45F), (0x490, 0x491),
    (0x2013, 0x2014), (0x2018, 0x201A), (0x201C, 0x201E), (0x2026, 0x2026), (0x20AC, 0x20AC),
)  # fmt: skip
"""Ranges of signs that Liberation Sans has: Latin, Greek, Cyrillic, marks of print."""

_WIDE: Final = frozenset("WMmw@%…—ШЩЖЮФЫДшщжюфыæœÆŒ½¼¾ωΩЉЊљњ®©")
_NARROW: Final = frozenset("iljtfrI.,:;'|!()[] ")
_SHARES: Final = (1.0, 0.4, 0.78, 0.62)
"""Widths in ems of wide, narrow, other capital and other signs: no less than the bold font has."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture says.

    Attributes:
        site: name of the site.
        title: of the case, or of the site again.
        state: word of the corner; empty: none.
        foot: small lines at the bottom.
    """

    site: str
    title: str
    state: str = ""
    foot: tuple[str, ...] = ()


def of_case(one: Entry, site: str) -> Picture:
    """The picture of a case: title, day, state, country and goods."""
    hubs = ", ".join(name for _, name in one.hubs)
    goods = "; ".join(f"{code} {name}" for code, name in one.goods)
    foot = tuple(line for line in (hubs, goods) if line)
    return Picture(site, one.title, one.state, (day(one.day), *foot))


def alt(one: Entry) -> str:
    """The same in words."""
    where = ", ".join(name for _, name in one.hubs)
    return f"{one.title}. Case {one.state} on {day(one.day)}" + (f"; {where}." if where else ".")


def drawable(text: str) -> str:
    """Text in signs that the font has; the others as they are spelled in Latin letters."""
    return "".join(
        one if _has(one) else anyascii(one) for one in unicodedata.normalize("NFC", text)
    )


def _has(sign: str) -> bool:
    return any(first <= ord(sign) <= last for first, last in _DRAWN)


def width(text: str, size: float) -> float:
    """About how wide a text is drawn in the bold font, in pixels; rather too much."""
    wide, narrow, capital, other = _SHARES
    return size * sum(
        wide if one in _WIDE else narrow if one in _NARROW else capital if one.isupper() else other
        for one in text
    )


def wrapped(text: str, size: float, room: float, lines: int) -> list[str] | None:
    """Text in lines of a width; none: it needs more lines."""
    made: list[str] = []
    for word in text.split():
        if made and width(f"{made[-1]} {word}", size) <= room:
            made[-1] += f" {word}"
        else:
            made.append(word)
    fits = len(made) <= lines and all(width(one, size) <= room for one in made)
    return made if fits else None


def clipped(text: str, size: float, room: float) -> str:
    """One line of a width, cut with an ellipsis where it is too long."""
    if width(text, size) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (
            (middle, high) if width(text[:middle] + "…", size) <= room else (low, middle - 1)
        )
    return text[:low].rstrip() + "…"


def svg(picture: Picture) -> str:
    """The drawing of a picture."""
    room = WIDTH - 2 * MARGIN
    title = drawable(picture.title)
    size, lines = _title(title, room)
    return _template().render(
        picture=picture, size=size, lines=lines, theme=theme.LIGHT, margin=MARGIN,
        wide=WIDTH, high=HEIGHT, site=clipped(drawable(picture.site), 30, room * 0.7),
        state=picture.state.upper(), state_width=width(picture.state.upper(), 26) + 44,
        foot=[clipped(drawable(one), 32, room) for one in picture.foot],
    )  # fmt: skip


def _title(title: str, room: float) -> tuple[int, list[str]]:
    for size in SIZES:
        lines = wrapped(title, size, room, LINES)
        if lines is not None:
            return size, lines
    cut = clipped(title, SIZES[-1], room * (LINES - 0.4))
    return SIZES[-1], wrapped(cut, SIZES[-1], room, LINES) or [clipped(cut, SIZES[-1], room)]


@cache
def _template() -> jinja2.Template:
    return environment().get_template("site.card.svg.j2")


def put_picture(tree: Tree, path: str, picture: Picture, keys: dict[str, str]) -> None:
    """Draw a picture into the tree, or take it from the old site where its drawing is the same.

    Args:
        tree: of the new site.
        path: where.
        picture: what it says.
        keys: hash of the drawing by path, of all pictures; this one is added.

    Raises:
        DossierError: it cannot be drawn.
    """
    drawing = svg(picture)
    keys[path] = sha256(f"{version('vl-convert-python')}\n{drawing}".encode()).hexdigest()
    same = tree.before.get("pictures", {}).get(path) == keys[path]
    held = tree.old_bytes(path) if same else None
    tree.put(path, held or png(drawing))


def png(drawing: str) -> bytes:
    """A drawing as PNG.

    Raises:
        DossierError: it cannot be drawn.
    """
    try:
        made: bytes = vl_convert.svg_to_png(drawing)
    except ValueError as error:
        raise DossierError(f"cannot draw the picture of a link: {error}") from error
    return made
