"""Trains, trucks and people at a site, from dated observations; where nobody looked is unknown."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from entrepot.checks.check import Gap
from entrepot.checks.movements.movement import Movement
from entrepot.checks.movements.spans import DAY, begin, days_of, runs
from entrepot.checks.site import Site
from entrepot.checks.window import Window
from entrepot.sources.observations import Observation

KIND: Final = "movement"
NEEDED: Final = (
    "Dated observations: --observations SEEN.csv (columns observed_from, observed_to, what, count, "
    "place, from_place, to_place, observer, source)"
)


def ground_movements(
    observed: Sequence[Observation], site: Site, window: Window, names: Iterable[str] = ()
) -> tuple[Movement, ...]:
    """What observers counted at the site in the window, in order of time.

    A count of 0 is a line too: somebody looked and saw none. A line is at the site where its place,
    or one of its ends, has the site's name: a town and the works in it are told apart by name.

    Args:
        observed: the lines of a file.
        site: the place.
        window: the time.
        names: other names of the site.
    """
    wanted = _names(site, names)
    held = [
        one for one in observed
        if not one.is_gap and _in(one, window)
        and any(_is_named(place, wanted) for place in (one.place, one.from_place, one.to_place))
    ]  # fmt: skip
    found = [_movement(one, site) for one in held]
    return tuple(sorted(found, key=lambda one: (one.from_at, one.source)))


def ground_gaps(
    observed: Sequence[Observation] | None, site: Site, window: Window, names: Iterable[str] = ()
) -> tuple[Gap, ...]:
    """Days of the window on which nobody looked, or nobody looked for some of the things.

    A line covers its days for what it speaks of: who counts trucks says nothing of trains. A line
    `no observation` takes back those of its own observer. Null `observed`: no file is given.
    """
    if observed is None:
        return (Gap(KIND, site.name, None, None,
                    "No observations are loaded, so nothing is known of trains and trucks.",
                    NEEDED),)  # fmt: skip
    wanted = _names(site, names)
    mine = [one for one in observed if _is_named(one.place, wanted)]
    things = tuple(dict.fromkeys(one.what.casefold() for one in mine if not one.is_gap))
    said = _missing(mine, things, window)
    found = []
    for why, days in said.items():
        for from_at, to_at in runs((begin(day) for day in days), DAY, window):
            found.append(Gap(KIND, site.name, from_at, to_at, why, NEEDED))
    return tuple(sorted(found, key=lambda gap: (gap.from_at or window.from_at, gap.why)))


def elsewhere(
    observed: Sequence[Observation], site: Site, window: Window, names: Iterable[str] = ()
) -> tuple[str, ...]:
    """Places of lines in the window that were not taken for the site, as written, each once."""
    wanted = _names(site, names)
    return tuple(dict.fromkeys(
        one.place for one in observed
        if one.place and _in(one, window) and not _is_named(one.place, wanted)
    ))  # fmt: skip


def _missing(
    mine: Sequence[Observation], things: Sequence[str], window: Window
) -> dict[str, list[date]]:
    """Days of which something is not known, by the sentence that says what."""
    found: dict[str, list[date]] = defaultdict(list)
    for day in days_of(window):
        today = [one for one in mine if one.first <= day < one.after]
        blind = [one for one in today if one.is_gap]
        unable = {one.observer for one in blind}
        seen = {
            one.what.casefold() for one in today
            if not one.is_gap and one.observer not in unable
        }  # fmt: skip
        absent = [thing for thing in things if thing not in seen]
        if things and not absent:
            continue
        found[_why(absent, seen, blind)].append(day)
    return found


def _why(absent: Sequence[str], seen: set[str], blind: Sequence[Observation]) -> str:
    if seen:
        return f"Nobody says of {', '.join(absent)} on these days: unknown, not none."
    if blind:
        who = "; ".join(
            dict.fromkeys(
                f"{one.observer}: {one.source}" if one.source else one.observer for one in blind
            )
        )
        return f"Nobody could look ({who}): unknown, not none."
    return "No line of the observations speaks of these days here: unknown, not none."


def _movement(one: Observation, site: Site) -> Movement:
    return Movement(
        KIND, site.name, " ".join(_what(one)), begin(one.first), begin(one.after),
        "", "", "", f"{one.locator}; {one.source}" if one.source else one.locator,
    )  # fmt: skip


def _what(one: Observation) -> Iterator[str]:
    if one.count == 0:
        yield f"looked for {one.what} and saw none"
    elif one.count is None:
        yield f"{one.what}, not counted"
    else:
        yield f"{one.count:,.0f} {one.what}"
    if one.place:
        yield f"at {one.place}"
    if one.from_place:
        yield f"from {one.from_place}"
    if one.to_place:
        yield f"to {one.to_place}"
    yield f"(seen by {one.observer})"


def _in(one: Observation, window: Window) -> bool:
    return begin(one.first) < window.to_at and begin(one.after) > window.from_at


def _names(site: Site, names: Iterable[str]) -> frozenset[str]:
    """The site's names, and the parts of each between commas and brackets."""
    found = set()
    for name in (site.name, *names):
        found |= {_key(name)} | {_key(part) for part in re.split(r"[,;()]", name)}
    return frozenset(found - {""})


def _is_named(place: str, wanted: frozenset[str]) -> bool:
    parts = {_key(place)} | {_key(part) for part in re.split(r"[,;()]", place)}
    return bool(parts & wanted)


def _key(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text).casefold()
    return " ".join(re.findall(r"\w+", "".join(s for s in bare if not unicodedata.combining(s))))
