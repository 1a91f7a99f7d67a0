"""Why a check is worth doing, or why not, in sentences."""

from collections.abc import Sequence
from typing import Final

from entrepot.checks.planning.advice import Question
from entrepot.checks.planning.expected import Expected
from entrepot.checks.planning.group import Group, is_meant, reaching, within
from entrepot.checks.planning.worth import (
    COUNTED,
    IMAGE,
    KIND,
    THERE,
    Subject,
    Worth,
    subjects,
    worth,
)

_LIMITS: Final = {
    IMAGE: "A pass is a chance and no image; cloud, a roof or another day hide what was there, and "
    "no picture shows an order, a contract or what is in a box.",
    "visit": "Only that hour, and only what can be seen from where anybody may stand.",
    "visit_past": "What stood there then is gone; memory is a word, and no look.",
    "flights": "Receivers miss many flights and military aircraft often send nothing, so no record "
    "is no sign of no flight.",
    "movements": "Only the counted hours are known, and not what is in a vehicle.",
    "figures": "Figures know codes and months, not parts and plants.",
    "rules": "The rules say what was allowed, and nothing of what was done.",
    "lists": "A like name is not the same party.",
}
_LONGEST: Final = 80
"""Characters of a claim in a sentence."""


def limits_of(group: Group) -> str:
    """What a kind of check cannot show, where no claim narrows it."""
    return _LIMITS[group.check]


def why(
    group: Group, question: Question, subject: Subject | None, row: Worth | None, look: float,
    would: Expected | None, fine: int, others: Sequence[float],
) -> str:  # fmt: skip
    """What a group would show of a claim, and how far it would move it.

    Args:
        group: the checks.
        question: the claim that it moves most.
        subject: what that speaks of; null: not known.
        row: what the outcome says; null: nothing.
        look: chance of a usable look.
        would: the change; null: none.
        fine: how many looks are fine enough.
        others: changes of the other claims that it moves.
    """
    if row is None or would is None or not would.change:
        return _why_not(group, question, subject, row)
    shown = f"It can show {row.shows}"
    if group.looks:
        shown += f": {fine} of {len(group.looks)} are fine enough for {_thing(subject)}"
    told = f"; chance of a usable look about {look * 100:.0f} %." if look < 1 else "."
    moved = (
        f"“{_short(question.text)}” now stands at {_percent(question.probability)}; seen, "
        f"{_percent(would.if_seen)}; {_absent(would)}; mean change "
        f"{would.change * 100:.1f} points."
    )
    if others:
        moved += f" It moves {len(others)} other "
        moved += f"claim{'s' * (len(others) > 1)} too, by {sum(others) * 100:.1f} points in all."
    return f"{shown}{told} {moved}"


def why_place(group: Group, look: float) -> str:
    """What a group would show where no claim is given."""
    told = f"Chance of a usable look about {look * 100:.0f} %."
    if group.check != IMAGE:
        return told
    kinds = [] if group.is_radar else [
        one.words for one in subjects() if reaching(group.looks, one.limit_m(KIND))
    ]  # fmt: skip
    there = [one.words for one in subjects() if one.words not in kinds
             and reaching(group.looks, one.limit_m(THERE))]  # fmt: skip
    finest = min((one.gsd_m for one in group.looks if one.gsd_m is not None), default=None)
    if finest is None:
        return f"Its ground sample distance is not known. {told}"
    said = [f"of which kind they are: {', '.join(kinds)}"] if kinds else []
    said += [f"that they are there: {', '.join(there)}"] if there else []
    shown = "; ".join(said) or "no single thing that claims usually speak of"
    return f"At {finest:.2g} m it can show {shown}. {told}"


def _why_not(group: Group, question: Question, subject: Subject | None, row: Worth | None) -> str:
    if group.check == IMAGE:
        return _why_no_image(group, question, subject)
    if row is None:
        return "It says nothing of what the claim says."
    if group.kind == "records" and question.verdict in COUNTED:
        return "The test against records that is at hand counts already."
    if group.days is not None and not is_meant(question, *group.days):
        return "The claim speaks of other days than the window."
    return _certain(question)


def _certain(question: Question) -> str:
    return f"The claim stands at {_percent(question.probability)}, and nothing moves that."


def _why_no_image(group: Group, question: Question, subject: Subject | None) -> str:
    if subject is None:
        return "The claim names nothing that is known to be seen from above."
    if subject.there_m is None:
        return f"Nothing from space shows {subject.words}."
    finest = min((one.gsd_m for one in group.looks if one.gsd_m is not None), default=None)
    if finest is None:
        return "Its ground sample distance is not known, so it is not counted on."
    if finest > subject.there_m:
        kind = f", and {subject.kind_m:.2g} m to tell their kind" if subject.kind_m else ""
        return (
            f"At {finest:.2g} m single {subject.words} cannot be made out; that takes "
            f"{subject.there_m:.2g} m{kind}."
        )
    if not within(group.looks, question):
        return "The claim speaks of other days."
    if worth(question.type, IMAGE, THERE) is None:
        return "Pictures say nothing of such a claim."
    if not 0 < question.probability < 1:
        return _certain(question)
    return "None of its looks on the days of the claim is both clear and fine enough."


def _thing(subject: Subject | None) -> str:
    return subject.words if subject else "it"


def _absent(would: Expected) -> str:
    if would.if_not_seen is None:
        return "not seen, it would prove nothing"
    return f"against it, {_percent(would.if_not_seen)}"


def _percent(probability: float) -> str:
    return f"{probability * 100:.0f} %"


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 1].rstrip()}…"
