"""A text with its shared passages marked."""

from collections.abc import Iterable
from typing import Final

from markupsafe import Markup, escape

from entrepot.evidence.independence.derivation import Passage

MOST_LETTERS: Final = 6_000
"""Characters of a text that the page shows beside another."""

Span = tuple[int, int, str]


def sides(derived: str, origin: str, passages: Iterable[Passage]) -> tuple[Markup, Markup]:
    """Both texts with what they share between `<mark>` tags; class `words` or `fact`."""
    listed = list(passages)
    return (marked(derived, [(*one.derived, one.what) for one in listed]),
            marked(origin, [(*one.origin, one.what) for one in listed]))  # fmt: skip


def marked(text: str, spans: Iterable[Span]) -> Markup:
    """A text with spans marked; of overlapping spans the longer one counts."""
    made, at = Markup(), 0
    for start, end, what in _apart(spans):
        if start >= MOST_LETTERS:
            break
        made += escape(text[at:start])
        made += Markup('<mark class="{}">{}</mark>').format(what, text[start:end])
        at = end
    made += escape(text[at : max(at, MOST_LETTERS)])
    return made + (" …" if len(text) > max(at, MOST_LETTERS) else "")


def _apart(spans: Iterable[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda one: (one[0] - one[1], one)):
        if all(span[1] <= start or end <= span[0] for start, end, _ in kept):
            kept.append(span)
    return sorted(kept)
