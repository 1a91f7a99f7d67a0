"""Judgements in and out: the sheet of reviewers, and nomenklatura's resolver."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from entrepot.cli.common import escape, words
from entrepot.cli.judgeoptions import by_option, of_judgements
from entrepot.cli.listoptions import output
from entrepot.errors import RequestError, SourceError
from entrepot.parties import resolver
from entrepot.parties.judged import Judged
from entrepot.parties.judgements import Entry, JudgementStore
from entrepot.parties.lists import ListStore
from entrepot.parties.party import Party
from entrepot.workspace.screening import Terms, find
from entrepot.workspace.screening.lists import saved_parties
from entrepot.workspace.screening.sheet import read_sheet, sheet_lines
from entrepot.workspace.screening.work import PARTIES

FAULTS_SHOWN = 20


@click.command("sheet")
@click.argument("run")
@click.option("--all", "everything", is_flag=True, help="Also what is judged already.")
@click.option("--out", type=click.Path(path_type=Path), help="Write the sheet to this file.")
@of_judgements
def sheet_command(run: str, everything: bool, out: Path | None, workspace_dir: Path) -> None:
    """Write the hits of RUN as CSV with an empty column `judgement`, to be filled in."""
    found = find(workspace_dir, run)
    if found.done is None:
        raise RequestError(
            f"got run {found.run_id}, which is not finished, expected a finished one",
            hint="The same `entrepot screen` command finishes it.",
        )
    parties = _parties(workspace_dir) or saved_parties(found.folder / PARTIES)
    judged = Judged(JudgementStore(workspace_dir).log())
    limit = int(found.asked["key"]["limit"])
    terms = Terms(judged, parties, datetime.now(UTC).date(), limit, everything)
    with output(out) as stream:
        for line in sheet_lines(found, terms, is_open=not everything):
            stream.write(line)
    words.print("fill in `judgement` (same, different, unsure) and `because`, then:")
    words.print(f"entrepot judge import {out or 'FILE'} --by WHO")


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--names",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="With lines of a resolver: entities that say which names they mean.",
)
@click.option("--partial", is_flag=True, help="Take the good lines even where others are bad.")
@by_option
@of_judgements
def import_command(
    file: Path, names: Path | None, partial: bool, by: str, workspace_dir: Path
) -> None:
    """Read judgements back: a filled sheet (CSV), or lines of nomenklatura's resolver.

    All lines or none, unless --partial is given; each bad line is told.
    """
    store = JudgementStore(workspace_dir)
    moment = datetime.now(UTC)
    bad: list[Any]
    good: list[Entry]
    if _is_resolver(file):
        log = store.log()
        entities = _lines(names) if names else []
        known = resolver.names_in(entities, log)
        good, bad = resolver.from_lines(_lines(file), known, by=by, now=moment)
    else:
        current = _parties(workspace_dir)
        good, bad = read_sheet(file, workspace_dir, by=by, current=current, now=moment)
    for one in bad[:FAULTS_SHOWN]:
        words.print(f"[red]{escape(file.name)}, line {one.line}:[/] {escape(one.reason)}")
    if len(bad) > FAULTS_SHOWN:
        words.print(f"and {len(bad) - FAULTS_SHOWN:,} more lines")
    if bad and not partial:
        raise RequestError(
            f"got {len(bad):,} lines that cannot be taken, so none of {file.name} was stored",
            hint="Mend them, or take the good ones with --partial.",
        )
    known_ids = {one.entry_id for one in store.log()}
    stored = [one for one in store.add(good) if one.entry_id not in known_ids]
    words.print(f"{len(stored):,} judgements stored, {len(good) - len(stored):,} known before")


@click.command("export")
@click.option("--out", type=click.Path(path_type=Path), help="Write the lines to this file.")
@click.option("--names", type=click.Path(path_type=Path),
              help="Write the screened names as FollowTheMoney entities to this file.")  # fmt: skip
@of_judgements
def export_command(out: Path | None, names: Path | None, workspace_dir: Path) -> None:
    """Write the judgements that stand as lines of nomenklatura's resolver."""
    log = JudgementStore(workspace_dir).log()
    with output(out) as stream:
        stream.writelines(resolver.to_lines(log))
    if names is not None:
        with output(names) as stream:
            stream.writelines(resolver.entities(log))


def _parties(workspace: Path) -> dict[str, Party]:
    return {one.party_id: one for one in ListStore(workspace).current()}


def _is_resolver(file: Path) -> bool:
    with file.open("rb") as stream:
        return stream.read(4096).lstrip(b"\xef\xbb\xbf \r\n").startswith(b"[")


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError("got a file that is not text in UTF-8", locator=file.name) from error
