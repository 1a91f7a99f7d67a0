"""The sheet for a visit: what may be looked for from public ground, and how it is written down.

It is for people who may lawfully be there: staff of a mission on ordinary travel, or anybody on a
public road. It asks for nothing that the law of the place forbids, and for no contact.
"""

from collections.abc import Sequence
from typing import Final, Protocol

from entrepot.checks.posts.near import by_city
from entrepot.checks.posts.post import Post
from entrepot.checks.site import Site, coordinates
from entrepot.checks.window import Window, moment


class Asked(Protocol):
    """A question as the sheet needs it; `checks.planning.advice.Question` is one."""

    @property
    def claim_id(self) -> str:
        """In the casebook or of a report; empty: none."""

    @property
    def text(self) -> str:
        """The claim."""


LISTED: Final = 8
"""Missions that the sheet names."""

LOOK_FOR: Final = (
    "Goods: crates, containers, pallets; labels, marks and makers' names that can be read "
    "from where you stand",
    "Transport of goods: lorries, wagons, cargo aircraft of firms; how many, names and company "
    "registrations, loaded or empty, arriving or leaving",
    "Signs: names of firms on gates, buildings and lorries; notices of tenders, opening hours, "
    "building work",
    "Use: whether the works are busy, quiet or shut, and by what you tell it",
    "What speaks against the claim: an ordinary reason for the same sight",
)
DO_NOT: Final = (
    "Do not enter, climb, cross a fence or leave public ground.",
    "Take no pictures where the law of the place forbids them. Many countries forbid pictures of "
    "borders, railways, airfields and plants, some of police and uniforms: ask your legal adviser "
    "before, and if in doubt write and draw nothing on the spot.",
    "Ask nobody who works there, and offer nothing: an answer may endanger them.",
    "Record nothing about forces: no units, weapons, guards or positions. The question is goods.",
    "Record no private persons: no names, faces or plates of private cars.",
    "Do not hide, follow, wait about or use anything but your eyes.",
    "Leave at once when asked, and do not argue. Leave when it feels wrong.",
    "No single visit is worth a risk. Not going is an answer: write it down as such.",
)
BEFORE: Final = (
    "Everybody who goes has agreed, knows the purpose and may say no without a reason.",
    "The head of mission knows and has agreed. Leave to travel is asked for where the host "
    "demands it.",
    "The route is public; somebody at home knows it, and when you will call.",
    "Nothing about the case, and no name of a source, is carried along.",
)


def visit_sheet(
    site: Site, posts: Sequence[Post], window: Window, questions: Sequence[Asked]
) -> str:
    """A sheet in Markdown that can be printed and filled in by hand.

    Args:
        site: the place.
        posts: missions near it, nearest first; empty: none is known.
        window: the time that the questions are about.
        questions: what a visit might answer; empty: only a place was asked for.
    """
    parts = (
        _head(site, window),
        _asked(questions),
        _who(posts),
        _list("Before you go", BEFORE),
        _list("What to look for, from public ground", LOOK_FOR),
        _list("What not to do", DO_NOT),
        _record(),
        _after(),
    )
    return "\n".join(parts)


def _head(site: Site, window: Window) -> str:
    lines = [
        f"# Visit: {site.name}", "",
        f"- Place: {coordinates(site)}" + (f", {site.country}" if site.country else ""),
        f"- Time in question: {moment(window.from_at)} up to {moment(window.to_at)} (UTC)",
    ]  # fmt: skip
    lines += [f"- Note: {site.note}"] if site.note else []
    lines += [f"- On the word of: {source}" for source in site.sources]
    return "\n".join([*lines, ""])


def _asked(questions: Sequence[Asked]) -> str:
    asked = [f"{one.text} ({one.claim_id})" if one.claim_id else one.text for one in questions]
    return _list(
        "What is asked",
        [*asked, "For each: what would be seen if it holds, and what if it does not?"]
        if asked
        else ["Only what stands, moves and is written there; no claim is given."],
    )


def _who(posts: Sequence[Post]) -> str:
    if not posts:
        return _list("Who is near", ["No mission is known near the place."])
    lines = [
        f"{one.kind_of_post} of {one.operator} in {one.city}, {one.host}: "
        f"{one.distance_km:.0f} km in a straight line; {one.status}"
        for one in posts[:LISTED]
    ]
    if len(posts) > LISTED:
        cities = ", ".join(
            f"{city.name} {city.host} {city.missions} from {city.from_km:.0f} km"
            for city in by_city(posts)[:LISTED]
        )
        lines.append(f"{len(posts)} missions in all: {cities}")
    lines.append(
        f"List of missions of {posts[0].as_of or 'no stated day'}; whether one works today must "
        "be asked, and whether its staff may travel."
    )
    return _list("Who is near", lines)


def _list(title: str, lines: Sequence[str]) -> str:
    return "\n".join([f"## {title}", "", *(f"- {line}" for line in lines), ""])


def _record() -> str:
    fields = (
        "Who looked (name or role, as you agreed)",
        "Day and time with time zone, from and to, e.g. 2022-08-26 14:10-14:40 +03:00",
        "Where you stood (public ground), and which way you looked",
        "How far it was, the light and the weather",
        "What you saw: numbers, words as written, in the order seen",
        "What you could NOT see, and why (wall, dark, too far, sent away)",
        "What you COULD see and was NOT there",
        "What you were told, by whom in general (not what you conclude)",
        "Pictures: number of originals, where they are kept",
    )
    why = (
        "Write it down on the spot or within the hour. “Could not see” and “nothing there” are two "
        "answers: only the second says something of the claim. Keep the originals as they are, "
        "with their times; send copies."
    )
    blanks = [f"- [ ] {field}:\n\n      ________________________________" for field in fields]
    return "\n".join(["## What to record", "", why, "", *blanks, ""])


def _after() -> str:
    return _list(
        "Afterwards",
        [
            "Bring it in as evidence: see `entrepot result --help`. A visit that saw nothing, and "
            "one that was not made, belong there too.",
            "One pair of eyes is one source. What you saw stands beside pictures and records.",
            "Nothing is published that shows who went, or what stands there on the same day.",
            "Tell only those who need it. Who went is nobody's business outside.",
        ],
    )
