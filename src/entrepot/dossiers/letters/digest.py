"""What is new for one subscriber: chosen by topic, never an item that was sent before."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from entrepot.dossiers.letters.item import WITHDRAWN, Item
from entrepot.dossiers.letters.topics import wants

MOST: Final = 40
"""Items in one letter, a choice: mail programs cut a longer one. The rest goes with the next."""


def current(items: Iterable[Item], today: str) -> tuple[Item, ...]:
    """The newest edition of each case, of those published by `today` (ISO day), in their order.

    A withdrawal counts at once, whatever day it bears: of a case that is taken back no earlier
    version is told as if it stood.
    """
    out = [one for one in items if one.published_on <= today or one.kind == WITHDRAWN]
    newest: dict[str, int] = {}
    for one in out:
        newest[one.case_id] = max(one.rank, newest.get(one.case_id, 0))
    return tuple(one for one in out if one.rank == newest[one.case_id])


def fresh(
    items: Sequence[Item], topics: Sequence[str], since: str, told: Mapping[str, int]
) -> tuple[Item, ...]:
    """What a subscriber has not been told.

    A correction or withdrawal goes to everybody who was told of the case, whatever the topics are
    now and whenever it was: who has read the first version must hear of the second. A case that
    was built anew without a new version is nothing new.

    Args:
        items: as `current` gives them.
        topics: of the subscriber.
        since: ISO day; what was published before is not new to this subscriber.
        told: `Item.rank` of the newest edition of each case that was sent, or may have been.

    Returns:
        At most `MOST`, in the order given.
    """
    return tuple(one for one in items if _is_new(one, topics, since, told))[:MOST]


def _is_new(item: Item, topics: Sequence[str], since: str, told: Mapping[str, int]) -> bool:
    if item.case_id in told:
        return item.rank > told[item.case_id]
    return item.published_on >= since and wants(topics, item)
