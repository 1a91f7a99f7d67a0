"""The bytes of a letter, read back by Python's own reader of mail."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.dossiers.letters.letterworld import WRITER, read

from entrepot.dossiers.letters.message import Body, Sender, message_id, sender, written
from entrepot.errors import RequestError

AT = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
IDENTITY = message_id("example.org", "someone", "dos_1")


def made(subject: str = "Hello", text: str = "Text\n", by: Sender = WRITER) -> bytes:
    return written(Body(subject, text, f"<p>{text}</p>"), by, "a@example.org",
                   identity=IDENTITY, at=AT, leave="T" * 43)  # fmt: skip


def test_the_headers_are_those_that_mail_programs_ask_for() -> None:
    found = read(made("Rückfuhr → Tiflis"))
    assert not found.defects
    assert found["Subject"] == "Rückfuhr → Tiflis"
    assert found["From"] == "Case letters <letters@example.org>"
    assert found["Reply-To"] == "desk@example.org"
    assert found["Date"] == "Sat, 28 Nov 2026 12:00:00 +0000"
    assert found["Message-ID"] == IDENTITY
    # https://www.rfc-editor.org/rfc/rfc8058 section 3.1: one https address, this value exactly
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    token = "T" * 43
    assert found["List-Unsubscribe"] == (
        f"<https://letters.example.org/unsubscribe/{token}>, "
        f"<mailto:leave@example.org?subject=unsubscribe%20{token}>"
    )
    kinds = [one.get_content_type() for one in found.iter_parts()]
    assert kinds == ["text/plain", "text/html"]  # the last is the one that programs prefer


def test_the_same_letter_is_the_same_bytes_and_another_one_has_another_id() -> None:
    assert made() == made()
    assert message_id("e.org", "ab", "c") != message_id("e.org", "a", "bc")


@settings(max_examples=40)
@given(st.text(max_size=300), st.text(max_size=300))
def test_no_text_whatever_breaks_a_letter(subject: str, text: str) -> None:
    """One header of each name, lines of at most 998 octets, and the words come back."""
    encodable = (text + subject).encode("utf-8", "replace").decode()
    content = made(encodable[:300], encodable)
    assert all(len(line) <= 998 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"\r" not in content.replace(b"\r\n", b"")
    found = read(content)
    assert not found.defects
    assert len(found.keys()) == len(set(found.keys())) == 12
    assert found["Bcc"] is None


def test_the_words_of_the_text_come_back() -> None:
    text = ".begins with a dot\nFrom the start\n=3D = ü " + "long " * 60 + "\n"
    plain, html = read(made(text=text)).iter_parts()
    assert plain.get_content().replace("\r\n", "\n") == text
    assert "ü long" in html.get_content()


@pytest.mark.parametrize(
    "given",
    [{"written": "A\r\nBcc: x@example.org <a@example.org>"}, {"written": "A <a@example.org\n>"},
     {"written": ""}, {"written": "a@example.org, b@example.org"}, {"written": "A <a> <b@c.org>"},
     {"reply_to": "desk@example.org\nX: y"}, {"mailto": "nobody"},
     {"links": "http://letters.example.org"}, {"links": "https://e.org/?a=b"},
     {"links": "https://e.org\r\nX: y"}, {"links": "http://127.0.0.1.example.org"}],
)  # fmt: skip
def test_a_sender_that_is_not_fit_for_a_header_is_refused(given: dict[str, Any]) -> None:
    plain = {"written": "A <a@example.org>", "links": "https://e.org"} | given
    with pytest.raises(RequestError):
        sender(plain.pop("written"), **plain)


def test_names_with_signs_and_letters_come_back() -> None:
    for name in ("Fälle, Briefe", "Cases (made up)", "Letters; cases"):
        found = read(made(by=sender(f'"{name}" <a@bücher.example>', links="https://e.org")))
        (one,) = found["From"].addresses
        assert (one.display_name, one.addr_spec) == (name, "a@xn--bcher-kva.example")
