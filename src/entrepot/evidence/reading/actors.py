"""Who does what a clause says: its subject, the agent of a passive, or the one spoken of last."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from entrepot.evidence.claim import Span
from entrepot.evidence.reading.clauses import Clause
from entrepot.evidence.reading.lexicon import anywhere, at_end, at_start, words
from entrepot.evidence.reading.names import Phrase
from entrepot.evidence.reading.pattern import MASKS
from entrepot.evidence.reading.prepared import Prepared, within

LONGEST_NAME: Final = 6
"""Words of a subject that is no known name; longer ones are sentences, not names."""
_ARTICLE: Final = re.compile(r"(?:the|a|an|its|their|his|our|these|those|this)\s+", re.IGNORECASE)
_AUX: Final = re.compile(r"(?:\s+(?:has|have|had|is|are|was|were|be|been|being|also|still|now|to"
                         r"|will|shall|must|would|may|might|can|could|not|never|already|then|nevertheless"
                         r"|continues|continued|continue|began|begun|started|directly|recently"
                         r"|reportedly|probably|allegedly|\w+ly))+\s*\Z")  # fmt: skip


_DONE_CYRILLIC: Final = re.compile(r"(?:ен|ён|ан|ят|ут|ит)(?:о|ы|а|і|ий)?\Z")


@dataclass(frozen=True, slots=True)
class Named:
    """Names as claims spell them, with the words they were read from."""

    names: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    is_place: bool = False


_INSTITUTION: Final = re.compile(
    r"(?:ministry|agency|service|bank|commission|council|government|office|company|statement|paper"
    r"|report|group|airline|authority|department|firm|министерств|служб|банк|комисси|міністерств"
    r"|відомств|ведомств|компан)",
    re.IGNORECASE,
)
_MANY: Final = re.compile(r"(?:\A|\s)(?:\w+s of the|one of the|one of)\s", re.IGNORECASE)


def _fits(name: str, pronoun: str) -> bool:
    """Whether "it" can be a person, or "he" an institution."""
    if pronoun == "it":
        return bool(_INSTITUTION.search(name)) and not _MANY.search(name)
    if pronoun in ("he", "she"):
        return not _INSTITUTION.search(name) or bool(_MANY.search(name))
    return True


@dataclass(slots=True)
class Discourse:
    """What was spoken of last: what pronouns mean."""

    actors: Named = field(default_factory=Named)
    body: Named = field(default_factory=Named)
    country: Named = field(default_factory=Named)
    goods: tuple[Span, ...] = ()
    clause_actors: Named = field(default_factory=Named)
    last_type: str = ""
    heard: list[str] = field(default_factory=list)

    def voice(self, pronoun: str) -> str:
        """Whom a pronoun before a verb of saying means: the last heard that it can stand for."""
        fitting = [name for name in reversed(self.heard) if _fits(name, pronoun)]
        # "the same source" was heard, or is not known; "it" may be whom the text speaks of
        spoken_of = [] if " " in pronoun else list(self.body.names)
        return (fitting or self.heard[-1:] or spoken_of or [""])[0]


def named(group: Sequence[Phrase]) -> Named:
    """The phrases as names, each once."""
    names = tuple(dict.fromkeys(one.name for one in group))
    return Named(names, tuple((one.start, one.end) for one in group),
                 bool(group) and all(one.is_place for one in group))  # fmt: skip


def is_passive(ready: Prepared, clause: Clause) -> bool:
    """Whether the predicate is in the passive: a form of "be" before it, a participle."""
    hit = clause.main
    verb = ready.masked[hit.start : hit.end]
    if hit.columns["subject"] in ("goods", "target", "nominal", "attributive", "ware", "weak"):
        return hit.columns["subject"] in ("goods", "target", "ware")
    before = ready.masked[clause.span[0] : hit.start]
    if clause.language != "en":
        return bool(verb and _DONE_CYRILLIC.search(verb.split()[0]))
    if not re.match(r"(?:\w+(?:ed|en|old|ught|ent|ung|ade|own|id)|sent|flown)(?!\w)", verb):
        return False
    tail = before[-60:]
    if re.search(r"(?<!\w)(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+|also\s+|still\s+|then\s+"
                 r"|now\s+|first\s+|not\s+|to\s+be\s+|never\s+)*\Z", tail):  # fmt: skip
        return True
    after = ready.masked[hit.end : clause.span[1]]
    return bool(at_start("en", "agent").match(after))


def subject(ready: Prepared, clause: Clause, found: Sequence[Phrase], talk: Discourse) -> Named:
    """The grammatical subject as names; empty: goods, a clause, or nobody named."""
    ahead = [one for one in found if one.start < clause.main.start
             and (one.role == "" or _heads_subject(ready, clause, one))]  # fmt: skip
    if ahead:
        first = ahead[0]
        group = [one for one in ahead if one is first or _coordinated(ready, first, one)]
        return named(group)
    behind_verb = _inverted(ready, clause, found)
    if behind_verb.names:
        return behind_verb
    lead = ready.masked[clause.span[0] : clause.main.start]
    pronoun = _pronoun(ready, clause, lead, talk)
    if pronoun is not None:
        return pronoun
    printed = _printed(ready, clause)
    if printed is not None:
        return printed
    return talk.clause_actors if not clause.is_first else Named()


_AMONG: Final = re.compile(r"\W*(?:also\s+)?(?:among|on the list)(?!\w)")
_NEAR: Final = 3


def _inverted(ready: Prepared, clause: Clause, found: Sequence[Phrase]) -> Named:
    """The subject behind the verb: "Among the buyers were X and Y", "прибыл эшелон", "посіла Y"."""
    later = [one for one in found if one.start >= clause.main.start and one.role in ("", "noun")]
    if clause.language == "en":
        if not _AMONG.match(ready.masked, *clause.span):
            return Named()
        return named([one for one in later if one.role == ""])
    first = next((one for one in later if 0 <= one.start - clause.main.end <= _NEAR), None)
    if first is None or ready.text[first.start : first.end].lower().endswith(_OBLIQUE):
        return Named()
    if any(one.role == "" for one in found if one.end <= clause.main.start):
        return Named()
    return named([first])


_OBLIQUE: Final = ("ии", "ії", "у", "ю", "ом", "ем", "ем", "ою", "ой", "ого", "их", "ых", "е", "і")


def _heads_subject(ready: Prepared, clause: Clause, one: Phrase) -> bool:
    """Whether a place qualifies a noun that acts ("Turkish companies"), not trade or goods."""
    if one.role != "noun":
        return False
    if clause.main.columns["predicate"] == "rank" and re.search(
        r"(?<!\w)(?:is|was|are|were|remain\w*|bec[ao]m\w*|overta\w+)\s",
        ready.masked[clause.span[0] : one.start],
    ):  # fmt: skip
        return False
    after = ready.masked[one.end : clause.main.start]
    after = re.sub(r"\A['’]s?", "", after)
    about = anywhere(clause.language, "export_noun", "import_noun", "trade_noun", "price_noun")
    return MASKS["goods"] not in after and not about.search(after)


def _coordinated(ready: Prepared, first: Phrase, one: Phrase) -> bool:
    if re.match(r"['’]s?\s", ready.masked[one.end : one.end + 3]):
        return False
    between = ready.masked[first.end : one.start]
    rest = re.sub(rf"[{MASKS['place']}{MASKS['body']},]|\b(?:and|or|nor|the|и|і|та|й)\b",
                  "", between)  # fmt: skip
    return not rest.strip()


def _pronoun(ready: Prepared, clause: Clause, lead: str, talk: Discourse) -> Named | None:
    """What a pronoun or "the country" as the subject means; null: there is none."""
    found = anywhere(clause.language, "pronoun_actor").search(lead)
    if not found:
        return None
    word = found.group()
    if re.search(r"country|republic|стран|країн|республ", word) and talk.country.names:
        return talk.country
    if re.search(r"company|firm|plant|factory|airline|bank|group|компан|завод|фирм|фірм", word):
        return talk.body if talk.body.names else None
    if word in anywhere_words(clause.language):
        return talk.clause_actors if not clause.is_first and talk.clause_actors.names \
            else talk.actors  # fmt: skip
    return None


@cache
def anywhere_words(language: str) -> frozenset[str]:
    """Pronouns that stand for the one spoken of last."""
    return frozenset(words(language, "pronoun_actor"))


def _printed(ready: Prepared, clause: Clause) -> Named | None:
    """A subject in words that are no known name ("two trading firms"); null: none that serves."""
    start, end = clause.span[0], clause.main.start
    lead = ready.masked[start:end]
    comma = lead.rfind(", ")
    if comma >= 0:
        start += comma + 2
        lead = ready.masked[start:end]
    tail = _AUX.search(" " + lead)
    if tail:
        end = start + max(0, tail.start() - 1)
    joint = at_start(clause.language, "and_then", "subordinate", "relative").match(lead)
    if joint:
        start += joint.end()
    said = ready.masked[start:end].strip()
    if not said or len(said.split()) > LONGEST_NAME or not re.search(r"\w", said):
        return None
    about = anywhere(clause.language, "say", "accuse", "deny", "threaten", "export_noun",
                     "import_noun", "trade_noun", "price_noun",
                     "pronoun_goods", "matter_noun", *_STOPS)  # fmt: skip
    named = within(ready.goods, (start, end)), within(ready.days, (start, end))
    if about.search(said) or any(named):
        return None
    while ready.text[start].isspace():
        start += 1
    article = _ARTICLE.match(ready.text, start, end)
    start = article.end() if article else start
    return _as_name(ready.said((start, end)).rstrip(" ,"), start)


def _as_name(name: str, start: int) -> Named | None:
    """Printed words as a name; null: a word for nobody, or no letters."""
    if name.lower() in _NOBODY or not re.search(r"[^\W\d_]", name):
        return None
    return Named((name,), ((start, start + len(name)),))


_NOBODY: Final = ("no", "none", "there", "it", "this", "that", "half", "most", "some", "only")
_STOPS: Final = ("from", "to", "at", "via", "that_word", "with")


def agent(ready: Prepared, clause: Clause, found: Sequence[Phrase]) -> Named:
    """Who does it in a passive: "by X" after the predicate."""
    return named([one for one in found if one.role == "agent" and one.start >= clause.main.start])


def remember(talk: Discourse, found: Sequence[Phrase], actors: Named) -> None:
    """Note who was spoken of, for the pronouns that follow."""
    if actors.names:
        talk.actors = actors
    for one in found:
        if one.is_place and one.what in ("country", "people", "group", "government"):
            talk.country = named([one])
        elif not one.is_place:
            talk.body = named([one])


def behind(language: str, text: str, group: str) -> str:
    """The word of a set that ends `text`; empty: none."""
    found = at_end(language, group).search(text)
    return found["word"] if found else ""
