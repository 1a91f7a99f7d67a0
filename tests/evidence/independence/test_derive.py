"""Small worlds whose origins are plain."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.errors import RequestError
from entrepot.evidence.independence.derivation import Correction
from entrepot.evidence.independence.derive import derive
from entrepot.evidence.independence.fingerprint import order, roundness
from entrepot.evidence.independence.item import Item, item_of
from entrepot.evidence.report import Report

QUEUE = (
    "Our reporter counted 26 lorries at Krasnaya Gorka on 23 August, 19 of them under green "
    "tarpaulin. They had loaded near Barysaw and carried 31 tonnes each. Two police cars led them."
)
QUEUE_RU = (
    "Репортёр насчитал 26 грузовиков на Красной Горке 23 августа, 19 из них под зелёным тентом. "
    "Они загрузились под Борисовом и везли по 31 тонне. Их вели две машины полиции."
)
SHOP = (
    "We spoke to a shopkeeper in Homel who sold 140 night scopes in May. He pays 3,200 roubles a "
    "piece to a courier from Vilnius and keeps them behind the fishing rods."
)


def item(name: str, text: str, day: str | None = "2022-08-24", publisher: str = "") -> Item:
    return Item(name, text, publisher or f"Paper {name.upper()}",
                date.fromisoformat(day) if day else None, name=name)  # fmt: skip


def hang(found):
    return {edge.derived: (edge.origin, edge.kind) for edge in found.edges}


def test_copy_and_translation_hang_on_the_older():
    found = derive([item("c", QUEUE_RU, "2022-08-26"), item("b", QUEUE, "2022-08-25"),
                    item("a", QUEUE), item("x", SHOP)])  # fmt: skip
    assert found.sentence == "4 items, 2 independent roots"
    assert hang(found)["b"] == ("a", "copies")
    assert hang(found)["c"][1] == "translates"
    assert {root.root_id: root.items for root in found.roots} == {"a": ("a", "b", "c"), "x": ("x",)}
    assert all(root.origin_told for root in found.roots)


def test_older_item_never_hangs_on_a_younger_one():
    found = derive([item("a", QUEUE, "2022-08-25"), item("z", QUEUE, "2022-08-24")])
    assert hang(found) == {"a": ("z", "copies")}
    assert found.edges[0].is_order_known


@pytest.mark.parametrize("day", [None, "2022-08-24"])
def test_order_unknown_is_told(day):
    (edge,) = derive([item("a", QUEUE, day), item("b", QUEUE, day)]).edges
    assert not edge.is_order_known
    assert "not known" in edge.evidence[-1]


def test_outlets_that_quote_one_statement_have_one_root():
    told = [
        "About 200 soldiers went to Orsha for exercises, Ukrainian military intelligence said.",
        "Some 200 servicemen moved to Orsha, the Main Directorate of Intelligence reports.",
        "По данным ГУР, около 200 военных переброшены в Оршу для учений.",
        "Близько 200 солдатів прибули до Орші, повідомляє ГУР.",
    ]
    found = derive([item(f"i{place}", text) for place, text in enumerate(told)])
    (root,) = found.roots
    assert not root.is_item
    assert root.label == (
        "original document not at hand: statement of the military intelligence (Ukraine) "
        "(first named here on 24 August 2022)"
    )
    assert len(root.items) == 4


def test_one_source_on_two_matters_is_two_documents():
    found = derive([
        item("a", "In Riga 612 boxes of lathes from Taiwan were held, the customs service said."),
        item("b", "The customs service said a ferry with 88 calves was late in Klaipeda."),
    ])  # fmt: skip
    assert len(found.roots) == 2


def test_naming_the_publisher_makes_an_edge():
    short = "Border Daily reports that 26 lorries stood at Krasnaya Gorka, some under tarpaulin."
    found = derive([item("a", QUEUE, publisher="Border Daily"), item("b", short, "2022-08-25")])
    (edge,) = found.edges
    assert (edge.derived, edge.origin, edge.kind) == ("b", "a", "cites")
    assert edge.evidence[0] == 'names it ("Border Daily reports")'


def test_recorded_citation_counts_without_likeness():
    b = replace(item("b", SHOP, "2022-08-25"), cites=("https://example.org/a/",))
    found = derive([replace(item("a", QUEUE), url="http://www.example.org/a"), b])
    assert hang(found) == {"b": ("a", "cites")}


def test_an_aggregate_adds_no_root():
    both = item("m", f"{QUEUE} {SHOP}", "2022-08-26")
    found = derive([item("a", QUEUE), item("x", SHOP), both])
    assert found.sentence == "3 items, 2 independent roots"
    assert {root.root_id for root in found.roots_of("m")} == {"a", "x"}


def test_chain_goes_through():
    b = QUEUE.replace("Two police cars led them.", "The column was led by two cars.")
    c = b.replace("They had loaded near Barysaw and carried", "Loaded near Barysaw, they carried")
    found = derive([item("a", QUEUE), item("b", b, "2022-08-25"), item("c", c, "2022-08-26")])
    assert hang(found) == {"b": ("a", "copies"), "c": ("b", "copies")}
    assert found.roots[0].items == ("a", "b", "c")


def test_silent_root_says_so():
    (root,) = derive([item("a", "Trucks went to Orsha.")]).roots
    assert root.is_item
    assert not root.origin_told


def test_evidence_is_told_in_words():
    (edge,) = derive([item("a", QUEUE), item("b", QUEUE, "2022-08-26")]).edges
    told = "; ".join(edge.evidence)
    assert "shingles of 8 words in common" in told
    assert "figures and days" in told
    assert told.endswith("published 2 days later")
    assert sum(edge.terms.values()) > 0
    (passage,) = edge.passages
    assert QUEUE[slice(*passage.derived)] == QUEUE[slice(*passage.origin)] == QUEUE.rstrip(".")


AT = datetime(2022, 9, 1, tzinfo=UTC)


def test_what_a_person_decides_wins():
    items = [item("a", QUEUE), item("b", QUEUE, "2022-08-25"), item("x", SHOP)]
    no = Correction("not", "b", "a", by="kk", at=AT, because="both stood there")
    assert len(derive(items, [no]).roots) == 3
    yes = Correction("from", "x", "a", "cites", by="kk", at=AT)
    found = derive(items, [no, yes])
    assert [(edge.derived, edge.origin, edge.score, edge.decided) for edge in found.edges] == [
        ("x", "a", 1.0, "decided by kk on 2022-09-01")
    ]
    alone = Correction("independent", "b", by="kk")
    assert hang(derive(items, [alone])) == {}
    assert hang(derive(items, [no, Correction("from", "b", "a", by="kk")])) == {
        "b": ("a", "copies")
    }


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (Correction("not", "a", "nobody"), "none of the 2 items"),
        (Correction("wish", "a", "b"), "action"),
        (Correction("from", "a", "b", "eats"), "kind"),
        (Correction("from", "a", "a"), "itself"),
    ],
)
def test_a_wrong_correction_is_refused(wrong, says):
    with pytest.raises(RequestError, match=says):
        derive([item("a", QUEUE), item("b", SHOP)], [wrong])


def test_a_loop_is_refused():
    items = [item(name, text) for name, text in (("a", QUEUE), ("b", SHOP), ("c", "Snow fell."))]
    made = [
        Correction("from", "b", "a"),
        Correction("from", "c", "b"),
        Correction("from", "a", "c"),
    ]
    with pytest.raises(RequestError, match="already comes from it"):
        derive(items, made)


def test_equal_ids_are_refused():
    with pytest.raises(RequestError, match="two items"):
        derive([item("a", QUEUE), item("a", SHOP)])


def test_nothing_and_empty_texts():
    assert derive([]).sentence == "0 items, 0 independent roots"
    assert len(derive([item("a", ""), item("b", "…"), item("c", "\ud800 x")]).roots) == 3


@pytest.mark.parametrize(
    "text",
    [
        "1" * 6_000 + " August " + "2" * 5_000 + " million", "123456789,123456 tonnes",
        "the same words again " * 5_000, "٣٤ trucks ½ ² 99.99.2022 3.3.3", "\u202e«\"“",
        "according to according to said said :", "September 31 31 September 99 99",
    ],
)  # fmt: skip
def test_odd_texts_pass(text):
    found = derive([item("a", text), item("b", text, "2022-08-25"), item("c", QUEUE)])
    assert len(found.items) == 3


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_passes(one, other):
    found = derive([item("a", one), item("b", other), item("c", one + other)])
    assert {i for root in found.roots for i in root.items} == {"a", "b", "c"}


def test_two_files_with_one_text_are_two_items():
    made = {item_of(Report("x", name=name)).item_id for name in ("one.txt", "two.txt")}
    assert len(made) == 2


WORLD = [
    item("a", QUEUE), item("b", QUEUE, "2022-08-25"), item("c", QUEUE_RU, None), item("d", SHOP),
    item("e", f"{SHOP} {QUEUE}", "2022-08-27"), item("f", "Reuters reported snow in Orsha."),
]  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(st.permutations(WORLD))
def test_order_of_input_does_not_matter(items):
    assert derive(items).rows() == derive(WORLD).rows()


@given(st.lists(st.integers(0, 200), unique=True, max_size=40))
def test_order_lies_between_nothing_and_all(places):
    assert 0 <= order(places) <= 1
    assert order(sorted(places)) == (1.0 if len(places) >= 5 else 0.0)
    assert order(sorted(places, reverse=True)) == 0.0


def test_round_numbers_tell_less():
    assert roundness("f:200") < roundness("f:26") < roundness("f:1340")
    assert roundness("f:2") < roundness("f:200")
