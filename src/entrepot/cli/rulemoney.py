"""The command that puts money beside the rules: `rules exposure`."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from entrepot.cli.common import common_options, emit, words
from entrepot.cli.days import parse_day
from entrepot.cli.figures import files_argument, load_figures, named
from entrepot.cli.notes import say_figures
from entrepot.cli.rulecommon import (
    STATE,
    check_target,
    law_of,
    one_regime,
    say_state,
    say_unreached,
)
from entrepot.codes import country
from entrepot.codes.country import name
from entrepot.codes.period import end
from entrepot.engine import open_engine
from entrepot.errors import RequestError
from entrepot.measures.ask import shipped
from entrepot.measures.book import restricts
from entrepot.measures.cite import place
from entrepot.measures.exposure import Exposure, Good, Range, Rules, Share
from entrepot.signals.amounts import money
from entrepot.signals.ranges import shares
from entrepot.workspace.stakes import Stakes, exposure_of

TOP = 12


@click.command(
    "exposure",
    epilog="Examples: entrepot rules exposure BLR --as RUS --on 2022-08-26 · "
    "entrepot rules exposure BLR --since 2023-08-04 --on 2023-08-05 --annex XVII",
)
@click.argument("hub")
@files_argument
@click.option("--as", "target", help="Whose measures would be laid on the hub.")
@click.option("--on", callback=parse_day, metavar="DATE", help="Day of the rules.")
@click.option(
    "--since", callback=parse_day, metavar="DATE",
    help="Look back instead: what came for the hub itself after this day, up to --on.",
)  # fmt: skip
@click.option("--annex", default="", help="Only measures of this annex, for example XVII.")
@click.option("--regime", default="EU", show_default=True, help="Whose exporters and measures.")
@click.option("--period", default="", help="Figures of this time: 2021, or 2021-03:2022-02.")
@click.option("--currency", type=click.Choice(["EUR", "USD"]), default="EUR", show_default=True)
@common_options
def exposure_command(
    hub: str,
    flow_files: tuple[Path, ...],
    target: str | None,
    on: date | None,
    since: date | None,
    annex: str,
    regime: str,
    period: str,
    currency: str,
    output_format: str,
    out: Path | None,
    as_of: date | None,
    engine: str,
    workspace_dir: Path,
) -> None:
    """What HUB stands to lose: its recorded purchases under another country's measures.

    Counts what the regime's exporters sold to HUB in the last twelve months of the figures before
    the day (or in --period), and splits it by what the measures bar. A code barred only in part
    gives a range. It is past trade, not a forecast.
    """
    where, day = country.parse(hub), on or as_of or STATE
    regime = one_regime(regime)
    first, second = _rules(where, target, since, day, annex)
    _refuse_unknown_annex(second, regime)
    check_target((regime,), second.destination, second.on)
    say_unreached((regime,), first.destination, first.on)
    workspace = named(workspace_dir, flow_files)
    with open_engine(engine) as opened, words.status("adding up the figures"):
        figures = load_figures(workspace, flow_files, opened)
        found = exposure_of(
            figures, shipped(), where, first, second,
            regime=regime, period=period, currency=currency, engine=opened,
        )  # fmt: skip
    say_figures(figures)
    data = _as_data(found.exposure)
    if output_format == "table":
        _print(found.exposure, currency, out, flow_files)
    else:
        columns = ("commodity_code", "commodity", "section", "value", *_RANGES, "because")
        rows = data["goods"] if output_format in ("csv", "jsonl") else [
            {"hub": where, "regime": regime, "on": str(day), "currency": currency,
             "period_from": found.periods[0], "period_to": found.periods[-1],
             "total_trade": found.total, "is_mirror": found.is_mirror, **data}
        ]  # fmt: skip
        emit(rows, output_format, out, columns=columns, inputs=flow_files)
    _say(found, where, first, second, currency)
    say_state(day, (regime,))


def _rules(
    hub: str, target: str | None, since: date | None, day: date, annex: str
) -> tuple[Rules, Rules]:
    if bool(target) == bool(since):
        raise RequestError(
            "expected one of --as COUNTRY (what if) and --since DATE (what a new ban hit)",
            hint="For example --as RUS --on 2022-08-26.",
        )
    if since is not None:
        if since >= day:
            raise RequestError(
                f"got --since {since} and --on {day}, expected an earlier --since",
                hint="--since is the day before the new ban, --on a day on which it holds.",
            )
        return Rules(hub, since), Rules(hub, day, annex)
    goal = country.parse(target or "")
    if goal == hub:
        raise RequestError(
            f"got {name(hub)} as hub and as --as, expected two countries",
            hint="--as names the country whose measures the hub might get: --as RUS.",
        )
    return Rules(hub, day), Rules(goal, day, annex)


def _refuse_unknown_annex(rules: Rules, regime: str) -> None:
    if not rules.annex:
        return
    held = {
        row["annex"]
        for row in shipped().rows
        if restricts(row) and row["regime"] == regime and row["destination"] == rules.destination
    }
    if rules.annex not in held:
        raise RequestError(
            f"got annex {rules.annex!r}, expected one of {regime} for {name(rules.destination)}: "
            f"{', '.join(sorted(held))}"
        )


_RANGES = ("covered_low", "covered_high", "already_low", "already_high", "at_stake_low",
           "at_stake_high")  # fmt: skip


def _ranges(one: Exposure | Share | Good) -> dict[str, float]:
    parts = {"covered": one.covered, "already": one.already, "at_stake": one.at_stake}
    return {
        f"{what}_{end}": getattr(part, end)
        for what, part in parts.items()
        for end in ("low", "high")
    }


def _as_data(found: Exposure) -> dict[str, Any]:
    goods = [
        {"commodity_code": one.commodity_code, "commodity": one.commodity, "section": one.section,
         "value": one.value, **_ranges(one), "because": [law_of(row) for row in one.rows]}
        for one in found.goods
    ]  # fmt: skip
    return {
        "recorded": found.recorded,
        **_ranges(found),
        "sections": [{"section": s.key, "name": s.label, "value": s.value, **_ranges(s)}
                     for s in found.sections],
        "reporters": [{"reporter": s.key, "value": s.value, **_ranges(s)}
                      for s in found.reporters],
        "goods": goods,
    }  # fmt: skip


def _print(found: Exposure, currency: str, out: Path | None, inputs: Sequence[Path]) -> None:
    lines: list[dict[str, Any]] = []
    for kind, parts in (("section", found.sections), ("reporter", found.reporters[:TOP])):
        lines += [_line(kind, f"{one.key} {one.label if one.label != one.key else ''}", one)
                  for one in parts if one.covered.high]  # fmt: skip
    lines += [_line("goods", f"{one.commodity_code} {one.commodity}", one, place(one.rows[0]))
              for one in found.goods[:TOP] if one.at_stake.high]  # fmt: skip
    table = [{"by": x["by"], "of": x["name"], f"recorded {currency}": x["recorded"],
              "already barred": x["already"], "newly at stake": x["stake"], "under": x["under"]}
             for x in lines]  # fmt: skip
    emit(lines, "table", out, columns=tuple(lines[0]) if lines else (), table=table, inputs=inputs)


def _line(kind: str, label: str, one: Share | Good, under: str = "") -> dict[str, Any]:
    return {
        "by": kind,
        "name": label.strip(),
        "recorded": money(one.value, "").strip(),
        "already": amount(one.already),
        "stake": amount(one.at_stake),
        "under": under or None,
    }


def amount(part: Range, currency: str = "") -> str:
    """Money as `low` or `low to high`."""
    alike = money(part.low, currency) == money(part.high, currency)
    low, high = money(part.low, currency).strip(), money(part.high, "").strip()
    return low if alike else f"{low} to {high}"


def _say(found: Stakes, hub: str, first: Rules, second: Rules, currency: str) -> None:
    one: Exposure = found.exposure
    periods = f"{found.periods[0]} to {found.periods[-1]}"
    what = f"the measures for {name(second.destination)} on {second.on}"
    what += f", Annex {second.annex} only" if second.annex else ""
    words.print(
        f"{name(hub)}, {periods}: of {money(one.recorded, currency)} in these figures {what} cover "
        f"{amount(one.covered, currency)}. Of that {amount(one.already, currency)} was barred to "
        f"{name(hub)} on {first.on} already; newly at stake: {amount(one.at_stake, currency)}."
    )
    words.print(
        "[dim]From: codes barred as a whole. To: also codes of which only a part is barred (luxury "
        "goods above a value, 'ex' codes), in full. Past trade, not a forecast.[/]"
    )
    if end(found.periods[-1]) > min(first.on, second.on):
        words.print(
            f"[yellow]Not all of these figures are of before {min(first.on, second.on)}: give a "
            "--period, or figures that are.[/]"
        )
    if found.is_mirror:
        words.print(
            f"[yellow]From the import figures of {name(hub)}, which hold freight and insurance: "
            "the exporters' own are not in these figures.[/]"
        )
    words.print(_share(one, found.total, hub, currency))


def _share(one: Exposure, total: float | None, hub: str, currency: str) -> str:
    """What part of all trade is at stake, as far as the figures can say."""
    base = one.recorded if total is None else total
    part = shares(one.at_stake.low / base, one.at_stake.high / base)
    if total is None:
        return (
            f"[yellow]That is {part} of the trade in these figures. They hold no value of "
            f"all trade (code TOTAL), so the share of all sales to {name(hub)} is not known.[/]"
        )
    return f"That is {part} of all recorded sales to {name(hub)}: {money(total, currency)}."
