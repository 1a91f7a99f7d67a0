"""`entrepot review`: what keeps a case in the house, and the word of those who read it."""

import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import click

from entrepot.casebook import allowances, reviews
from entrepot.casebook.casebook import Casebook
from entrepot.casebook.reviews import APPROVE, RETURN, CaseReview, person
from entrepot.cli.casebookoptions import casebook_file, casebook_options, open_casebook
from entrepot.cli.common import emit, escape, format_option, out_option, refuse_inputs, words
from entrepot.cli.judgeoptions import because_option, by_option
from entrepot.cli.reviewread import DATA, Held, Reviewed, held, read, reviewed
from entrepot.cli.today import today
from entrepot.dossiers.review.approvals import NAMED, UNNAMED, last_words
from entrepot.errors import DossierError, RequestError
from entrepot.evidence.documents.found import many

COLUMNS: Final = ("rule", "where", "what", "hint")
REVIEWS: Final = ("review_id", "case_id", "content_id", "decision", "because", "by", "at",
                  "is_withdrawn")  # fmt: skip
_DONE: Final = {APPROVE: "approves", RETURN: "returns"}


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
              help="The content that was read; refused where the folder has another.")  # fmt: skip
@click.option("--allow", "allowed", default="", metavar="WORDS",
              help="Words that the source-protection lint found and that may stand.")  # fmt: skip
@click.option("--identity", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="A reviewer's key file: compare the wording with the tips.")  # fmt: skip
@because_option
@by_option
@casebook_options
@format_option
@out_option
def review_command(case_id: str, **options: Any) -> None:
    """Say what keeps a CASE in the house and who reviewed it; or add a review.

    Who names a party needs two reviewers of exactly the same content, two independent observers
    and a record, a citation for every sentence, the party's reply or the reason why there is none,
    and nothing that points back to a source. Without --dossier the reviews so far are listed.
    """
    _check(case_id, options)
    if options["out"] is not None:
        refuse_inputs(options["out"], _inputs(options))  # before anything is kept
    with open_casebook(options["casebook"], options["workspace_dir"]) as book:
        if options["allowed"]:
            _allow(book, case_id.strip(), options)
        elif options["dossier"] is None:
            _list(held(book, case_id), options)
        else:
            _review(book, case_id, options)


def _allow(book: Casebook, case_id: str, options: dict[str, Any]) -> None:
    with book.writing(options["by"]) as pen:
        kept = allowances.add(pen, case_id, options["allowed"], options["because"])
    words.print(f"{kept.allowance_id}: “{escape(kept.words)}” may stand in {kept.case_id}")


def _list(known: Held, options: dict[str, Any]) -> None:
    table = [
        {"review": one.review_id, "content": one.content_id, "by": one.by, "word": one.decision,
         "why": one.because or None, "on": one.at[:10],
         "counts": _counts(one, known.reviews)}
        for one in known.reviews
    ]  # fmt: skip
    emit([one.row() for one in known.reviews], options["output_format"], options["out"],
         columns=REVIEWS, table=table, inputs=_inputs(options))  # fmt: skip
    for line in _allowed(known):
        words.print(escape(line))
    case_id = known.case.case_id
    words.print(f"{case_id} is {known.case.state}; what stands in its way: entrepot review "
                f"{case_id} --dossier FOLDER")  # fmt: skip


def _counts(one: CaseReview, all_of_it: Sequence[CaseReview]) -> str:
    """Whether a review is the last word of its reviewer on its content."""
    if one.withdrawal:
        return "no, taken back"
    later = all_of_it[all_of_it.index(one) + 1 :]
    is_last = not any(
        after.withdrawal is None and after.content_id == one.content_id
        and person(after.by) == person(one.by) for after in later
    )  # fmt: skip
    return "for its content" if is_last else "no, said anew"


def _review(book: Casebook, case_id: str, options: dict[str, Any]) -> None:
    known = held(book, case_id)
    basis = read(known.case, options["dossier"], options)
    day = today()
    found = reviewed(book, basis, day)
    if options["decision"]:
        _check_read(found, options)
        with book.writing(options["by"]) as pen:
            made = reviews.add(pen, known.case.case_id, found.content_id, options["decision"],
                               options["because"])  # fmt: skip
        words.print(f"{made.review_id}: {escape(made.by)} {_DONE[made.decision]} {made.content_id}")
        known, found = held(book, case_id), reviewed(book, basis, day)
    _show(known, found, options)


