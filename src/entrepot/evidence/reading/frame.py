"""A clause with all its parts, as a claim."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from entrepot.evidence.claim import Claim, Span
from entrepot.evidence.reading.actors import (
    Discourse,
    Named,
    agent,
    is_passive,
    named,
    remember,
    subject,
)
from entrepot.evidence.reading.clauses import Clause, free
from entrepot.evidence.reading.lexicon import anywhere, at_end
from entrepot.evidence.reading.moments import moment
from entrepot.evidence.reading.names import Phrase, phrases
from entrepot.evidence.reading.pattern import Hit
from entrepot.evidence.reading.prepared import Prepared
from entrepot.evidence.reading.routes import Route, route, trader
from entrepot.evidence.reading.senses import sense
from entrepot.evidence.reading.sizes import size
from entrepot.evidence.reading.speakers import Speech, bare, outside, speaker_of
from entrepot.evidence.reading.voice import voice
from entrepot.evidence.reading.wares import Wares, wares
from entrepot.evidence.report import Report


@dataclass(frozen=True, slots=True)
class Scene:
    """What the reading of one sentence shares: the report, its cues and speakers."""

    report: Report
    report_id: str
    ready: Prepared
    cues: Sequence[Hit]
    speech: Sequence[Speech]
    inherited: Speech | None
    talk: Discourse


def claim(scene: Scene, clause: Clause, span: Span) -> Claim:
    """The claim of a clause; `span`: what of the text it is said in."""
    ready, talk = scene.ready, scene.talk
    heard = speaker_of(scene.speech, clause.span, clause.main.start) or scene.inherited
    whole, clause = clause, bare(ready, clause, scene.speech)
    found = outside(phrases(ready, clause.span, clause.language), scene.speech)
    found = [one for one in found if free(clause, one)]
    doers = actors_of(ready, clause, found, talk)
    way = route(ready, clause, found, doers)
    goods = wares(ready, clause, talk, [said.stretch for said in scene.speech])
    others = counterparts(clause, found, doers, way)
    remember(talk, found, doers)
    talk.clause_actors = doers
    talk.goods = goods.spans or talk.goods
    kind, said = sense(ready, clause)
    negated = is_negated(ready, clause)
    if said == "may" and negated:
        said, negated = "may_not", False
    plain, placed = _told(scene, whole, clause, heard)
    return Claim(
        text=ready.text[span[0] : span[1]], span=span, type=kind, predicate=said,
        report_id=scene.report_id, is_negated=negated, actors=doers.names,
        counterparts=others.names, goods=goods.names, goods_codes=goods.codes, origin=way.origin,
        destination=way.destination, language=clause.language,
        reported_on=scene.report.reported_on,
        parts=_parts(doers, others, goods, way) | placed, **plain,
    )  # fmt: skip


def _told(
    scene: Scene, whole: Clause, clause: Clause, heard: Speech | None
) -> tuple[dict[str, Any], dict[str, tuple[Span, ...]]]:
    """Voice, time and number of a clause, and the words that they were read from."""
    told = voice(scene.ready, whole, scene.cues, heard)
    when = moment(scene.ready, clause, scene.speech)
    much = size(scene.ready, clause)
    plain: dict[str, Any] = {
        "kind": told.kind, "attributed_to": told.attributed_to, "hedge": told.hedge,
    }  # fmt: skip
    placed = {}
    if clause.main.start < clause.main.end:  # a verb left out has no words
        placed["predicate"] = clause.main.start, clause.main.end
    if when is not None:
        plain |= {"date_from": when.starts_on, "date_to": when.ends_on}
        placed["date_from"] = when.span
    if much is not None:
        plain |= {"quantity": much.value, "quantity_to": much.value_to, "bound": much.bound,
                  "unit": much.unit}  # fmt: skip
        placed["quantity"] = much.span
    if told.attributed_span is not None:
        placed["attributed_to"] = told.attributed_span
    if told.hedge_span is not None:
        placed["hedge"] = told.hedge_span
    return plain, {name: (place,) for name, place in placed.items()}


def actors_of(ready: Prepared, clause: Clause, found: Sequence[Phrase], talk: Discourse) -> Named:
    """Who does it: in the passive whoever stands behind "by", or whose exports or ban it is."""
    columns = clause.main.columns
    plain = columns["type"] == "movement" or columns["predicate"] == "share"
    if columns["subject"] == "gapped":
        own = named([one for one in found if one.role in ("", "noun")][:1])
        return own if own.names else talk.clause_actors
    passive = is_passive(ready, clause)
    beside = _beside(ready, clause, found)
    if beside.names and columns["type"] != "listing":
        return beside
    done_by = agent(ready, clause, found) if passive or not plain else Named()
    if done_by.names and (passive or columns["subject"] in _IMPERSONAL):
        return done_by
    if plain or not (passive or columns["subject"] in _IMPERSONAL):
        return subject(ready, clause, found, talk)
    side = trader(ready, clause, found, Named())
    if side is not None:
        return Named((side[1],), (side[2],), is_place=True)
    if columns["type"] in ("listing", "restriction"):
        return _regime(ready, found)
    if columns["subject"] in ("goods", "target", "nominal"):
        return Named()
    return subject(ready, clause, found, talk)


def _beside(ready: Prepared, clause: Clause, found: Sequence[Phrase]) -> Named:
    """Who stands right before an active verb whose pattern has goods as its subject."""
    if clause.main.columns["subject"] not in ("goods", "target", "seizer"):
        return Named()
    verb = ready.masked[clause.main.start : clause.main.end]
    ahead = [
        one for one in found if one.role in ("", "noun") and 1 <= clause.main.start - one.end <= 2
    ]
    return named(ahead) if ahead and _ACTIVE[clause.language].match(verb) else Named()


_ACTIVE: Final = {
    "en": re.compile(
        r"(?:held|seized|stopped|detained|intercepted|impounded|confiscated|turned|found)(?!\w)"
    ),
    "ru": re.compile(r"\w+(?:л|ла|ло|ли|ет|ют|ит|ят)(?!\w)"),
    "uk": re.compile(r"\w+(?:в|ла|ло|ли|є|ють|ить|ять)(?!\w)"),
}
_IMPERSONAL: Final = ("change", "valued", "nominal")
_REGIME_BEFORE: Final = re.compile(r"(?<!\w)(?:санкц|спис|перел|перечн)\w*\s+\Z")
_REGIME_ROLES: Final = ("noun", "to", "other_preposition", "against", "at")
_REGIME: Final = re.compile(
    r"(?:['’]s)?\s+(?:[\w-]+\s+){0,2}"
    r"(?:sanctions?|lists?|ban|blacklist|sdn|laws?|export|embargo|restrictions|controls)(?!\w)"
)


def _regime(ready: Prepared, found: Sequence[Phrase]) -> Named:
    """Whose list, ban or sanctions a passive speaks of ("under United States sanctions")."""
    for one in found:
        after = ready.masked[one.end : one.end + 40]
        if one.is_place and _REGIME_BEFORE.search(ready.masked[: one.start][-40:]):
            return named([one])
        if one.is_place and one.role in _REGIME_ROLES and _REGIME.match(after):
            return named([one])
    return Named()


def counterparts(clause: Clause, found: Sequence[Phrase], doers: Named, way: Route) -> Named:
    """Bodies to, from or against whom; the listed party; the countries a transfer goes through."""
    kept = []
    paired = clause.main.columns["predicate"] in ("rank", "share")
    for one in found:
        if (one.start, one.end) in doers.spans:
            continue
        if paired and one.is_place and one.name not in (way.origin, way.destination):
            kept.append(one)
            continue
        if one.is_place and one.role != "with":
            continue
        if one.role in ("to", "from", "against", "with", "between", "via") or (
            one.role == "" and clause.main.columns["type"] == "listing"
        ):
            kept.append(one)
    group = named(kept)
    return Named(tuple(dict.fromkeys((*group.names, *way.via.names))),
                 tuple(sorted({*group.spans, *way.via.spans})))  # fmt: skip


def is_negated(ready: Prepared, clause: Clause) -> bool:
    """Whether the predicate is denied by a word before it ("does not buy")."""
    if clause.main.columns["predicate"] in ("may_not", "not_listed", "none", "absent"):
        return False
    start = clause.main.start
    tail = ready.masked[max(clause.span[0], start - 30) : start]
    tail = re.sub(r"(?:\s+(?:\w+ly|been|be|being|yet|to|have|has|ever))+\s*\Z", " ", tail)
    if at_end(clause.language, "not").search(tail) or re.search(r"n['’]t\s*\Z", tail):
        return True
    lead = ready.masked[clause.span[0] : start].rpartition(", ")[2]
    subject_no = re.search(r"\A\W*(?:\w+,?\s+){0,3}?(?:no|none|nothing|neither|nobody|ни один"
                           r"|жоден|жодна|жодного)(?!\w)", lead)  # fmt: skip
    inside = anywhere(clause.language, "not").search(ready.masked, start, clause.main.end)
    return bool(subject_no or (inside and clause.main.columns["type"] in ("trade", "movement")))


def _parts(doers: Named, others: Named, goods: Wares, way: Route) -> dict[str, tuple[Span, ...]]:
    made: dict[str, tuple[Span, ...]] = {}
    for name, spans in (("actors", doers.spans), ("counterparts", others.spans),
                        ("goods", goods.spans)):  # fmt: skip
        if spans:
            made[name] = spans
    if way.origin_span:
        made["origin"] = (way.origin_span,)
    if way.destination_span:
        made["destination"] = (way.destination_span,)
    return made
