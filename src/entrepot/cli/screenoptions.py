"""Options of `entrepot screen`, and how `--lists A B C` is understood."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from entrepot.cli.common import workspace_option
from entrepot.cli.days import parse_day

Command = TypeVar("Command", bound=Callable[..., Any])
LISTS: Final = "--lists"
SCREEN_FORMATS: Final = ("jsonl", "csv", "table")


class ManyLists(click.Command):
    """A command whose `--lists` takes several places: all words up to the next option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Give every place after the first its own `--lists`, where FILE stands before."""
        return super().parse_args(ctx, self._spread(ctx, list(args)))

    def _spread(self, ctx: click.Context, args: list[str]) -> list[str]:
        if LISTS not in args:
            return args
        place = args.index(LISTS)
        try:
            before, _, _ = self.make_parser(ctx).parse_args(args[:place])
        except click.UsageError:
            return args
        if not before.get("file") and "--again" not in args:
            return args  # FILE comes later, and which word it is cannot be told
        end = place + 2
        while end < len(args) and not args[end].startswith("-"):
            end += 2
            args.insert(end - 2, LISTS)
        return args


def _option(*names: str, **settings: Any) -> Callable[[Command], Command]:
    return click.option(*names, **settings)


_OPTIONS: Final = (
    _option("--name-column", metavar="C", default="", help="Column with the names."),
    _option("--schema-column", metavar="C", default="",
            help="Column with what a party is (Person, Company, Vessel ...)."),
    _option("--country-column", metavar="C", default="", help="Column with the country."),
    _option("--birth-date-column", metavar="C", default="", help="Column with birth dates."),
    _option("--address-column", metavar="C", default="", help="Column with addresses."),
    _option("--id-columns", metavar="C,C=PROPERTY", default="",
            help="Columns with identifiers; the property is told by the heading, or given."),
    _option(LISTS, "lists", multiple=True, type=click.Path(path_type=Path), metavar="DIR|FILE...",
            help="Lists to screen against. Default: those of the workspace."),
    _option("--threshold", type=float, default=None, metavar="0..1",
            help="Least score of a hit.  [default: 0.7]"),
    _option("--limit", type=int, default=None, help="Most hits a row.  [default: 5]"),
    _option("--on", callback=parse_day, metavar="DATE", help="The lists as they stood that day."),
    _option("--date-column", metavar="C", default="",
            help="The lists as they stood on the day of each row."),
    _option("--algorithm", type=click.Choice(["best", "fallback"]), default="best",
            show_default=True, help="How names are compared."),
    _option("--workers", type=int, default=None, help="Processes. Default: one a core."),
    _option("--encoding", metavar="NAME", help="Of a text file. Default: as it looks."),
    _option("--sheet", metavar="NAME", help="Of a workbook. Default: the first with rows."),
    _option("--resume", is_flag=True, help="Only go on with a run that was cut off."),
    _option("--anew", is_flag=True, help="Throw away what was done before and begin again."),
    _option("--dry-run", is_flag=True, help="Say what would be done and how long it would take."),
    _option("--again", is_flag=True,
            help="Compare what changed on the lists with the names of earlier runs."),
    _option("--since", metavar="RUN|DATE", default="",
            help="With --again: from this run, or from the lists as they stood that day."),
    _option("--all", "show_all", is_flag=True, help="Show hits that were judged different, too."),
    _option("--format", "output_format", type=click.Choice(SCREEN_FORMATS), default=None,
            help="How rows are written.  [default: jsonl, or as --out ends]"),
    _option("--out", type=click.Path(path_type=Path), help="Write the rows to this file."),
    workspace_option("Folder of the lists, the runs and the judgements."),
)  # fmt: skip


def screen_options(command: Command) -> Command:
    """Add every option of `screen`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
