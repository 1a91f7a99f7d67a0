"""Labels on a map that do not cover each other: each takes the first free place beside its mark."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from markupsafe import Markup, escape

Area = tuple[float, float, float, float]
"""Left, upper, right and lower edge."""

WIDE_SHARE: Final = 0.56
"""Mean width of a letter by its height, for a sans-serif face; capitals are wider."""
CAPITAL_SHARE: Final = 0.80
FULL_SHARE: Final = 1.0


@dataclass(frozen=True, slots=True)
class Label:
    """A text beside a mark; `gap` is kept between the two, `kind` is its class in the style."""

    text: str
    x: float
    y: float
    gap: float
    kind: str
    size: float


@dataclass
class Board:
    """The drawing with the areas that are taken."""

    width: float
    height: float
    taken: list[Area] = field(default_factory=list)

    def block(self, x: float, y: float, half: float) -> None:
        """Take a square around a mark."""
        self.taken.append((x - half, y - half, x + half, y + half))

    def put(self, label: Label, sides: Sequence[str], *, always: bool = False) -> list[Markup]:
        """The label as SVG at the first side that is free; empty: there is none.

        Args:
            label: what to write.
            sides: `right`, `left`, `above`, `below` or `middle`, best first.
            always: write it at the first side inside the drawing though it covers others.
        """
        areas = [(one, _area(label, one)) for one in sides]
        inside = [(one, area) for one, area in areas if self._holds(area)]
        free = [one for one in inside if not any(_meet(one[1], other) for other in self.taken)]
        for side, area in (free or (inside or areas if always else []))[:1]:
            self.taken.append(area)
            return [_drawn(label, side, area)]
        return []

    def _holds(self, area: Area) -> bool:
        return (
            area[0] >= 2 and area[1] >= 2 and area[2] <= self.width - 2
            and area[3] <= self.height - 2
        )  # fmt: skip


def width(text: str, size: float) -> float:
    """About how wide a text is drawn; rather too much than too little."""
    return size * sum(
        FULL_SHARE if unicodedata.east_asian_width(one) in "WF"
        else CAPITAL_SHARE if one.isupper() else WIDE_SHARE
        for one in text
    )  # fmt: skip


def _area(label: Label, side: str) -> Area:
    wide, high = width(label.text, label.size), label.size * 1.15
    left = {"right": label.x + label.gap, "left": label.x - label.gap - wide}.get(
        side, label.x - wide / 2
    )
    top = {"above": label.y - label.gap - high, "below": label.y + label.gap}.get(
        side, label.y - high / 2
    )
    return left, top, left + wide, top + high


def _meet(a: Area, b: Area) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _drawn(label: Label, side: str, area: Area) -> Markup:
    anchor, x = {"right": ("start", area[0]), "left": ("end", area[2])}.get(
        side, ("middle", (area[0] + area[2]) / 2)
    )
    base = area[3] - label.size * 0.28
    return Markup(
        f'<text class="{escape(label.kind)}" x="{x:.1f}" y="{base:.1f}" '
        f'text-anchor="{anchor}" font-size="{label.size:g}">{escape(label.text)}</text>'
    )
