"""Customs-union blindness: inside a customs union goods move without customs declarations.

The Eurasian Economic Union keeps the statistics of trade among its members by a methodology of its
own, apart from the customs statistics of its trade with the world (Decision 210 of the Board of the
Eurasian Economic Commission of 25 December 2018, which approves two methodologies). What a member
is said to have sold on to another rests on what firms report afterwards, so its reliability is low:
neither its presence nor its absence decides anything. Other customs unions are not in the table.

Source of the dates: Treaty on the Eurasian Economic Union of 29 May 2014, in force 1 January 2015;
accession of Armenia in force 2 January 2015, of Kyrgyzstan 12 August 2015; customs union of
Belarus, Kazakhstan and Russia from 1 January 2010.
"""

from datetime import date
from typing import Final

from entrepot.codes.country import name
from entrepot.signals.check import FAILED, NOT_TESTABLE, PASSED, Check
from entrepot.signals.innocent.stated import Stated

QUESTION = "Is the figure of what was sold on built on customs declarations?"

UNION: Final = "Eurasian Economic Union"
"""Before 2015 the Customs Union of Belarus, Kazakhstan and Russia."""

JOINED: Final = {
    "BLR": date(2010, 1, 1),
    "KAZ": date(2010, 1, 1),
    "RUS": date(2010, 1, 1),
    "ARM": date(2015, 1, 2),
    "KGZ": date(2015, 8, 12),
}
"""ISO alpha-3 to the first day in the union."""


def shared_since(hub: str, target: str) -> date | None:
    """First day on which both were members; null: they are in no union together."""
    days = [JOINED.get(one) for one in (hub, target)]
    known = [day for day in days if day is not None]
    return max(known) if len(known) == len(days) else None


def check(shared: date | None, lead: Stated) -> Check:
    """Whether an onward figure, where there is one, can carry weight.

    Args:
        shared: the first day of both in one union, where that is before the end of the window.
        lead: the lead.
    """
    pair = f"{name(lead.hub)} and {name(lead.target)}"
    if shared is not None:
        detail = (
            f"{pair} share the {UNION} since {shared}: low reliability, goods cross their border "
            "without a declaration"
        )
        return Check(QUESTION, FAILED if lead.has_onward else NOT_TESTABLE, detail)
    if not lead.has_onward:
        return Check(QUESTION, NOT_TESTABLE, "no figures of that trade are loaded")
    return Check(QUESTION, PASSED, f"{pair} share no customs union")
