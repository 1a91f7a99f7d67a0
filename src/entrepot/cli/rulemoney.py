"""The commands that put figures beside the rules: `rules exposure`, `rules flows`."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from entrepot.cli.common import common_options, emit, parse_day, words
from entrepot.cli.figures import load_figures
from entrepot.cli.notes import say_figures
from entrepot.cli.rulelists import (
    STATE,
    check_target,
    last_held,
    law_of,
    regimes_of,
    say_state,
    say_unreached,
)
from entrepot.codes import country
from entrepot.codes.commodity import short_label
from entrepot.codes.country import name
from entrepot.codes.period import end
from entrepot.engine import open_engine
from entrepot.errors import RequestError
from entrepot.measures.ask import shipped
from entrepot.measures.book import restricts
from entrepot.measures.cite import place
from entrepot.measures.decide import under
from entrepot.measures.exposure import Exposure, Good, Range, Rules, Share
from entrepot.measures.flows import flagged_goods
from entrepot.signals.words import money, percent
from entrepot.workspace import Workspace
from entrepot.workspace.stakes import Stakes, exposure_of

TOP = 12

files_argument = click.argument(
    "flow_files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)


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
    regime = _one_regime(regime)
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


def named(workspace_dir: Path, flow_files: Sequence[Path]) -> Workspace:
    """Where figures lie: files that are only looked at are kept apart from what was imported."""
    return Workspace(workspace_dir / "named" if flow_files else workspace_dir)


def _one_regime(text: str) -> str:
    found = regimes_of(text)
    if len(found) > 1:
        raise RequestError(
            f"got regimes {text}, expected one",
            hint="Its exporters are the ones whose sales are counted.",
        )
    return found[0]


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
            raise RequestError(f"got --since {since} and --on {day}, expected an earlier --since")
        return Rules(hub, since), Rules(hub, day, annex)
    goal = country.parse(target or "")
    if goal == hub:
        raise RequestError(f"got {name(hub)} as hub and as --as, expected two countries")
    return Rules(hub, day), Rules(goal, day, annex)


def _refuse_unknown_annex(rules: Rules, regime: str) -> None:
    held = {
        row["annex"]
        for row in shipped().rows
        if restricts(row) and row["regime"] == regime and row["destination"] == rules.destination
    }
    if rules.annex and rules.annex not in held:
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
    for kind, shares in (("section", found.sections), ("reporter", found.reporters[:TOP])):
        lines += [_line(kind, f"{one.key} {one.label if one.label != one.key else ''}", one)
                  for one in shares if one.covered.high]  # fmt: skip
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
    low, high = money(part.low, currency).strip(), money(part.high, "").strip()
    return low if part.low == part.high else f"{low} to {high}"


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
    low, high = (percent(part / base) for part in (one.at_stake.low, one.at_stake.high))
    if total is None:
        return (
            f"[yellow]That is {low} to {high} of the trade in these figures. They hold no value of "
            f"all trade (code TOTAL), so the share of all sales to {name(hub)} is not known.[/]"
        )
    return (
        f"That is {low} to {high} of all recorded sales to {name(hub)}: {money(total, currency)}."
    )


@click.command("flows", epilog="Example: entrepot rules flows mine.csv --regime EU --format csv")
@files_argument
@click.option("--regime", default="EU", show_default=True, help="Whose measures.")
@common_options
def flows_command(
    flow_files: tuple[Path, ...],
    regime: str,
    output_format: str,
    out: Path | None,
    engine: str,
    workspace_dir: Path,
    **_: Any,
) -> None:
    """Trade figures against the rules of their own day: restricted goods to restricted countries.

    One row for partner, code and answer. A flagged flow may be lawful: by licence or exception,
    under an old contract, or because the published code is wider than the good.
    """
    regime = _one_regime(regime)
    exporters = under(regime)
    with open_engine(engine) as opened, words.status("comparing flows with measures"):
        figures = load_figures(named(workspace_dir, flow_files), flow_files, opened)
        rows = flagged_goods(
            figures.flows, shipped(), opened, regimes=(regime,), exporters=exporters
        )
        found = opened.fetch(rows)
    known = {row["measure_id"]: row for row in shipped().rows}
    goods = [_flow_row(row, known[row["measure_id"]]) for row in found.to_pylist()]
    columns = tuple(goods[0]) if goods else ("partner",)
    shown = [_flow_short(row) for row in goods]
    emit(goods, output_format, out, columns=columns, table=shown, inputs=flow_files)
    say_figures(figures)
    words.print(
        f"{sum(row['rows'] for row in goods):,} flows of {len(goods):,} kinds are flagged, all of "
        f"reporters under {regime} rules. What is not flagged is not cleared: other destinations "
        "and goods in words are not looked at. A heading and its lines may both be listed: do not "
        "add them."
    )
    say_state(last_held((regime,)), (regime,))


def _flow_row(row: dict[str, Any], measure: Any) -> dict[str, Any]:
    money_of = {one: None if row[one] is None else float(row[one])
                for one in ("value_eur", "value_usd")}  # fmt: skip
    return {**row, **money_of, "commodity": short_label(row["commodity_code"]),
            "because": law_of(measure), "under": place(measure),
            "since": str(measure["valid_from"])}  # fmt: skip


def _flow_short(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "to": row["partner"],
        "code": row["commodity_code"],
        "commodity": row["commodity"],
        "answer": row["answer"],
        "from": row["period_from"],
        "to period": row["period_to"],
        "value EUR": row["value_eur"],
        "under": row["under"],
        "since": row["since"],
    }
