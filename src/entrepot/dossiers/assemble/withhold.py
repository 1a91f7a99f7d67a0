"""Names that are not backed are left out: who is named has two roots and a record behind it.

A claim with fewer is told all the same, with `[a company]` in place of the name. So nobody has to
be named for the sake of a sentence, and what was withheld is counted.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from entrepot.dossiers.assemble.grounds import SUCH_AS
from entrepot.dossiers.assemble.material import ClaimIn, Material, PartyIn
from entrepot.dossiers.review.backing import BACKED, ROOTS
from entrepot.evidence.assessing.assessment import Assessment, Ground
from entrepot.measures.names import TELLING_SIGNS

STANDS_FOR: Final = {
    "Company": "[a company]", "Person": "[a person]", "Airplane": "[an aircraft]",
    "Vessel": "[a vessel]", "LegalEntity": "[a party]", "PublicBody": "[a body]",
}  # fmt: skip
UNTOLD: Final = "What lists and rules hold of a party that is not named here is left out."
"""In place of such an entry: its caption, numbers and days would tell who is meant."""


def withheld(material: Material) -> Material:
    """The material without names that are not backed.

    Parties stay that a backed claim names; one that the case only holds as a member does not.
    """
    backed = [one for one in material.claims if is_backed(one)]
    names = {party.name for party in material.parties for one in backed if _prints(one, party.name)}
    on_parties = frozenset(str(row["measure_id"]) for row in material.rulebook.on_parties)
    claims, count = [], 0
    for one in material.claims:
        if is_backed(one):
            claims.append(one)
            continue
        count += any(_prints(one, party.name) for party in material.parties)
        claims.append(_claim(one, material.parties, on_parties))
    kept = {one.claim_id for one in backed}
    gone = [one for one in material.parties if one.name not in names]
    case = material.case
    return replace(
        material,
        case=replace(
            case, title=_hide(case.title, gone), question=_hide(case.question or "", gone)
        ),
        checks=tuple(_row(one, gone) for one in material.checks),
        claims=tuple(claims),
        parties=tuple(one for one in material.parties if one.name in names),
        results=tuple(
            one if one.claim_id in kept else replace(one, look=replace(
                one.look, **{key: _value(getattr(one.look, key), material.parties)
                             for key in ("what", "note", "observer", "reference", "file_name")}))
            for one in material.results
        ),
        tips=tuple(_hide(one, material.parties) for one in material.tips),
        withheld=count,
        unnamed=sum(one.is_member for one in gone),
    )  # fmt: skip


def is_backed(one: ClaimIn) -> bool:
    """Whether a claim has what it takes to name a party: roots, a verdict, rows of records."""
    tested, weighed = one.tested, one.standing.weighed
    if tested is None or tested.verdict not in BACKED:
        return False
    roots = weighed.roots_against if one.standing.is_of_denied else weighed.roots_for
    return len(roots) >= ROOTS and any(ground.rows for ground in tested.because)


def _prints(one: ClaimIn, name: str) -> bool:
    printed = {*one.claim.actors, *one.claim.counterparts}
    return name in printed or _pattern(name).search(one.claim.text) is not None


def _pattern(name: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in name.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


def _hide(text: str, parties: Sequence[PartyIn]) -> str:
    """The text with every name of a party replaced; the longest first, as one may hold another."""
    known = [(name, one.schema) for one in parties for name in _known(one)]
    for name, schema in sorted(known, key=lambda one: -len(one[0])):
        text = _pattern(name).sub(STANDS_FOR.get(schema, "[a party]"), text)
    return text


def _known(party: PartyIn) -> set[str]:
    """All names of a party: as the case has it, and as lists and the rule base print it."""
    listed = {name for hit in party.hits for name in (hit.party.caption, *hit.party.names())}
    ruled = {name.strip() for row in party.measures for name in str(row["party"]).split("|")}
    # "40" and "ARI" would be found in sums and words that are of nobody
    telling = {name for name in {*listed, *ruled} if sum(map(str.isalpha, name)) >= TELLING_SIGNS}
    return {party.name, *telling} if party.name.strip() else telling


def _claim(one: ClaimIn, parties: Sequence[PartyIn], on_parties: frozenset[str]) -> ClaimIn:
    def hide(text: str) -> str:
        return _hide(text, parties)

    def listed(values: Sequence[str]) -> tuple[str, ...]:
        return tuple(map(hide, values))

    claim = one.claim
    spoken = hide(claim.attributed_to) if claim.attributed_to else None
    plain = replace(claim, text=hide(claim.text), actors=listed(claim.actors), attributed_to=spoken,
                    counterparts=listed(claim.counterparts))  # fmt: skip
    others = tuple(replace(two, text=hide(two.text)) for two in one.others)
    tested = _tested(one.tested, parties, on_parties) if one.tested else None
    return replace(one, claim=plain, others=others, tested=tested)


def _tested(made: Assessment, parties: Sequence[PartyIn], on_parties: frozenset[str]) -> Assessment:
    told = [_ground(one, parties, on_parties) for one in made.because]
    because = tuple(one for n, one in enumerate(told) if one.rows or one not in told[:n])
    return replace(
        made, because=because, tested=_hide(made.tested, parties), part=_hide(made.part, parties),
        needed=tuple(_hide(one, parties) for one in made.needed),
        cautions=tuple(_hide(one, parties) for one in made.cautions),
    )  # fmt: skip


def _ground(one: Ground, parties: Sequence[PartyIn], on_parties: frozenset[str]) -> Ground:
    """A ground without names; an entry of a list or of the rules on a party would tell it by id."""
    said = _hide(one.sentence, parties)
    kinds = {row.get("kind") for row in one.rows}
    is_of_party = (  # examples of listed parties are left out of the sentence by themselves
        bool(one.rows) and SUCH_AS.search(one.sentence) is None
        and all(row.get("measure_id") in on_parties for row in one.rows)
    )  # fmt: skip
    if "list" in kinds or is_of_party or ("measure" in kinds and said != one.sentence):
        return Ground(UNTOLD)
    return Ground(said, tuple(_row(row, parties) for row in one.rows))


def _row(row: Mapping[str, Any], parties: Sequence[PartyIn]) -> dict[str, Any]:
    return {key: _value(value, parties) for key, value in row.items()}


def _value(value: Any, parties: Sequence[PartyIn]) -> Any:
    if isinstance(value, str):
        return _hide(value, parties)
    if isinstance(value, list | tuple):
        return [_value(one, parties) for one in value]
    return _row(value, parties) if isinstance(value, Mapping) else value
