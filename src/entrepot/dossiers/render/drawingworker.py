"""The process that draws: it reads specifications and writes SVG, one line of JSON each.

It is a process of its own because the engine of vl-convert takes the time zone once, from the
environment, and would keep one that another part of the program gave it. It imports nothing of
Entrepot, and is started by `drawing` in an empty environment with TZ=UTC.

    python -I drawingworker.py FOLDER_OF_FONTS FOLDER_OF_PACKAGES
"""

import json
import sys
from typing import Any


def main(fonts: str, packages: str) -> None:
    """Draw until the other side closes; the first line says which time zone is in force."""
    if packages not in sys.path:
        sys.path.append(packages)
    import vl_convert  # found only now where the package lies beside the path

    vl_convert.register_font_directory(fonts)
    _answer({"zone": vl_convert.get_local_tz()})
    for line in sys.stdin.buffer:
        try:
            svg = vl_convert.vegalite_to_svg(json.loads(line), allowed_base_urls=[])
            _answer({"svg": svg})
        except Exception as error:  # whatever the engine says is told to the one who asked
            _answer({"error": str(error)})


def _answer(said: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
