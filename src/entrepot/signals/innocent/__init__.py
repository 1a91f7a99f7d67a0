"""Innocent explanations of a rise as tests, each with the data that separates it.

One module an explanation: what it measures for all hubs and goods of a window, and the test of one
lead. Passed means that the explanation does not explain the rise; failed, that it does or may; not
testable, that the figures cannot tell, with what would be needed. The hub's growth, a change of
nomenclature and single deliveries are tested in `signals.checks`. The table of all of them is in
docs/innocent.md.
"""

from entrepot.signals.innocent.facts import Facts, Innocent
from entrepot.signals.innocent.gather import Gathered, gather
from entrepot.signals.innocent.measure import QUESTIONS, innocent, innocent_checks, measure
from entrepot.signals.innocent.source import Source
from entrepot.signals.innocent.stated import Stated

__all__ = [
    "QUESTIONS",
    "Facts",
    "Gathered",
    "Innocent",
    "Source",
    "Stated",
    "gather",
    "innocent",
    "innocent_checks",
    "measure",
]
