"""OFAC's names and facts, shared by the CSV set and the advanced XML."""

import re
from typing import Final

from entrepot.parties.lists import checks, places
from entrepot.parties.lists.clean import clean
from entrepot.parties.lists.draft import Draft
from entrepot.parties.lists.idents import file_identifier, known

SCHEMAS: Final = {
    "individual": "Person",
    "entity": "Organization",
    "vessel": "Vessel",
    "aircraft": "Airplane",
}
"""OFAC prints no type for organisations in its CSV; an organisation is what is no individual."""

FACTS: Final = {
    "dob": "birthDate",
    "birthdate": "birthDate",
    "pob": "birthPlace",
    "place of birth": "birthPlace",
    "gender": "gender",
    "nationality": "nationality",
    "nationality country": "nationality",
    "citizen": "citizenship",
    "citizenship country": "citizenship",
    "nationality of registration": "jurisdiction",
    "title": "position",
    "email address": "email",
    "website": "website",
    "phone number": "phone",
    "organization established date": "incorporationDate",
    "organization type:": "sector",
    "vessel call sign": "callSign",
    "other vessel call sign": "callSign",
    "vessel type": "type",
    "other vessel type": "type",
    "vessel flag": "flag",
    "other vessel flag": "pastFlags",
    "former vessel flag": "pastFlags",
    "vessel year of build": "buildDate",
    "vessel tonnage": "tonnage",
    "vessel gross tonnage": "grossRegisteredTonnage",
    "vessel gross registered tonnage": "grossRegisteredTonnage",
    "aircraft model": "model",
    "aircraft manufacture date": "buildDate",
    "aircraft manufacturer's serial number (msn)": "serialNumber",
    "aircraft tail number": "registrationNumber",
    "previous aircraft tail number": "previousName",
    "target type": "classification",
}
"""Labels of OFAC's features and remarks, and the property each fills. An aircraft's earlier tail
number is a name it went by: FollowTheMoney has no property for it, and another aircraft may bear it
today."""

NUMERIC: Final = frozenset({"tonnage", "grossRegisteredTonnage"})
COUNTRY_OF_ISSUE: Final = re.compile(r"^(.*?)\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)(.*)$")


def file_fact(draft: Draft, label: str, value: str, country: str = "") -> bool:
    """Put one fact of OFAC where it belongs; false where its label is not known."""
    word = label.casefold().replace("’", "'").strip()
    prop = FACTS.get(word)
    if prop in NUMERIC:
        draft.add(prop, value.replace(",", ""))
    elif prop:
        draft.add(prop, value)
    elif known(label):
        number, issuer = split_issuer(value)
        code = places.code(country or issuer)
        kind = "IMO" if number.upper().startswith("IMO") else label
        file_identifier(draft, kind, number, code or draft.only("country"))
        if code:
            draft.add("country", code)
    else:
        return False
    return True


def split_issuer(value: str) -> tuple[str, str]:
    """A number and the country in brackets behind it: `7710140679 (Russia)`."""
    match = COUNTRY_OF_ISSUE.match(value)
    if match is None or not places.code(match[2]):
        return re.sub(r"\s+(?:expires|issued)\b.*$", "", value).strip(), ""
    return match[1].strip(), match[2]


def add_name(draft: Draft, prop: str, printed: str) -> None:
    """A name as OFAC prints it; persons, printed `SURNAME, Given`, in natural order."""
    text = clean(printed)
    surname, comma, given = text.partition(", ")
    if draft.schema != "Person" or not comma:
        draft.add(prop, text)
        return
    draft.add(prop, f"{given} {surname}")
    if prop == "name":
        draft.add("lastName", surname)
        draft.add("firstName", given)


def tail_from_name(draft: Draft, name: str) -> None:
    """An aircraft listed by its tail number alone: the name is its registration too."""
    if draft.schema == "Airplane" and not draft.has("registrationNumber"):
        draft.add("registrationNumber", checks.tail(clean(name)))


def programs(text: str) -> tuple[str, ...]:
    """`UKRAINE-EO13662] [RUSSIA-EO14024` and `SDGT; IRGC` as single programs."""
    parts = (clean(part.strip("[] ")) for part in re.split(r"\]\s*\[|;", text))
    return tuple(dict.fromkeys(part for part in parts if part))
