"""Options that the commands of `entrepot judge` share."""

import click

from entrepot.cli.common import workspace_option

by_option = click.option(
    "--by", envvar="ENTREPOT_USER", default="", metavar="WHO",
    help="Who says so; never guessed. Or set ENTREPOT_USER.",
)  # fmt: skip
because_option = click.option("--because", default="", metavar="TEXT", help="The reason.")
of_judgements = workspace_option("Folder in which the judgements are kept.")
