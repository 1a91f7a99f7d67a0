"""`entrepot claims`: what was read, and what people make of it: confirm, edit, reject, undo."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from entrepot.casebook.casebook import Casebook
from entrepot.casebook.states import STATES, ClaimState
from entrepot.cli.casebookoptions import casebook_options, open_casebook
from entrepot.cli.claimwords import Dossier, changes, one_line, said, state_row
from entrepot.cli.common import (
    Group,
    emit,
    escape,
    format_option,
    out_option,
    words,
    write_text,
)
from entrepot.cli.judgeoptions import because_option, by_option
from entrepot.errors import RequestError
from entrepot.records.evidence import CLAIM, TYPES

LIST_COLUMNS = (*CLAIM, "state", "decided_by")
SHOWN = ("claim_id", "state", "type", "kind", "says", "decided by")
_CODE = re.compile(r"[A-Z]{2,3}")
SAYS_WIDTH = 54
"""Characters of a claim's words in the table; `show` and the other formats have all of them."""


@click.group(
    "claims",
    cls=Group,
    epilog="Examples: entrepot claims list --state proposed · "
    "entrepot claims confirm clm_0123456789ab --by kk · "
    "entrepot claims edit clm_0123456789ab --set origin=Germany --set date_from=2023-05-01 --by kk "
    '· entrepot claims reject clm_0123456789ab --by kk --because "a headline, no claim"',
)
def claims_group() -> None:
    """Look at the claims in the casebook and decide on them.

    Nothing is overwritten. Where two people decide otherwise, the claim is disputed and both
    decisions stand.
    """


@claims_group.command("list", epilog="Example: entrepot claims list --state disputed --format json")
@click.option("--state", type=click.Choice(STATES), help="Only claims in this state.")
@click.option("--type", "claim_type", type=click.Choice(TYPES), help="Only claims of this type.")
@click.option("--report", "report_id", metavar="ID", help="Only claims of this report.")
@casebook_options
@format_option
@out_option
def list_command(
    state: str | None, claim_type: str | None, report_id: str | None, casebook: str,
    workspace_dir: Path, output_format: str, out: Path | None,
) -> None:  # fmt: skip
    """List claims with their state, in the order in which they were read."""
    with open_casebook(casebook, workspace_dir) as book:
        if report_id is not None:
            book.report(report_id)  # an unknown report is said, and not an empty list
        found = book.claims(state=state, type=claim_type, report_id=report_id)
    emit(
        [state_row(one) for one in found], output_format, out, columns=LIST_COLUMNS,
        table=[_short(one) for one in found], shown=SHOWN, inputs=_files(book),
    )  # fmt: skip
    if not found:
        words.print("[dim]note:[/] no claim fits; without filters all are listed")


@claims_group.command("show", epilog="Example: entrepot claims show clm_0123456789ab")
@click.argument("claim_id")
@casebook_options
@format_option
@out_option
def show_command(
    claim_id: str, casebook: str, workspace_dir: Path, output_format: str, out: Path | None
) -> None:
    """Show one claim: its parts and their words, decisions, evidence, grades, standings."""
    with open_casebook(casebook, workspace_dir) as book:
        found = _dossier(book, claim_id.strip())
    if output_format != "table":
        row = found.row()
        emit([row], output_format, out, columns=tuple(row), one=True, inputs=_files(book))
        return
    text = "".join(f"{line}\n" for line in found.words())
    if out is None:
        click.echo(text, nl=False)
    else:
        write_text(out, text, inputs=_files(book))
        words.print(f"wrote the claim to {escape(str(out))}")


@claims_group.command("confirm", epilog="Example: entrepot claims confirm clm_0123456789ab --by kk")
@click.argument("claim_ids", nargs=-1, required=True, metavar="CLAIM_ID...")
@click.option(
    "--version", metavar="ID", help="The decision or reading whose wording is meant, of one claim."
)
@by_option
@because_option
@casebook_options
@format_option
@out_option
def confirm_command(
    claim_ids: Sequence[str], version: str | None, by: str, because: str, casebook: str,
    workspace_dir: Path, output_format: str, out: Path | None,
) -> None:  # fmt: skip
    """Say that the report says this, in this wording. Several claims: all or none.

    It does not say that it is true: that is what evidence and assess are for.
    """
    if version is not None and len(claim_ids) > 1:
        raise RequestError("got --version with several claims, expected one claim")
    with open_casebook(casebook, workspace_dir) as book:
        if version is None:
            book.decide_all(claim_ids, "confirm", by=by, because=because)
        else:
            book.decide(claim_ids[0], "confirm", by=by, because=because, version=version)
        _told(book, claim_ids, "confirm", output_format, out)


