"""The example dossier: whole, rendered again to the byte, and made again from the figures."""

import json
from pathlib import Path
from typing import Any

import pytest
from tools.build_example import build_example

from entrepot.dossiers.seal.verify import Asked, verify

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "aircraft-parts-2022"
DIGITS = 6
"""Significant digits in which two processors agree on estimates; published rows are whole."""

HASHED = ("citation_id", "citations", "reviews", "content_id")
"""Hashes over all digits; `citations` of a sentence are ids, those of the dossier are left out."""


def test_the_example_is_whole_and_comes_out_the_same_to_the_byte():
    found = verify(EXAMPLE, Asked(is_rebuilt=True))
    assert found.is_whole, found.differences


def test_one_flipped_byte_is_found_and_named(tmp_path):
    for name in ("dossier.json", "index.html", "dossier.pdf", "manifest.json"):
        folder = tmp_path / name
        folder.mkdir()
        for one in EXAMPLE.rglob("*"):
            if one.is_file():
                place = folder / one.relative_to(EXAMPLE)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(one.read_bytes())
        content = bytearray((folder / name).read_bytes())
        content[len(content) // 2] ^= 1
        (folder / name).write_bytes(bytes(content))
        found = verify(folder)
        assert not found.is_whole
        assert found.first is not None
        assert found.first.path == name


def test_the_example_says_what_records_support_and_what_they_cannot():
    held = json.loads((EXAMPLE / "dossier.json").read_text("utf-8"))
    summary = " ".join(one["text"] for one in held["summary"])
    assert "91 % less" in summary
    assert "Not known: what Belarus sold on to Russia" in summary
    assert {one["verdict"] for one in held["findings"]} == {"partly", "not_testable"}
    assert all(one["citations"] for part in held["sections"] for one in part["sentences"])


@pytest.mark.xdist_group("example")
def test_the_example_is_made_again_from_the_figures_that_ship(tmp_path):
    built = build_example(tmp_path)
    made, held = (
        json.loads((one / "dossier.json").read_text("utf-8")) for one in (built.folder, EXAMPLE)
    )
    assert _rounded(made) == _rounded(held)


def _rounded(value: Any) -> Any:
    """The data with estimates in six digits, citations in order without their hashes."""
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}")
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items() if key not in HASHED}
    if isinstance(value, list):
        return [_rounded(one) for one in value]
    return value
