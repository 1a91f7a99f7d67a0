"""The laws of who was listed when."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from entrepot.parties.lists.standing import Look, as_of, merged, not_ended, stood
from entrepot.parties.party import Listing, Party

START = date(2022, 1, 1)
days = st.integers(min_value=-400, max_value=400).map(lambda shift: START + timedelta(days=shift))
maybe_days = st.none() | days


@st.composite
def cases(draw: st.DrawFn) -> tuple[Listing, date, Look | None, Look | None]:
    day = draw(days)
    gaps = st.integers(min_value=0, max_value=300)
    before = draw(
        st.none()
        | st.builds(lambda gap, here: Look(day - timedelta(days=gap), here), gaps, st.booleans())
    )
    after = draw(
        st.none()
        | st.builds(
            lambda gap, here: Look(day + timedelta(days=gap + 1), here), gaps, st.booleans()
        )
    )
    return Listing("l", "r", draw(maybe_days), draw(maybe_days)), day, before, after


@given(cases())
def test_a_look_on_the_day_itself_decides(
    case: tuple[Listing, date, Look | None, Look | None],
) -> None:
    listing, day, _, after = case
    for here in (True, False):
        found = stood(listing, day, Look(day, here), after)
        ended = listing.ended_on is not None and listing.ended_on <= day
        assert found is (here and not ended)


@given(cases())
def test_two_looks_that_agree_decide(
    case: tuple[Listing, date, Look | None, Look | None],
) -> None:
    listing, day, before, after = case
    if before is None or after is None or before.present != after.present:
        return
    ended = listing.ended_on is not None and listing.ended_on <= day
    assert stood(listing, day, before, after) is (before.present and not ended)


@given(cases())
def test_without_a_printed_day_a_change_between_two_looks_is_unknown(
    case: tuple[Listing, date, Look | None, Look | None],
) -> None:
    _, day, before, after = case
    if before is None or after is None or before.present == after.present or before.day == day:
        return
    assert stood(Listing("l", "r"), day, before, after) is None


@given(cases())
def test_what_is_given_back_answers_for_itself(
    case: tuple[Listing, date, Look | None, Look | None],
) -> None:
    """`holds` of the listing that is left says the same as the evidence."""
    listing, day, before, after = case
    found = stood(listing, day, before, after)
    party = as_of(Party("p", "Person", {"name": ("Zzyx",)}, (listing,)), day, before, after)
    if found is False:
        assert party is None
    else:
        assert party is not None
        assert party.listings[0].holds(day) is found


def test_joining_keeps_all_values_and_listings() -> None:
    one = Party("p", "LegalEntity", {"name": ("A",), "country": ("ru",)}, (Listing("x", "1"),))
    two = Party("p", "Company", {"name": ("A", "B")}, (Listing("y", "2"),))
    both = merged(one, two)
    assert both.schema == "Company"
    assert both.properties == {"name": ("A", "B"), "country": ("ru",)}
    assert [listing.list_id for listing in both.listings] == ["x", "y"]


def test_a_printed_day_that_a_look_contradicts_leaves_it_unknown() -> None:
    """Not there on the day the list prints as the first: the printed day is no help."""
    before, after = Look(START, False), Look(START + timedelta(days=10), True)
    day = START + timedelta(days=3)
    assert stood(Listing("l", "r", START), day, before, after) is None
    assert stood(Listing("l", "r", START + timedelta(days=1)), day, before, after) is True


def test_a_listing_has_ended_on_the_day_of_its_end() -> None:
    party = Party("p", "Person", {"name": ("Zzyx",)}, (Listing("l", "r", None, START),))
    assert not_ended(party, START - timedelta(days=1)) == party
    assert not_ended(party, START) is None
