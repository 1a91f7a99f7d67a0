"""What the third country stands to lose: past purchases that other rules would bar."""

from typing import Final

from entrepot.codes.country import name
from entrepot.dossiers.assemble.cited import Cited
from entrepot.dossiers.assemble.material import Material, StakesIn
from entrepot.dossiers.assemble.methods import method
from entrepot.dossiers.assemble.ruledays import as_read
from entrepot.dossiers.assemble.wording import sentence
from entrepot.dossiers.dossier.section import Section, Table
from entrepot.measures.exposure import Exposure, Range, Share
from entrepot.signals.amounts import money
from entrepot.signals.ranges import shares

HEADING: Final = "What the third country stands to lose"
CURRENCY: Final = "EUR"
REGIME: Final = "EU"
"""Whose exporters and measures are laid beside each other. A choice: the figures that ship are
theirs."""


def stakes_section(material: Material, cited: Cited) -> Section:
    """The sums of an exposure by section of the HS; or why there is none."""
    found = material.stakes
    if found is None:
        text = "The case names no third country and no target together, so no exposure is told"
        return _empty(text, cited)
    if found.exposure is None:
        return _empty(f"What is at stake is not known: {found.not_known}", cited)
    return _told(found, found.exposure, material, cited)


def _empty(text: str, cited: Cited) -> Section:
    return Section("stakes", HEADING, (sentence(text, "unknown", (method(cited, "exposure"),)),))


def _told(found: StakesIn, one: Exposure, material: Material, cited: Cited) -> Section:
    ids = (_figures_id(found, one, material, cited), method(cited, "exposure"))
    hub, target = name(material.case.hub), name(material.case.target)
    span = f"{found.periods[0]} to {found.periods[-1]}"
    whose = (
        f"{hub}'s own figures of its purchases from {REGIME} members"
        if found.is_mirror
        else f"{REGIME} exports to {hub}"
    )
    share = ""
    if found.total:
        low, high = one.at_stake.low / found.total, one.at_stake.high / found.total
        share = f", {shares(low, high)} of all of them"
    first = (
        f"Of {whose} in {span}, goods worth {_range(one.at_stake)}{share} would be barred if "
        f"{REGIME} rules for {target} of {material.as_of} were laid on {hub} and are not barred now"
        f"{as_read(REGIME, material.as_of)}"
    )
    said = [
        sentence(first, "record", ids),
        sentence(
            f"Already barred to {hub} under its own measures were goods worth "
            f"{_range(one.already)} of these ({span}){as_read(REGIME, material.as_of)}",
            "record", ids,
        ),
        sentence(
            "This is past trade and no forecast: buyers turn to other sellers, prices move, and a "
            "ban has exceptions", "method", ids,
        ),
    ]  # fmt: skip
    return Section("stakes", HEADING, tuple(said), (_table(one, span, hub, ids),))


def _figures_id(found: StakesIn, one: Exposure, material: Material, cited: Cited) -> str:
    case = material.case
    files = material.figures.file_ids if material.figures else ()
    row = {
        "hub": case.hub, "target": case.target, "regime": REGIME, "on": material.as_of,
        "period_from": found.periods[0], "period_to": found.periods[-1], "currency": CURRENCY,
        "total_trade": found.total, "recorded": one.recorded, "is_mirror": found.is_mirror,
        "covered_low": one.covered.low, "covered_high": one.covered.high,
        "already_low": one.already.low, "already_high": one.already.high,
        "at_stake_low": one.at_stake.low, "at_stake_high": one.at_stake.high,
    }  # fmt: skip
    return cited.add(
        "figures", f"{REGIME} trade with {name(case.hub)} under the rules for {name(case.target)}",
        file_id=files[0] if files else "", locator="all rows that the command reads",
        query=f"entrepot rules exposure {case.hub} --as {case.target} --on {material.as_of} "
        f"--regime {REGIME}", rows=(row,),
    )  # fmt: skip


def _table(one: Exposure, span: str, hub: str, ids: tuple[str, ...]) -> Table:
    rows: list[Share] = [share for share in one.sections if share.at_stake.high]
    return Table(
        "tab_stakes",
        f"At stake for {hub} by section of the Harmonized System, {CURRENCY}, {span}: from codes "
        "barred as a whole to those barred in part too",
        ("section", "at stake, low", "at stake, high", "recorded"),
        tuple((share.label, share.at_stake.low, share.at_stake.high, share.value)
              for share in rows),
        tuple(ids for _ in rows),
    )  # fmt: skip


def _range(one: Range) -> str:
    low, high = money(one.low, CURRENCY), money(one.high, CURRENCY)
    return low if low == high else f"{low} to {high}"
