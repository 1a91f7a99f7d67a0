"""`entrepot assess`: the claims of a report, each tested against the records that are loaded."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from entrepot.casebook.states import ClaimState
from entrepot.cli.assesspage import page, used
from entrepot.cli.assesswords import COLUMNS, Pair, notes, told, write_table
from entrepot.cli.casebookoptions import casebook_options, open_casebook
from entrepot.cli.common import emit, escape, format_option, out_option, words, write_text
from entrepot.cli.days import parse_day
from entrepot.cli.heldrecords import opened_records
from entrepot.cli.recordoptions import record_options, sources_of
from entrepot.cli.rulecommon import refuse_same
from entrepot.codes.period import is_month, parse_period
from entrepot.errors import CodeError, DocumentError, RequestError
from entrepot.evidence.assessing.assess import assess
from entrepot.evidence.assessing.records import SINCE
from entrepot.evidence.claim import Claim, claim_of
from entrepot.evidence.report import Report
from entrepot.evidence.standing.stand import Standing
from entrepot.records.evidence import CLAIM
from entrepot.workspace.standings import of_casebook, of_each

LINES: Final = (".jsonl", ".ndjson")
"""Files of claims as `entrepot read FILE --format jsonl` and `entrepot claims list` write them."""

MOST_WORDS: Final = 60
"""Characters of a claim in the line that says which one is being tested."""


def _since(_: click.Context, __: click.Parameter, text: str) -> str:
    try:
        found = parse_period(text)
    except CodeError as error:
        raise click.BadParameter(str(error)) from error
    if not is_month(found):
        raise click.BadParameter(f"got {text}, expected a month such as 2022-03")
    return found


@click.command(
    "assess",
    epilog="Examples: entrepot assess digest.txt --reported-on 2022-08-26 · "
    "entrepot assess digest.txt --html digest.html · "
    "entrepot assess clm_0123456789ab --lists lists/ · "
    "entrepot assess digest.pdf --observations seen.csv --format jsonl --out assessed.jsonl",
)
@click.argument("target", metavar="FILE|CLAIM_ID")
@click.option("--reported-on", callback=parse_day, metavar="DATE",
              help="The report's own day. Without: the one it prints.")  # fmt: skip
@click.option("--figures", "flow_files", multiple=True, metavar="FILE",
              type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Trade figures of these files, not of the workspace.")  # fmt: skip
@record_options
@click.option("--since", callback=_since, default=SINCE, show_default=True, metavar="MONTH",
              help="From when trade is looked at where a claim says no time.")  # fmt: skip
@click.option("--full", is_flag=True, help="A note on each claim, with the rows behind it.")
@click.option("--html", "page_file", type=click.Path(dir_okay=False, path_type=Path),
              metavar="FILE", help="Also write one page that works offline.")  # fmt: skip
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb",
              show_default=True, help="What runs the tables.")  # fmt: skip
@casebook_options
@out_option
@format_option
def assess_command(
    target: str,
    flow_files: tuple[Path, ...],
    engine: str,
    workspace_dir: Path,
    output_format: str,
    out: Path | None,
    full: bool,
    page_file: Path | None,
    **options: Any,
) -> None:
    """Test the claims of a report against the rules, figures, lists and observations at hand.

    FILE is a report (text, HTML, PDF, DOCX, e-mail), or claims as JSON lines. Each claim is
    supported, contradicted, partly so (with the part), or not testable with what is loaded (with
    what would be needed).
    """
    refuse_same(page_file, out)
    claims, reports, inputs = _claims(
        target, options["reported_on"], options["casebook"], workspace_dir
    )
    sources = sources_of(options)
    with opened_records(
        workspace_dir, sources, flow_files=flow_files, engine=engine, is_told=True
    ) as opened:
        found = []
        for number, claim in enumerate(claims, start=1):
            short = " ".join(claim.text.split())[:MOST_WORDS]
            opened.say(f"claim {number} of {len(claims)}: {short}")
            found.append((claim, assess(claim, opened.records)))
        asked = used(opened.records, opened.figures) if page_file else []
    standings = _standings(target, found, reports, options["casebook"], workspace_dir)
    shown = list(zip(found, standings, strict=True))
    if page_file:
        again = {**options, "figures": flow_files, "html": page_file}
        made_of = page(target, shown, asked, next(iter(reports), None), again)
        write_text(page_file, made_of, inputs=inputs, option="--html")
        words.print(f"wrote the page {escape(str(page_file))}")
    _write(shown, output_format, out, full, inputs)
    words.print(told(found))


def _claims(
    target: str, reported_on: date | None, casebook: str, workspace_dir: Path
) -> tuple[list[Claim], list[Report], tuple[Path, ...]]:
    """The claims of a file or of the casebook, their reports, and the files that were read."""
    reports: list[Report] = []
    if target.strip().startswith("clm_") and not Path(target).exists():
        found, inputs = [_kept(target.strip(), casebook, workspace_dir)], tuple[Path, ...]()
    else:
        path = Path(target)
        if not path.is_file():
            raise RequestError(
                f"got {target}, which is no file and no id of a claim",
                hint="Give the path of a report, or clm_ and twelve signs: entrepot claims list",
            )
        inputs = (path,)
        if path.suffix.lower() in LINES:
            found = _from_lines(path)
        else:
            report, found = _read(path, reported_on)
            reports.append(report)
    if reported_on is not None:
        found = [replace(claim, reported_on=reported_on) for claim in found]
    if not found:
        words.print("[yellow]No claim was found in this report.[/] The word lists read English, "
                    "Russian and Ukrainian.")  # fmt: skip
    elif all(claim.reported_on is None for claim in found):
        words.print(
            "[yellow]The report's own day is not known, so claims without a time cannot be tested: "
            "give it with --reported-on DATE.[/]"
        )
    return found, reports, inputs


def _kept(claim_id: str, casebook: str, workspace_dir: Path) -> Claim:
    """A claim of the casebook in the wording that counts."""
    with open_casebook(casebook, workspace_dir) as book:
        state: ClaimState = book.claim(claim_id)
    if state.state != "confirmed":
        words.print(f"[dim]note:[/] the claim is {state.state} in the casebook")
    return state.claim


def _standings(
    target: str,
    found: Sequence[Pair],
    reports: Sequence[Report],
    casebook: str,
    workspace_dir: Path,
) -> list[Standing]:
    """How each claim stands; one of the casebook on all that is kept there."""
    if target.strip().startswith("clm_") and not reports and len(found) == 1:
        with open_casebook(casebook, workspace_dir) as book:
            return [of_casebook(book, target.strip(), lambda claim: found[0][1])[0]]
    return of_each(reports, found)


def _read(path: Path, reported_on: date | None) -> tuple[Report, list[Claim]]:
    """A report and the claims that the reader finds; its word lists are loaded only here."""
    from entrepot.evidence.documents.read import read_report
    from entrepot.evidence.reading.read import read_claims

    report = read_report(path, reported_on=reported_on)
    for note in report.notes:
        words.print(f"[dim]note:[/] {escape(note)}")
    return report, list(read_claims(report))


def _from_lines(path: Path) -> list[Claim]:
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            found.append(claim_of(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise DocumentError(
                f"got {line[:40]!r}, expected a claim in the columns of entrepot read",
                locator=f"{path.name}, line {number}",
                hint="Claims are written by: entrepot read FILE --format jsonl",
            ) from error
    return found


def _write(
    found: Sequence[tuple[Pair, Standing]],
    output_format: str,
    out: Path | None,
    full: bool,
    inputs: Sequence[Path],
) -> None:
    if output_format == "table":
        text = notes(found) if full else write_table(found)
        if out is None:
            click.echo(text, nl=False)
        else:
            write_text(out, text, inputs=inputs)
            words.print(f"wrote {len(found)} claims to {escape(str(out))}")
        return
    rows = [
        {**claim.row(), **made.row(), "standing": stood.row()} for (claim, made), stood in found
    ]
    if output_format == "csv":
        rows = [
            {**row, "because": [one["sentence"] for one in row["because"]], "standing": stood.short}
            for row, (_, stood) in zip(rows, found, strict=True)
        ]
    emit(rows, output_format, out, columns=(*CLAIM, *COLUMNS), inputs=inputs)


commands = [assess_command]
