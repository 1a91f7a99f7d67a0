"""The page of a derivation without a browser: what it holds, and that nothing in it can act."""

import re
from dataclasses import replace
from datetime import date, timedelta

from markupsafe import Markup
from tests.evidence.independence.planted import by_hand

from entrepot.dossiers.derivation import derivation_page
from entrepot.dossiers.derivationgraph import BOX_HEIGHT, BOX_WIDTH, MOST_DRAWN, graph
from entrepot.dossiers.derivationmarks import marked, sides
from entrepot.evidence.independence.derivation import Correction, Passage
from entrepot.evidence.independence.derive import derive
from entrepot.evidence.independence.item import Item

ITEMS = [one.item for one in by_hand() if one.event == "convoy"]
FOUND = derive(ITEMS)
NUMBERS = {root.root_id: number for number, root in enumerate(FOUND.roots, start=1)}


def test_page_holds_all_items_and_edges_in_the_table():
    page = derivation_page(FOUND, command="entrepot roots convoy.csv")
    assert f"<h1>{FOUND.sentence}</h1>" in page
    for item in ITEMS:
        assert str(Markup.escape(item.publisher)) in page
    assert page.count('<details class="edge"') == len(FOUND.edges)
    assert page.count('<a class="arrow') == len(FOUND.edges)
    assert "entrepot roots convoy.csv" in page
    assert page == derivation_page(FOUND, command="entrepot roots convoy.csv")


def test_page_asks_for_nothing():
    page = derivation_page(FOUND, command="entrepot")
    assert not re.search(r'(?:src|href)="(?!#)', page)
    assert "default-src 'none'" in page


def test_text_of_items_cannot_act():
    bad = '<script>alert(1)</script> & "26 lorries" </style>'
    items = [Item(f'i{place}"><b>', bad, bad, title=bad) for place in range(2)]
    page = derivation_page(derive(items), command=bad)
    assert "alert(1)</script>" not in page
    assert page.count("<script>") == 1
    assert "<b>" not in page.replace("<b>", "", page.count("</b>"))


def test_boxes_and_lines_do_not_touch_other_boxes():
    drawn = graph(FOUND, NUMBERS)
    corners = {(box.x, box.y) for box in drawn.boxes}
    assert len(corners) == len(drawn.boxes) == len(ITEMS)
    rows = {box.y for box in drawn.boxes}
    for arrow in drawn.arrows:
        for x, y in re.findall(r"L(\d+) (\d+)Q", arrow.path):
            inside = [box for box in drawn.boxes if box.x < int(x) < box.x + BOX_WIDTH
                      and box.y < int(y) < box.y + BOX_HEIGHT]  # fmt: skip
            assert inside == []
    assert min(rows) > 30
    assert drawn.width >= max(box.x for box in drawn.boxes) + BOX_WIDTH


def test_days_run_from_left_to_right():
    places = {box.key: box.x for box in graph(FOUND, NUMBERS).boxes}
    days = {item.item_id: item.published_on for item in ITEMS}
    ordered = sorted(days, key=lambda one: days[one])
    assert [places[one] for one in ordered] == sorted(places[one] for one in ordered)


def test_large_sets_are_drawn_in_part_and_told():
    base = date(2022, 1, 1)
    many = [
        Item(
            f"i{place}",
            f"Nothing {place * 7919} of note happened in hall {place}.",
            f"Paper {place}",
            base + timedelta(days=place),
        )
        for place in range(MOST_DRAWN + 30)
    ]
    found = derive([*many, *ITEMS])
    drawn = graph(found, {root.root_id: n for n, root in enumerate(found.roots, start=1)})
    assert len(drawn.boxes) <= MOST_DRAWN
    assert drawn.left_out == len(found.items) - len(drawn.boxes)
    joined = {item for root in found.roots if len(root.items) > 1 for item in root.items}
    assert joined <= {box.key for box in drawn.boxes}
    assert f"{drawn.left_out} items are not drawn" in derivation_page(found, command="x")


def test_decisions_are_shown():
    made = Correction(
        "from", FOUND.roots[1].root_id, FOUND.roots[0].root_id, by="kk", because="<x>"
    )
    page = derivation_page(derive(ITEMS, [made]), command="x")
    assert "decided by kk: &lt;x&gt;" in page
    assert "arrow c1 decided" in page


def test_marks_stand_on_shared_words():
    one, other = sides("a < b and c", "c, a < b", [Passage((0, 5), (3, 8), "words"),
                                                   Passage((10, 11), (0, 1), "fact")])  # fmt: skip
    assert one == '<mark class="words">a &lt; b</mark> and <mark class="fact">c</mark>'
    assert other == '<mark class="fact">c</mark>, <mark class="words">a &lt; b</mark>'


def test_of_overlapping_marks_the_longer_counts():
    assert marked("abcdef", [(0, 2, "fact"), (1, 5, "words")]) == (
        'a<mark class="words">bcde</mark>f'
    )


def test_undated_items_stand_last():
    items = [replace(item, published_on=None) if place == 0 else item
             for place, item in enumerate(ITEMS)]  # fmt: skip
    found = derive(items)
    drawn = graph(found, {root.root_id: n for n, root in enumerate(found.roots, start=1)})
    assert drawn.days[-1][1] == "day not known"


def test_words_in_a_box_leave_room_for_its_numbers():
    words = "Молоко подорожало в столице на треть, сообщает газета"
    items = [
        Item("i1", words, name="a" * 40),
        Item("i2", "Nothing of the kind was ever seen in hall seven.", name="b.txt"),
    ]
    found = derive(items)
    drawn = graph(found, {root.root_id: n for n, root in enumerate(found.roots, start=98)})
    first, second = drawn.boxes
    assert len(first.first) == 16
    assert first.second == "Молоко подорожало в с…"
    assert (second.first, second.second) == ("b.txt", "Nothing of the kind was…")
    page = derivation_page(found, command="x")
    assert "Items on which no other hangs" in page
    assert "2 items go back to at most" in page
    assert "1 item goes back to <strong>" in derivation_page(derive(items[:1]), command="x")
