"""`entrepot reply`: that a party was asked, and what it said or why it said nothing."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from entrepot.casebook import cases, replies
from entrepot.casebook.replies import Reply
from entrepot.cli.assesswords import short
from entrepot.cli.casebookoptions import casebook_file, casebook_options, open_casebook
from entrepot.cli.common import emit, escape, format_option, out_option, refuse_inputs, words
from entrepot.cli.days import parse_day
from entrepot.cli.judgeoptions import because_option, by_option
from entrepot.cli.today import refuse_later, today
from entrepot.errors import RequestError
from entrepot.measures.cite import listed
from entrepot.workspace.casenames import names_of

COLUMNS: Final = ("reply_id", "case_id", "party", "asked_on", "channel", "text", "because_none",
                  "by", "at", "is_withdrawn")  # fmt: skip
_WIDTH: Final = 40
_MOST_NAMES: Final = 10
_MOST_BYTES: Final = 1 << 20
"""An answer longer than this (about 500 pages) is a file for the archive, not a reply."""


@click.command(
    "reply",
    epilog='Examples: entrepot reply cas_0123456789ab "a trading firm" --asked-on 2022-09-01 '
    '--channel letter --by kk · entrepot reply cas_0123456789ab "a trading firm" --file answer.txt '
    '--by kk · entrepot reply cas_0123456789ab "a trading firm" --none --because "no answer in '
    'three weeks" --by kk · entrepot reply cas_0123456789ab · undo: entrepot claims undo '
    "rpl_0123456789ab --by kk",
)
@click.argument("case_id", metavar="CASE")
@click.argument("party", required=False)
@click.option("--asked-on", callback=parse_day, metavar="DATE", help="The day it was asked.")
@click.option("--channel", default="", metavar="TEXT",
              help="How it was asked: letter, form on its site. No person.")  # fmt: skip
@click.option("--text", default="", metavar="TEXT", help="Its answer, to the letter.")
@click.option("--file", "file", type=click.Path(path_type=Path), metavar="FILE",
              help="The same from a text file.")  # fmt: skip
@click.option("--none", "is_none", is_flag=True, help="There is no answer; --because says why.")
@because_option
@by_option
@casebook_options
@format_option
@out_option
def reply_command(case_id: str, party: str | None, **options: Any) -> None:
    """Keep the right of reply of a PARTY that the dossier of CASE names, or list what is kept.

    Nothing that names a party leaves without its answer, or the reason why there is none. The last
    entry on a party counts; a day given once is carried on.
    """
    if party is None:
        _refuse_given(case_id.strip(), options)
        _list(case_id, options)
    else:
        _keep(case_id, party, options)


def _list(case_id: str, options: dict[str, Any]) -> None:
    with _open(options) as book, book.reading() as connection:
        case = cases.one(connection, case_id)
        found = replies.listed(connection, case.case_id)
    _emit(found, options)


def _keep(case_id: str, party: str, options: dict[str, Any]) -> None:
    text, asked_on = _answer(options), options["asked_on"]
    _check(text, asked_on, options)
    refuse_later(asked_on, "--asked-on", today())
    if options["out"] is not None:
        refuse_inputs(options["out"], _inputs(options))  # before anything is kept
    with _open(options) as book:
        _check_named(party, case_id.strip(), names_of(book, case_id, options["workspace_dir"]))
        with book.writing(options["by"]) as pen:
            kept = replies.add(
                pen, case_id.strip(), party, asked_on=asked_on, channel=options["channel"],
                text=text, because_none=options["because"] if options["is_none"] else "",
            )  # fmt: skip
    _emit((kept,), options, one=True)
    words.print(_said(kept))


def _answer(options: dict[str, Any]) -> str:
    text, path = options["text"].strip(), options["file"]
    if path is None:
        return str(text)
    if text:
        raise RequestError("got --text and --file, expected one of the two")
    try:
        content = path.read_bytes()[: _MOST_BYTES + 1]
        found = content.decode("utf-8-sig").strip()
    except OSError as error:
        raise RequestError(
            f"got --file {path}, which cannot be read: {error.strerror}", hint="Check the path."
        ) from error
    except UnicodeDecodeError as error:
        raise RequestError(
            f"got --file {path}, which is no text in UTF-8",
            hint="Save the answer as plain text, or give its words with --text.",
        ) from error
    if not found or len(content) > _MOST_BYTES:
        size = "no text" if not found else "more than 1 MB"
        raise RequestError(f"got --file {path} with {size}, expected the answer to the letter")
    return str(found)


def _check(text: str, asked_on: date | None, options: dict[str, Any]) -> None:
    if options["because"].strip() and not options["is_none"]:
        raise RequestError(
            "got --because without --none, expected both",
            hint="--none says that there is no answer, and --because why.",
        )
    if options["is_none"] and not options["because"].strip():
        raise RequestError(
            "got --none without a reason, expected why there is no answer",
            hint='Give it with --because, such as "no answer in three weeks".',
        )
    if options["is_none"] and text:
        raise RequestError("got --none and an answer, expected one of the two")


def _check_named(party: str, case_id: str, names: Sequence[str] | None) -> None:
    """The party is one of the case; names null: not all of them are known, so it may be."""
    if names is None or not party.strip() or replies.folded(party) in map(replies.folded, names):
        return
    raise RequestError(
        f"got {party.strip()!r}, expected a party that {case_id} names: "
        + (listed(names, _MOST_NAMES) if names else "it names none"),
        hint="Give the name as a claim of the case prints it. What the case holds: "
        f"entrepot case show {case_id}",
    )


def _refuse_given(case_id: str, options: dict[str, Any]) -> None:
    if any(options[name] for name in ("asked_on", "text", "file", "is_none", "because")):
        raise RequestError(
            "got no party, expected its name as the dossier prints it",
            hint=f"Name it: entrepot reply {case_id} PARTY --asked-on DATE --by NAME",
        )


def _emit(found: tuple[Reply, ...], options: dict[str, Any], *, one: bool = False) -> None:
    table = [
        {"reply": made.reply_id, "party": short(made.party, _WIDTH),
         "asked on": made.asked_on or None, "answer": _shown(made), "by": made.by,
         "counts": _counts(made, found)}
        for made in found
    ]  # fmt: skip
    emit([made.row() for made in found], options["output_format"], options["out"],
         columns=COLUMNS, table=table, one=one, inputs=_inputs(options))  # fmt: skip


def _counts(made: Reply, found: Sequence[Reply]) -> str:
    """The last entry on a party counts."""
    if made.withdrawal:
        return "no, taken back"
    later = found[found.index(made) + 1 :]
    same = replies.folded(made.party)
    is_last = all(one.withdrawal or replies.folded(one.party) != same for one in later)
    return "yes" if is_last else "no, a later entry does"


def _shown(made: Reply) -> str:
    said = made.text or (f"none: {made.because_none}" if made.because_none else "awaited")
    return short(" ".join(said.split()), _WIDTH)


def _said(kept: Reply) -> str:
    asked = f"asked on {kept.asked_on}" if kept.asked_on else "not asked"
    if kept.text:
        state = "its answer is kept"
    elif kept.because_none:
        state = "the reason why there is no answer is kept"
    else:
        state = "its answer is awaited; --text or --file keeps it, --none --because says why not"
    return f"{escape(kept.party)}: {asked}; {state}."


def _inputs(options: dict[str, Any]) -> list[Path]:
    files = [options["file"]] if options["file"] else []
    return [*files, *casebook_file(options["casebook"], options["workspace_dir"])]


def _open(options: dict[str, Any]) -> Any:
    return open_casebook(options["casebook"], options["workspace_dir"])


commands = (reply_command,)
