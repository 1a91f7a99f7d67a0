"""The predicates of a sentence: which words say that something is bought, banned, moved, listed."""

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Final

from entrepot.evidence.claim import Span
from entrepot.evidence.reading.clauses import weight
from entrepot.evidence.reading.lexicon import anywhere, at_end, at_start, lexicon, words
from entrepot.evidence.reading.movers import has_mover, needs_mover, needs_stander
from entrepot.evidence.reading.pattern import MASKS, Hit
from entrepot.evidence.reading.prepared import Prepared, within

_VERBS: Final = ("rise", "fall", "stop", "value", "be", "have", "modal")

_SANCTIONER: Final = re.compile(r"[\ue000\ue002]\s*\Z|(?:it|they|to|will|would|not)\s*\Z")
_SANCTIONED: Final = re.compile(
    r"\s+(?:(?:the|a|an|\w+ly|banks|companies|firms)(?!\w)|\d|[\ue000\ue002])"
)
"""Who sanctions whom: elsewhere "sanctions" is the noun."""
_LEVEL: Final = re.compile(r"reach|hit|дост|дося|сягн")
_TURNED: Final = re.compile(r"(?:turn|wind|wound)")
_LISTED: Final = re.compile(r"(?:listed|included|named|specified|set out) (?:in|under|by|on) ")
_WHICH: Final = re.compile(
    r"(?:\ue001|(?<!\w)(?:goods|products|items|technolog(?:y|ies)|countries|services|codes|those"
    r"|commodities|materials|jurisdictions|entities|persons|bodies|vessels|banks|companies))\s*\Z"
)
_RULES_NOT_OUT: Final = re.compile(r"(?<!\w)не\s+\Z")
_IN_A_ROW: Final = re.compile(
    r"\s*[.,;:)]|\s+(?:or|and)\s+[a-z-]+(?:\s+(?:or|and)\s+[a-z-]+)?\s+of\s"
)
"""Nouns in a row: "the purchase, import or transfer of"."""
_WHERE: Final = re.compile(r"\s+(?:in|at|with|on|among)\s")
_PASSIVE_TAIL: Final = re.compile(r"(?:ed|en|ung|old|ent|own|ught|un|training|working)\Z")


def triggers(ready: Prepared, sentence: Span, language: str) -> list[Hit]:
    """Predicates of a sentence in order, apart from one another; see `apart`."""
    found = lexicon("triggers", language).hits(ready.masked, *sentence)
    held = [hit for hit in found if _holds(ready, sentence, language, hit)]
    kept = apart(held)
    if not any(hit.columns["subject"] not in ("attributive",) for hit in kept):
        found = lexicon("nominals", language).hits(ready.masked, *sentence)
        kept = apart([*kept, *found])
    return kept


