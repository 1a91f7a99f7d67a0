"""The one door: who may be handed what, the same bytes each time, words, golden files."""

import os
import re
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pytest
from tests.dossiers.dossier_world import large, small
from tests.dossiers.handover.handover_world import published, unanswered

from entrepot.dossiers.handover.facts import facts
from entrepot.dossiers.handover.files import files
from entrepot.dossiers.handover.kinds import KINDS, handover
from entrepot.dossiers.handover.marks import own_marks
from entrepot.dossiers.review.gate import faults
from entrepot.errors import DossierError, RequestError
from entrepot.evidence.wording import wording_faults

GOLDEN = Path(__file__).parent / "golden"
ALL = [(kind, form) for kind, held in KINDS.items() for form in held.forms]
VERDICT = re.compile(r"\b(divert\w*|evad\w*|evasion|smuggl\w*|circumvent\w*)\b", re.IGNORECASE)


@pytest.mark.parametrize(("kind", "form"), ALL)
def test_every_form_is_as_a_person_last_read_it(kind: str, form: str) -> None:
    """After a wanted change: ENTREPOT_GOLDEN=write pytest FILE, then read what changed."""
    made = handover(published(), kind, form=form)
    path = GOLDEN / made.name
    if os.environ.get("ENTREPOT_GOLDEN") == "write":
        path.write_bytes(made.content)
    assert made.content == path.read_bytes()
    assert made.name.endswith(f".{form}")


@pytest.mark.parametrize(("kind", "form"), ALL)
def test_words_keep_the_standard_and_judge_nobody(kind: str, form: str) -> None:
    text = handover(published(), kind, form=form).content.decode()
    # addresses of sources are what they are
    assert VERDICT.search(re.sub(r"https?://\S+", "", text)) is None
    assert wording_faults(text) == []
    assert "\r" not in text


@pytest.mark.parametrize("kind", KINDS)
def test_an_unpublished_case_needs_the_word_draft(kind: str) -> None:
    with pytest.raises(DossierError, match="in state 'draft', expected a published one") as caught:
        handover(small(), kind)
    assert "--draft" in caught.value.hint
    assert handover(small(), kind, is_draft=True).content


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_is_handed_over_unheard(kind: str) -> None:
    with pytest.raises(DossierError, match="without reply or reason"):
        handover(unanswered(), kind, is_draft=True)


@pytest.mark.parametrize("kind", KINDS)
def test_a_withdrawn_case_is_not_handed_over(kind: str) -> None:
    with pytest.raises(DossierError, match="withdrawn"):
        handover(replace(published(), state="withdrawn"), kind, is_draft=True)


def test_what_there_is_not_is_refused_with_what_there_is() -> None:
    with pytest.raises(RequestError, match="expected one of claimreview, notice"):
        handover(published(), "poem")
    with pytest.raises(RequestError, match="expected one of md, txt"):
        handover(published(), "notice", form="pdf")


def test_a_folder_gets_four_files_and_no_questions_without_a_country() -> None:
    assert sorted(files(published())) == [
        "claimreview.json", "entities.ftm.jsonl", "questions.csv", "stix.json",
    ]  # fmt: skip
    assert "questions.csv" not in files(published(hubs=()))
    assert files(large(40, 1)) == files(large(40, 1))


def test_the_files_of_a_folder_pass_the_gate() -> None:
    """It looks at outputs as well, and takes ids and instants of formats for traces unless told."""
    made = files(published())
    texts = {name: content.decode() for name, content in made.items()}
    assert faults(published(), texts=texts, allowed=own_marks(made)) == ()


def test_a_trace_in_the_words_of_others_is_no_mark_of_the_format() -> None:
    trace = "9b0d2c1e-0000-4000-8000-00000000beef"
    made = own_marks(files(published(question=f"Seen in file {trace} at 2022-08-26T04:13:00Z?")))
    assert trace not in made
    assert "2022-08-26T04:13:00Z" not in made
    assert "2022-08-27T08:00:00Z" in made


@pytest.mark.parametrize("name", ["key_terms", "clauses", "limits"])
def test_every_fact_has_a_source_and_says_how_sure_it_is(name: str) -> None:
    for row in facts(name):
        assert row["source"].startswith("http")
        assert row["certainty"] in ("read", "text", "secondary", "from memory")
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", row["read_on"])


@pytest.mark.parametrize("name", ["ratings", "letters", "key_terms", "clauses", "limits"])
def test_tables_are_whole(name: str) -> None:
    for row in facts(name):
        assert None not in row
        assert None not in row.values()


def test_verdict_words_stand_in_titles_of_acts_only() -> None:
    folder = resources.files("entrepot.dossiers.handover").joinpath("templates")
    for path in folder.iterdir():
        assert VERDICT.search(path.read_text("utf-8")) is None
