"""Options that the commands of `entrepot judge` share."""

from pathlib import Path

import click

by_option = click.option(
    "--by", envvar="ENTREPOT_USER", default="", metavar="WHO",
    help="Who says so; never guessed. Or set ENTREPOT_USER.",
)  # fmt: skip
because_option = click.option("--because", default="", metavar="TEXT", help="The reason.")
workspace_option = click.option(
    "--workspace", "workspace_dir", type=click.Path(file_okay=False, path_type=Path),
    envvar="ENTREPOT_WORKSPACE", default=Path(".entrepot"), show_default=True,
    help="Folder in which the judgements are kept.",
)  # fmt: skip
