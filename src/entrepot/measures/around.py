"""What surrounds an answer: goods in words, kin goods, frozen parties, rules of other regimes.

Each function yields sentences. They state law with its article and day, and nothing beyond it.
"""

from collections.abc import Iterator

from entrepot.codes.country import name
from entrepot.codes.period import within
from entrepot.measures.book import FULL, Row, Rulebook, binds, restricts
from entrepot.measures.cite import (
    BESIDE,
    HOW_SURE,
    SPARED,
    WORDS,
    cite,
    last_day,
    place,
    stop,
)
from entrepot.measures.context import (
    USE_IN,
    Remark,
    families,
    instruments,
    regimes,
    remarks,
)
from entrepot.measures.decide import Answer, applies_clause, decide, is_foreign, spares
from entrepot.measures.inquiry import Inquiry
from entrepot.measures.names import listed_name
from entrepot.measures.spells import barring
from entrepot.records.rules import ANSWERS, ANY, BARRED, RESTRICTING, STANDING


def use_elsewhere(book: Rulebook, answer: Answer) -> Iterator[str]:
    """A sale here that is meant for use in a country with more restrictions."""
    asked = answer.inquiry
    if asked.for_use_in or is_foreign(asked):
        return
    for remark in remarks():
        if remark.topic != USE_IN or remark.regime != asked.regime:
            continue
        if remark.destination == asked.destination or not _binds(remark, asked):
            continue
        there = decide(book, Inquiry(asked.regime, remark.destination, asked.code, asked.on))
        if there.answer in STANDING and _is_stronger(there.answer, answer.answer):
            first = there.because[0].row
            yield (
                f"Indirect sale: if the goods are meant for use in {name(remark.destination)}, the "
                f"answer is {there.answer} ({cite(first)}, since "
                f"{first['valid_from']}), whoever buys them first. {remark.text}"
            )


def _is_stronger(one: str, other: str) -> bool:
    """Whether an answer bars more than another."""
    return ANSWERS.index(one) < ANSWERS.index(other)


def _binds(one: Remark, asked: Inquiry) -> bool:
    return within(one.valid_from, one.valid_to, asked.on)


def in_words(book: Rulebook, answer: Answer) -> Iterator[str]:
    """Bans that describe goods in words: whether they meet these goods, no code can say.

    Not told where the answer bars as much already.
    """
    asked = answer.inquiry
    if is_foreign(asked) or answer.answer == "prohibited":
        return
    places = (asked.destination, asked.for_use_in, ANY)
    found = [
        row
        for row in book.worded
        if row["regime"] == asked.regime and row["destination"] in places and binds(row, asked.on)
    ]
    for row in found:
        gives = "prohibited" if row["effect"] == "export_ban" else "licence"
        if row["effect"] in RESTRICTING and _is_stronger(gives, answer.answer):
            besides = f" Except: {stop(row['exceptions'])}" if row["exceptions"] else ""
            if row["note"].startswith("only "):
                besides += f" {stop(row['note'].capitalize())}"
            yield (
                f"Whatever the code: {WORDS[row['effect']]} on {row['goods']} ({place(row)}, "
                f"since {row['valid_from']}){HOW_SURE[row['certainty']]}.{besides}"
            )
    for effect in ("service_ban", "transit_ban"):
        where = [place(row) for row in found if row["effect"] == effect]
        if where:
            yield f"{BESIDE[effect]}, for goods that words describe ({'; '.join(where)})."


def kin_goods(book: Rulebook, answer: Answer) -> Iterator[str]:
    """Goods of the same use that other annexes already bar, where these are not."""
    asked = answer.inquiry
    if answer.answer in BARRED:
        return
    own = {one.family for one in families() if _related(one.commodity_code, asked.code)}
    for family in sorted(own):
        barred: dict[str, list[str]] = {}
        for one in families():
            if one.family != family or _related(one.commodity_code, asked.code):
                continue
            for touch in barring(book, one.commodity_code, asked.destination, (asked.regime,)):
                if binds(touch.row, asked.on):
                    part = "" if touch.coverage == FULL else " in part"
                    where = f"{place(touch.row)}, since {touch.row['valid_from']}"
                    goods = f"{one.commodity_code} {one.goods}{part}"
                    barred.setdefault(where, []).append(goods)
        for where, named in sorted(barred.items()):
            kept = ", ".join(dict.fromkeys(named))
            yield f"Other {family} are barred to {name(asked.destination)}: {kept} ({where})."


