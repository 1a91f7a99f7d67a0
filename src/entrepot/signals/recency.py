"""Why a ban is too recent, or its past too short: how many periods are there, and how many needed.

The same counts as `signals.windows.window`, which gives no window then.
"""

from dataclasses import dataclass
from datetime import date

from entrepot.codes.period import end, is_month, start
from entrepot.signals.lead import Lead
from entrepot.signals.windows import MIN_PERIODS_AFTER, MIN_PERIODS_BEFORE


@dataclass(frozen=True)
class Shortness:
    """Periods that the figures hold around a ban.

    `unit` is month or year. `since`: whole periods from the ban on, not before the first that
    counts, in which the ban held and whose calendar month stands in the past too; `past`: whole
    periods before the ban. `since_needed` and `past_needed`: how many it takes.
    """

    unit: str
    since: int
    since_needed: int
    past: int
    past_needed: int

    def reason(self) -> str:
        """One clause: how many there are, how many are needed; empty where neither is too few."""
        if self.since < self.since_needed:
            return f"{counted(self.since, self.unit)} since, {self.since_needed} needed"
        if self.past < self.past_needed:
            return f"{counted(self.past, self.unit)} before, {self.past_needed} needed"
        return ""


def shortness(lead: Lead, since: str = "") -> Shortness | None:
    """How many periods stand around the ban of a lead; null where it has no figures or no ban.

    Args:
        lead: of any status.
        since: first period that counts as after, as asked; empty: from the ban on.
    """
    if lead.banned_from is None or not lead.periods:
        return None
    monthly = is_month(lead.periods[0])
    first = max(lead.banned_from, start(since)) if since else lead.banned_from
    last = lead.basket.banned_to or date.max
    before = [one for one in lead.periods if end(one) <= lead.banned_from]
    known = {one[5:] for one in before}
    after = [one for one in lead.periods
             if start(one) >= first and end(one) <= last and one[5:] in known]  # fmt: skip
    return Shortness(
        "month" if monthly else "year",
        len(after), MIN_PERIODS_AFTER[monthly], len(before), MIN_PERIODS_BEFORE[monthly],
    )  # fmt: skip


def counted(count: int, noun: str) -> str:
    """A number with its noun: `1 month`, `4 months`, `1,200 leads`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
