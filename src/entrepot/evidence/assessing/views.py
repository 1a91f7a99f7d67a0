"""Whose figures can speak of the trade that a claim means, and how much of it they see."""

from dataclasses import dataclass, field
from functools import cache
from typing import Final

from entrepot.codes.commodity import children
from entrepot.codes.country import name
from entrepot.codes.editions import expand
from entrepot.evidence.assessing.chosen import Trade
from entrepot.evidence.assessing.records import Loaded
from entrepot.evidence.assessing.series import (
    EXPORTS,
    IMPORTS,
    Series,
    codes_held,
    partners_held,
    reporters_held,
    series,
)
from entrepot.evidence.assessing.sides import GROUP_NAMES, Sides, called, countries
from entrepot.measures.cite import listed

MANY_PARTNERS: Final = 100
"""Partners that figures must hold to stand for trade with the whole world. A choice."""

MOST_CODES: Final = 20
"""A trade of more codes is all that figures hold, of which nothing more can be asked."""

MOST_LINES_SHARE: Final = 0.8
"""Subheadings of a heading or chapter that figures must hold to stand for all of it. A choice."""


@dataclass(frozen=True)
class View:
    """One record of the trade of a claim.

    `whose` in words ("exports of EU members to Belarus, as they report them"). `lacks`: why the
    figures see only a part of the partners and sellers that the claim means, `goods_lacking` which
    goods they do not hold; empty: all of it, as far as can be told.
    """

    whose: str
    series: Series
    lacks: tuple[str, ...] = ()
    goods_lacking: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())


def views(loaded: Loaded, sides: Sides, codes: tuple[str, ...], goods: str) -> list[View]:
    """The records of a trade, that of the one who acts first.

    Args:
        loaded: the figures.
        sides: seller and buyer; one of them may be empty: anybody.
        codes: of the goods; empty: all goods together.
        goods: the same in words.
    """
    asked = [(EXPORTS, sides.seller, sides.buyer), (IMPORTS, sides.buyer, sides.seller)]
    if sides.first and sides.first == sides.buyer:
        asked.reverse()
    found = [_view(loaded, *one, codes, goods) for one in asked if one[1]]
    kept = [one for one in found if one is not None]
    if not kept and sides.buyer and not sides.seller:
        kept = [one for one in [_from_sellers(loaded, sides.buyer, codes, goods)] if one]
    return kept


def _view(
    loaded: Loaded, flow: str, whose: str, other: str, codes: tuple[str, ...], goods: str
) -> View | None:
    reporters = countries(whose) & reporters_held(loaded, flow)
    others = countries(other) - countries(whose)
    if not reporters:
        return None
    made = series(loaded, Trade(flow, reporters, others, codes, countries(whose)))
    if made is None:
        return None
    held = partners_held(loaded, flow, reporters)
    if others and not others & held:
        return None
    lacks = [*_partners(whose, others, held), *_reporters(whose, reporters)]
    words = _words(flow, called(whose), called(other) if other else "", goods)
    return View(words, made, tuple(lacks), tuple(_lines(loaded, codes)), _notes(made))


def _from_sellers(loaded: Loaded, buyer: str, codes: tuple[str, ...], goods: str) -> View | None:
    """What the reporters held sold to a buyer that publishes nothing here: a part of it all."""
    buyers = countries(buyer)
    reporters = reporters_held(loaded, EXPORTS) - buyers
    if not reporters or not buyers & partners_held(loaded, EXPORTS, reporters):
        return None
    made = series(loaded, Trade(EXPORTS, reporters, buyers, codes))
    if made is None:
        return None
    whose = _named(reporters)
    lack = f"sellers other than {whose}, who are not in the figures"
    words = _words(EXPORTS, whose, called(buyer), goods)
    return View(words, made, (lack,), tuple(_lines(loaded, codes)), _notes(made))


def _named(reporters: frozenset[str]) -> str:
    """The reporters as a group where they are one, else by name."""
    for group, words in GROUP_NAMES.items():
        if reporters == countries(group):
            return words
    return listed([name(one) for one in sorted(reporters)], most=5)


def _words(flow: str, whose: str, other: str, goods: str) -> str:
    what = "exports" if flow == EXPORTS else "imports"
    way = "to" if flow == EXPORTS else "from"
    return f"{what} of {goods} {way} {other or 'all partners held'}, reported by {whose}"


def _partners(whose: str, others: frozenset[str], held: frozenset[str]) -> list[str]:
    if others:
        gone = sorted(others - held)
        return [f"trade with {listed([name(one) for one in gone], most=4)}"] if gone else []
    if len(held) < MANY_PARTNERS:
        return [f"partners other than {listed([name(one) for one in sorted(held)], most=8)}"]
    return []


def _reporters(whose: str, reporters: frozenset[str]) -> list[str]:
    gone = sorted(countries(whose) - reporters)
    return [f"figures of {listed([name(one) for one in gone], most=5)}"] if gone else []


def _lines(loaded: Loaded, codes: tuple[str, ...]) -> list[str]:
    """Goods of a code of which the figures hold few subheadings, and no figure of their own."""
    if len(codes) > MOST_CODES:
        return []
    published = codes_held(loaded)
    said = []
    for code in codes:
        wanted = _six(code)
        held = [one for one in wanted if _is_held(one, published)]
        if wanted and len(held) < MOST_LINES_SHARE * len(wanted) and code not in published:
            said.append(f"{len(wanted) - len(held)} of {len(wanted)} subheadings of {code}")
    return said


@cache
def _six(code: str) -> list[str]:
    """The HS subheadings of a chapter or heading; none for a longer code."""
    if len(code) == 2:
        return [six for four in children(code) for six in _six(four)]
    return list(children(code)) if len(code) == 4 else []


def _is_held(code: str, published: frozenset[str]) -> bool:
    return code[:4] in published or any(one in published for one in expand(code))


def _notes(made: Series) -> tuple[str, ...]:
    said = []
    if made.left_out:
        said.append(
            "Left out, as their other half under an older or newer code is not in the figures: "
            f"{listed(list(made.left_out), most=6)}."
        )
    return tuple(said)
