"""`/match`: yente's request and answer."""

import pytest
from tests.web.shapes import ERROR, INVALID, MATCH, check

PERSON = {
    "schema": "Person",
    "properties": {"name": "Zorblat Quixley Vandermut", "birthDate": ["1961-02-03"]},
}
SHIP = {"schema": "Vessel", "properties": {"imoNumber": ["9074729"]}}


def match(client, queries, dataset="default", status=200, **params):
    body = queries if "queries" in queries else {"queries": queries}
    reply = client.post(f"/match/{dataset}", json=body, params=params)
    assert reply.status_code == status, reply.text
    check(reply.json(), {200: MATCH, 422: INVALID}.get(status, ERROR))
    return reply


def ids(reply, key="q"):
    return [one["id"] for one in reply.json()["responses"][key]["results"]]


def test_finds_and_explains(client):
    reply = match(client, {"one": {**PERSON, "id": "mine"}, "two": SHIP})
    assert reply.headers["x-batch-size"] == "2"
    one, two = (reply.json()["responses"][key] for key in ("one", "two"))
    assert [hit["id"] for hit in one["results"]] == ["lst-1"]
    assert one["query"] == {
        "id": "mine", "schema": "Person",
        "properties": {"name": ["Zorblat Quixley Vandermut"], "birthDate": ["1961-02-03"]},
    }  # fmt: skip
    hit = one["results"][0]
    assert hit["match"] is True
    assert "'zorblat' in both" in hit["explanations"]["name"]["detail"]
    assert hit["explanations"]["name"]["candidate"] == "Zorblat Quixley Vandermoot"
    assert two["total"] == {"value": 1, "relation": "eq"}
    assert two["results"][0]["id"] == "lst/3 é"


def test_no_word_says_that_anybody_is_sanctioned(client):
    text = match(client, {"q": PERSON}).text.casefold()
    assert "is sanctioned" not in text


def test_other_script(client):
    query = {"schema": "Person", "properties": {"name": ["Зорблат Квиксли Вандермут"]}}
    assert ids(match(client, {"q": query})) == ["lst-1"]


def test_type_not_known(client):
    query = {"schema": "Thing", "properties": {"name": ["Wimbledrift Star"]}}
    assert ids(match(client, {"q": query})) == ["lst/3 é"]


def test_countries_are_understood_in_any_writing(client):
    query = {"schema": "Person", "properties": {"name": "X", "nationality": ["Belarus", "BLR"]}}
    reply = match(client, {"q": query})
    assert reply.json()["responses"]["q"]["query"]["properties"]["nationality"] == ["by"]


def test_threshold_and_cutoff(client):
    high = match(client, {"q": PERSON}, threshold=0.99)
    assert high.json()["responses"]["q"]["results"][0]["match"] is False
    assert high.json()["responses"]["q"]["total"]["value"] == 0
    assert ids(match(client, {"q": PERSON}, threshold=0.99, cutoff=0.99)) == []
    assert ids(match(client, {"q": PERSON}, threshold=0.7, cutoff=0.99)) == ["lst-1"]


def test_limit_counts_results_not_matches(client):
    query = {"schema": "Thing", "properties": {"name": ["Wimbledrift Star"], "alias":
             ["Zorblat Quixley Vandermoot", "Tarquin Blisset Avionics Bureau"]}}  # fmt: skip
    reply = match(client, {"q": query}, limit=1)
    assert len(ids(reply)) == reply.json()["limit"] == 1
    assert reply.json()["responses"]["q"]["total"]["value"] == 3
    assert ids(match(client, {"q": query}, limit=0)) == []
    match(client, {"q": query}, status=422, limit=501)


def test_filters(client):
    q = {"q": PERSON}
    assert ids(match(client, q, include_dataset="invented-two")) == []
    assert ids(match(client, q, exclude_dataset="invented-one")) == []
    assert ids(match(client, q, exclude_schema="Person")) == []
    assert ids(match(client, q, topics="export.control")) == []
    assert ids(match(client, q, topics=["export.control", "sanction"])) == ["lst-1"]
    assert ids(match(client, q, exclude_entity_ids="lst-1")) == []
    assert ids(match(client, q, exclude_entity_ids="A-100")) == []
    assert ids(match(client, q, "invented-one")) == ["lst-1"]
    assert ids(match(client, q, "invented-two")) == []
    match(client, q, exclude_entity_ids=["x"] * 51, status=422)


def test_changed_since_goes_by_editions(client):
    assert ids(match(client, {"q": PERSON}, changed_since="2024-01-10")) == ["lst-1"]
    assert ids(match(client, {"q": PERSON}, changed_since="2024-01-11T00:00")) == []
    match(client, {"q": PERSON}, changed_since="yesterday", status=422)
    match(client, {"q": PERSON}, changed_since="2024-02-31", status=400)


