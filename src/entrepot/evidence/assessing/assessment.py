"""What came out of the test of one claim: a verdict, and the rows that it rests on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from entrepot.records.evidence import VERDICTS

Row = Mapping[str, Any]
"""A reference that leads back to a record: `kind` says which, see docs/assess.md."""

SUPPORTED: Final = "supported"
CONTRADICTED: Final = "contradicted"
PARTLY: Final = "partly"
NOT_TESTABLE: Final = "not_testable"

_TURNED: Final = {SUPPORTED: CONTRADICTED, CONTRADICTED: SUPPORTED}


@dataclass(frozen=True, slots=True)
class Ground:
    """One sentence, and references to the records that it was read from; none: a plain remark."""

    sentence: str
    rows: tuple[Row, ...] = ()

    def row(self) -> dict[str, Any]:
        """As data: `sentence` and `rows`."""
        return {"sentence": self.sentence, "rows": [dict(one) for one in self.rows]}


@dataclass(frozen=True, slots=True)
class Assessment:
    """The outcome of the test of one claim against the records at hand.

    Attributes:
        claim_id: of the claim.
        verdict: one of `records.evidence.VERDICTS`.
        because: sentences with their rows, those that decide first.
        tested: what the claim was taken to say, in plain words.
        part: of a claim that holds partly, which part holds and which does not; else empty.
        needed: of a claim that cannot be tested, what would have to be loaded, and how; else empty.
        cautions: what the records cannot see, and innocent readings.
    """

    claim_id: str
    verdict: str
    because: tuple[Ground, ...]
    tested: str
    part: str = ""
    needed: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.verdict not in VERDICTS:
            raise ValueError(f"got verdict {self.verdict!r}, expected one of {VERDICTS}")
        if (self.verdict == NOT_TESTABLE) != bool(self.needed):
            raise ValueError("what is needed is said where a claim is not testable, and only there")
        if (self.verdict == PARTLY) != bool(self.part):
            raise ValueError("the part is said where a claim holds partly, and only there")

    def row(self) -> dict[str, Any]:
        """The columns that follow those of a claim; null: there is none."""
        return {
            "verdict": self.verdict,
            "because": [one.row() for one in self.because],
            "part": self.part or None,
            "needed": list(self.needed),
            "tested": self.tested,
            "cautions": list(self.cautions),
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict before it is put on a claim; fields as of `Assessment`."""

    verdict: str
    because: tuple[Ground, ...] = ()
    part: str = ""
    needed: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()

    def of(self, claim_id: str, tested: str) -> Assessment:
        """The assessment of a claim; equal sentences stand once."""
        return Assessment(
            claim_id,
            self.verdict,
            tuple(self.because),
            tested,
            self.part,
            tuple(dict.fromkeys(self.needed)),
            tuple(dict.fromkeys(self.cautions)),
        )


def untestable(
    needed: str | Iterable[str], because: Iterable[Ground] = (), cautions: Iterable[str] = ()
) -> Finding:
    """Not testable with what is loaded: what would be needed, and what can be said all the same."""
    wanted = (needed,) if isinstance(needed, str) else tuple(needed)
    return Finding(NOT_TESTABLE, tuple(because), needed=wanted, cautions=tuple(cautions))


def turned(verdict: str) -> str:
    """The verdict on the opposite claim; what holds partly, or cannot be tested, stays so."""
    return _TURNED.get(verdict, verdict)
