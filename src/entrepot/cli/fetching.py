"""`entrepot fetch`: lists by their names, or one of the other things that can be fetched.

`fetch LIST...` is the command for lists and stays as it is. A first word of `SUBCOMMANDS` leads to
a command of its own instead.
"""

from importlib import import_module
from typing import Any, Final

import click

from entrepot.cli.listmove import fetch_command

SUBCOMMANDS: Final = {
    "elements": "fetchelements",
    "images": "fetchimages",
}
"""First words that are no list, and the module of `entrepot.cli` whose `command` answers them."""


class _Fetch(click.Command):
    """The command for lists, with those of `SUBCOMMANDS` beside it."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:  # fmt: skip
        """The context of the list command, or of another where the first word names it."""
        if args and args[0] in SUBCOMMANDS:
            command = _command(args[0])
            return command.make_context(f"{info_name} {args[0]}", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, then the other things that can be fetched."""
        super().format_options(ctx, formatter)
        rows = [(name, _command(name).get_short_help_str(70)) for name in SUBCOMMANDS]
        with formatter.section("In place of LIST"):
            formatter.write_dl(rows)


def _command(name: str) -> click.Command:
    found: click.Command = import_module(f"entrepot.cli.{SUBCOMMANDS[name]}").command
    return found


fetch = _Fetch(
    "fetch",
    params=fetch_command.params,
    callback=fetch_command.callback,
    help=fetch_command.help,
    epilog=fetch_command.epilog,
)

commands = [fetch]
