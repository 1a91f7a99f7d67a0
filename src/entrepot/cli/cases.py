"""`entrepot case`: a working file of things that belong together, and how it stands."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import click

from entrepot.casebook import cases
from entrepot.casebook.case_members import Member
from entrepot.casebook.case_states import STATES
from entrepot.casebook.casebook import Casebook
from entrepot.casebook.cases import Case
from entrepot.casebook.trail import Line
from entrepot.checks.planning.form import read_checks
from entrepot.cli.assesswords import short
from entrepot.cli.casebookoptions import casebook_file, casebook_options, open_casebook
from entrepot.cli.common import Group, emit, escape, format_option, out_option, words
from entrepot.cli.heldrecords import opened_records
from entrepot.cli.judgeoptions import because_option, by_option
from entrepot.cli.recordoptions import record_options, sources_of
from entrepot.cli.standing import COLUMNS as STANDING
from entrepot.cli.standing import WIDTH
from entrepot.evidence.assessing.assess import assess
from entrepot.evidence.documents.found import many
from entrepot.workspace.questions import case_claims, untested, weigh
from entrepot.workspace.standings import Found, Test

COLUMNS = ("case_id", "title", "state", "question", "hub", "target", "members", "by", "at")
SHOWN = ("case_id", "title", "state", "hub", "target", "members", "by")


@click.group(
    "case",
    cls=Group,
    epilog='Examples: entrepot case new "Aircraft parts, August 2022" --target RUS --hub BLR '
    "--by kk · entrepot case add cas_0123456789ab rep_0123456789ab clm_0123456789ab --by kk · "
    "entrepot case weigh cas_0123456789ab · entrepot plan cas_0123456789ab",
)
def case_group() -> None:
    """Keep leads, parties, claims, reports, tips, checks and notes of one matter together.

    Every addition is an entry with who made it when; nothing is changed, and dropping a thing is
    one more entry.
    """


def _held(options: dict[str, Any]) -> list[Path]:
    return casebook_file(options["casebook"], options["workspace_dir"])


def _open(options: dict[str, Any], *, create: bool = False) -> AbstractContextManager[Casebook]:
    return open_casebook(options["casebook"], options["workspace_dir"], create=create)


@case_group.command(
    "new", epilog='Example: entrepot case new "Aircraft parts" --target RUS --by kk'
)
@click.argument("title")
@click.option("--question", default="", metavar="TEXT", help="What the case asks.")
@click.option("--hub", default="", metavar="COUNTRY", help="The third country.")
@click.option("--target", default="", metavar="COUNTRY", help="The sanctioned destination.")
@by_option
@casebook_options
def new_command(title: str, question: str, hub: str, target: str, by: str, **options: Any) -> None:
    """Begin a case, as a draft; its id is printed."""
    with _open(options, create=True) as book, book.writing(by) as pen:
        made = cases.new(pen, title, question=question, hub=hub, target=target)
    click.echo(made.case_id)
    words.print(f"{made.case_id}: “{escape(made.title)}” is a {made.state}")


@case_group.command("list", epilog="Example: entrepot case list --format json")
@casebook_options
@format_option
@out_option
def list_command(output_format: str, out: Path | None, **options: Any) -> None:
    """List the cases with their states."""
    with _open(options) as book, book.reading() as connection:
        found = [_row(one) for one in cases.listed(connection)]
    emit(found, output_format, out, columns=COLUMNS, shown=SHOWN, inputs=_held(options))


@case_group.command("show", epilog="Example: entrepot case show cas_0123456789ab")
@click.argument("case_id")
@casebook_options
@format_option
@out_option
def show_command(case_id: str, output_format: str, out: Path | None, **options: Any) -> None:
    """Show a case with all that belongs to it, its states, and who did what when."""
    with _open(options) as book:
        with book.reading() as connection:
            case = cases.one(connection, case_id)
            trail = cases.trail_of(connection, case)
        texts = {one.claim_id: one.claim.text for one in book.claims()}
        texts |= {one.report.report_id: one.report.title or one.report.name
                  for one in book.reports()}  # fmt: skip
    full = _full(case, trail)
    emit([full], output_format, out, columns=tuple(full), table=_lines(case, trail, texts),
         one=True, inputs=_held(options))  # fmt: skip


@case_group.command(
    "add",
    epilog="Examples: entrepot case add cas_0123456789ab rep_0123456789ab clm_0123456789ab "
    "--by kk · entrepot case add cas_0123456789ab chk_0123456789ab --checks checks.jsonl --note "
    '"clear sky" --by kk · entrepot case add cas_0123456789ab tip_7 pty_NK-abc --by kk',
)
@click.argument("case_id")
@click.argument("things", nargs=-1, required=True, metavar="THING...")
@click.option("--note", default="", metavar="TEXT", help="Why they belong to it.")
@click.option("--checks", type=click.Path(path_type=Path), metavar="CHECKS.jsonl",
              help="Rows of a plan; those of the checks added are kept with them.")  # fmt: skip
@by_option
@casebook_options
def add_command(
    case_id: str, things: Sequence[str], note: str, checks: Path | None, by: str, **options: Any
) -> None:
    """Add things by their ids: lea_, clm_, rep_, res_, chk_, tip_NUMBER, pty_ID of a list."""
    rows = read_checks(checks) if checks else []
    with _open(options) as book, book.writing(by) as pen:
        added = cases.add(pen, case_id, things, note, rows)
    for one in added:
        words.print(f"{one.member_id}: {one.kind} {escape(one.thing_id)} belongs to {case_id}")


@case_group.command("note", epilog='Example: entrepot case note cas_0123456789ab "asked" --by kk')
@click.argument("case_id")
@click.argument("text")
@by_option
@casebook_options
def note_command(case_id: str, text: str, by: str, **options: Any) -> None:
    """Add words to a case."""
    with _open(options) as book, book.writing(by) as pen:
        kept = cases.note(pen, case_id, text)
    words.print(f"{kept.member_id}: the note is kept")


@case_group.command(
    "drop", epilog="Example: entrepot case drop cas_0123456789ab clm_0123456789ab --by kk"
)
@click.argument("case_id")
@click.argument("thing")
@by_option
@because_option
@casebook_options
def drop_command(case_id: str, thing: str, by: str, because: str, **options: Any) -> None:
    """Take a thing out of a case: one more entry, and it stays in the trail."""
    with _open(options) as book, book.writing(by) as pen:
        gone = cases.drop(pen, case_id, thing, because)
    undo = " and ".join(f"entrepot claims undo {one.withdrawal_id}" for one in gone)
    words.print(f"{escape(thing)} no longer belongs to {case_id}; undo: {undo}")


@case_group.command(
    "state",
    epilog='Example: entrepot case state cas_0123456789ab review --because "all roots read" '
    "--by kk",
)
@click.argument("case_id")
@click.argument("state", type=click.Choice(STATES))
@by_option
@because_option
@casebook_options
def state_command(case_id: str, state: str, by: str, because: str, **options: Any) -> None:
    """Bring a case into its next state; which may follow which is told where one may not."""
    with _open(options) as book, book.writing(by) as pen:
        moved = cases.move(pen, case_id, state, because)
    words.print(f"{case_id} is now {moved.state}")


@case_group.command("weigh", epilog="Example: entrepot case weigh cas_0123456789ab --no-records")
@click.argument("case_id")
@record_options
@click.option("--no-records", is_flag=True, help="Count roots only; test nothing.")
@casebook_options
@format_option
@out_option
def weigh_command(
    case_id: str, no_records: bool, output_format: str, out: Path | None, **options: Any
) -> None:
    """Say how every claim of the case and of its reports stands."""
    with (
        _tests(options, skip=no_records) as test,
        _open(options) as book,
    ):
        found = weigh(book, case_claims(book, case_id), test)
    table = [{"claim": short(one.claims[0].text, WIDTH), "standing": one.short}
             for one, _ in found]  # fmt: skip
    emit([_standing(one) for one in found], output_format, out, columns=STANDING, table=table,
         inputs=_held(options))  # fmt: skip
    words.print(f"{many(len(found), 'fact')}; entrepot plan {case_id} says what to look at next.")


@contextmanager
def _tests(options: dict[str, Any], *, skip: bool) -> Iterator[Test]:
    """The test of a claim against the records at hand."""
    if skip:
        yield untested
        return
    with opened_records(options["workspace_dir"], sources_of(options)) as opened:
        yield lambda claim: assess(claim, opened.records)


def _standing(found: Found) -> dict[str, Any]:
    standing, tested = found
    head = standing.claims[0]
    return {
        "claim_id": head.claim_id, "text": head.text,
        "claims": [one.claim_id for one in standing.claims],
        "verdict": tested.verdict if tested else None, **standing.row(),
    }  # fmt: skip


def _row(case: Case) -> dict[str, Any]:
    held = sum(one.withdrawal is None for one in case.members)
    return {
        "case_id": case.case_id, "title": case.title, "state": case.state,
        "question": case.question, "hub": case.hub or None, "target": case.target or None,
        "members": held, "by": case.by, "at": case.at,
    }  # fmt: skip


def _full(case: Case, trail: Sequence[Line]) -> dict[str, Any]:
    return _row(case) | {
        "members": [_member(one) for one in case.members],
        "states": [{"state": one.state, "because": one.because, "by": one.by, "at": one.at}
                   for one in case.moves],
        "trail": [one.row() for one in trail],
    }  # fmt: skip


def _member(one: Member) -> dict[str, Any]:
    return {
        "member_id": one.member_id, "kind": one.kind, "id": one.thing_id, "note": one.note,
        "row": one.row, "by": one.by, "at": one.at, "is_dropped": one.withdrawal is not None,
    }  # fmt: skip


def _lines(case: Case, trail: Sequence[Line], texts: dict[str, str]) -> list[dict[str, Any]]:
    """A case as people read it: what it is, what belongs to it, who did what when."""
    head = [("title", case.title), ("state", case.state), ("question", case.question),
            ("hub", case.hub), ("target", case.target)]  # fmt: skip
    rows = [{"what": name, "value": value} for name, value in head if value]
    for one in case.members:
        gone = " (dropped)" if one.withdrawal else ""
        said = " ".join(texts.get(one.thing_id, "").split()) or str((one.row or {}).get("what", ""))
        parts = [one.thing_id, short(said, WIDTH) if said else "", one.note]
        rows.append({"what": f"{one.kind}{gone}", "value": " · ".join(p for p in parts if p)})
    rows += [{"what": line.at[:16].replace("T", " "), "value": f"{line.by}: {_done(case, line)}"}
             for line in trail]  # fmt: skip
    return rows


def _done(case: Case, line: Line) -> str:
    """What a line of the trail did, with what its entry says."""
    for one in case.members:
        if (line.kind, line.at) == ("member", one.at):
            return f"{line.action} {one.kind} {one.thing_id}".removesuffix(" note ").strip()
        if one.withdrawal and (line.kind, line.at) == ("withdrawal", one.withdrawal.at):
            why = f": {one.withdrawal.because}" * bool(one.withdrawal.because)
            return f"drop {one.kind} {one.thing_id}{why}"
    for move in case.moves:
        if (line.kind, line.at) == ("case state", move.at):
            return f"state {move.state}{f': {move.because}' * bool(move.because)}"
    return f"{line.action} {line.kind}"


commands = (case_group,)
