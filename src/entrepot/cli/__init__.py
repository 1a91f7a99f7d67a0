"""The command line: one verb per step, no analysis."""

import io
import sys
from importlib import import_module
from typing import Final

try:  # a second may pass here, in which Ctrl-C must not end in a traceback
    import click

    from entrepot import __version__
    from entrepot.cli.common import Group
    from entrepot.cli.summaries import SECTIONS
except KeyboardInterrupt:
    print("interrupted before anything was done", file=sys.stderr)  # noqa: T201
    sys.exit(130)

__all__ = ["main"]

VERBS: Final = {
    "assess": "assessing",
    "casebook": "casebook",
    "case": "cases",
    "result": "results",
    "claims": "claims",
    "demo": "demo",
    "dossier": "dossier",
    "leads": "finding",
    "explain": "explaining",
    "roots": "roots",
    "read": "reading",
    "rules": "rules",
    "import": "importing",
    "sources": "importing",
    "places": "places",
    "posts": "posts",
    "prices": "prices",
    "partners": "partners",
    "legs": "legs",
    "lists": "lists",
    "flights": "flights",
    "fetch": "fetching",
    "screen": "screening",
    "judge": "judging",
    "serve": "serve",
    "standing": "standing",
    "grade": "grading",
    "evidence": "grading",
    "tip": "tips",
    "leaks": "leaks",
    "plan": "planning",
    "publish": "publish",
    "newsletter": "newsletter",
    "verify": "verify",
    "signing": "signing",
    "review": "review",
    "reply": "reply",
    "handover": "handover",
}
"""Each verb and its module, read when it is used: a web server or a matcher is slow to load."""


class _Verbs(Group):
    """The verbs of `VERBS`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All verbs, sorted."""
        return sorted(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a verb; null: there is none."""
        if cmd_name not in VERBS:
            return None
        module = import_module(f"entrepot.cli.{VERBS[cmd_name]}")
        found: dict[str, click.Command] = {one.name: one for one in module.commands}
        return found[cmd_name]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """All verbs by the work they do; loading every command for it would take seconds."""
        for title, verbs in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl(list(verbs.items()))


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="entrepot")
def main() -> None:
    """Find restricted goods that seem to reach a sanctioned country through a third one."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
