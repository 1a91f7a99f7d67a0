"""`/search` and `/entities`."""

from urllib.parse import quote

import pytest
from tests.web.shapes import ADJACENT, ADJACENT_PAGE, ENTITY, ERROR, INVALID, SEARCH, check


def search(client, status=200, dataset="default", **params):
    reply = client.get(f"/search/{dataset}", params=params)
    assert reply.status_code == status, reply.text
    check(reply.json(), {200: SEARCH, 422: INVALID}.get(status, ERROR))
    return reply.json()


def found(client, **params):
    return sorted(one["id"] for one in search(client, **params)["results"])


def test_by_words_of_the_name(client):
    assert found(client, q="gralloch turbine") == ["lst-2"]
    assert found(client, q="banana man") == []


def test_by_number(client):
    assert found(client, q="IMO 9074729") == ["lst/3 é"]
    assert found(client, q="7707083893") == ["lst-2"]
    assert found(client, q="lst-4") == ["lst-4"]
    assert found(client, q="A-100") == ["lst-1"]


def test_without_words_all(client):
    assert search(client)["total"] == {"value": 4, "relation": "eq"}


def test_schema(client):
    assert found(client, schema="LegalEntity") == ["lst-1", "lst-2", "lst-4"]
    assert found(client, schema="Company") == ["lst-2"]
    assert found(client, schema="Address") == []
    search(client, 400, schema="Banana")
    assert found(client, exclude_schema="Company", schema="Organization") == ["lst-4"]


def test_filters(client):
    assert found(client, countries="ru") == ["lst-2", "lst-4"]
    assert found(client, countries=["ru", "kz"]) == ["lst-2", "lst-4", "lst/3 é"]
    assert found(client, countries=["ru", "by"], filter_op="AND") == ["lst-4"]
    assert found(client, countries="BY", topics="sanction") == ["lst-1"]
    assert found(client, datasets="invented-two") == ["lst-4", "lst/3 é"]
    assert found(client, filter="properties.birthDate:1961") == ["lst-1"]
    assert found(client, filter="programs:invented-7", limit=500) != []
    assert found(client, target=False) == []
    assert len(found(client, target=True)) == 4
    search(client, 400, filter="birthDate")
    search(client, 400, filter="eyeColour:green")
    search(client, 422, filter_op="XOR")


def test_facets(client):
    assert set(search(client)["facets"]) == {"countries", "topics", "datasets"}
    facets = search(client, facets=["schema", "identifiers"])["facets"]
    assert set(facets) == {"schema", "identifiers"}
    assert {one["name"]: one["count"] for one in facets["schema"]["values"]} == {
        "Person": 1, "Company": 1, "Vessel": 1, "Organization": 1,
    }  # fmt: skip
    countries = search(client)["facets"]["countries"]["values"]
    assert countries[0] == {"name": "by", "label": "Belarus", "count": 2}
    search(client, 422, facets="banana")


def test_pages_and_order(client):
    order = [one["id"] for one in search(client, sort="caption:desc")["results"]]
    assert order == ["lst-1", "lst/3 é", "lst-4", "lst-2"]
    second = search(client, sort="caption:desc", offset=1, limit=2)
    assert [one["id"] for one in second["results"]] == order[1:3]
    assert second["total"]["value"] == 4
    assert search(client, limit=0)["results"] == []
    search(client, 422, limit=501)
    search(client, 422, offset=9999)
    search(client, 400, sort="banana")


def test_as_of_a_day(client):
    assert found(client, on="2022-03-14") == ["lst-2", "lst-4"]
    assert found(client, on="2023-05-01") == ["lst-1", "lst-2", "lst-4", "lst/3 é"]


def test_no_such_dataset(client):
    search(client, 404, "no-such-list")


def test_entity_with_what_stands_beside(client):
    reply = client.get("/entities/lst-1")
    check(reply.json(), ENTITY)
    beside = reply.json()["properties"]
    assert beside["sanctions"][0]["properties"]["listingDate"] == ["2022-03-15"]
    assert beside["sanctions"][0]["schema"] == "Sanction"
    assert beside["proof"][0]["properties"]["fileName"] == ["one-2024-01-10.json"]
    flat = client.get("/entities/lst-1?nested=false").json()
    assert "sanctions" not in flat["properties"]


@pytest.mark.parametrize("part", ["sanctions", "proof"])
def test_what_stands_beside_is_there_by_itself(client, part):
    one = client.get("/entities/lst-1").json()["properties"][part][0]
    alone = client.get(f"/entities/{one['id']}")
    check(alone.json(), ENTITY)
    assert alone.json()["schema"] == one["schema"]


def test_adjacent(client):
    all_of_it = client.get("/entities/lst-1/adjacent").json()
    check(all_of_it, ADJACENT)
    assert set(all_of_it["adjacent"]) == {"sanctions", "proof"}
    page = client.get("/entities/lst-1/adjacent/sanctions").json()
    check(page, ADJACENT_PAGE)
    assert page["total"]["value"] == 1
    assert client.get("/entities/lst-1/adjacent/sanctions?offset=1").json()["results"] == []
    assert client.get("/entities/lst-1/adjacent/ownershipOwner").json()["total"]["value"] == 0
    assert client.get("/entities/lst-1/adjacent/birthDate").status_code == 404


@pytest.mark.parametrize("rest", ["", "/adjacent", "/adjacent/sanctions"])
def test_the_lists_own_number_leads_to_the_party(client, rest):
    reply = client.get(f"/entities/A-100{rest}")
    assert reply.status_code == 308
    assert reply.headers["location"] == f"/entities/lst-1{rest}"
    gone = client.get(f"/entities/nobody{rest}")
    assert gone.status_code == 404
    check(gone.json(), ERROR)


def test_ids_with_signs(client):
    listed = client.get("/search/default?q=wimbledrift").json()["results"][0]["id"]
    assert listed == "lst/3 é"
    assert client.get("/entities/B-7").headers["location"] == f"/entities/{quote(listed, safe='')}"
