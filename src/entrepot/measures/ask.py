"""The door to one question: may this be sold there on that day, under which article."""

from dataclasses import replace
from functools import cache
from typing import Any

from entrepot.measures.base import load
from entrepot.measures.book import Rulebook
from entrepot.measures.decide import Answer, as_row, decide
from entrepot.measures.inquiry import Inquiry
from entrepot.measures.notes import notes


@cache
def shipped() -> Rulebook:
    """The rule base that ships, ready to be asked. Made once."""
    return Rulebook(load())


def ask(inquiry: Inquiry, book: Rulebook | None = None) -> Answer:
    """The answer to an inquiry with the measures behind it and what must be read with it.

    Args:
        inquiry: the sale; see `inquiry.inquire` for one from what a person types.
        book: other measures than those that ship.
    """
    book = book or shipped()
    found = decide(book, inquiry)
    return replace(found, notes=notes(book, found))


def as_data(answer: Answer) -> dict[str, Any]:
    """An answer as data: `answer`, `because`, `notes`, and what was asked."""
    asked = answer.inquiry
    return {
        "regime": asked.regime,
        "destination": asked.destination,
        "commodity_code": asked.printed or asked.code,
        "on": str(asked.on),
        "party": asked.party or None,
        "origin": asked.origin or None,
        "for_use_in": asked.for_use_in or None,
        "contract": None if asked.contract is None else str(asked.contract),
        "answer": answer.answer,
        "because": [as_row(reason) for reason in answer.because],
        "notes": list(answer.notes),
    }
