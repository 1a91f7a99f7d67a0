"""Answers over HTTP, from a server on the loopback address that behaves badly."""

from datetime import UTC, datetime

import pytest

from entrepot.errors import SourceError
from entrepot.sources.download import Manners, ask, is_page
from loopback import Reply, answering

JSON = {"Content-Type": "application/json; charset=utf-8"}


def _ask(talk, *, body=None, **manners):
    slept: list[float] = []
    way = Manners(sleep=slept.append, **manners)
    return ask(f"{talk.address}/x", body=body, manners=way), slept


def test_an_answer_comes_whole_with_its_kind_and_marks():
    with answering(Reply(200, b'{"a": 1}', JSON | {"ETag": '"v1"'})) as talk:
        answer, slept = _ask(talk)
    assert (answer.content, answer.media_type, answer.status) == (
        b'{"a": 1}',
        "application/json",
        200,
    )
    assert answer.headers["etag"] == '"v1"'
    assert not answer.is_unchanged
    assert not slept


def test_a_body_is_posted_as_json():
    with answering(Reply(200, b"{}", JSON)) as talk:
        _ask(talk, body={"limit": 2})
    method, _, headers, body = talk.asked[0]
    assert (method, headers["content-type"], body) == ("POST", "application/json", b'{"limit":2}')


def test_a_busy_server_is_asked_again_after_the_time_it_names():
    busy = Reply(429, b"slow down", {"Retry-After": "7"})
    with answering(busy, Reply(503, b""), Reply(200, b"{}", JSON)) as talk:
        answer, slept = _ask(talk)
    assert answer.content == b"{}"
    assert slept == [7.0, 2.0]


def test_a_time_to_wait_may_be_a_date():
    busy = Reply(503, b"", {"Retry-After": "Fri, 26 Aug 2022 09:00:30 GMT"})
    with answering(busy, Reply(200, b"{}", JSON)) as talk:
        _, slept = _ask(talk, clock=lambda: datetime(2022, 8, 26, 9, 0, 10, tzinfo=UTC))
    assert slept == [20.0]


def test_no_wait_is_longer_than_a_minute():
    with answering(Reply(429, b"", {"Retry-After": "86400"}), Reply(200, b"{}", JSON)) as talk:
        assert _ask(talk)[1] == [60.0]


def test_a_server_that_stays_busy_is_left_after_four_tries():
    with (
        answering(Reply(500, b"broken")) as talk,
        pytest.raises(SourceError, match=r"4 tries.*500"),
    ):
        _ask(talk)
    assert len(talk.asked) == 4


def test_statuses_can_end_the_talk_at_once():
    with answering(Reply(500, b"")) as talk, pytest.raises(SourceError, match="answered 500"):
        _ask(talk, again=())
    assert len(talk.asked) == 1


@pytest.mark.parametrize("status", [400, 401, 404, 410])
def test_a_refusal_is_not_asked_again(status):
    with answering(Reply(status, b"{}")) as talk, pytest.raises(SourceError, match=str(status)):
        _ask(talk)
    assert len(talk.asked) == 1


def test_an_accepted_status_is_handed_over_with_its_words():
    with answering(Reply(403, b"too early")) as talk:
        answer, _ = _ask(talk, accept=(403,))
    assert (answer.status, answer.content) == (403, b"too early")


def test_nothing_new_is_no_error():
    with answering(Reply(304)) as talk:
        answer = ask(f"{talk.address}/x", headers={"If-None-Match": '"v1"'})
    assert answer.is_unchanged
    assert talk.asked[0][2]["if-none-match"] == '"v1"'


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"<!DOCTYPE html><p>sign in", {}),
        (b"\xef\xbb\xbf<?xml version='1.0'?><!-- x --><html>", {}),
        (b"maintenance", {"Content-Type": "text/html; charset=utf-8"}),
    ],
)
def test_a_web_page_is_no_data(body, headers):
    with answering(Reply(200, body, headers)) as talk, pytest.raises(SourceError, match="web page"):
        _ask(talk)


def test_xml_is_no_web_page():
    assert not is_page(b"<?xml version='1.0'?><ndm></ndm>")


def test_an_empty_answer_is_refused():
    with answering(Reply(200, b" \n")) as talk, pytest.raises(SourceError, match="empty"):
        _ask(talk)


def test_an_answer_that_breaks_off_is_asked_for_again():
    short = Reply(200, b'{"a"', JSON, announced=100)
    with answering(short, Reply(200, b'{"a": 1}', JSON)) as talk:
        assert _ask(talk)[0].content == b'{"a": 1}'


def test_more_than_the_limit_is_refused_before_it_is_read():
    with (
        answering(Reply(200, b"x" * 10, announced=10**9)) as talk,
        pytest.raises(SourceError, match="more than 1,000 bytes"),
    ):
        _ask(talk, largest=1000)


def test_a_redirect_is_followed_and_one_to_another_host_is_told():
    with answering(Reply(200, b"{}", JSON)) as other:
        elsewhere = other.address.replace("127.0.0.1", "localhost") + "/y"
        with answering(Reply(302, b"", {"Location": elsewhere})) as talk:
            answer, _ = _ask(talk)
    assert answer.content == b"{}"
    assert answer.notes == ("127.0.0.1 sent on to localhost.",)


def test_a_redirect_off_the_web_is_refused():
    with (
        answering(Reply(302, b"", {"Location": "file:///etc/hosts"})) as talk,
        pytest.raises(SourceError, match="redirect"),
    ):
        _ask(talk)


def test_redirects_without_end_are_left():
    with (
        answering(Reply(302, b"", {"Location": "/again"})) as talk,
        pytest.raises(SourceError, match="more than 5 redirects"),
    ):
        _ask(talk)


@pytest.mark.parametrize("address", ["file:///etc/hosts", "celestrak.org/x", ""])
def test_an_address_off_the_web_is_refused(address):
    with pytest.raises(SourceError, match="https://"):
        ask(address)


def test_a_server_that_is_gone_is_one_sentence_with_the_hint():
    with answering(Reply()) as talk:
        gone = talk.address
    with pytest.raises(SourceError, match=r"no answer in 2 tries \(ConnectError") as caught:
        ask(gone, manners=Manners(tries=2, sleep=lambda _: None), hint="By hand.")
    assert caught.value.hint == "By hand."
