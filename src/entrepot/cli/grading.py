"""`entrepot grade` and `entrepot evidence`: what people judge of sources, and add to a claim."""

from pathlib import Path

import click

from entrepot.casebook.casebook import Casebook
from entrepot.casebook.grades import SUBJECTS
from entrepot.cli.casebookoptions import casebook_options, open_casebook
from entrepot.cli.common import Group, escape, words
from entrepot.cli.judgeoptions import because_option, by_option
from entrepot.evidence.grading import in_words, parse_grade
from entrepot.evidence.standing.evidence import RELATIONS

_KINDS = {"clm": "claim", "rep": "report", "evi": "evidence"}


@click.command(
    "grade",
    epilog='Examples: entrepot grade "Ukrainian military intelligence" C --by kk · '
    "entrepot grade clm_0123456789ab 3 --by kk --because "
    '"no pictures yet" · entrepot grade rep_0123456789ab B2 --by kk',
)
@click.argument("subject")
@click.argument("grade")
@click.option("--kind", type=click.Choice(SUBJECTS), help="Needed only where it cannot be told.")
@by_option
@because_option
@casebook_options
def grade_command(
    subject: str, grade: str, kind: str | None, by: str, because: str, casebook: str,
    workspace_dir: Path,
) -> None:  # fmt: skip
    """Judge a source (A to F) and a statement (1 to 6) by the Admiralty code, each by itself.

    SUBJECT is a source by name, or the id of a report, claim or item of evidence. GRADE is a
    letter, a digit, or both as in C3. Undo with `entrepot claims undo ID`.
    """
    letter, digit = parse_grade(grade)
    told = kind or _KINDS.get(subject[:3], "source")
    with open_casebook(casebook, workspace_dir, create=True) as book:
        _check_known(book, told, subject)
        kept = book.grade(
            told, subject, reliability=letter, credibility=digit, by=by, because=because
        )
    shown = in_words(letter, digit) if letter and digit else f"{letter or digit}"
    words.print(f"{kept.grade_id}: {told} {escape(subject)} is graded {shown}")


def _check_known(book: Casebook, kind: str, subject: str) -> None:
    """Refuse the grade of a claim or report that is not there: a typing error would never count."""
    if kind == "claim":
        book.claim(subject.strip())
    elif kind == "report":
        book.report(subject.strip())


@click.group("evidence", cls=Group,
             epilog='Example: entrepot evidence add clm_0123456789ab for --observer "border guard '
             'of Poland" --reference "statement of 19 May 2025" --by kk')  # fmt: skip
def evidence_group() -> None:
    """Add what speaks for or against a claim, with who saw it first hand."""


@evidence_group.command(
    "add",
    epilog='Example: entrepot evidence add clm_0123456789ab against --reference "statement of '
    '19 May 2025" --observer "border guard of Poland" --by kk',
)
@click.argument("claim_id")
@click.argument("relation", type=click.Choice(RELATIONS))
@click.option("--report", "report_id", metavar="REPORT_ID", help="The report that says so.")
@click.option("--reference", default="", metavar="TEXT",
              help="Where else it stands: an address, a register entry, a row.")  # fmt: skip
@click.option("--observer", default="", metavar="WHO", help="Who saw it first hand.")
@click.option("--note", default="", metavar="TEXT", help="What it says.")
@by_option
@casebook_options
def add_command(
    claim_id: str, relation: str, report_id: str | None, reference: str, observer: str, note: str,
    by: str, casebook: str, workspace_dir: Path,
) -> None:  # fmt: skip
    """Add an item of evidence to a claim of the casebook."""
    with open_casebook(casebook, workspace_dir) as book:
        kept = book.add_evidence(
            claim_id, relation, report_id=report_id, reference=reference, observer=observer,
            note=note, by=by,
        )  # fmt: skip
    words.print(f"{kept.evidence_id}: speaks {relation} {claim_id}" if relation != "neutral"
                else f"{kept.evidence_id}: is kept beside {claim_id}")  # fmt: skip


commands = (grade_command, evidence_group)
