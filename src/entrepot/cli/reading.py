"""`entrepot read`: the claims of a report, each with its exact words."""

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from entrepot.casebook.filename import FILE
from entrepot.cli.casebookoptions import casebook_options, open_casebook
from entrepot.cli.common import (
    emit,
    escape,
    format_option,
    out_option,
    wide_console,
    words,
    write_text,
)
from entrepot.cli.days import parse_day
from entrepot.cli.judgeoptions import by_option
from entrepot.cli.readingwords import as_words
from entrepot.errors import RequestError
from entrepot.records.evidence import CLAIM

if TYPE_CHECKING:
    from entrepot.evidence.claim import Claim
    from entrepot.evidence.report import Report

COLUMNS: Final = tuple(CLAIM)
SEALED: Final = (b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED FILE-----")
"""How a file begins that was sealed as part of a tip."""
TIP_FOLDERS: Final = ("tips",)
"""Folders whose files are parts of tips: their words never go to a model."""


@click.command(
    "read",
    epilog="Examples: entrepot read digest.txt --reported-on 2022-08-26 · "
    "entrepot read press/*.pdf --format jsonl --out claims.jsonl · "
    "entrepot read digest.txt --html digest.html · entrepot read digest.txt --save --by kk",
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True,
                type=click.Path(path_type=Path))  # fmt: skip
@click.option("--reported-on", callback=parse_day, metavar="DATE",
              help="The report's own day. Without: the one it prints.")  # fmt: skip
@click.option("--lang", "language", type=click.Choice(["auto", "en", "ru", "uk"]),
              default="auto", show_default=True, help="Language of the report.")  # fmt: skip
@click.option("--html", type=click.Path(path_type=Path), metavar="FILE",
              help="Write the text with its claims marked, as one page.")  # fmt: skip
@click.option("--save", is_flag=True, help="Keep report and claims in the casebook.")
@click.option("--model-url", metavar="URL",
              help="Also ask a language model at this address (https, or this machine). The text "
              "is sent there. Key: ENTREPOT_MODEL_KEY.")  # fmt: skip
@click.option("--model", "model_name", default="", metavar="NAME", help="Name of that model.")
@by_option
@casebook_options
@out_option
@format_option
def read_command(
    files: tuple[Path, ...],
    reported_on: date | None,
    language: str,
    output_format: str,
    out: Path | None,
    html: Path | None,
    **options: Any,
) -> None:
    """Propose the checkable claims of reports: who, what, when, how many, on whose word.

    FILE is text, HTML, PDF, DOCX or an e-mail. Each claim comes with its exact words; a person
    confirms, edits or rejects it. Word lists read English, and Russian and Ukrainian as far as they
    carry.
    """
    if html is not None and len(files) > 1:
        raise RequestError(
            f"got {len(files)} files, expected one for --html", hint="Make one page a report."
        )
    read = [_read(path, reported_on, language, options) for path in files]
    rows = [row for _, found, proposed_by in read for row in _rows(found, proposed_by)]
    if html is not None:
        from entrepot.dossiers.reading import reading_page

        page = reading_page(read[0][0], read[0][1])
        write_text(html, page, inputs=files, option="--html")
        words.print(f"wrote the page {escape(str(html))}")
    if options["save"]:
        _save([(report, found) for report, found, _ in read], options)
    if output_format == "table":
        _write_words(rows, out, files)
    else:
        columns = (*COLUMNS, "proposed_by") if options["model_url"] else COLUMNS
        emit(rows, output_format, out, columns=columns, inputs=files)
    words.print(_told(rows, len(files)))


Read = tuple["Report", list["Claim"], dict[str, str]]


def _read(path: Path, reported_on: date | None, language: str, options: dict[str, Any]) -> Read:
    """A report, its claims, and who proposed those that the rules did not."""
    from entrepot.evidence.documents.read import read_report
    from entrepot.evidence.reading.read import read_claims

    if options["model_url"]:
        _refuse_tips(path)
    report = read_report(path, reported_on=reported_on)
    for note in report.notes:
        words.print(f"[dim]note:[/] {escape(path.name)}: {escape(note)}")
    found = read_claims(report, language=None if language == "auto" else language)
    if not options["model_url"]:
        return report, found, {}
    return _with_model(report, found, options)


def _with_model(report: "Report", found: "list[Claim]", options: dict[str, Any]) -> Read:
    """The claims of the rules, then those that only a model points at."""
    from entrepot.evidence.reading.model import Endpoint, checked, is_loopback, propose

    key = os.environ.get("ENTREPOT_MODEL_KEY", "")
    endpoint = checked(Endpoint(options["model_url"], options["model_name"], key))
    where = "stays on this machine" if is_loopback(endpoint.url) else "leaves this machine"
    words.print(f"[yellow]The text of {escape(report.name)} {where}: it goes to "
                f"{escape(endpoint.url)}.[/]")  # fmt: skip
    with words.status(f"asking {escape(endpoint.model)}"):
        proposed = propose(report, endpoint)
    known = {claim.claim_id for claim in found}
    more = [claim for claim in proposed.claims if claim.claim_id not in known]
    words.print(f"[dim]note:[/] {len(more)} claims are proposed by {escape(proposed.proposed_by)}")
    if proposed.dropped.sentence:
        words.print(f"[dim]note:[/] of its answer did not count: {proposed.dropped.sentence}")
    by = {claim.claim_id: proposed.proposed_by for claim in more}
    return report, sorted([*found, *more], key=lambda claim: claim.span), by


def _refuse_tips(path: Path) -> None:
    """A tip, sealed or not, never goes to a model.

    Raises:
        RequestError: the file is one, by its content or its folder.
    """
    try:
        with path.open("rb") as opened:
            is_sealed = opened.read(40).startswith(SEALED)
    except OSError:
        is_sealed = False  # the reader says in its own words what is wrong with the file
    if is_sealed or any(part.lower() in TIP_FOLDERS for part in path.resolve().parts[:-1]):
        raise RequestError(
            f"{path.name} is part of a tip, and the words of a tip are never sent to a model",
            hint="Leave out --model-url.",
        )


def _rows(found: "Sequence[Claim]", proposed_by: dict[str, str]) -> list[dict[str, Any]]:
    rows = []
    for claim in found:
        row = claim.row()
        if claim.claim_id in proposed_by:
            row["proposed_by"] = proposed_by[claim.claim_id]
        rows.append(row)
    return rows


def _save(read: "Sequence[tuple[Report, list[Claim]]]", options: dict[str, Any]) -> None:
    """Keep reports and claims in the casebook, where claims are confirmed or rejected."""
    with open_casebook(options["casebook"], options["workspace_dir"], create=True) as book:
        added = sum(len(book.keep(report, found, by=options["by"])) for report, found in read)
    place = options["casebook"] or str(options["workspace_dir"] / FILE)
    words.print(f"{added} new claims are in {escape(place)}; see them: entrepot claims list")
    for report, _ in read:
        words.print(f"{report.report_id}: the report {escape(report.name)}; into a case with: "
                    f"entrepot case add CASE {report.report_id}")  # fmt: skip


def _write_words(rows: Sequence[dict[str, Any]], out: Path | None, files: Sequence[Path]) -> None:
    """The claims as people read them: type, words, parts, one under the other."""
    text = as_words(rows, wide_console().width)
    if out is None:
        click.echo(text, nl=False)
        return
    write_text(out, text, inputs=files)
    words.print(f"wrote {len(rows)} claims to {escape(str(out))}")


def _told(rows: Sequence[dict[str, Any]], files: int) -> str:
    """What was found, in one sentence."""
    reports = "this report" if files == 1 else f"these {files} reports"
    if not rows:
        return (
            f"No claim was found in {reports} that records could test. The word lists "
            "read English, Russian and Ukrainian."
        )
    claims = "1 claim is" if len(rows) == 1 else f"{len(rows)} claims are"
    return f"{claims} proposed from {reports}; a person confirms, edits or rejects them."


commands = (read_command,)
