"""Old and new codes of one good: editions of the HS, yearly changes of the CN.

When a code ends and another begins, figures jump though trade did not: 8803 30 (aircraft parts)
fell to zero on 1 January 2022 and 8807 30 rose from it. `chains` names such codes as one basket,
whose sum has no jump.

The links come from `data/links.csv`, made by `tools/build_codes.py`, which says the sources. The
rule: an *ended* code (in the old edition only) is linked to its nearest kin, that is, to those of
its successors which share the most leading digits with it. A code that lives on is not merged
merely because its scope changed: following every such line of the UN table would put half of
chapters 84 and 85 into one basket, as slivers of them all moved to flat panel modules (8524) and
electronic waste (8549). A living code joins a basket only as the nearest kin of an ended one.

Limits: a basket is wider than the good that is asked for; an heir without an ended forebear (a
drone, 8806) has no chain and is listed by `born_codes`; a code that was used again for other goods
is one code here; 8-digit links are those of the CN, 2017 to 2025, and of no other national list.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

import pyarrow as pa

from entrepot.codes.commodity import children, edition_on, is_labelled
from entrepot.codes.period import start
from entrepot.errors import CodeError

SCHEMA: Final = pa.schema(
    [
        ("commodity_code", pa.string()),
        ("basket_code", pa.string()),
        ("changed_on", pa.string()),
        ("members", pa.string()),
    ]
)
"""Columns of `chains`: `changed_on` is the year of the basket's last change, `members` all codes
of the basket, split by commas."""

LEVELS: Final = (2, 4, 6, 8, 10)
HS6: Final = 6
"""Digits of a subheading, the finest that all countries share."""

SINCE: Final = 2017
"""`expand` follows links of this edition and later ones: before it, numbers such as 8524 meant
other goods than today, and no measure of the rule base is older."""

NATIONAL_CHAPTERS: Final = ("98", "99")
"""Left free by the HS; chapter 98 of the CN is complete industrial plant."""


class Link(NamedTuple):
    """From `year` on, goods of `old` are under `new`.

    An empty `old` means no forebear. Equal codes mark an heir which lived before: it has goods of
    its own beside those it took over.
    """

    level: int
    year: int
    old: str
    new: str


@cache
def links() -> tuple[Link, ...]:
    """All links, in order of level, year and code. Source: see the module."""
    text = resources.files("entrepot.codes").joinpath("data/links.csv").read_text("utf-8")
    return tuple(
        Link(int(row["level"]), int(row["year"]), row["old"], row["new"])
        for row in csv.DictReader(text.splitlines())
    )


@cache
def chains(level: int, first: str, last: str) -> pa.Table:
    """Codes that must be summed so that figures from `first` to `last` can be compared.

    Args:
        level: digits of the codes; 4 and 6 follow the HS, 8 the CN; 2 and 10 give no row.
        first: first period of the figures, `2020` or `2020-01`.
        last: last period, included.

    Returns:
        One row per code, ordered by code: `commodity_code, basket_code, changed_on, members`.
        `basket_code` is the lowest code of the basket in the newest edition. No nulls; a code
        without a row stands for itself.

    Raises:
        CodeError: `level` is not a level, or a period is not a period.
    """
    if level not in LEVELS:
        raise CodeError(
            f"got level {level}, expected one of 2, 4, 6, 8, 10",
            got=str(level),
            hint="The level is the number of digits of the code.",
        )
    begin, end = start(first).year, start(last).year
    used = [link for link in links() if link.level == level and begin < link.year <= end]
    return _table(_baskets([link for link in used if link.old]))


def _baskets(used: list[Link]) -> list[list[Link]]:
    """Links that hang together, by joining sets (union-find)."""
    above: dict[str, str] = {}

    def top(code: str) -> str:
        above.setdefault(code, code)
        while above[code] != code:
            above[code] = above[above[code]]
            code = above[code]
        return code

    for link in used:
        above[top(link.old)] = top(link.new)
    together: dict[str, list[Link]] = defaultdict(list)
    for link in used:
        together[top(link.old)].append(link)
    return list(together.values())


def _table(baskets: list[list[Link]]) -> pa.Table:
    rows = []
    for basket in baskets:
        codes = sorted({code for link in basket for code in (link.old, link.new)})
        changed_on = str(max(link.year for link in basket))
        key = _newest(basket, codes)
        rows += [(code, key, changed_on, ",".join(codes)) for code in codes]
    rows.sort()
    return pa.table([[row[column] for row in rows] for column in range(len(SCHEMA))], schema=SCHEMA)


def _newest(basket: list[Link], codes: list[str]) -> str:
    ended: dict[str, int] = defaultdict(int)
    began: dict[str, int] = defaultdict(int)
    for link in basket:
        ended[link.old] = max(ended[link.old], link.year)
        began[link.new] = max(began[link.new], link.year)
    # Equal years: the number was used again, so it is a code of the newest edition.
    alive = [code for code in codes if began[code] >= ended[code]]
    return min(alive)


@cache
def born_codes(level: int, edition: str) -> frozenset[str]:
    """Codes that are new in an edition and have no ended forebear: their past is not known.

    Args:
        level: 4 or 6 (HS) or 8 (CN); other levels give the empty set.
        edition: an HS edition such as `2022`, or any period: the HS edition then in force at
            levels 4 and 6, the CN of that year at level 8.

    Raises:
        CodeError: `edition` is not a period.
    """
    year = start(edition).year if level == 8 else int(edition_on(edition))
    return frozenset(
        link.new for link in links() if (link.level, link.year, link.old) == (level, year, "")
    )


@cache
def _known() -> frozenset[str]:
    linked = {code for link in links() for code in (link.old, link.new) if link.year > 2012}
    return frozenset(code[:digits] for code in linked for digits in (2, 4, 6))


def is_known(code: str) -> bool:
    """True when the chapter, heading or subheading is in an HS edition since 2012.

    National digits beyond the sixth are not looked at, nor chapters kept for national use.
    """
    return code[:6] in _known() or is_labelled(code[:6]) or code[:2] in NATIONAL_CHAPTERS


def expand(code: str) -> frozenset[str]:
    """`code` and the codes of other editions (from 2017 on) that share goods with it.

    `8807` gives 8803 and 8803 30 too. Codes are prefixes: those that begin with `code` itself are
    not repeated. See `kin` for which of them lie wholly inside.
    """
    return frozenset({code, *kin(code)})


@cache
def kin(code: str) -> Mapping[str, bool]:
    """Codes of other editions that share goods with `code`; true where they lie wholly inside it.

    8541 41 gives 8541 40 with false: light-emitting diodes were a part of it. 8807 gives 8803
    with true. Forebears are followed back and heirs forward; heirs of a forebear that is only
    partly inside are not. A CN code that ends in 00 is its whole subheading, which is named too.
    """
    whole = _undivided(code)
    own = {} if whole == code else {whole: True}
    return own | _forebears(whole) | _heirs(whole)


def parts(code: str) -> tuple[str, ...]:
    """HS codes that together hold all goods of `code`: its children, or the heirs of an ended one.

    8542 gives its five subheadings; 8541 40, which ended in 2021, gives 8541 41 to 8541 49. Empty
    where the code is not divided further in the HS, or an heir holds other goods too. National
    lines have none.
    """
    whole = _undivided(code)
    if below := children(whole):
        return below
    heirs = kin(whole)
    is_alive = len(whole) > 2 and whole in children(whole[:-2])
    if is_alive or len(whole) > HS6 or not all(heirs.values()):
        return ()
    return tuple(sorted(one for one in heirs if len(one) == len(whole)))


def _undivided(code: str) -> str:
    """A CN code that ends in 00 holds the whole HS subheading: 8807 30 00 is 8807 30."""
    return code[:6] if len(code) == 8 and code.endswith("00") else code


def _inside(code: str, prefixes: Iterable[str]) -> bool:
    return any(code.startswith(prefix) for prefix in prefixes)


class _Change(NamedTuple):
    """One edition's links of one level, walked from the far side to the near one."""

    far: dict[str, set[str]]  # near code: what it is linked to
    under: dict[str, set[str]]  # prefix of a far code: near codes
    exact: dict[str, set[str]]  # far code: near codes

    def touched(self, code: str) -> set[str]:
        """Near codes with a far code that begins with `code` or that `code` begins with."""
        found = set(self.under.get(code, ()))
        for digits in range(2, len(code), 2):
            found |= self.exact.get(code[:digits], set())
        return found


