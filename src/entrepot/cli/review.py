"""`entrepot review`: what keeps a case in the house, and the word of those who read it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import click

from entrepot.casebook import allowances, reviews
from entrepot.casebook.reviews import APPROVE, RETURN
from entrepot.cli.casebookoptions import casebook_file, casebook_options, open_casebook
from entrepot.cli.common import emit, escape, format_option, out_option, refuse_inputs, words
from entrepot.cli.judgeoptions import because_option, by_option
from entrepot.cli.recordoptions import record_options
from entrepot.cli.reviewread import Reviewed, reviewed
from entrepot.dossiers.review.approvals import NAMED, UNNAMED, last_words
from entrepot.errors import DossierError, RequestError
from entrepot.evidence.documents.found import many

COLUMNS: Final = ("rule", "where", "what", "hint")


@click.command(
    "review",
    epilog="Examples: entrepot review cas_0123456789ab --dossier folder · "
    "entrepot review cas_0123456789ab --dossier folder --approve --by kk · "
    'entrepot review cas_0123456789ab --dossier folder --return --because "name the period" '
    '--by mw · entrepot review cas_0123456789ab --allow "Alexander Lukashenko" --because '
    '"head of state, in a public speech" --by kk · undo: entrepot claims undo rev_0123456789ab '
    "--by kk",
)
@click.argument("case_id", metavar="CASE")
@click.option("--dossier", type=click.Path(path_type=Path), metavar="FOLDER",
              help="What was read: the folder that `entrepot dossier` wrote.")  # fmt: skip
@click.option("--approve", "decision", flag_value=APPROVE, help="This content may leave.")
@click.option("--return", "decision", flag_value=RETURN, help="It may not; --because says why.")
@click.option("--content", "content_id", default="", metavar="doc_...",
              help="The content that was read; refused where it has changed since.")  # fmt: skip
@click.option("--allow", "allowed", default="", metavar="WORDS",
              help="Words that the source-protection lint found and that may stand.")  # fmt: skip
@click.option("--identity", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="A reviewer's key file: compare the wording with the tips.")  # fmt: skip
@click.option("--contact", default="", metavar="WHERE", help="As given to `entrepot dossier`.")
@because_option
@by_option
@record_options
@casebook_options
@format_option
@out_option
def review_command(case_id: str, **options: Any) -> None:
    """Say what keeps a CASE in the house and who reviewed it; or add a review.

    Who names a party needs two reviewers of exactly the same content, two independent observers
    and a record, a citation for every sentence, the party's reply or the reason why there is none,
    and nothing that points back to a source.
    """
    _check(options)
    if options["out"] is not None:
        refuse_inputs(options["out"], _inputs(options))  # before anything is kept
    with open_casebook(options["casebook"], options["workspace_dir"]) as book:
        if options["allowed"]:
            with book.writing(options["by"]) as pen:
                kept = allowances.add(pen, case_id.strip(), options["allowed"], options["because"])
            words.print(f"{kept.allowance_id}: “{escape(kept.words)}” may stand in {case_id}")
            return
        found = reviewed(book, case_id, options)
        if options["decision"]:
            _check_read(found, options)
            with book.writing(options["by"]) as pen:
                made = reviews.add(pen, found.case.case_id, found.content_id, options["decision"],
                                   options["because"])  # fmt: skip
            words.print(f"{made.review_id}: {escape(made.by)} {_DONE[made.decision]} "
                        f"{made.content_id}")  # fmt: skip
            found = reviewed(book, case_id, options)
    _show(found, options)


_DONE: Final = {APPROVE: "approves", RETURN: "returns"}


def _check(options: dict[str, Any]) -> None:
    if options["allowed"] and options["decision"]:
        raise RequestError(
            f"got --allow and --{options['decision']}, expected one at a time",
            hint="Allow the words first; the review is then of a clean text.",
        )
    if options["content_id"] and not options["decision"]:
        raise RequestError("got --content without a word on it", hint="Add --approve or --return.")
    if options["because"].strip() and not (options["decision"] or options["allowed"]):
        raise RequestError(
            "got a reason for nothing", hint="Add --approve, --return or --allow WORDS."
        )


def _check_read(found: Reviewed, options: dict[str, Any]) -> None:
    """The content is that which was read, and reviews are all that is missing."""
    read = options["content_id"].strip()
    if read and read != found.content_id:
        raise RequestError(
            f"got content {read}, and that of {found.case.case_id} is now {found.content_id}",
            hint="It has changed since: read it again, and then review it.",
        )
    if options["decision"] == APPROVE and found.to_mend:
        first = found.to_mend[0]
        place = f"{first.where}: " if first.where else ""
        more = len(found.to_mend) - 1
        raise DossierError(
            f"{found.content_id} cannot be approved: {place}{first.what}"
            + (f", and {many(more, 'more fault')}" if more else ""),
            hint=f"{first.hint} Without --approve the command lists all.",
        )


def _show(found: Reviewed, options: dict[str, Any]) -> None:
    rows = [one.row() for one in found.faults]
    if options["output_format"] == "json":
        full = _full(found)
        emit([full], "json", options["out"], columns=tuple(full), one=True,
             inputs=_inputs(options))  # fmt: skip
    elif rows or options["output_format"] != "table":
        emit(rows, options["output_format"], options["out"], columns=COLUMNS, table=_table(found),
             inputs=_inputs(options))  # fmt: skip
    for line in _said(found):
        words.print(escape(line))


def _table(found: Reviewed) -> list[dict[str, str]]:
    return [
        {"rule": one.rule, "found": ": ".join(part for part in (one.where, one.what) if part),
         "what to do": one.hint}
        for one in found.faults
    ]  # fmt: skip


def _full(found: Reviewed) -> dict[str, Any]:
    return {
        "case_id": found.case.case_id, "state": found.case.state, "content_id": found.content_id,
        "may_leave": not found.faults, "named": list(found.dossier.named),
        "faults": [one.row() for one in found.faults],
        "reviews": [one.row() for one in found.reviews],
        "replies": [one.row() for one in found.replies],
        "allowances": [one.row() for one in found.allowances],
        "compared_with_tips": found.is_compared,
    }  # fmt: skip


def _said(found: Reviewed) -> Iterator[str]:
    named = found.dossier.named
    wanted = NAMED if named else UNNAMED
    yield f"content {found.content_id}, as of {found.dossier.as_of}; {_names(named)}"
    for one in last_words(found.dossier, found.content_id):
        why = f": {one.because}" if one.because else ""
        yield f"{one.by} {_DONE[one.decision]} it ({one.at[:10]}){why}"
    older = {one.by for one in found.reviews
             if one.content_id != found.content_id and one.withdrawal is None}  # fmt: skip
    if older:
        yield (f"{', '.join(sorted(older))} reviewed another content, which does not count: it has "
               "changed since")  # fmt: skip
    for allowed in found.allowances:
        if allowed.withdrawal is None:
            yield f"“{allowed.words}” may stand ({allowed.by}: {allowed.because})"
    if found.tips and not found.is_compared:
        yield f"note: wording was not compared with {many(len(found.tips), 'tip')} (--identity)"
    if found.faults:
        yield f"{many(len(found.faults), 'fault')} in the way; {wanted} reviewers are wanted"
    else:
        yield f"nothing stands in the way: entrepot publish {found.case.case_id}"


def _names(named: tuple[str, ...]) -> str:
    return f"it names {', '.join(named)}" if named else "it names nobody"


def _inputs(options: dict[str, Any]) -> list[Path]:
    place: Path | None = options["dossier"]
    files = [one for one in (options["identity"], options["observations"], options["flights"])
             if one]  # fmt: skip
    files += [place / "dossier.json" if place.is_dir() else place] if place else []
    return [*files, *options["lists"],
            *casebook_file(options["casebook"], options["workspace_dir"])]  # fmt: skip


commands = (review_command,)
