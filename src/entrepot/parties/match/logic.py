"""nomenklatura's logic-v2 as a second judge of names (extra `parties`).

It judges only the few candidates that the own layers leave open. Every query gets an id of its own:
analysed names are cached by id, and a used one gives the scores of another name without an error.
"""

from collections.abc import Callable
from functools import cache
from itertools import count

_NUMBERS = count(1)
LEGAL = ("Person", "Organization", "Company", "PublicBody", "LegalEntity")
"""Schemas that logic-v2 compares by the parts of a name; the others only by edit distance."""

Judge = Callable[[str, str, str, str], float | None]


@cache
def judge() -> Judge | None:
    """A function of two schemas with a name each, asked and listed, to a score 0 to 1.

    Null without the extra. The function gives null for ships, aircraft and things.
    """
    try:
        from followthemoney import EntityProxy, model
        from nomenklatura.matching.logic_v2.model import LogicV2
        from nomenklatura.matching.logic_v2.names.match import name_match
    except ImportError:
        return None
    config = LogicV2.default_config()

    def entity(schema: str, name: str) -> EntityProxy:
        key = f"name-{next(_NUMBERS)}"
        data = {"id": key, "schema": schema, "properties": {"name": [name]}}
        return model.get_proxy(data, cleaned=True)

    def score(schema: str, asked: str, listed_schema: str, listed: str) -> float | None:
        if schema not in LEGAL or listed_schema not in LEGAL:
            return None
        one, other = entity(schema, asked), entity(listed_schema, listed)
        return float(name_match(one, other, config).score)

    return score


def ready() -> bool:
    """Load the tables of logic-v2, so that forked workers share them; false without the extra."""
    score = judge()
    if score is None:
        return False
    score("Person", "Ann Example", "Person", "Anne Exemple")
    return True
