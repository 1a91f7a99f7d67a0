"""`entrepot result`: what came of a check; it becomes evidence where it speaks for or against."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from entrepot.casebook import results
from entrepot.casebook.results import COULD_NOT, NOTHING, SAW, Look, Result
from entrepot.casebook.trail import Pen
from entrepot.checks.planning.form import read_checks, result_form
from entrepot.cli.assesswords import short
from entrepot.cli.casebookoptions import casebook_file, casebook_options, open_casebook
from entrepot.cli.common import (
    emit,
    escape,
    format_option,
    out_option,
    refuse_inputs,
    words,
    write_text,
)
from entrepot.cli.days import parse_day
from entrepot.cli.judgeoptions import by_option
from entrepot.errors import RequestError

COLUMNS = ("result_id", "claim_id", "check_id", "what", "saw", "observer", "reference",
           "looked_on", "note", "file_name", "file_sha256", "evidence_id", "by", "at",
           "is_withdrawn")  # fmt: skip
_LONGEST = 40
"""Characters of what was looked at in the table; the data have all of them."""
_BLOCK_BYTES = 1 << 20
Row = Mapping[str, Any]
_UNTOLD = {
    NOTHING: "Nothing seen is kept and moves nothing: if all of the place was seen at the time and "
    "the thing was not there, say --saw against.",
    COULD_NOT: "Not to have been able to see says nothing for or against, so it moves nothing.",
}


@click.command(
    "result",
    epilog="Examples: entrepot result --form checks.jsonl --out form.md · entrepot result "
    "clm_0123456789ab --check chk_0123456789ab --saw could-not-see --observer 'an analyst of the "
    "desk' --reference S2B_35UMT_20220826 --note 'cloud' --by kk · entrepot result list · undo: "
    "entrepot claims undo res_0123456789ab --by kk",
)
@click.argument("target", required=False, metavar="CLAIM_ID|list")
@click.option("--check", "check_id", metavar="CHECK_ID",
              help="A check of a plan, chk_...: one of --checks, or kept in a case. Without: "
              "somebody looked without a plan.")  # fmt: skip
@click.option("--what", default="", metavar="TEXT",
              help="What was looked at, in words; of a check its row says it.")  # fmt: skip
@click.option("--checks", "checks_file", type=click.Path(path_type=Path), metavar="CHECKS.jsonl",
              help="Rows of the plan that --check is of.")  # fmt: skip
@click.option("--saw", type=click.Choice(SAW), help="What it says of the claim.")
@click.option("--observer", default="", metavar="WHO", help="Who looked: an office, not a person.")
@click.option("--reference", default="", metavar="WHERE",
              help="Where it can be looked at again: an address, an item, a row.")  # fmt: skip
@click.option("--looked-on", callback=parse_day, metavar="DATE", help="The day of the look.")
@click.option("--note", default="", metavar="TEXT", help="What was seen, in words.")
@click.option("--file", "file", type=click.Path(path_type=Path), metavar="FILE",
              help="A picture or table: its name and sha256 are kept, not the file.")  # fmt: skip
@click.option("--form", "form", type=click.Path(path_type=Path), metavar="CHECKS.jsonl",
              help="Print the form to fill in for these checks.")  # fmt: skip
@by_option
@casebook_options
@format_option
@out_option
def result_command(target: str | None, form: Path | None, **options: Any) -> None:
    """Keep what came of a check of a claim.

    What speaks for or against becomes evidence, so that `entrepot standing CLAIM_ID` moves, by the
    grade of who looked. `nothing` and `could-not-see` are kept and are no evidence.
    """
    if form is not None:
        _print_form(form, options["out"])
    elif target is None:
        raise RequestError(
            "got no claim, expected CLAIM_ID or list",
            hint="entrepot result CLAIM_ID --check CHECK_ID --saw for --observer WHO "
            "--reference WHERE --by NAME",
        )
    elif target.strip() == "list":
        _list(options)
    else:
        _keep(target.strip(), options)


def _print_form(path: Path, out: Path | None) -> None:
    checks = read_checks(path)
    if not checks:
        raise RequestError(
            f"got {path.name} without a check, expected one a line",
            hint="entrepot plan ... --format jsonl --out CHECKS.jsonl writes such a file.",
        )
    text = result_form(checks)
    if out is None:
        click.echo(text, nl=False)
        return
    write_text(out, text, inputs=[path])
    words.print(f"wrote the form to {escape(str(out))}")


def _list(options: dict[str, Any]) -> None:
    with (
        open_casebook(options["casebook"], options["workspace_dir"]) as book,
        book.reading() as connection,
    ):
        found = results.listed(connection)
    _emit(found, options)


def _keep(claim_id: str, options: dict[str, Any]) -> None:
    if options["saw"] is None:
        raise RequestError("got no outcome", hint=f"Give --saw with one of {', '.join(SAW)}.")
    rows = read_checks(options["checks_file"]) if options["checks_file"] else []
    digest = _hashed(options["file"])  # before the casebook is locked
    if options["out"] is not None:
        refuse_inputs(options["out"], _inputs(options))  # before anything is kept
    with (
        open_casebook(options["casebook"], options["workspace_dir"]) as book,
        book.writing(options["by"]) as pen,
    ):
        look = _look(options, _row(options, rows, pen), digest)
        kept = results.add(pen, claim_id, look, given=[str(one["check_id"]) for one in rows],
                           today=datetime.now(UTC).date())  # fmt: skip
    _emit([kept], options, one=True)
    words.print(_said(kept))


def _emit(found: Sequence[Result], options: dict[str, Any], *, one: bool = False) -> None:
    table = [
        {"result": made.result_id, "claim": made.claim_id, "saw": made.look.saw,
         "what": short(made.look.what, _LONGEST), "observer": short(made.look.observer, _LONGEST),
         "counts": _counts(made)}
        for made in found
    ]  # fmt: skip
    emit([made.row() for made in found], options["output_format"], options["out"],
         columns=COLUMNS, table=table, one=one, inputs=_inputs(options))  # fmt: skip


def _inputs(options: dict[str, Any]) -> list[Path]:
    files = [one for one in (options["checks_file"], options["file"]) if one]
    return [*files, *casebook_file(options["casebook"], options["workspace_dir"])]


def _counts(made: Result) -> str:
    if made.withdrawal:
        return "taken back"
    return "evidence" if made.evidence_id else "kept only"


def _said(kept: Result) -> str:
    if not kept.evidence_id:
        return f"{kept.result_id} is kept. {_UNTOLD[kept.look.saw]}"
    return (
        f"{kept.result_id} is kept and is evidence {kept.look.saw} the claim, {kept.evidence_id}. "
        f"entrepot standing {kept.claim_id} counts it by the grade of who looked: "
        f'entrepot grade "{escape(kept.look.observer)}" LETTER'
    )


def _row(options: dict[str, Any], rows: Sequence[Row], pen: Pen) -> Row | None:
    """The row of the check that was named; null: none was named, or it is not known.

    Raises:
        RequestError: it is none of the file that was given.
    """
    check_id = _check_id(options)
    if check_id is None:
        return None
    row = next((one for one in rows if one["check_id"] == check_id), None)
    if rows and row is None:
        raise RequestError(
            f"got {check_id}, which is no check of {options['checks_file'].name}",
            hint="entrepot plan says the ids of what it advises; its rows begin with them.",
        )
    return row or results.planned(pen.connection, check_id)


def _check_id(options: dict[str, Any]) -> str | None:
    return (options["check_id"] or "").strip() or None


def _look(options: dict[str, Any], row: Row | None, file: tuple[str | None, str | None]) -> Look:
    what = options["what"].strip() or (str(row["what"]) if row else "")
    check_id = _check_id(options)
    if check_id and not what:
        what = f"check {check_id}"
    return Look(what, options["saw"], options["observer"].strip(), options["reference"].strip(),
                check_id, options["looked_on"], options["note"].strip(), *file)  # fmt: skip


def _hashed(path: Path | None) -> tuple[str | None, str | None]:
    """Name and sha256 of a file; the folder it lies in is nobody's business."""
    if path is None:
        return None, None
    made = hashlib.sha256()
    try:
        with path.open("rb") as opened:
            while block := opened.read(_BLOCK_BYTES):
                made.update(block)
    except OSError as error:
        raise RequestError(
            f"got --file {path}, which cannot be read: {error.strerror}", hint="Check the path."
        ) from error
    return path.name, made.hexdigest()


commands = (result_command,)
