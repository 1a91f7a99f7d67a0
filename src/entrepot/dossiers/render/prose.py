"""Sentences of a section as paragraphs: neighbours of one kind stand together."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from entrepot.dossiers.dossier.section import Sentence

LISTED_FROM: Final = 5
"""From so many sentences of one kind on they are a list, which is easier to go through."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences of one kind, in order."""

    kind: str
    sentences: tuple[Sentence, ...]

    @property
    def is_list(self) -> bool:
        """Whether they are set one below the other."""
        return len(self.sentences) >= LISTED_FROM


def paragraphs(sentences: Sequence[Sentence]) -> list[Paragraph]:
    """Sentences with their neighbours of the same kind; the order stays."""
    return [Paragraph(kind, tuple(some)) for kind, some in groupby(sentences, lambda one: one.kind)]
