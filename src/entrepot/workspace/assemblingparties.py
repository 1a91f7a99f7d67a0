"""Who is named in a case, and what the lists and the rule base hold of them on a day."""

from collections.abc import Iterable
from datetime import date

from entrepot.casebook import replies
from entrepot.casebook.casebook import Casebook
from entrepot.casebook.cases import Case
from entrepot.casebook.replies import Reply
from entrepot.codes.country import parse
from entrepot.dossiers.assemble.material import ClaimIn, PartyIn
from entrepot.dossiers.assemble.partypart import kind_of
from entrepot.errors import CodeError
from entrepot.evidence.assessing.listedrows import is_same
from entrepot.evidence.assessing.records import Records
from entrepot.measures.book import binds
from entrepot.measures.names import is_named
from entrepot.parties.party import Party
from entrepot.workspace.claims import StoredLists


def parties_of(
    book: Casebook, case: Case, claims: Iterable[ClaimIn], held: Records, as_of: date
) -> tuple[tuple[PartyIn, ...], tuple[str, ...]]:
    """The parties, sorted by name, and ids of members that no loaded list holds.

    Args:
        book: has the replies.
        case: its members of kind party are named on purpose.
        claims: name others.
        held: lists and rule base.
        as_of: the day on which the lists count.
    """
    with book.reading() as connection:
        kept = replies.counting(connection, case.case_id)
    found: dict[str, tuple[str, str, bool]] = {}
    members, unknown = _members(case, held, as_of)
    for one in members:
        found.setdefault(one.caption, (one.schema, _country(one), True))
    for claim in claims:
        for name in (*claim.claim.actors, *claim.claim.counterparts):
            plain = " ".join(name.split())
            if (kind := kind_of(plain)) is not None:
                found.setdefault(plain, (*kind, False))
    named = _each(found)
    return tuple(_party(name, *named[name], held, as_of, kept) for name in sorted(named)), unknown


def _each(found: dict[str, tuple[str, str, bool]]) -> dict[str, tuple[str, str, bool]]:
    """One spelling of names that differ in case and blanks only; members first."""
    seen: dict[str, str] = {}
    for name in sorted(found, key=lambda name: (not found[name][2], name)):
        seen.setdefault(replies.folded(name), name)
    return {name: found[name] for name in seen.values()}


def _members(case: Case, held: Records, as_of: date) -> tuple[list[Party], tuple[str, ...]]:
    wanted = case.things("party")
    if not wanted or not isinstance(held.lists, StoredLists):
        return [], tuple(sorted(wanted))
    known = {one.party_id: one for one in held.lists.store.current()}
    known |= {one.party_id: one for one in held.lists.store.on(as_of)}
    return (
        [known[one] for one in wanted if one in known],
        tuple(sorted(one for one in wanted if one not in known)),
    )


def _country(party: Party) -> str:
    """The one country that the list gives, as alpha-3; several or none: not known."""
    given = {value for key in ("country", "jurisdiction", "nationality", "flag")
             for value in party.properties.get(key, ())}  # fmt: skip
    try:
        found = {parse(one) for one in given}
    except CodeError:
        return ""
    return found.pop() if len(found) == 1 else ""


def _party(
    name: str, schema: str, country: str, is_member: bool, held: Records, as_of: date,
    kept: dict[str, Reply],
) -> PartyIn:  # fmt: skip
    alike = held.lists.alike(name, as_of) if held.lists else []
    hits = tuple(one for one in alike if is_same(one, name))
    rows = tuple(row for row in held.rulebook.on_parties
                 if binds(row, as_of) and is_named(row, name))  # fmt: skip
    reply = kept.get(replies.folded(name))
    answer = (reply.asked_on, reply.text, reply.because_none) if reply else ("", "", "")
    return PartyIn(name, schema, country, hits, rows, is_member, *answer)
