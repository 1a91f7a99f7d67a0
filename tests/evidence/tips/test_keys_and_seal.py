"""Key files and sealed parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyrage import x25519

from entrepot.errors import SealError
from entrepot.evidence.tips.keys import new_key, own_public, public_key, read_key
from entrepot.evidence.tips.seal import KINDS, SMALLEST, Part, padded_size, seal, unseal

KEY = x25519.Identity.generate()


def never() -> str:
    raise AssertionError("no passphrase is needed")


def test_a_new_key_file_gives_the_key_whose_public_half_was_told() -> None:
    content, public = new_key()
    assert own_public(read_key(content, never)) == public
    assert public_key(f"  {public}\n") == public


def test_a_passphrase_opens_its_file_and_another_one_does_not() -> None:
    content, public = new_key("correct horse")
    assert b"AGE-SECRET-KEY" not in content
    assert own_public(read_key(content, lambda: "correct horse")) == public
    with pytest.raises(SealError, match=r"mine\.key cannot be opened with this passphrase"):
        read_key(content, lambda: "wrong", name="mine.key")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "holds 0 age keys"),
        (b"AGE-SECRET-KEY-1NOTAKEY", "a damaged age key"),
        (new_key()[0] + new_key()[0], "holds 2 age keys"),
        (b"\xff" * 200_000, "too large for a key file"),
    ],
)
def test_what_is_no_key_file_is_said(content: bytes, says: str) -> None:
    with pytest.raises(SealError, match=says):
        read_key(content, never)


def test_a_secret_key_in_place_of_a_public_one_is_not_repeated() -> None:
    secret = str(KEY)
    with pytest.raises(SealError) as told:
        public_key(secret)
    assert secret[16:40] not in f"{told.value} {told.value.hint}"
    assert "known to others" in told.value.hint


parts = st.builds(
    Part, st.sampled_from(KINDS), st.text(max_size=40), st.binary(max_size=9000),
    st.lists(st.text(max_size=20), max_size=3).map(tuple),
)  # fmt: skip


@given(parts)
def test_a_part_comes_back_as_it_was(part: Part) -> None:
    assert unseal(seal(part, [own_public(KEY)]), KEY) == part


def test_each_key_opens_and_a_stranger_does_not() -> None:
    other = x25519.Identity.generate()
    sealed = seal(Part("message", "", b"x"), [own_public(KEY), own_public(other)])
    assert unseal(sealed, KEY) == unseal(sealed, other)
    with pytest.raises(SealError, match="sealed to other keys"):
        unseal(sealed, x25519.Identity.generate())


def test_a_changed_byte_is_damage_and_never_other_words() -> None:
    sealed = bytearray(seal(Part("message", "", b"x" * 5000), [own_public(KEY)]))
    sealed[-10] ^= 1
    with pytest.raises(SealError, match="damaged"):
        unseal(bytes(sealed), KEY)


def test_without_a_key_nothing_is_sealed() -> None:
    with pytest.raises(SealError, match="no reviewer's key"):
        seal(Part("message", "", b"x"), [])


@pytest.mark.parametrize(
    ("size", "padded"),
    # worked by hand: 9,999 has exponent 13, keeps 4 bits, so steps of 512
    [(1, SMALLEST), (4096, 4096), (4097, 4352), (9_999, 10_240), (1_000_000, 1_015_808)],
)
def test_sizes_are_padded_as_padme_says(size: int, padded: int) -> None:
    assert padded_size(size) == padded


@given(st.integers(1, 10**12))
def test_padding_never_shrinks_and_adds_at_most_an_eighth(size: int) -> None:
    assert max(size, SMALLEST) <= padded_size(size) <= max(size, SMALLEST) * 1.12 + 1


def test_lengths_of_short_messages_cannot_be_told_apart() -> None:
    """All are padded to one size; age adds a random line of at most 300 bytes or so."""
    sizes = [len(seal(Part("message", "", b"x" * n), [own_public(KEY)])) for n in (1, 500, 3000)]
    assert min(sizes) > SMALLEST
    assert max(sizes) < SMALLEST + 800
