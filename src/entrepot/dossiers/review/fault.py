"""One thing that keeps a dossier in the house."""

import shlex
from dataclasses import dataclass
from typing import Final

RULES: Final = (
    "form",  # a word, a table or a chart is not what the nouns of a dossier say
    "citations",  # each sentence, row and chart rests on something that is there
    "roots",  # who names a party has two independent observers and a record
    "replies",  # each party was asked, or it is said why not
    "words",  # no verdict, no certainty, no likelihood beside confidence
    "bands",  # the term printed is the one of the probability
    "unknown",  # what is not known is said
    "source",  # nothing points back to a source
    "reviews",  # people approved exactly this content
)
"""In the order in which they are told: what has to be mended comes before who has to read it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong where, and what to do.

    Attributes:
        rule: one of `RULES`.
        where: part of the dossier, such as `section law, sentence 2`; empty: all of it.
        what: one sentence.
        hint: what to do; a command in it is as it can be pasted, up to ` · ` or the end.
    """

    rule: str
    where: str
    what: str
    hint: str

    def row(self) -> dict[str, str]:
        """The fault ready for JSON."""
        return {"rule": self.rule, "where": self.where, "what": self.what, "hint": self.hint}


def command(verb: str, *words: str) -> str:
    """A command for a hint, quoted for a shell; words in capitals are for the reader to fill in."""
    return shlex.join(["entrepot", verb, *words])
