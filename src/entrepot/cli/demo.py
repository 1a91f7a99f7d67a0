"""`entrepot demo`: the main job on the figures that ship with the product."""

import time
from datetime import date
from pathlib import Path
from typing import Any

import click

from entrepot.cli.common import common_options_but_out, words, write_text
from entrepot.cli.figures import said
from entrepot.cli.finding import emit_leads, note_run
from entrepot.cli.notes import say_figures, say_findings
from entrepot.engine import open_engine
from entrepot.signals.detect import detect
from entrepot.signals.question import Question
from entrepot.signals.route import onward_series
from entrepot.workspace import Workspace, rules, shipped_figures

TOP = 15
CARDS = 12
"""Leads that the report shows in detail."""


@click.command(epilog="Example: entrepot demo --out /tmp/report")
@click.option(
    "--out",
    "out_dir",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("entrepot-report"),
    show_default=True,
    help="Folder that receives report.html.",
)
@common_options_but_out
def demo(
    out_dir: Path,
    output_format: str,
    as_of: date | None,
    engine: str,
    workspace_dir: Path,
    **_: Any,
) -> None:
    """Show which restricted goods seem to reach Russia through third countries, on real figures.

    Prints the first leads and writes report.html, one file that works offline.
    """
    began = time.monotonic()
    question = Question.ask(as_of=as_of)
    measures = rules(question)
    with open_engine(engine) as opened:
        figures = said(shipped_figures(opened, as_of), opened)
        say_figures(figures)
        with words.status("comparing with the past and with unrestricted goods"):
            found = detect(figures.flows, measures, question, opened)
            onward = onward_series(found.listed()[:CARDS], found)
    # Imported late: the chart libraries take a third of a second that no other command needs.
    from entrepot.dossiers.report import render_report

    with words.status("drawing the report"):
        page = render_report(
            found, about=figures.about, measures=measures,
            command="entrepot demo" + (f" --as-of {as_of}" if as_of else ""),
            top=CARDS, onward=onward,
            vintage=figures.vintage.sentences if figures.vintage else (),
        )  # fmt: skip
    note_run(Workspace(workspace_dir), question, figures, None, found, time.monotonic() - began)
    path = out_dir / "report.html"
    write_text(path, page)
    emit_leads(found.listed()[:TOP], measures, output_format, None)
    say_findings(found)
    words.print(f"report: {path.resolve()}  ({time.monotonic() - began:.1f} s)")
    words.print(
        "[dim]next: entrepot explain LEAD_ID · entrepot leads --help · entrepot import FILE[/]"
    )


commands = [demo]
