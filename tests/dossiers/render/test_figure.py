"""Drawings in the page: what could run or load is refused; the data stand below as a table."""

from dataclasses import replace

import pytest
from tests.dossiers.dossier_world import CHART
from tests.dossiers.render.render_world import drawn

from entrepot.dossiers.render.anchors import Anchors
from entrepot.dossiers.render.chartdata import chart_data
from entrepot.dossiers.render.figure import figure
from entrepot.errors import DossierError

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10">{}</svg>'


def test_a_drawing_has_one_label_and_colours_of_the_page():
    made = str(figure(CHART, drawn(), "cha_exports").drawing)
    assert made.count("aria-label=") == 1
    assert made.count("role=") == 1
    assert 'aria-label="EU exports of aircraft parts (8807) to Belarus' in made
    assert '"var(--muted)"' in made


@pytest.mark.parametrize(
    "part",
    [
        "<script>alert(1)</script>", "<foreignObject/>", '<image href="https://example.org/x"/>',
        '<rect onclick="alert(1)"/>', '<use href="https://example.org/x#a"/>',
        '<a href="javascript:alert(1)"><text>x</text></a>', "<style>*{}</style>", "<g>", "<?x y?>",
        '<rect fill="url(https://example.org/x)"/>',
        '<use xmlns:x="http://www.w3.org/1999/xlink" x:href="data:x"/>',
    ],
)  # fmt: skip
def test_what_could_run_or_load_is_refused(part):
    with pytest.raises(DossierError, match="cha_exports"):
        figure(CHART, {"cha_exports": SVG.format(part)}, "k")


def test_what_only_draws_is_taken_and_its_ids_are_its_own():
    part = '<defs><clipPath id="c"/></defs><use href="#c"/><g clip-path="url(#c)"/>'
    made = str(figure(CHART, {"cha_exports": SVG.format(part)}, "k").drawing)
    assert 'id="k-c"' in made
    assert 'href="#k-c"' in made
    assert "url(#k-c)" in made


def test_words_about_roles_in_a_text_stay():
    part = '<text role="x" aria-label="y">the role="x" of trade</text>'
    made = str(figure(CHART, {"cha_exports": SVG.format(part)}, "k").drawing)
    assert '<text>the role="x" of trade</text>' in made


def test_data_have_the_titles_of_their_axes_and_dashes_for_null():
    (made,) = chart_data(CHART)
    assert made.columns == ("month", "EUR")
    assert made.rows == (("2022-01", "410,000"), ("2022-05", "39,000"), ("2022-06", "–"))
    assert made.numeric == (False, True)


def test_layers_and_named_data_are_all_told_each_once():
    bars = {"data": {"name": "b"}, "mark": "bar",
            "encoding": {"y": {"field": "v", "title": "EUR"}, "x": {"field": "p"}}}  # fmt: skip
    line = {"data": {"values": [{"at": 1}]}, "encoding": {"x": {"field": "at", "title": "ban"}}}
    spec = {"layer": [bars, line, line], "datasets": {"b": [{"v": 1, "p": "q", "more": "z"}]}}
    found = chart_data(replace(CHART, spec=spec))
    assert [(one.columns, one.rows) for one in found] == [
        (("ban",), (("1",),)), (("p", "EUR", "more"), (("q", "1", "z"),)),
    ]  # fmt: skip


def test_ids_are_valid_and_given_once():
    made = Anchors("sources")
    wanted = ["figures", "figures", "sources", "a b", "", "1a", "r1-1"]
    assert [made.take(one, "section") for one in wanted] == [
        "figures", "figures-2", "sources-2", "section", "section-2", "section-3", "section-4",
    ]  # fmt: skip