def _check(case_id: str, options: dict[str, Any]) -> None:
    if options["allowed"] and options["decision"]:
        raise RequestError(
            f"got --allow and --{options['decision']}, expected one at a time",
            hint="Allow the words first; the review is then of a clean text.",
        )
    if options["decision"] and options["dossier"] is None:
        raise RequestError(
            "got a review of nothing, expected the dossier that was read",
            hint="Give the folder with --dossier FOLDER. One is written by: entrepot dossier "
            f"{case_id.strip()} --as-of DATE --out FOLDER",
        )
    if options["content_id"] and not options["decision"]:
        raise RequestError("got --content without a word on it", hint="Add --approve or --return.")
    if options["because"].strip() and not (options["decision"] or options["allowed"]):
        raise RequestError(
            "got a reason for nothing", hint="Add --approve, --return or --allow WORDS."
        )


def _check_read(found: Reviewed, options: dict[str, Any]) -> None:
    """The content is that which was read, and reviews are all that is missing."""
    meant = options["content_id"].strip()
    if meant and meant != found.content_id:
        raise RequestError(
            f"got content {meant}, and that of {options['dossier']} is {found.content_id}",
            hint="It has changed since: read it again, and then review it.",
        )
    if options["decision"] == APPROVE and found.to_mend:
        first = found.to_mend[0]
        place = f"{first.where}: " if first.where else ""
        more = len(found.to_mend) - 1
        raise DossierError(
            f"{found.content_id} cannot be approved: {place}{first.what}"
            + (f", and {many(more, 'more fault')}" if more else ""),
            hint=f"{first.hint} · Without --approve the command lists all.",
        )


def _show(known: Held, found: Reviewed, options: dict[str, Any]) -> None:
    rows = [one.row() for one in found.faults]
    if options["output_format"] == "json":
        full = _full(known, found)
        emit([full], "json", options["out"], columns=tuple(full), one=True,
             inputs=_inputs(options))  # fmt: skip
    elif rows or options["output_format"] != "table" or options["out"] is not None:
        emit(rows, options["output_format"], options["out"], columns=COLUMNS, table=_table(found),
             inputs=_inputs(options))  # fmt: skip
    for line in _said(known, found):
        words.print(escape(line))


def _table(found: Reviewed) -> list[dict[str, str]]:
    return [
        {"rule": one.rule, "found": ": ".join(part for part in (one.where, one.what) if part),
         "what to do": one.hint}
        for one in found.faults
    ]  # fmt: skip


def _full(known: Held, found: Reviewed) -> dict[str, Any]:
    return {
        "case_id": known.case.case_id, "state": known.case.state, "content_id": found.content_id,
        "may_leave": not found.faults, "named": list(found.dossier.named),
        "faults": [one.row() for one in found.faults],
        "reviews": [one.row() for one in known.reviews],
        "replies": [one.row() for one in known.replies],
        "allowances": [one.row() for one in known.allowances],
        "tips": len(found.read.tips), "compared_with_tips": bool(found.read.opened),
    }  # fmt: skip


def _said(known: Held, found: Reviewed) -> Iterator[str]:
    named = found.dossier.named
    wanted = NAMED if named else UNNAMED
    names = f"it names {', '.join(named)}" if named else "it names nobody"
    yield f"content {found.content_id}, as of {found.dossier.as_of}; {names}"
    for one in last_words(found.dossier, found.content_id):
        why = f": {one.because}" if one.because else ""
        yield f"{one.by} {_DONE[one.decision]} it ({one.at[:10]}){why}"
    older = {one.by for one in known.reviews
             if one.content_id != found.content_id and one.withdrawal is None}  # fmt: skip
    if older:
        who = ", ".join(sorted(older))
        yield f"another content was reviewed by {who}, which does not count for this one"
    yield from _allowed(known)
    if found.read.tips and not found.read.opened:
        tips = many(len(found.read.tips), "tip")
        yield f"note: wording was not compared with {tips} (--identity)"
    if found.faults:
        wants = many(wanted, "reviewer is wanted", "reviewers are wanted")
        yield f"{many(len(found.faults), 'fault')} in the way; {wants}"
    else:
        folder = shlex.quote(str(found.read.place))
        yield (f"nothing stands in the way: entrepot publish {known.case.case_id} "
               f"--dossier {folder} --by NAME")  # fmt: skip


def _allowed(known: Held) -> Iterator[str]:
    for one in known.allowances:
        if one.withdrawal is None:
            yield f"“{one.words}” may stand ({one.by}: {one.because}; {one.allowance_id})"


def _inputs(options: dict[str, Any]) -> list[Path]:
    place: Path | None = options["dossier"]
    files = [options["identity"]] if options["identity"] else []
    files += [place / DATA if place.is_dir() else place] if place else []
    return [*files, *casebook_file(options["casebook"], options["workspace_dir"])]


commands = (review_command,)
