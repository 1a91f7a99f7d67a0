"""Which judgements stand, and what they say of a name and a listed party today."""

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from entrepot.parties.agreeing import agreeing
from entrepot.parties.judgements import ALLOW, PAIRS, Entry, voided
from entrepot.parties.party import Party
from entrepot.parties.watched import Facts, Seen, added_since


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement that counts for a pair.

    `added`: what the list has added to the party since, as property and value; empty: nothing, or
    it is not known what the person saw. `agrees`: identifiers and whole birth dates that the row
    has in common with a party judged different, and that were not judged.
    """

    entry: Entry
    added: Seen = ()
    agrees: Seen = ()

    @property
    def is_stale(self) -> bool:
        """Whether it was judged before the list changed."""
        return bool(self.added)

    @property
    def hides(self) -> bool:
        """Whether the hit need not be shown: judged different, and nothing speaks against it."""
        return self.entry.kind == "different" and not self.is_stale and not self.agrees


class Judged:
    """The entries that stand, ready to be asked.

    Names are compared without regard to case, width of letters and spacing. A judgement with facts
    counts only where the same facts are screened; of several that fit, the one with most facts
    counts, then the latest.
    """

    def __init__(self, log: Sequence[Entry]) -> None:
        gone = voided(log)
        self._pairs: dict[tuple[str, str], list[Entry]] = {}
        self._allowed: dict[str, list[Entry]] = {}
        for entry in log:
            if entry.entry_id in gone:
                continue
            if entry.kind in PAIRS and entry.party_id:
                key = (name_key(entry.name), entry.party_id)
                self._pairs.setdefault(key, []).append(entry)
            elif entry.kind == ALLOW:
                self._allowed.setdefault(name_key(entry.name), []).append(entry)

    def __bool__(self) -> bool:
        return bool(self._pairs or self._allowed)

    def verdict(
        self, name: str, facts: Mapping[str, str], party_id: str, party: Party | None,
        screened: Party | None = None,
    ) -> Verdict | None:  # fmt: skip
        """What was said of a pair; null: nothing.

        Args:
            name: as screened.
            facts: what else was screened with it.
            party_id: the listed party.
            party: as the list has it now; null: not on the list.
            screened: as it was screened, where that was another day; null: as it is now.
        """
        entry = _best(self._pairs.get((name_key(name), party_id), ()), facts)
        if entry is None:
            return None
        added = added_since(entry.seen, party) if entry.seen is not None and party else ()
        shapes = [one for one in (party, screened) if one] if entry.kind == "different" else []
        agrees = {pair for one in shapes for pair in agreeing(facts, entry.facts, one)}
        return Verdict(entry, added, tuple(sorted(agrees)))

    def allowed(self, name: str, facts: Mapping[str, str], day: date) -> Entry | None:
        """The entry that lets a name rest on a day; null: none does."""
        those = self._allowed.get(name_key(name), ())
        return _best([one for one in those if one.until and day <= one.until], facts)


def name_key(name: str) -> str:
    """A name without regard to case, width of letters and spacing."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def facts_of(pairs: Mapping[str, str]) -> Facts:
    """Facts in their order, without empty ones."""
    return tuple(sorted((key, text) for key, text in pairs.items() if text))


def facts_text(facts: Facts) -> str:
    """Facts as one text that can be read back."""
    return json.dumps(dict(facts), ensure_ascii=False) if facts else ""


def _best(entries: Sequence[Entry], facts: Mapping[str, str]) -> Entry | None:
    fit = [one for one in entries if all(facts.get(key) == text for key, text in one.facts)]
    return max(enumerate(fit), key=lambda one: (len(one[1].facts), one[0]))[1] if fit else None
