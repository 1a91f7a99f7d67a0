"""The command line: one verb per step, no analysis."""

import io
import sys

import click

from entrepot import __version__
from entrepot.cli import demo, explaining, finding, importing, legs, partners, prices, rules
from entrepot.cli.common import Group

__all__ = ["main"]


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="entrepot")
def main() -> None:
    """Find restricted goods that seem to reach a sanctioned country through a third one."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


for module in (demo, finding, explaining, rules, importing, prices, partners, legs):
    for command in module.commands:
        main.add_command(command)
