"""OpenRefine reconciliation 0.2."""

import json

import pytest
from tests.web.shapes import (
    CANDIDATES,
    ERROR,
    EXTENDED,
    MANIFEST,
    PROPOSED,
    SUGGESTED,
    check,
)

from entrepot.parties.match.matcher import Feature, Hit
from entrepot.parties.party import Listing, Party
from entrepot.web.reconciling import certain

BASE = "/reconcile/default"


def ask(client, queries, status=200, **params):
    reply = client.post(BASE, data={"queries": json.dumps(queries)}, params=params)
    assert reply.status_code == status, reply.text
    check(reply.json(), CANDIDATES if status == 200 else ERROR)
    return reply.json()


def first(client, **query):
    return ask(client, {"q0": query})["q0"]["result"]


def test_manifest(client):
    reply = client.get(BASE)
    check(reply.json(), MANIFEST)
    assert reply.json()["view"]["url"].startswith(str(client.base_url).rstrip("/"))
    assert len(reply.json()["defaultTypes"]) == 15


def test_manifest_for_older_clients(client):
    refine = {"referer": "http://127.0.0.1:3333/project?project=1"}
    reply = client.get(BASE, params={"callback": "jQuery123_4.go"}, headers=refine)
    assert reply.headers["content-type"].startswith("application/javascript")
    start, end = "/**/jQuery123_4.go(", ");"
    assert reply.text.startswith(start)
    check(json.loads(reply.text[len(start) : -len(end)]), MANIFEST)
    bad = client.get(BASE, params={"callback": "alert(1)//"}, headers=refine)
    assert bad.status_code == 400
    check(bad.json(), ERROR)


def test_manifest_leads_to_services_that_answer(client):
    manifest = client.get(BASE).json()
    for kind, text in (("entity", "Zorblat"), ("type", "Vess"), ("property", "Birth")):
        service = manifest["suggest"][kind]
        reply = client.get(
            service["service_url"] + service["service_path"], params={"prefix": text}
        )
        check(reply.json(), SUGGESTED)
        assert reply.json()["result"], kind
    service = manifest["extend"]["propose_properties"]
    reply = client.get(service["service_url"] + service["service_path"], params={"type": "Person"})
    check(reply.json(), PROPOSED)
    page = client.get(manifest["preview"]["url"].replace("{{id}}", "lst-1"))
    assert page.headers["content-type"].startswith("text/html")
    assert "Zorblat Quixley Vandermoot" in page.text


def test_candidates(client):
    hit = first(client, query="Gralloch Fennimore Turbine", type="Company", limit=3)[0]
    assert hit["id"] == "lst-2"
    assert {one["id"] for one in hit["features"]} >= {"name"}


def test_a_name_alone_is_never_a_certain_match(client):
    hit = first(client, query="Gralloch Fennimore Turbine Works LLC")[0]
    assert hit["score"] > 0.95
    assert hit["match"] is False


def test_a_number_that_agrees_is(client):
    same = {"pid": "LegalEntity:innCode", "v": "7707083893"}
    hit = first(client, query="Gralloch Fennimore Turbine Works", properties=[same])[0]
    assert hit["match"] is True
    other = {"pid": "LegalEntity:innCode", "v": "7736050003"}
    found = first(client, query="Gralloch Fennimore Turbine Works", properties=[other])
    assert all(one["match"] is False for one in found)


def judged(kind, value, other, name_score, *, schema="Company", score=0.85, agrees=True):
    """Whether a candidate with one compared number, and names so alike, is a certain match."""
    party = Party("p", schema, {"name": ("Invented",), kind: (value,)}, (Listing("l", "1"),))
    mark = "identifier_" + other
    number = Feature(mark, score if agrees else -1.0, "", value, value)
    named = Feature("name", name_score, "", "a", "b")
    return certain(Hit(party, score, (named, number), ()))


def test_a_short_number_is_certain_only_with_like_names():
    assert not judged("registrationNumber", "54321", "registration", 0.2)
    assert not judged("registrationNumber", "54321", "registration", 0.69)
    assert judged("registrationNumber", "54321", "registration", 0.7)


