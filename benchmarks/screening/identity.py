"""Tails and ship numbers: what must hit and what must never hit."""

from collections.abc import Sequence

from entrepot.parties.match.matcher import Matcher, Query
from entrepot.parties.match.tails import tail
from entrepot.parties.party import Party
from screening.accuracy import Share


def tails(matcher: Matcher, parties: Sequence[Party], threshold: float) -> dict[str, Share]:
    """Listed tails without hyphen, as a registration, and with the last letter changed."""
    held = [
        (party, name)
        for party in parties
        if party.schema == "Airplane"
        for name in party.names()
        if "-" in name and tail(name, surely=True)
    ]
    known = {mark for _, name in held if (mark := tail(name, surely=True))}
    cases: dict[str, list[bool]] = {}
    for party, name in held:
        plain = name.replace("-", "")
        other = name[:-1] + ("A" if name[-1] != "A" else "B")
        asks = {
            "same tail without hyphen, as a name": Query.of(plain, "Airplane"),
            "same tail as registration number": Query(
                "Airplane", {"name": ("unnamed",), "registrationNumber": (plain,)}
            ),
        }
        if tail(other, surely=True) not in known:
            asks["other tail, as a name"] = Query.of(other, "Airplane")
            asks["other tail, type unknown"] = Query.of(other, None)
        for title, query in asks.items():
            hits = matcher.match(query, threshold=threshold)
            hit = bool(hits) if "other" in title else any(one.party == party for one in hits)
            cases.setdefault(title, []).append(hit)
    return {title: Share(sum(hits), len(hits)) for title, hits in cases.items()}


def ships(matcher: Matcher, parties: Sequence[Party], threshold: float) -> dict[str, Share]:
    """Listed ships under another name with their number, and under their name with another one."""
    held = [
        party for party in parties if "imoNumber" in party.properties and party.schema == "Vessel"
    ]
    renamed, other = [], []
    for party in held[:400]:
        number = party.properties["imoNumber"][0]
        hits = matcher.match(
            Query.of("SOME OTHER NAME", "Vessel", imoNumber=number), threshold=threshold
        )
        renamed.append(any(one.party == party for one in hits))
        hits = matcher.match(
            Query.of(party.caption, "Vessel", imoNumber="1234567"), threshold=threshold
        )
        other.append(any(one.party == party for one in hits))
    return {
        "ship renamed, same IMO number": Share(sum(renamed), len(renamed)),
        "same name, other IMO number": Share(sum(other), len(other)),
    }