@cache
def _changes(forward: bool) -> list[_Change]:
    """Changes since `SINCE` in the order they are walked: forward, or back from the last."""
    grouped: dict[tuple[int, int], _Change] = defaultdict(
        lambda: _Change(defaultdict(set), defaultdict(set), defaultdict(set))
    )
    for link in links():
        if link.year >= SINCE and link.old:
            near, far = (link.new, link.old) if forward else (link.old, link.new)
            change = grouped[link.year if forward else -link.year, link.level]
            change.far[near].add(far)
            change.exact[far].add(near)
            for digits in range(2, len(far) + 1, 2):
                change.under[far[:digits]].add(near)
    return [grouped[key] for key in sorted(grouped)]


def _forebears(code: str) -> dict[str, bool]:
    return _walk(code, forward=False, skip=frozenset())


def _heirs(code: str) -> dict[str, bool]:
    # A number that is used again names today's goods: no way on from it.
    return _walk(code, forward=True, skip=_used_again())


@cache
def _used_again() -> frozenset[str]:
    recent = [link for link in links() if link.year >= SINCE and link.old != link.new]
    ended = {link.old: link.year for link in reversed(recent)}
    return frozenset(link.new for link in recent if link.year >= ended.get(link.new, link.year + 1))


def _walk(code: str, *, forward: bool, skip: frozenset[str]) -> dict[str, bool]:
    """Near codes (forebears when going back) whose far side touches what was found so far.

    A near code lies wholly inside when all of its far side does. An heir that lived before is on
    its own far side, so it does not lie inside its other forebears.
    """
    found: dict[str, bool] = {}
    for change in _changes(forward):
        whole = {code, *(near for near, inside in found.items() if inside)}
        fresh: dict[str, bool] = {}
        # Of what lies only partly inside, other codes below it need not be.
        steps = [change.touched(other) for other in whole]
        steps += [change.exact.get(other, set()) for other in found]
        for near in set().union(*steps):
            far = change.far[near]
            if not near.startswith(code) and not skip & far:
                fresh[near] = all(_inside(other, whole) for other in far)
        for near, inside in fresh.items():
            found[near] = found.get(near, True) and inside
    return found
