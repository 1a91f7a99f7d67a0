"""The command that holds figures against the rules of their own day: `rules flows`."""

from pathlib import Path
from typing import Any

import click

from entrepot.cli.common import common_options, emit, words
from entrepot.cli.figures import files_argument, load_figures, named
from entrepot.cli.notes import say_figures
from entrepot.cli.rulecommon import last_held, law_of, one_regime, say_state
from entrepot.codes.commodity import short_label
from entrepot.engine import open_engine
from entrepot.measures.ask import shipped
from entrepot.measures.cite import place
from entrepot.measures.flows import flagged_goods
from entrepot.measures.inquiry import under


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
    regime = one_regime(regime)
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
