"""Small lists with invented entries in the documented layouts."""

from pathlib import Path

FILES = Path(__file__).parent / "files"
OFAC = tuple(FILES / f"ofac_{part}.csv" for part in ("sdn", "alt", "add", "comments"))
SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "lists"
if not SHARED.exists():
    SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "lists"


def own_list(path: Path, *names: str) -> Path:
    """A list of one's own with these names; the id is the name."""
    rows = "".join(f'"{name}","{name}"\n' for name in names)
    path.write_text(f"id,name\n{rows}", encoding="utf-8")
    return path
