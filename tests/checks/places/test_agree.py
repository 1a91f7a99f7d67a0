"""Which sources agree, in small worlds."""

from entrepot.checks.places.agree import NEAR_KM, places_of
from entrepot.checks.places.said import AIRFIELDS, LOCODE, TOWNS, Said, fold

TOWN = Said(TOWNS, "1", "Alpha", 50.0, 20.0, "POL", frozenset({"alpha"}), 1000)
# a degree of latitude is 111 km: 0.2 are 22 km, 0.25 are 28 km
FIELD = Said(AIRFIELDS, "EPAA", "Alpha Airport", 50.2, 20.0, "POL", frozenset({"alpha"}))
FAR = Said(LOCODE, "PLALP", "Alpha", 51.0, 20.0, "POL", frozenset({"alpha"}))


def test_two_that_agree_win_over_the_third_which_is_named() -> None:
    (place,) = places_of([TOWN, FAR], [TOWN, FIELD, FAR])
    assert place.used is TOWN
    assert [row.key for row, _ in place.agreeing] == ["EPAA"]
    ((row, apart),) = place.dissenting
    assert row is FAR
    assert round(apart) == 111


def test_just_outside_the_distance_does_not_agree() -> None:
    near = Said(LOCODE, "PLNEA", "Alpha", 50.0 + (NEAR_KM - 0.5) / 111.2, 20.0, "POL")
    off = Said(LOCODE, "PLOFF", "Alpha", 50.0 + (NEAR_KM + 0.5) / 111.2, 20.0, "POL")
    assert places_of([TOWN], [TOWN, near])[0].is_agreed
    assert not places_of([TOWN], [TOWN, off])[0].is_agreed


def test_one_source_cannot_second_itself_nor_can_another_country() -> None:
    twin = Said(TOWNS, "2", "Alpha", 50.01, 20.0, "POL", frozenset({"alpha"}), 10)
    abroad = Said(LOCODE, "CZALP", "Alpha", 50.01, 20.0, "CZE")
    places = places_of([TOWN, twin], [TOWN, twin, abroad])
    assert [place.used.key for place in places] == ["1"]
    assert not places[0].is_agreed


def test_the_nearest_row_of_a_source_counts() -> None:
    nearer = Said(LOCODE, "PLNEA", "Alpha", 50.01, 20.0, "POL")
    place, other = places_of([TOWN, FAR, nearer], [TOWN, FAR, nearer])
    assert [row.key for row, _ in place.agreeing] == ["PLNEA"]
    assert place.dissenting == ()
    # the far row is another place of the name, and stands alone
    assert other.used is FAR
    assert not other.is_agreed


def test_folding_keeps_scripts_and_drops_signs() -> None:
    assert fold("  Mozyr’ ") == "mozyr"
    assert fold("Mińsk-Mazowiecki") == "minsk mazowiecki"
    assert fold("Барановичи") == fold("БАРАНОВИЧИ") != fold("Баранавичи")
