"""Facts beside the name: birth dates, countries, gender. What they take away or add.

The deductions are those of nomenklatura's logic-v2: country -0.2, birth year -0.15, birth day -0.25
more, gender -0.2. A birth date that agrees brings the score nearer to 1.
"""

from entrepot.parties.birthdate import birth_date
from entrepot.parties.match.query import Feature
from entrepot.parties.party import Properties

COUNTRIES = ("country", "jurisdiction", "nationality", "citizenship", "mainCountry", "flag")
_USED = frozenset([*COUNTRIES, "birthDate", "gender"])
COUNTRY, YEAR, DAY, GENDER = -0.2, -0.15, -0.25, -0.2
SAME_DAY, SAME_YEAR = 0.4, 0.1
"""Shares of the way to 1 that an equal birth day or year brings the score."""


def facts(query: Properties, listed: Properties) -> list[Feature]:
    """What the other properties say, for (above 0) or against (below 0)."""
    if listed.keys().isdisjoint(_USED) or query.keys().isdisjoint(_USED):
        return []
    found = [_birth(query, listed), _apart(query, listed, COUNTRIES, "country", COUNTRY)]
    found.append(_apart(query, listed, ("gender",), "gender", GENDER))
    return [one for one in found if one]


def _values(properties: Properties, names: tuple[str, ...]) -> set[str]:
    return {text.strip().lower() for name in names for text in properties.get(name, ())}


def _apart(
    query: Properties, listed: Properties, names: tuple[str, ...], title: str, score: float
) -> Feature | None:
    mine, theirs = _values(query, names), _values(listed, names)
    if not mine or not theirs or mine & theirs:
        return None
    said = f"different {title}: {', '.join(sorted(mine))} and {', '.join(sorted(theirs))}"
    return Feature(title, score, said, min(mine), min(theirs))


def _births(properties: Properties) -> set[str]:
    """The birth dates that can be read; a text that is none contradicts nothing."""
    return {day for text in properties.get("birthDate", ()) if (day := birth_date(text))}


def _birth(query: Properties, listed: Properties) -> Feature | None:
    mine, theirs = _births(query), _births(listed)
    if not mine or not theirs:
        return None
    days, other = _cut(mine, 10), _cut(theirs, 10)
    shown = min(mine), min(theirs)
    if days & other:
        return Feature("birth_date", SAME_DAY, f"same birth date {min(days & other)}", *shown)
    years, listed_years = _cut(mine, 4), _cut(theirs, 4)
    if not years & listed_years:
        said = f"birth years {_list(years)} and {_list(listed_years)} differ"
        return Feature("birth_date", YEAR + (DAY if days and other else 0), said, *shown)
    if days and other:
        flipped = {f"{day[:4]}-{day[8:]}-{day[5:7]}" for day in days}
        score = DAY / 2 if flipped & other else DAY
        return Feature(
            "birth_date", score, f"birth dates {_list(days)} and {_list(other)} differ", *shown
        )
    return Feature("birth_date", SAME_YEAR, f"same birth year {min(years & listed_years)}", *shown)


def _cut(values: set[str], length: int) -> set[str]:
    return {value[:length] for value in values if len(value) >= length}


def _list(values: set[str]) -> str:
    return ", ".join(sorted(values))
