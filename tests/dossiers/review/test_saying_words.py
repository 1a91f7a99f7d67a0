"""The list of words for a verdict, and what is read of an output."""

import json
import re

import pytest
from tests.dossiers.dossier_world import small

from entrepot.dossiers.dossier.canonical import dossier_bytes
from entrepot.dossiers.review.gate import faults
from entrepot.dossiers.review.rendered import pieces, texts_of
from entrepot.dossiers.review.words import Verdict, blanked, listed, verdicts


@pytest.mark.parametrize("line", listed(), ids=lambda line: line.example)
def test_each_line_finds_its_example_and_says_what_to_write(line: Verdict) -> None:
    assert line.pattern.search(line.example)
    assert verdicts(line.example)
    assert line.instead
    assert not verdicts(f"“{line.example}”")


@pytest.mark.parametrize(
    "text",
    [
        "The flow is consistent with diversion.",
        "The guide names a diversion risk.",
        "The figures do not prove it, and nothing proves it.",
        "A proof of origin is asked for.",
        "The contract holds an anti-circumvention clause.",
        "The licensing scheme of 2022 covers it.",
        "It is almost certainly a gap in the figures.",
        "He said: \"they smuggled it\"; «это контрабанда» in the weekly.",
        "Hong Kong exported for EUR 1 m, exposed to no duty.",
        "The divers found the evader.".replace("evader", "wreck"),
    ],
)  # fmt: skip
def test_plain_words_are_no_verdict(text: str) -> None:
    assert verdicts(text) == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Parts were DIVERTED.", "DIVERTED"),
        ("It is consistent with diversion, and the firm diverted more.", "diverted"),
        ("It proves nothing of others but proves this.", "proves"),
        ("A sanctions-evasion network.", "evasion"),
        ("An illegally shipped good.", "illegally"),
        ("“Quoted” and then smuggled, “quoted”.", "smuggled"),
    ],
)  # fmt: skip
def test_a_verdict_is_found_beside_what_may_stand(text: str, word: str) -> None:
    assert [found for found, _ in verdicts(text)] == [word]


def test_a_name_may_hold_any_word() -> None:
    assert verdicts("Smugglers Cove Ltd sold parts.") != []
    assert verdicts("Smugglers Cove Ltd sold parts.", ["Smugglers Cove Ltd"]) == []
    text = "a “b” c"
    assert blanked(text) == "a     c"
    assert len(blanked(text, ["c", ""])) == len(text)


def test_of_a_page_words_are_read_and_drawings_are_not() -> None:
    page = (
        "<html><head><title>Parts</title><style>.a{content:'14:37'}</style>"
        '<meta name="description" content="Seen at 14:38"><script type="application/ld+json">'
        '{"name": "Claim at 14:39"}</script></head><body><!-- by worker at 14:40 -->'
        '<svg><path d="M53.1023,26.0145"/><text>bar</text></svg>'
        '<img alt="Picture of 14:41"><p>It is&nbsp;said. And more | cell</p></body></html>'
    )
    found = list(pieces("index.html", page))
    assert found == ["Parts", "Seen at 14:38", "name", "Claim at 14:39", "by worker at 14:40",
                     "bar", "Picture of 14:41", "It is said.", "And more", "cell"]  # fmt: skip
    assert list(pieces("a.md", "# Head\n* **one** two\n| a | b |")) == ["Head", "one** two", "a",
                                                                         "b"]  # fmt: skip
    assert list(pieces("a.json", '{"k": ["x", {"y": 1}]}')) == ["k", "x", "y"]
    assert list(pieces("a.json", "{no json")) == ["{no json"]


def test_outputs_are_looked_at_beyond_what_the_dossier_holds() -> None:
    made = small(is_reviewed=True)
    content = dossier_bytes(made).decode()
    said = [one for text in json.loads(content)["summary"] for one in [text["text"]]]
    page = f"<p>{said[0]}</p><p>{made.files[0].retrieved_at}</p><p>{made.contact}</p>"
    page += "<td>1,477,544,660</td><p>Taken 2023-01-13 10:00 UTC, 10:00:00 UTC</p>"
    fine = {"dossier.json": content, "index.html": page}
    assert faults(made, texts=fine) == ()
    for name, text in (
        ("index.html", page + "<!-- C:\\Users\\worker\\x.py -->"),
        ("dossier.md", "Made by Ivan Petrov."),
        ("dossier.md", "It left at 11:00 UTC."),
        ("dossier.md", "It lay at 53,102, 26,014."),
        ("claimreview.json", '{"author": "worker@example.org"}'),
        ("charts/a.svg", "<svg><text>at 14:37</text></svg>"),
    ):
        (one,) = faults(made, texts=fine | {name: text})
        assert (one.rule, one.where) == ("source", f"output {name}")
    with_tip = faults(made, texts={"a.md": "crates with green lids beside hangar doors"},
                      tips=["crates with green lids stood beside hangar doors"])  # fmt: skip
    assert [one.where for one in with_tip] == ["output a.md"]


def test_pdf_and_pictures_are_no_text() -> None:
    made = {"a.pdf": b"%PDF", "A.PNG": b"\x89", "a.md": b"x\xff", "SHA256SUMS": b"00 a"}
    assert texts_of(made) == {"a.md": "x\ufffd", "SHA256SUMS": "00 a"}


def test_no_word_of_the_list_is_said_by_the_gate_itself() -> None:
    """What to write instead must not be a verdict either."""
    for line in listed():
        assert not [w for w, _ in verdicts(line.instead) if not re.match("diver", w)], line.instead
