"""`entrepot verify`: is a dossier as it was sealed, and does it hold together?"""

from pathlib import Path
from typing import Any

import click

from entrepot.cli.common import emit, escape, format_option, out_option, words
from entrepot.dossiers.seal.difference import Difference
from entrepot.dossiers.seal.keys import trusted_keys
from entrepot.dossiers.seal.stamp import read_roots
from entrepot.dossiers.seal.verify import Asked, Verified, verify
from entrepot.errors import DossierError, RequestError

COLUMNS = ("path", "kind", "expected", "found", "hint")


@click.command(
    "verify",
    epilog="Examples: entrepot verify dossier · "
    "entrepot verify dossier.zip --trust publisher.pub --archive .entrepot/archive --rebuild · "
    "entrepot verify v3 --previous v2 --previous v1 --format json",
)
@click.argument("dossier", metavar="DOSSIER", type=click.Path(path_type=Path))
@click.option(
    "--trust", "trust", multiple=True, metavar="PUBKEY",
    help="Key that must have signed: a file of public keys, or a key itself.",
)  # fmt: skip
@click.option("--signed", "is_signed", is_flag=True, help="Refuse a dossier without a signature.")
@click.option(
    "--stamp-root", "roots", multiple=True, metavar="PEM",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Root certificate that its time stamp must lead to.",
)  # fmt: skip
@click.option(
    "--archive", type=click.Path(path_type=Path), metavar="DIR",
    help="Hash the archived files that it rests on anew, in this archive.",
)  # fmt: skip
@click.option(
    "--previous", "earlier", multiple=True, type=click.Path(path_type=Path), metavar="DOSSIER",
    help="An earlier version, which must be the one it names.",
)  # fmt: skip
@click.option(
    "--rebuild", "is_rebuilt", is_flag=True,
    help="Make all files anew from dossier.json and compare them byte for byte.",
)  # fmt: skip
@click.option(
    "--all", "is_all", is_flag=True, help="List all that differs, and not the first alone."
)  # fmt: skip
@format_option
@out_option
def verify_command(
    dossier: Path,
    trust: tuple[str, ...],
    is_signed: bool,
    roots: tuple[Path, ...],
    archive: Path | None,
    earlier: tuple[Path, ...],
    is_rebuilt: bool,
    is_all: bool,
    output_format: str,
    out: Path | None,
) -> None:
    """Verify DOSSIER, a folder or a zip of one, without a network; ends with 1 where it differs.

    Whole means: nobody changed it since it was sealed. Who sealed it is known with --trust only.
    It does not mean that what it states is true.
    """
    asked = Asked(
        trusted=tuple(dict.fromkeys(key for one in trust for key in trusted_keys(one))),
        is_signed=is_signed,
        roots=tuple(root for one in roots for root in read_roots(one.read_bytes())),
        archive=archive,
        earlier=earlier,
        is_rebuilt=is_rebuilt,
    )
    if out is not None and out.resolve().is_relative_to(dossier.resolve()):
        raise RequestError(f"{out} lies in the dossier and would change it")
    with words.status("reading the files") as status:
        found = verify(dossier, asked, told=lambda text: status.update(escape(text)))
    if output_format != "table":
        _write(found, is_all, output_format, out)
    elif is_all or out is not None:
        emit([_row(one) for one in _told(found, is_all)], "table", out, columns=COLUMNS,
             shown=COLUMNS[:-1], title=f"what differs in {dossier}")  # fmt: skip
    _end(found, is_all)


def _told(found: Verified, is_all: bool) -> tuple[Difference, ...]:
    return found.differences if is_all else found.differences[:1]


def _row(one: Difference) -> dict[str, Any]:
    return {name: getattr(one, name) for name in COLUMNS}


def _write(found: Verified, is_all: bool, output_format: str, out: Path | None) -> None:
    rows = [_row(one) for one in _told(found, is_all)]
    if output_format == "json":
        rows = [_whole(found, rows)]
    emit(rows, output_format, out, columns=COLUMNS, one=True)


def _whole(found: Verified, rows: list[dict[str, Any]]) -> dict[str, Any]:
    manifest = found.manifest
    return {
        "dossier": str(found.place),
        "is_whole": found.is_whole,
        "dossier_id": manifest.dossier_id if manifest else None,
        "case_id": manifest.case_id if manifest else None,
        "version": manifest.version if manifest else None,
        "previous": (manifest.previous or None) if manifest else None,
        "made_with": manifest.made_with if manifest else None,
        "manifest_sha256": found.manifest_sha256 or None,
        "key_id": found.public.key_id if found.public else None,
        "is_trusted": found.is_trusted,
        "stamped_at": found.stamped.at if found.stamped else None,
        "stamped_by": found.stamped.authority if found.stamped else None,
        "is_stamp_checked": found.stamped.is_checked if found.stamped else None,
        "differences": rows,
        "differences_found": len(found.differences),
        "not_checked": list(found.notes),
    }


def _end(found: Verified, is_all: bool) -> None:
    first = found.first
    if first is not None:
        more = len(found.differences) - 1
        hint = first.hint
        if more and not is_all:
            hint = f"{hint} {more} more differ: --all lists them.".strip()
        raise DossierError(first.sentence, hint=hint)
    manifest = found.manifest
    if manifest is not None:
        signed = f"signed with {found.public.key_id}" if found.public else "not signed"
        known = ", which you trust" if found.is_trusted else ""
        stamped = f"; stamped {found.stamped.at}" if found.stamped else ""
        words.print(
            f"[green]whole:[/] {escape(str(found.place))}, version {manifest.version} of "
            f"{manifest.case_id} ({manifest.dossier_id}), {len(manifest.files)} files; "
            f"{signed}{known}{stamped}"
        )
    for note in found.notes:
        words.print(f"[dim]note:[/] {escape(note)}")


commands = (verify_command,)
