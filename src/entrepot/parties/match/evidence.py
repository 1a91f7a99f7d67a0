"""What an alignment of two names shows, as a few numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from entrepot.parties.match.align import Alignment
from entrepot.parties.match.likeness import JOINED, KNOWN, MEANING, SAME, SPELLING
from entrepot.parties.match.word import INITIAL, NUMBER, PATRONYMIC, Word

SURE = (SAME, SPELLING, KNOWN, MEANING, JOINED)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Measures of one alignment; weights are rarities, 0.08 to 1 a word.

    * `query_share`, `listed_share`: matched weight over all weight of that side;
    * `matched`: weight found on both sides; `rarest`: that of its rarest word;
    * `query_left`, `listed_left`: weight of the words left over;
    * `worst`: the least alike link of words that count; `order`: share of links in the same order;
    * `exact`: share of the matched weight whose words are the same or mean the same;
    * `conflict`: each side has a rare word that the other lacks, the lesser weight of the two. To
      leave a word out is not the same as to have another one;
    * `number_clash`: each side has a number that the other lacks;
    * `middle_clash`: each side has a patronymic, or an initial, that the other lacks.
    """

    query_share: float
    listed_share: float
    matched: float
    query_left: float
    listed_left: float
    worst: float
    exact: float
    order: float
    rarest: float
    conflict: float
    links: int
    number_clash: bool
    middle_clash: bool


def weigh(
    alignment: Alignment,
    query: Sequence[Word],
    listed: Sequence[Word],
    query_weights: Sequence[float],
    listed_weights: Sequence[float],
) -> Evidence:
    """The measures of an alignment, given both names and the weights of their words."""
    here = there = both = exact = rarest = 0.0
    worst = 1.0
    for link in alignment.links:
        mine = sum(query_weights[place] for place in link.here)
        theirs = sum(listed_weights[place] for place in link.there)
        here += mine * link.score
        there += theirs * link.score
        both += min(mine, theirs) * link.score
        exact += min(mine, theirs) * link.score * (link.way in SURE)
        rarest = max(rarest, min(mine, theirs) * link.score)
        if min(mine, theirs) > 0.3:
            worst = min(worst, link.score)
    all_here, all_there = sum(query_weights), sum(listed_weights)
    left_here = sum(query_weights[place] for place in alignment.left_here)
    left_there = sum(listed_weights[place] for place in alignment.left_there)
    clash = _numbers(query, alignment.left_here) and _numbers(listed, alignment.left_there)
    conflict = _conflict(alignment, query_weights, listed_weights)
    return Evidence(
        here / all_here, there / all_there, both, left_here, left_there, worst,
        exact / both if both else 0.0, _order(alignment), rarest, conflict,
        len(alignment.links), clash, _middle(alignment, query, listed),
    )  # fmt: skip


def _conflict(
    alignment: Alignment, query_weights: Sequence[float], listed_weights: Sequence[float]
) -> float:
    here = max((query_weights[place] for place in alignment.left_here), default=0.0)
    there = max((listed_weights[place] for place in alignment.left_there), default=0.0)
    return min(here, there)


def _middle(alignment: Alignment, query: Sequence[Word], listed: Sequence[Word]) -> bool:
    here = {query[place].kind for place in alignment.left_here}
    there = {listed[place].kind for place in alignment.left_there}
    return bool(here & there & {PATRONYMIC, INITIAL})


def _numbers(words: Sequence[Word], places: Sequence[int]) -> bool:
    return any(words[place].kind == NUMBER for place in places)


def _order(alignment: Alignment) -> float:
    spots = sorted((link.here[0], link.there[0]) for link in alignment.links)
    if len(spots) < 2:
        return 1.0
    steps = [later[1] > earlier[1] for earlier, later in pairwise(spots)]
    return sum(steps) / len(steps)