def _related(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def frozen(book: Rulebook, asked: Inquiry) -> Iterator[str]:
    """Parties in the destination with whom nothing may be done."""
    if asked.party:
        return
    rows = [
        row
        for row in book.on_parties
        if row["regime"] == asked.regime
        and row["destination"] == asked.destination
        and row["effect"] in ("asset_freeze", "export_ban")
        and binds(row, asked.on)
    ]
    if rows:
        named = "; ".join(
            f"{listed_name(row)} ({WORDS[row['effect']]}, {cite(row)}, since {row['valid_from']})"
            for row in rows
        )
        yield (
            f"Nothing may go to: {named}. These are the parties of the base, not a complete list: "
            "screen the buyer's name."
        )


def of_origin(book: Rulebook, asked: Inquiry) -> Iterator[str]:
    """Rules of other regimes that go with the goods."""
    for other in regimes().values():
        follows = other.follows_item and other.regime != asked.regime
        if not follows or (asked.origin and asked.origin != other.origin):
            continue
        for target in dict.fromkeys((asked.destination, asked.for_use_in)):
            there = decide(book, Inquiry(other.regime, target, asked.code, asked.on))
            if target and there.answer in STANDING:
                row = there.because[0].row
                yield (
                    f"Goods of {name(other.origin)} origin to {name(target)}: {there.answer} under "
                    f"{cite(row)} since {row['valid_from']}{HOW_SURE[row['certainty']]}, also for "
                    "sellers elsewhere."
                )


def beside(book: Rulebook, answer: Answer) -> Iterator[str]:
    """Lists that are no ban of a sale by themselves, the annexes of one article together."""
    asked = answer.inquiry
    said: dict[tuple[str, str], dict[str, Row]] = {}
    for touch in book.touching(asked.code):
        row = touch.row
        elsewhere = row["destination"] not in (asked.destination, ANY)
        if restricts(row) or elsewhere or not binds(row, asked.on):
            continue
        if row["effect"] == "clause" and (answer.because or not applies_clause(row, asked)):
            continue
        is_spared = row["effect"] == "clause" and spares(row, asked)
        effect = SPARED if is_spared else row["effect"]
        if row["regime"] == asked.regime or row["effect"] == "watch":
            said.setdefault((effect, row["instrument"]), {})[place(row)] = row
    for (effect, act), rows in sorted(said.items()):
        where = "; ".join(f"{one} since {row['valid_from']}" for one, row in sorted(rows.items()))
        ends = {last_day(row["wind_down_to"]) for row in rows.values() if effect == SPARED}
        until = f" until {max(ends)}" if ends else ""
        yield f"{BESIDE[effect]}{until} ({act}: {where})."


def general(answer: Answer) -> Iterator[str]:
    """General rules and oddities that matter to this answer."""
    asked = answer.inquiry
    for one in remarks():
        same = one.regime == asked.regime and one.destination in (asked.destination, ANY)
        near = one.commodity_code == ANY or asked.code.startswith(one.commodity_code)
        if same and near and _binds(one, asked) and _is_due(one, answer):
            where = f" ({one.article})" if one.article else ""
            yield f"{one.text}{where}{HOW_SURE[one.certainty]}"


def _is_due(one: Remark, answer: Answer) -> bool:
    """Whether a remark matters here.

    Clauses where one binds, named persons where a party is, the country tool for third countries.
    """
    asked = answer.inquiry
    if one.topic == "clause_scope":
        return any(reason.gives == "clause" for reason in answer.because)
    if one.topic == "named_persons":
        return bool(asked.party)
    if one.topic == "country_tool":
        acts = instruments().values()
        return asked.destination not in {act.subject for act in acts if act.regime == asked.regime}
    return one.topic != USE_IN
