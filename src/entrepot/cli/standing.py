"""`entrepot standing`: how well the facts that reports speak of stand."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click

from entrepot.cli.assesswords import short
from entrepot.cli.casebookoptions import casebook_options, open_casebook
from entrepot.cli.common import emit, escape, format_option, out_option, words, write_text
from entrepot.cli.days import parse_day
from entrepot.cli.heldrecords import opened_records
from entrepot.cli.judgeoptions import by_option
from entrepot.cli.recordoptions import record_options, sources_of
from entrepot.errors import RequestError
from entrepot.evidence.assessing.assess import assess
from entrepot.evidence.claim import Claim
from entrepot.evidence.documents.found import many
from entrepot.evidence.documents.read import read_report
from entrepot.evidence.reading.read import read_claims
from entrepot.evidence.report import Report
from entrepot.workspace.claims import Sources
from entrepot.workspace.standings import Found, Test, of_casebook, of_reports

COLUMNS = ("claim_id", "text", "claims", "verdict", "standing", "items", "roots", "roots_against",
           "probability", "probability_low", "probability_high", "band", "ratios", "rivals",
           "would_change")  # fmt: skip
WIDTH = 70
"""Characters of a claim in the table; the data have all of them."""


@click.command(
    "standing",
    epilog="Examples: entrepot standing digest.txt bulletin.txt denial.txt · "
    "entrepot standing digest.txt --full · entrepot standing clm_0123456789ab --note --by kk",
)
@click.argument("targets", nargs=-1, required=True, metavar="FILE...|CLAIM_ID")
@click.option("--reported-on", callback=parse_day, metavar="DATE",
              help="The own day of reports that print none.")  # fmt: skip
@record_options
@click.option("--no-records", is_flag=True, help="Count roots only; test nothing.")
@click.option("--full", is_flag=True, help="Ratios, rivals and what would change it, in words.")
@click.option("--note", "is_noted", is_flag=True,
              help="Keep the standing of CLAIM_ID in the casebook.")  # fmt: skip
@by_option
@casebook_options
@out_option
@format_option
def standing_command(
    targets: Sequence[str], workspace_dir: Path, output_format: str, out: Path | None, full: bool,
    **options: Any,
) -> None:  # fmt: skip
    """Say how the evidence for each fact lies: roots, probability, rivals, what would move it.

    FILE is a report; several may speak of the same facts. CLAIM_ID is a claim of the casebook, with
    all reports, evidence and grades kept there.
    """
    sources = sources_of(options)
    with _tests(workspace_dir, sources, skip=options["no_records"]) as test:
        if len(targets) == 1 and targets[0].startswith("clm_"):
            found = [_of_claim(targets[0], test, workspace_dir, options)]
        else:
            found = _of_files([Path(one) for one in targets], test, options["reported_on"])
    _write(found, output_format, out, full)
    words.print(
        f"{many(len(found), 'fact')}. A probability is about the evidence at hand and "
        "moves with the next piece; the ratios are choices (docs/standing.md)."
    )


@contextmanager
def _tests(workspace_dir: Path, sources: Sources, *, skip: bool) -> Iterator[Test]:
    """The test of a claim against the records at hand."""
    if skip:
        yield lambda claim: None
        return
    with opened_records(workspace_dir, sources) as opened:
        yield lambda claim: assess(claim, opened.records)


def _of_files(paths: Sequence[Path], test: Test, reported_on: date | None) -> list[Found]:
    missing = [path for path in paths if not path.is_file()]
    if missing:
        raise RequestError(
            f"got {missing[0]}, which is no file and no id of a claim",
            hint="Give reports, or one id of the casebook: entrepot claims list",
        )
    reports: dict[str, Report] = {}
    for path in paths:
        report = read_report(path)
        if report.reported_on is None and reported_on:
            report = read_report(path, reported_on=reported_on)
        for note in report.notes:
            words.print(f"[dim]note:[/] {escape(path.name)}: {escape(note)}")
        reports.setdefault(report.report_id, report)
    claims = [claim for report in reports.values() for claim in read_claims(report)]
    return of_reports(list(reports.values()), claims, test)


def _of_claim(claim_id: str, test: Test, workspace_dir: Path, options: dict[str, Any]) -> Found:
    with open_casebook(options["casebook"], workspace_dir) as book:
        standing, tested = of_casebook(book, claim_id.strip(), test)
        if options["is_noted"]:
            noted = book.note_standing(
                claim_id.strip(), standing.weighed.word, standing.row(), by=options["by"]
            )
            words.print(f"{noted.standing_id} is kept")
    return standing, tested


def _write(found: Sequence[Found], output_format: str, out: Path | None, full: bool) -> None:
    if full and output_format == "table":
        text = "\n".join(_note(number, one) for number, one in enumerate(found, 1))
        if out is None:
            click.echo(text, nl=False)
        else:
            write_text(out, text)
        return
    rows = [_row(one) for one in found]
    table = [
        {
            "claim": short(row["text"], WIDTH),
            "records": (row["verdict"] or "not tested").replace("_", " "),
            "standing": standing.short,
        }
        for row, (standing, _) in zip(rows, found, strict=True)
    ]
    emit(rows, output_format, out, columns=COLUMNS, table=table)


def _row(found: Found) -> dict[str, Any]:
    standing, tested = found
    head: Claim = standing.claims[0]
    return {
        "claim_id": head.claim_id, "text": head.text,
        "claims": [one.claim_id for one in standing.claims],
        "verdict": tested.verdict if tested else None, **standing.row(),
    }  # fmt: skip


def _note(number: int, found: Found) -> str:
    standing, tested = found
    lines = [f"{number}. “{' '.join(standing.claims[0].text.split())}”"]
    if tested is not None:
        lines.append(f"   Taken to say: {tested.tested}")
    return "\n".join([*lines, *(f"   {one}" for one in standing.sentences), ""])


commands = (standing_command,)