def test_a_strong_number_is_certain_by_itself_if_its_check_digit_fits():
    assert judged("innCode", "7707083893", "inn", 0.2)
    assert judged("innCode", "7707083893", "registration", 0.2)
    assert judged("imoNumber", "IMO9074729", "imo", 0.0, schema="Vessel")
    assert not judged("innCode", "7707083894", "inn", 0.2)
    assert not judged("imoNumber", "IMO9074720", "imo", 0.2, schema="Vessel")
    assert not judged("innCode", "7707083893", "inn", 0.9, agrees=False)
    assert not judged("innCode", "7707083893", "inn", 0.9, score=0.69)


def test_properties_without_a_name_and_of_every_form(client):
    number = {"pid": "imoNumber", "v": [{"id": "x", "name": "9074729"}, 3, True]}
    assert first(client, properties=[number], type=["Vessel", "Airplane"])[0]["id"] == "lst/3 é"


def test_an_id_as_text_gives_that_party(client):
    assert first(client, query="lst-4")[0]["id"] == "lst-4"


def test_by_get(client):
    reply = client.get(BASE, params={"queries": json.dumps({"a": {"query": "Wimbledrift Star"}})})
    check(reply.json(), CANDIDATES)
    assert reply.json()["a"]["result"][0]["id"] == "lst/3 é"
    assert reply.headers["x-batch-size"] == "1"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"q": {"query": 7}}', '{"q": {}}',
                                  '{"q": {"query": "x", "limit": 0}}',
                                  '{"q": {"query": "x", "type": "Banana"}}'])  # fmt: skip
def test_wrong_queries(client, text):
    reply = client.post(BASE, data={"queries": text})
    assert reply.status_code == 400, reply.text
    check(reply.json(), ERROR)


def test_too_many(client):
    ask(client, {str(number): {"query": "x"} for number in range(101)}, 400)


def test_extend(client):
    wanted = {
        "ids": ["lst-4", "A-200", "nobody"],
        "properties": [{"id": "country"}, {"id": "name", "settings": {"limit": "1"}}],
    }
    reply = client.post(BASE, data={"extend": json.dumps(wanted)})
    check(reply.json(), EXTENDED)
    rows = reply.json()["rows"]
    assert rows["lst-4"]["country"] == [{"str": "Russia"}, {"str": "Belarus"}]
    assert rows["A-200"]["name"] == [{"str": "Gralloch Fennimore Turbine Works LLC"}]
    assert rows["nobody"] == {"country": [], "name": []}
    raw = {"ids": ["lst-4"], "properties": [{"id": "country", "settings": {"render": "raw"}}]}
    found = client.post(BASE, data={"extend": json.dumps(raw)}).json()["rows"]["lst-4"]
    assert found == {"country": [{"str": "ru"}, {"str": "by"}]}
    assert client.post(BASE, data={"extend": "{"}).status_code == 400


def test_suggestions(client):
    def suggested(kind, prefix, **params):
        reply = client.get(f"{BASE}/suggest/{kind}", params={"prefix": prefix, **params})
        check(reply.json(), SUGGESTED)
        return [one["id"] for one in reply.json()["result"]]

    assert suggested("entity", "") == suggested("property", " ") == suggested("type", "") == []
    assert suggested("entity", "zorblat qui") == ["lst-1"]
    assert suggested("entity", "lst-2") == ["lst-2"]
    assert suggested("entity", "zorblat qui", cursor=1) == []
    assert {"Thing:country", "LegalEntity:mainCountry"} <= set(suggested("property", "country"))
    assert suggested("type", "organ") == ["Organization"]
    assert suggested("type", "banana") == []


def test_extend_proposals(client):
    reply = client.get(f"{BASE}/extend/property", params={"type": "Person", "limit": 3}).json()
    assert [one["id"] for one in reply["properties"]] == ["name", "nationality", "birthDate"]
    assert client.get(f"{BASE}/extend/property?type=Banana").status_code == 400


def test_dataset_of_the_address_counts(client):
    queries = json.dumps({"a": {"query": "Wimbledrift Star"}})
    found = client.post("/reconcile/invented-one", data={"queries": queries}).json()
    assert found == {"a": {"result": []}}
    assert client.get("/reconcile/no-such-list").status_code == 404
    assert client.get(f"{BASE}/preview?id=nobody").status_code == 404