def test_as_of_a_day(client):
    assert ids(match(client, {"q": PERSON}, on="2022-03-14")) == []
    assert ids(match(client, {"q": PERSON}, on="2022-03-15")) == ["lst-1"]
    match(client, {"q": PERSON}, on="2022-02-30", status=400)
    match(client, {"q": PERSON}, on="15.3.2022", status=422)
    match(client, {"q": PERSON}, on="2999-01-01", status=400)


def test_a_first_day_not_known_is_said(client):
    query = {"schema": "Company", "properties": {"name": ["Gralloch Fennimore Turbine Works"]}}
    past = match(client, {"q": query}, on="2022-01-01").json()["responses"]["q"]["results"]
    assert [one["id"] for one in past] == ["lst-2"]
    assert "is not known" in past[0]["explanations"]["name"]["detail"]
    later = match(client, {"q": query}, on="2024-01-11").json()["responses"]["q"]["results"]
    assert "is not known" not in later[0]["explanations"]["name"]["detail"]


def test_nothing_to_compare_is_no_clearance(client):
    empty = {"schema": "Person", "properties": {"name": [" ", None], "eyeColour": ["green"]}}
    reply = match(client, {"q": empty, "p": PERSON}).json()["responses"]
    assert reply["q"]["status"] == 400
    assert reply["p"]["status"] == 200


def test_refusals(client):
    match(client, {"q": PERSON}, "no-such-list", status=404)
    match(client, {"q": PERSON}, include_dataset="no-such-list", status=400)
    match(client, {"q": PERSON}, algorithm="logic-v9", status=400)
    match(client, {}, status=400)
    match(client, {"q": None}, status=400)
    match(client, {"q": PERSON}, limit=-1, status=422)
    match(client, {"q": {"properties": {"name": "X"}}}, status=422)
    match(client, {"q": {"schema": "Banana", "properties": {"name": "X"}}}, status=400)
    match(client, {"q": {"schema": "Ownership", "properties": {"name": "X"}}}, status=400)
    match(client, {"queries": {"q": PERSON}, "config": {"nm_number_mismatch": 0.4}}, status=400)
    match(client, {"queries": {"q": PERSON}, "weights": {"name_literal": 0.8}}, status=400)
    match(client, {str(number): PERSON for number in range(101)}, status=400)


def test_best_and_the_name_of_the_algorithm(client):
    assert ids(match(client, {"q": PERSON}, algorithm="best")) == ["lst-1"]
    assert ids(match(client, {"q": PERSON}, algorithm="fallback")) == ["lst-1"]


def test_whole_entities_as_queries(client):
    """Clients of yente send entities as they got them, with fields that are no query."""
    found = client.get("/entities/lst-1").json()
    assert ids(match(client, {"q": found})) == ["lst-1"]


def test_a_hundred_at_a_time(client):
    queries = {f"row-{number}": PERSON for number in range(100)}
    reply = match(client, queries)
    assert list(reply.json()["responses"]) == list(queries)


@pytest.mark.parametrize("number", ["1027700132195", "QX7654321"])
def test_a_number_of_unknown_kind_contradicts_nothing(client, number):
    """The list knows another kind of number of that company, which says nothing about this one."""
    form = {"name": "Gralloch Fennimore Turbine Works LLC", "number": number}
    text = client.post("/", data=form).text
    assert "1 possible match" in text
    assert '<li class="against"' not in text


@pytest.mark.parametrize(
    ("number", "kind", "found"),
    [("9074729", "Vessel", "WIMBLEDRIFT STAR"), ("7707083893", "Company", "Gralloch"),
     ("7707083893", "", "Gralloch"), ("QX1234567", "Person", "Zorblat")],
)  # fmt: skip
def test_a_number_of_unknown_kind_agrees_with_any(client, number, kind, found):
    assert found in client.post("/", data={"number": number, "kind": kind}).text


@pytest.mark.parametrize("born", ["03.02.1961", "3 Feb 1961", "unknown", "1961", "03/02/1961"])
def test_a_birth_date_in_other_words_contradicts_nobody(client, born):
    name = "Zorblat Quixley Vandermoot"
    query = {"schema": "Person", "properties": {"name": [name], "birthDate": [born]}}
    reply = client.post("/match/default", json={"queries": {"q": query}}).json()
    best = reply["responses"]["q"]["results"][0]
    assert best["match"] is True
    assert all(one["score"] >= 0 for one in best["explanations"].values())
    text = client.post("/", data={"name": name, "born": born}).text
    assert "1 possible match" in text
    assert '<li class="against"' not in text


def test_a_birth_date_is_used_as_it_was_read(client):
    born = ["04.02.1975", "unknown"]
    properties = {"name": ["Zorblat Quixley Vandermoot"], "birthDate": born}
    body = {"queries": {"q": {"schema": "Person", "properties": properties}}}
    reply = client.post("/match/default?threshold=0.3", json=body).json()
    found = reply["responses"]["q"]
    assert found["query"]["properties"]["birthDate"] == ["1975-02-04"]
    assert min(one["score"] for one in found["results"][0]["explanations"].values()) < 0
