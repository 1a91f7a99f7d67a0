import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from madeup import FROM, LATER, SITE, TO, WINDOW, item

from entrepot.checks.images.answers import Page, keep
from entrepot.checks.images.asked import Asked, Stored
from entrepot.checks.images.outline import surroundings
from entrepot.checks.images.stored import stored_images
from entrepot.checks.site import Site
from entrepot.checks.window import Window
from entrepot.errors import SourceError, WorkspaceError

QUESTION = Asked(
    "element84", "sentinel-2-l2a", "https://example.org", WINDOW, surroundings(SITE), LATER, 1,
    True, frozenset({42063}), 3, "", "",
)  # fmt: skip


def put(folder: Path, *items: object, question: Asked = QUESTION) -> Path:
    content = json.dumps({"type": "FeatureCollection", "features": list(items)}).encode()
    page = Page("items", "POST", "https://example.org/search", {}, question.asked_at, content)
    return keep(folder, question, [page])


def names(stored: Stored) -> list[str]:
    return [one.item_id for one in stored.images]


def test_an_empty_workspace_has_no_images_and_no_questions(tmp_path: Path) -> None:
    assert stored_images(tmp_path / "none", SITE, WINDOW) == Stored()


def test_a_question_comes_back_as_it_was(tmp_path: Path) -> None:
    name = put(tmp_path, item("2022-08-26T09:25:40")).name
    assert stored_images(tmp_path, SITE, WINDOW).asked == (replace(QUESTION, source=name),)


def test_only_images_in_the_window_and_of_the_site_count(tmp_path: Path) -> None:
    put(tmp_path, item("2022-08-26T09:25:40", id="first"), item("2022-09-05T09:25:40", id="last"))
    short = Window(FROM, FROM + timedelta(days=3))
    stored = stored_images(tmp_path, SITE, short)
    assert (names(stored), len(stored.asked), stored.notes) == (["first"], 1, ())
    elsewhere = stored_images(tmp_path, Site("Kubinka", 55.61, 36.65), WINDOW)
    assert elsewhere == Stored()
    after = Window(TO, TO + timedelta(days=1))
    assert stored_images(tmp_path, SITE, after) == Stored()


def test_the_start_of_a_datatake_may_lie_before_the_window(tmp_path: Path) -> None:
    before = item("2022-08-25T23:58:30")
    put(tmp_path, before, question=replace(QUESTION, archive="planetary"))
    assert len(stored_images(tmp_path, SITE, WINDOW).images) == 1
    put(tmp_path / "second", before)
    assert stored_images(tmp_path / "second", SITE, WINDOW).images == ()


# element84, Sentinel-2: a pass 6 s before to 5 s after the middle of a tile, half a tile has 8 s
@pytest.mark.parametrize(
    ("at", "count"),
    [("2022-08-25T23:59:47", 1), ("2022-08-25T23:59:46", 0), ("2022-09-09T00:00:13", 1),
     ("2022-09-09T00:00:14", 0)],
)  # fmt: skip
def test_a_tile_of_a_pass_at_the_edge_of_the_window_is_kept(
    tmp_path: Path, at: str, count: int
) -> None:
    put(tmp_path, item(at))
    assert len(stored_images(tmp_path, SITE, WINDOW).images) == count


def test_a_later_answer_replaces_the_same_image_and_both_questions_stay(tmp_path: Path) -> None:
    put(tmp_path, item("2022-08-26T09:25:40", id="one", properties={"eo:cloud_cover": 90}))
    later = replace(QUESTION, asked_at=LATER + timedelta(days=1))
    put(tmp_path, item("2022-08-26T09:25:40", id="one"), question=later)
    stored = stored_images(tmp_path, SITE, WINDOW)
    assert [one.cloud_pct for one in stored.images] == [12.5]
    assert len(stored.asked) == 2


def test_an_answer_that_was_changed_is_refused(tmp_path: Path) -> None:
    put(tmp_path, item("2022-08-26T09:25:40"))
    (answer,) = [path for path in (tmp_path / "images/answers").glob("??/??/*") if not path.suffix]
    answer.chmod(0o644)
    answer.write_bytes(answer.read_bytes() + b" ")
    with pytest.raises(WorkspaceError, match="its bytes have changed"):
        stored_images(tmp_path, SITE, WINDOW)
    answer.unlink()
    with pytest.raises(WorkspaceError, match="cannot be read"):
        stored_images(tmp_path, SITE, WINDOW)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"form": 2}', '{"form": 1, "archive": 3}'])
def test_a_question_that_was_changed_is_refused(tmp_path: Path, text: str) -> None:
    put(tmp_path, item("2022-08-26T09:25:40")).write_text(text)
    with pytest.raises(WorkspaceError, match="not a question to an archive"):
        stored_images(tmp_path, SITE, WINDOW)


def test_a_file_of_the_user_is_read_and_says_nothing_of_what_was_asked(tmp_path: Path) -> None:
    own, path = item("2022-08-26T09:25:40", id="one"), tmp_path / "images.json"
    root = "https://planetarycomputer.microsoft.com/api/stac/v1/collections/x/items/two"
    known = item("2022-08-27T09:25:40", id="two", links=[{"rel": "self", "href": root}])
    old = item("2021-08-26T09:25:40")
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [own, known, old]}))
    stored = stored_images(tmp_path, SITE, WINDOW, files=[path])
    assert stored.asked == ()
    assert [(one.item_id, one.archive, one.source) for one in stored.images] == [
        ("one", "example.org", "images.json"), ("two", "planetary", "images.json"),
    ]  # fmt: skip
    assert stored.notes == (
        "images.json, outside the window that was asked for: 1 items, left out.",
    )


def test_one_item_alone_is_a_file_too(tmp_path: Path) -> None:
    path = tmp_path / "item.json"
    path.write_text(json.dumps(item("2022-08-26T09:25:40", links=[])))
    assert [one.archive for one in stored_images(tmp_path, SITE, WINDOW, files=[path]).images] == [
        "file"
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<html>", "got a web page"),
        ('{"features": [', "JSON that breaks off"),
        ("[" * 100_000, "JSON that breaks off"),
        ('{"type": "Collection"}', "type 'Collection', expected a FeatureCollection"),
        ("[1]", "type 'list', expected a FeatureCollection"),
    ],
)
def test_a_file_that_holds_no_images_is_refused(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "images.json"
    path.write_text(text)
    with pytest.raises(SourceError, match=words):
        stored_images(tmp_path, SITE, WINDOW, files=[path])


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        stored_images(tmp_path, SITE, WINDOW, files=[tmp_path / "none.json"])
