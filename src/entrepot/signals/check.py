"""What a named test of a lead says: passed, failed, or could not be made."""

from dataclasses import dataclass
from typing import Final

PASSED: Final = "passed"
FAILED: Final = "failed"
NOT_TESTABLE: Final = "not testable"


@dataclass(frozen=True)
class Check:
    """One test: its question, its outcome (passed, failed, not testable) and the number behind."""

    question: str
    outcome: str
    detail: str


def outcome(is_passed: bool | None) -> str:
    """The word for an answer; null: the test could not be made."""
    return NOT_TESTABLE if is_passed is None else PASSED if is_passed else FAILED