@claims_group.command(
    "edit", epilog="Example: entrepot claims edit clm_0123456789ab --set quantity=200 --by kk"
)
@click.argument("claim_id")
@click.option(
    "--set", "settings", multiple=True, required=True, metavar="COLUMN=VALUE",
    help="A column and what belongs there, e.g. origin=Germany, date_to=null, 'actors=ARM; DEU'.",
)  # fmt: skip
@click.option("--version", metavar="ID", help="The decision or reading whose wording is edited.")
@by_option
@because_option
@casebook_options
@format_option
@out_option
def edit_command(
    claim_id: str, settings: Sequence[str], version: str | None, by: str, because: str,
    casebook: str, workspace_dir: Path, output_format: str, out: Path | None,
) -> None:  # fmt: skip
    """Put right what was read wrongly; shows each column before and after.

    A country in any usual form becomes its ISO code; null means that the report does not say.
    date_to is the day after the last one meant.
    """
    fields = _fields(settings)
    with open_casebook(casebook, workspace_dir) as book:
        before = book.claim(claim_id.strip())
        made = book.decide(
            claim_id.strip(), "edit", by=by, because=because, fields=fields, version=version
        )
        after = book.claim(claim_id.strip())
    left = next(
        (one.claim for one in after.versions if made in one.decisions and one.claim), after.claim
    )
    rows = changes(before.claim, left)
    table = [{name: said(value) for name, value in row.items()} for row in rows]
    emit(
        rows, output_format, out, columns=("column", "before", "after"), table=table,
        inputs=_files(book),
    )  # fmt: skip
    words.print(f"{made.decision_id}: {before.claim_id} was {before.state}, is {after.state}")
    _say_no_code(rows)
    _say_disputed(after)


@claims_group.command(
    "reject",
    epilog='Example: entrepot claims reject clm_0123456789ab --by kk --because "no claim"',
)
@click.argument("claim_ids", nargs=-1, required=True, metavar="CLAIM_ID...")
@by_option
@click.option("--because", required=True, metavar="TEXT", help="The reason; it is needed.")
@casebook_options
@format_option
@out_option
def reject_command(
    claim_ids: Sequence[str], by: str, because: str, casebook: str, workspace_dir: Path,
    output_format: str, out: Path | None,
) -> None:  # fmt: skip
    """Say that the report does not say this. Several claims: all or none.

    It does not say that it is untrue.
    """
    with open_casebook(casebook, workspace_dir) as book:
        book.decide_all(claim_ids, "reject", by=by, because=because)
        _told(book, claim_ids, "reject", output_format, out)


@claims_group.command("undo", epilog="Example: entrepot claims undo dec_0123456789ab --by kk")
@click.argument("entry_id")
@by_option
@because_option
@casebook_options
@format_option
@out_option
def undo_command(
    entry_id: str, by: str, because: str, casebook: str, workspace_dir: Path, output_format: str,
    out: Path | None,
) -> None:  # fmt: skip
    """Take back a decision, an item of evidence, a grade or an undo by one more entry.

    What another person decided is not taken back but contradicted: decide otherwise.
    """
    with open_casebook(casebook, workspace_dir) as book:
        made = book.withdraw(entry_id.strip(), by=by, because=because)
    row = {name: getattr(made, name) for name in made.__slots__}
    emit([row], output_format, out, columns=tuple(row), one=True, inputs=_files(book))
    words.print(f"{made.withdrawal_id}: {made.entry_id} no longer counts")


def _dossier(book: Casebook, claim_id: str) -> Dossier:
    held = book.claim(claim_id)
    report = book.report(held.claim.report_id)
    items = book.evidence(claim_id)
    about = {claim_id, held.claim.report_id, report.publisher}
    about |= {one.evidence_id for one in items} | {one.observer for one in items}
    grades = tuple(one for one in book.grades() if one.subject_id in about)
    return Dossier(held, report.text, items, grades, book.standings(claim_id))


def _fields(settings: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in settings:
        name, sign, value = one.partition("=")
        if not sign or not name.strip():
            raise click.BadParameter(
                f"got {one!r}, expected COLUMN=VALUE, e.g. origin=Germany", param_hint="--set"
            )
        if name.strip() in found:
            raise click.BadParameter(f"got {name.strip()} twice", param_hint="--set")
        found[name.strip()] = value.strip()
    return found


def _told(
    book: Casebook, claim_ids: Sequence[str], decision: str, output_format: str, out: Path | None
) -> None:
    held = [book.claim(one) for one in dict.fromkeys(claim_ids)]
    rows = [{"claim_id": one.claim_id, "decision": decision, "state": one.state} for one in held]
    table = [row | {"says": _cut(one.claim.text)} for row, one in zip(rows, held, strict=True)]
    emit(
        rows, output_format, out, columns=("claim_id", "decision", "state"), table=table,
        inputs=_files(book),
    )  # fmt: skip
    for one in held:
        _say_disputed(one)


def _say_no_code(rows: Sequence[dict[str, Any]]) -> None:
    """A place that is no country or union is kept as it is, but records cannot be asked with it."""
    for row in rows:
        value = row["after"]
        if row["column"] in ("origin", "destination") and value and not _CODE.fullmatch(value):
            words.print(
                f"[yellow]note:[/] {row['column']} is kept as {escape(repr(value))}, which is no "
                "country that is known here; records are asked by country, e.g. Germany or DEU"
            )


def _say_disputed(held: ClaimState) -> None:
    if held.state == "disputed":
        who = ", ".join(one.by for version in held.versions for one in version.decisions)
        words.print(
            f"[dim]note:[/] {held.claim_id} is disputed between {escape(who)}; every decision "
            "stands until the person takes it back"
        )


def _short(held: ClaimState) -> dict[str, Any]:
    row = state_row(held)
    return row | {"says": _cut(held.claim.text), "decided by": row["decided_by"] or None}


def _cut(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= SAYS_WIDTH else f"{line[: SAYS_WIDTH - 1]}…"


def _files(book: Casebook) -> list[Path]:
    return [book.address.path] if book.address.path else []


commands = (claims_group,)