def apart(hits: Iterable[Hit]) -> list[Hit]:
    """The hits in order of the text; of those that overlap the weightiest, then the longest."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda one: (-weight(one), one.start - one.end, one.start)):
        if all(hit.end <= other.start or hit.start >= other.end for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda one: one.start)


def _holds(ready: Prepared, sentence: Span, language: str, hit: Hit) -> bool:
    """Whether the words are a predicate here and what they need stands in the sentence."""
    subject, kind = hit.columns["subject"], hit.columns["type"]
    before = ready.masked[sentence[0] : hit.start]
    after = ready.masked[hit.end : sentence[1]]
    words = ready.masked[hit.start : hit.end]
    if language == "en" and (_is_noun(hit, words, before, after) or _is_reduced(words, before)
                             or _is_adjective(ready, hit, before, after)):  # fmt: skip
        return False
    if hit.columns["predicate"] == "exempts" and _RULES_NOT_OUT.search(before):
        return False
    if hit.columns["predicate"] == "rank":
        return _needs_party(ready, sentence, language, hit)
    if hit.columns["predicate"] == "receives":
        return _needs_end(ready, sentence, language, hit)
    if subject in _NEEDS:
        return _NEEDS[subject](ready, sentence, language, hit)
    if kind in _NEEDS:
        return _NEEDS[kind](ready, sentence, language, hit)
    return True


def _is_noun(hit: Hit, words: str, before: str, after: str) -> bool:
    """Whether "exports", "orders" or "ships" is a noun where it stands."""
    if words not in anywhere_noun():
        first = words.split()[0]
        moves = hit.columns["type"] in ("transfer", "movement")
        return (
            moves
            and first in anywhere_noun()
            and (not before.strip() or bool(at_end("en", "determiner").search(before)))
        )
    if not before.strip():
        return True
    if words in ("sanctions", "sanction"):
        return not (_SANCTIONER.search(before) and _SANCTIONED.match(after))
    if at_start("en", "noun_follows", *_VERBS).match(after) or _IN_A_ROW.match(after):
        return True
    if at_end("en", "determiner", "adjective_before", "other_preposition").search(before):
        return not re.search(r"(?<!\w)to\s*\Z", before)
    return bool(re.search(r"['’]s?\s*\Z", before))


@cache
def anywhere_noun() -> frozenset[str]:
    """English words that are a verb of trade or a noun."""
    return frozenset(words("en", "noun_or_verb"))


def _is_adjective(ready: Prepared, hit: Hit, before: str, after: str) -> bool:
    """Whether a participle only qualifies the noun after it ("banned goods")."""
    words = ready.masked[hit.start : hit.end]
    if " " in words or not _PASSIVE_TAIL.search(words):
        return False
    follows = re.match(rf"\s+(?:[a-z-]+|[{''.join(MASKS.values())}])", after)
    leads = at_end("en", "determiner", "adjective_before", "other_preposition", "against", "at",
                   "via").search(before)  # fmt: skip
    stops = at_start("en", "to", "from", "via", "at", "agent", "other_preposition", "with",
                     "against", "determiner", "object_pronoun").match(after)  # fmt: skip
    return bool(follows and not stops and (leads or not before.strip()))


def _is_reduced(words: str, before: str) -> bool:
    """Whether "listed in annex IV" only says which goods or countries are meant."""
    return bool(_LISTED.match(words) and _WHICH.search(before))


def _needs_trade(ready: Prepared, sentence: Span, language: str, hit: Hit) -> bool:
    """A change needs trade, a price or goods as its subject or object."""
    around = ready.masked[sentence[0] : min(sentence[1], hit.end + 60)]
    named = anywhere(language, "export_noun", "import_noun", "trade_noun", "price_noun")
    return bool(named.search(around)) or bool(within(ready.goods, sentence))


def _needs_amount(ready: Prepared, sentence: Span, language: str, hit: Hit) -> bool:
    after = within(ready.amounts, (hit.start, sentence[1]))
    near = any(one.start - hit.end < 40 for one in after)
    passive = any(hit.start - one.end < 40
                  for one in within(ready.amounts, (sentence[0], hit.start)))  # fmt: skip
    return (near or passive) and _needs_trade(ready, sentence, language, hit)


def _needs_ware(ready: Prepared, sentence: Span, language: str, hit: Hit) -> bool:
    """Goods or deliveries "come from" and "go to" a place; people and vehicles move."""
    lead = (sentence[0], hit.start)
    if has_mover(ready, (max(sentence[0], hit.start - 60), hit.start), language):
        return False
    named = anywhere(language, "matter_noun", "export_noun", "import_noun").search(
        ready.masked, *lead
    )
    return bool((named or within(ready.goods, lead)) and within(ready.places, sentence))


def _needs_more(ready: Prepared, sentence: Span, language: str, hit: Hit) -> bool:
    """A bare "more" compares; "more than 300" only bounds a number."""
    after = ready.masked[hit.end : hit.end + 12]
    return not re.match(r"\s+than\s+(?:\d|[$€£]|a |one |two |half)", after) and _needs_matter(
        ready, sentence, language, hit
    )


def _needs_end(ready: Prepared, sentence: Span, language: str, hit: Hit) -> bool:
    """Goods reach a place or a party; a figure that is reached is a value."""
    near = within(ready.amounts, (hit.end, min(sentence[1], hit.end + 30)))
    if _TURNED.match(ready.masked, hit.start) and not _WHERE.match(ready.masked, hit.end):
        return False
    level = near and _LEVEL.match(ready.masked, hit.start)
    return not level and _needs_matter(ready, sentence, language, hit)


def _needs_paid(ready: Prepared, sentence: Span, language: str, hit: Hit) -> bool:
    """Money stands behind the verb, or a word such as "twice"."""
    after = (hit.start, sentence[1])
    money = any(_is_money(one.unit) for one in within(ready.amounts, after))
    return money or (hit.columns["subject"] != "paid" and bool(within(ready.amounts, after)))


def _is_money(unit: str | None) -> bool:
    return unit is not None and len(unit) == 3 and unit.isupper()


def _needs_listed(ready: Prepared, sentence: Span, language: str, hit: Hit) -> bool:
    """Parties are on lists of parties; "goods on the list" are on another."""
    lead = (max(sentence[0], hit.start - 50), hit.start)
    if len(within(ready.bodies, lead)) + len(within(ready.places, lead)):
        return True
    if has_mover(ready, lead, language):
        return True
    named = anywhere(language, "matter_noun").search(ready.masked, *lead)
    return not (within(ready.goods, lead) or named)


def _needs_list(ready: Prepared, sentence: Span, language: str, hit: Hit) -> bool:
    """A list of parties names a number of them, or one."""
    behind = (hit.end, sentence[1])
    if within(ready.goods, behind) or _CODES.search(ready.masked, *behind):
        return False
    return bool(within(ready.amounts, behind) or within(ready.bodies, behind))


def _needs_seizer(ready: Prepared, sentence: Span, language: str, hit: Hit) -> bool:
    """Goods are held by an authority, or the words say so; trade that is stopped, not."""
    if anywhere(language, "flow_noun").search(
        ready.masked, hit.end, min(sentence[1], hit.end + 25)
    ):
        return False
    return bool(anywhere(language, "enforcer").search(ready.lowered, *sentence)) and (
        _needs_matter(ready, sentence, language, hit)
    )


def _needs_party(ready: Prepared, sentence: Span, language: str, hit: Hit) -> bool:
    """A rank needs two parties, or one and goods."""
    return bool(within(ready.places, sentence) or within(ready.bodies, sentence))


_CODES: Final = re.compile(r"(?<!\w)(?:codes?|items|headings?|tariff lines|categories)(?!\w)")
_RULED: Final = ("rule_topic", "matter_noun", "flow_noun", "export_noun", "import_noun",
                 "trade_noun", "matter", "licnoun", "rulenoun", "pronoun_goods",
                 "ruled_noun")  # fmt: skip


def _needs_rule(ready: Prepared, sentence: Span, language: str, hit: Hit) -> bool:
    """A rule is about goods, trade, parties or countries; "must not be forgotten" is none."""
    if hit.columns["predicate"] == "lifts" or within(ready.goods, sentence):
        return True
    if within(ready.places, sentence):
        return True
    if within(ready.bodies, sentence):
        return True
    if within(ready.days, sentence):
        return True
    return bool(anywhere(language, *_RULED).search(ready.masked, *sentence))


def _needs_matter(ready: Prepared, sentence: Span, language: str, hit: Hit) -> bool:
    """A sale, a price or a transfer needs goods, or a word for them, or a place and a number."""
    if within(ready.goods, sentence):
        return True
    if hit.columns["predicate"] in ("discount", "premium") and within(ready.amounts, sentence):
        return True
    words = ready.masked[sentence[0] : sentence[1]]
    named = len(within(ready.places, sentence)) + len(within(ready.bodies, sentence))
    if named and (named > 1 or hit.columns["predicate"] in ("passes_on", "intends")
                  or anywhere(language, "quantifier").search(words)):  # fmt: skip
        return True
    if anywhere(language, "pronoun_goods", "matter_noun", "export_noun", "import_noun").search(
        words
    ):
        return True
    return bool(within(ready.amounts, sentence) and within(ready.places, sentence))


_Need = Callable[[Prepared, Span, str, Hit], bool]
_NEEDS: Final[dict[str, _Need]] = {
    "change": _needs_trade,
    "valued": _needs_amount,
    "attributive": _needs_amount,
    "mover": needs_mover,
    "movement": needs_mover,
    "trade": _needs_matter,
    "price": _needs_matter,
    "restriction": _needs_rule,
    "transfer": _needs_matter,
    "seizer": _needs_seizer,
    "ware": _needs_ware,
    "paid": _needs_paid,
    "cost": _needs_paid,
    "stander": needs_stander,
    "listname": _needs_list,
    "listing": _needs_listed,
    "more": _needs_more,
}
