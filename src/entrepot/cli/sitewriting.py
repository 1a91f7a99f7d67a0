"""The site that `entrepot publish --site` writes: its options, and what an interruption leaves."""

import shlex
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from entrepot.casebook.casebook import Casebook
from entrepot.cli.common import escape, words
from entrepot.dossiers.seal.build import Built
from entrepot.dossiers.seal.keys import SigningKey
from entrepot.dossiers.site.about import read_about
from entrepot.dossiers.site.write import write_site
from entrepot.errors import EntrepotError, RequestError
from entrepot.evidence.documents.found import many
from entrepot.workspace.released import all_published

Command = TypeVar("Command", bound=Callable[..., Any])

_FILE = click.Path(path_type=Path)
_OPTIONS: Final = (
    click.option("--site", type=_FILE, metavar="DIR", help="Write the site of all that is out."),
    click.option("--base-url", default="", metavar="ADDRESS", help="Of the site's front page."),
    click.option("--title", default="", metavar="TEXT", help="Name of the site."),
    click.option("--about", type=_FILE, metavar="FILE",
                 help="Who publishes and why: a text file."),
    click.option("--contact", default="", metavar="WHERE", help="For replies and corrections."),
    click.option("--newsletter", default="", metavar="ADDRESS", help="Where one can subscribe."),
    click.option("--with", "extra", type=_FILE, multiple=True, metavar="FILE",
                 help="A file that the host needs, such as CNAME; may be repeated."),
)  # fmt: skip
_AGAIN: Final = ("site", "base_url", "title", "about", "contact", "newsletter", "key", "casebook")
"""Options that writing the site alone needs as well."""


def site_options(command: Command) -> Command:
    """Add the options of the site to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def site_given(options: dict[str, Any], key: SigningKey | None) -> dict[str, Any]:
    """What `write_site` is given, read and looked at before anything leaves.

    Raises:
        RequestError: a file cannot be read, a name is given twice, or the title or address of the
            site does not do.
    """
    about, extra = options["about"], options["extra"]
    twice = {one.name for one in extra if [two.name for two in extra].count(one.name) > 1}
    if twice:
        raise RequestError(
            f"got two files named {min(twice)} for the site, expected one",
            hint="Files of --with stand at the top of the site under their own names.",
        )
    given = {
        "title": options["title"], "base_url": options["base_url"],
        "about": _text(about) if about else "", "contact": options["contact"],
        "newsletter": options["newsletter"], "public_key": key.public.text if key else "",
        "extra": {one.name: _bytes(one, "--with") for one in extra},
    }  # fmt: skip
    read_about(**given)
    return given


def write_all(book: Casebook, workspace_dir: Path, out: Path, given: dict[str, Any]) -> None:
    """Write the site of all that is out, and say what was written."""
    with words.status("writing the site") as bar:
        written = write_site(
            all_published(book, workspace_dir), out, told=lambda text: bar.update(escape(text)),
            **given,
        )  # fmt: skip
    words.print(
        f"wrote {many(written.cases, 'case')} in {many(written.versions, 'version')} to "
        f"{escape(str(written.folder))} ({many(written.files, 'file')}, "
        f"{written.unchanged:,} as before)"
    )


@contextmanager
def already_out(built: Sequence[Built], options: dict[str, Any]) -> Iterator[None]:
    """Says of what ends the site that a version is out already, and how the site is written.

    Args:
        built: what left just before; empty: the site alone is written, and goes on as it was.
        options: of the command.

    Raises:
        RequestError: the site cannot be written; of what cannot, with what was published.
        click.exceptions.Exit: it was interrupted, with 130.
    """
    try:
        yield
    except (KeyboardInterrupt, EntrepotError) as error:
        if not built:
            raise
        one = built[0].manifest
        said = f"version {one.version} of {one.case_id} is out, the site is not written"
        then = f"The site alone is written by: {_site_alone(options)}"
        if isinstance(error, EntrepotError):
            raise RequestError(f"{said}: {error}", hint=f"{error.hint} {then}".strip()) from error
        words.print(f"interrupted: {said}")
        words.print(f"[dim]hint:[/] {escape(then)}")
        raise click.exceptions.Exit(130) from error


def _site_alone(options: dict[str, Any]) -> str:
    """The command that writes the site with the options that were given."""
    told = [(name, options[name]) for name in _AGAIN if options[name]]
    told += [("with", one) for one in options["extra"]]
    if options["workspace_dir"] != Path(".entrepot"):
        told.append(("workspace", options["workspace_dir"]))
    parts = [part for name, value in told for part in (f"--{name.replace('_', '-')}", str(value))]
    return shlex.join(["entrepot", "publish", *parts])


def _text(path: Path) -> str:
    try:
        return _bytes(path, "--about").decode()
    except UnicodeDecodeError as error:
        raise RequestError(
            f"got --about {path}, which is no text in UTF-8, expected a text file",
            hint="Save it as plain text in UTF-8; a blank line begins a paragraph.",
        ) from error


def _bytes(path: Path, option: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise RequestError(
            f"got {option} {path}, which cannot be read: {error.strerror}, expected a file",
            hint="Nothing was published and no site was written. Name a file that is there.",
        ) from error
