"""Sparklines: one small drawing for a table row, made by hand since there are hundreds."""

from typing import Final

from markupsafe import Markup

from entrepot.codes.period import end, start
from entrepot.signals.lead import Lead

WIDTH: Final = 104
HEIGHT: Final = 24


def sparkline(lead: Lead) -> Markup:
    """The series of a lead: past in grey, the window after the ban in colour, the ban as a line.

    Hidden from screen readers: the row holds the figures.
    """
    if not lead.values:
        return Markup("")
    first_after = lead.after[0] if lead.after else len(lead.values)
    past = _path(lead.values, 0, first_after + 1)
    since = _path(lead.values, first_after, len(lead.values))
    ban = _ban_at(lead)
    mark = f'<path class="ban" d="M{ban:.0f} 0V{HEIGHT}"/>' if ban is not None else ""
    return Markup(
        f'<svg class="spark" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'aria-hidden="true">{mark}<path class="past" d="{past}"/>'
        f'<path class="since" d="{since}"/></svg>'
    )


def _path(values: tuple[float, ...], first: int, last: int) -> str:
    top = max(max(values), 1e-9)
    step = WIDTH / max(1, len(values) - 1)
    places = [
        f"{i * step:.0f} {(HEIGHT - 1) - max(0.0, values[i]) / top * (HEIGHT - 2):.1f}"
        for i in range(first, min(last, len(values)))
    ]
    return "M" + "L".join(places) if places else ""


def _ban_at(lead: Lead) -> float | None:
    if lead.banned_from is None or not lead.periods:
        return None
    begin, finish = start(lead.periods[0]), end(lead.periods[-1])
    if not begin <= lead.banned_from <= finish:
        return None
    return (lead.banned_from - begin).days / (finish - begin).days * WIDTH
