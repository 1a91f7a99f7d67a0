"""A file of bytes that is written whole or not at all."""

import os
from contextlib import suppress
from pathlib import Path

from entrepot.dossiers.seal.swap import FILE_MODE
from entrepot.errors import RequestError


def write_file(path: Path, content: bytes) -> None:
    """Write bytes; a reader sees the old file or the new one.

    Raises:
        RequestError: it cannot be written.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(FILE_MODE)
        temporary.replace(path)
    except OSError as error:
        raise RequestError(
            f"cannot write {path}: {error.strerror}", hint="Choose another place."
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink()
