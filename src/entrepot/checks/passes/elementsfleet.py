"""The satellites that can be asked for a window: chosen from element sets, with what is left out.

Nothing is dropped in silence: satellites that are not known to take images are counted, those out
of service, fallen, or with elements too far from the window are named.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sgp4.api import SGP4_ERRORS, jday

from entrepot.checks.passes.age import oldest_days
from entrepot.checks.passes.elements import nearest
from entrepot.checks.passes.satellite import Elements, Satellite
from entrepot.checks.passes.sensors import is_out, launched_after, sensor_of, service_on
from entrepot.checks.window import Window
from entrepot.errors import RequestError

MOST_NAMES: Final = 6


@dataclass(frozen=True, slots=True)
class Fleet:
    """Satellites for a window.

    Attributes:
        satellites: not known to be out of service on every day of the window, in orbit, and with
            elements near enough to a part of it; passes too far from the epoch are still to be
            left out one by one (`age.keep_young`).
        notes: one sentence for each kind that is left out, and for elements newer than the window.
        others: how many satellites of the files are not known to take images.
    """

    satellites: tuple[Satellite, ...]
    notes: tuple[str, ...]
    others: int


def fleet_for(elements: Iterable[Elements], window: Window, refused: Sequence[str] = ()) -> Fleet:
    """Choose the satellites with known sensors that can have seen something in a window.

    Args:
        elements: all sets that were read; of several of one satellite the nearest counts.
        window: the time that is looked at.
        refused: sets that were read and did not stand, told where no satellite is left.

    Raises:
        RequestError: no satellite is left, such as where all elements lie far from the window.
    """
    chosen = nearest(elements, window)
    known = [Satellite(one, sensor) for one in chosen if (sensor := sensor_of(one)) is not None]
    others = len(chosen) - len(known)
    near = [one for one in known if not _is_far(one, window)]
    if not near:
        raise _nothing(known, chosen, window, refused)
    working = [one for one in near if not _is_idle(one, window)]
    flying = [one for one in working if not _fall(one, window)]
    notes = [*_far(known, window), *_idle(near, window)]
    notes += [_fall(one, window) for one in working if _fall(one, window)]
    notes += _newer(flying, window)
    if others:
        notes.append(
            f"{others:,} of {len(chosen):,} satellites in the files are not known here to take "
            "images of places, and are left out."
        )
    return Fleet(tuple(flying), tuple(notes), others)


def _is_far(one: Satellite, window: Window) -> bool:
    """Whether every moment of the window is too far from the epoch."""
    most = timedelta(days=oldest_days(one.sensor))
    epoch = one.elements.epoch_at
    return epoch + most < window.from_at or epoch - most >= window.to_at


def _is_idle(one: Satellite, window: Window) -> bool:
    first, last = window.from_at.date(), window.last_day
    if launched_after(one.elements, last):
        return True
    return is_out(one.sensor, first) and is_out(one.sensor, last)


def _fall(one: Satellite, window: Window) -> str:
    """What to say of a satellite that has left its orbit when the window begins; empty: flies."""
    record, at = one.elements.satrec, window.from_at
    code, _, _ = record.sgp4(*jday(at.year, at.month, at.day, at.hour, at.minute, at.second))
    if not code:
        return ""
    return (
        f"{one.elements.name} is left out: by its elements of {one.elements.epoch_at.date()} it is "
        f"in no orbit on {at.date()} ({SGP4_ERRORS[code]})."
    )


def _idle(near: Sequence[Satellite], window: Window) -> list[str]:
    notes, last = [], window.last_day
    for one in near:
        if _is_idle(one, window):
            state = service_on(one.sensor, last)
            state = "not yet launched" if launched_after(one.elements, last) else state
            notes.append(f"{one.elements.name} is listed but left out: {state}.")
    return notes


def _far(known: Sequence[Satellite], window: Window) -> list[str]:
    kinds: dict[str, list[Satellite]] = {}
    for one in known:
        if _is_far(one, window):
            kinds.setdefault(one.sensor.name, []).append(one)
    return [
        f"{kind} is left out ({_names(found)}): its elements of {_span(found)} are more than "
        f"{oldest_days(found[0].sensor):.0f} days from the window."
        for kind, found in kinds.items()
    ]


def _newer(flying: Sequence[Satellite], window: Window) -> list[str]:
    later = [one for one in flying if one.elements.epoch_at >= window.to_at]
    if not later:
        return []
    return [
        f"The elements of {len(later)} of {len(flying)} satellites are newer than the window "
        f"({_span(later)}): its passes are reckoned backwards, their ages are negative."
    ]


def _nothing(
    known: Sequence[Satellite], chosen: Sequence[Elements], window: Window, refused: Sequence[str]
) -> RequestError:
    """No satellite whose elements are near the window."""
    asked = f"{window.from_at.date()} to {window.last_day}"
    if not known:
        return RequestError(
            f"got {len(chosen):,} satellites of which none is known to take images, expected one",
            hint="Get elements of imaging satellites: entrepot fetch elements --group resource"
            + "".join(f". Refused was {one}" for one in refused[:1]),
        )
    epochs = sorted(one.elements.epoch_at for one in known)
    side = "before these elements exist" if epochs[0] >= window.to_at else "too long after them"
    if epochs[0] < window.to_at and epochs[-1] > window.from_at:
        side = "too far from them"
    return RequestError(
        f"got elements of {_days(epochs)} for a window of {asked}, which lies {side}, expected "
        f"elements within {max(oldest_days(one.sensor) for one in known):.0f} days",
        hint="Elements of past days are in the archive of https://www.space-track.org (with an "
        "account); give them with --elements FILE.",
    )


def _names(found: Sequence[Satellite]) -> str:
    names = [one.elements.name for one in found[:MOST_NAMES]]
    more = f" and {len(found) - MOST_NAMES} more" if len(found) > MOST_NAMES else ""
    return ", ".join(names) + more


def _span(found: Sequence[Satellite]) -> str:
    return _days(sorted(one.elements.epoch_at for one in found))


def _days(epochs: Sequence[datetime]) -> str:
    first, last = epochs[0].date(), epochs[-1].date()
    return str(first) if first == last else f"{first} to {last}"
