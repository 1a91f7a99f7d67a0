"""The command that answers over HTTP: `serve`."""

import logging
from pathlib import Path
from typing import IO

import click

from entrepot.cli.common import escape, words, workspace_option
from entrepot.web.server import LOCAL, PORT, Running, is_local, listen
from entrepot.web.service import Service
from entrepot.web.source import FilesSource, Source, WorkspaceSource


@click.command(
    "serve",
    epilog="Examples: entrepot serve · entrepot serve --lists sdn.csv --lists own.csv --port 8080",
)
@click.option("--host", default=LOCAL, show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True,
    help="Port to listen on; 0 takes a free one.",
)  # fmt: skip
@click.option(
    "--lists", "paths", multiple=True, type=click.Path(path_type=Path), metavar="FILE|DIR",
    help="Lists to serve in place of those of the workspace; may be repeated.",
)  # fmt: skip
@click.option(
    "--algorithm", type=click.Choice(["best", "entrepot-v1", "fallback"]), default="best",
    show_default=True, help="How names are compared.",
)  # fmt: skip
@click.option(
    "--update-token", envvar="ENTREPOT_UPDATE_TOKEN", default="", metavar="TEXT",
    help="What POST /updatez must give; without it the lists change only with a restart.",
)  # fmt: skip
@click.option(
    "--cors-origin", "origins", multiple=True, metavar="URL",
    help="A site whose pages may read the answers, e.g. https://intranet.example; may be repeated.",
)  # fmt: skip
@workspace_option("Folder in which the lists are kept.")
def serve(
    host: str, port: int, paths: tuple[Path, ...], algorithm: str, update_token: str,
    origins: tuple[str, ...], workspace_dir: Path,
) -> None:  # fmt: skip
    """Answer over HTTP in yente's shapes, for OpenRefine, and with a page to try it.

    What is asked is personal data: it is kept nowhere, and the log holds no names. Stop it with
    Ctrl-C.
    """
    source: Source = FilesSource(paths) if paths else WorkspaceSource(workspace_dir)
    service = Service(source, algorithm=algorithm, update_token=update_token)
    running = Running(service, listen(host, port), origins)
    _log_to(words.file)
    words.print(f"listening on {running.address}; the lists are being loaded")
    if not is_local(host):
        words.print(
            "[yellow]others can reach this address, and nothing asks them for a password or "
            "encrypts what they send; put a server that does in front of it[/]"
        )

    def ready() -> None:
        held = service.held
        lists = ", ".join(sorted(one.list_id for one in held.editions))
        words.print(
            f"ready: {len(held.parties):,} parties of {escape(lists)}, algorithm "
            f"{held.matcher.algorithm}; try {running.address}/"
        )

    # Before any thread starts, a long list is indexed beside the tables: ready in two thirds.
    running.load()
    running.run(ready)
    words.print("stopped")


def _log_to(stream: IO[str]) -> None:
    """One line a request, and nothing else, on standard error."""
    log = logging.getLogger("entrepot.web")
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%Y-%m-%d %H:%M:%S"))
    log.handlers[:] = [handler]
    log.setLevel(logging.INFO)
    log.propagate = False


commands = [serve]
