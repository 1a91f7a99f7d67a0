"""Sending, against a real mail server on loopback that misbehaves as it is told."""

import datetime
import ipaddress
import ssl
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.dossiers.letters.letterworld import (
    WRITER,
    Clock,
    Mailbox,
    at_once,
    corrected,
    fill,
    item,
    mail_server,
    store_at,
)

from entrepot.dossiers.letters import importing, people, sendlog
from entrepot.dossiers.letters.item import Item
from entrepot.dossiers.letters.lock import only_sender
from entrepot.dossiers.letters.mailing import BACKOFF, RECONNECT, Tally
from entrepot.dossiers.letters.pace import Pace, Stop
from entrepot.dossiers.letters.sending import ask_waiting, planned, send_digests, send_question
from entrepot.dossiers.letters.smtp import Server
from entrepot.dossiers.letters.store import Store
from entrepot.errors import RequestError, WorkspaceError

ALL = [f"{one}@example.org" for one in "abcdef"]
ITEMS = [item(1), item(2, hubs=("ARE",))]


def send(
    store: Store, server: Server, items: list[Item] | None = None, *, again: bool = False
) -> Tally:
    return send_digests(store, items or ITEMS, WRITER, server, pace=at_once(), retry_unsure=again)


def ends(tally: Tally) -> dict[str, int]:
    return {end: number for end, number in tally.ends.items() if number}


def unsure(store: Store) -> list[str]:
    with store.reading() as connection:
        return [one["address"] for one in sendlog.unsure_letters(connection)]


def test_each_gets_what_is_new_by_topic_and_nothing_twice(tmp_path: Path) -> None:
    mailbox = Mailbox()
    with store_at(tmp_path) as store, mail_server(mailbox) as server:
        fill(store, "all@example.org")
        fill(store, "geo@example.org", topics="hub:GEO")
        fill(store, "none@example.org", topics="hub:KGZ")
        people.subscribe(store, "pending@example.org", [])
        plan = planned(store, ITEMS, WRITER, retry_unsure=False)
        assert (plan.letters, plan.items) == (2, 3)
        assert ends(send(store, server)) == {"sent": 2}
        assert ends(send(store, server)) == {}
        assert mailbox.receivers == ["all@example.org", "geo@example.org"]
        later = [*ITEMS, corrected(1), item(3)]
        assert ends(send(store, server, later)) == {"sent": 2}
        assert ends(send(store, server, later)) == {}
        subjects = sorted(str(one["Subject"]) for one in mailbox.letters()[2:])
        assert subjects == ["Case letters: Correction: Case 1 (made up) and 1 more"] * 2
        ids = [one["Message-ID"] for one in mailbox.letters()]
        assert len(set(ids)) == 4


def test_a_reader_who_changed_topics_hears_of_the_correction(tmp_path: Path) -> None:
    mailbox = Mailbox()
    with store_at(tmp_path) as store, mail_server(mailbox) as server:
        fill(store, "a@example.org")
        send(store, server)
        people.confirm(store, people.subscribe(store, "a@example.org", ["hub:KGZ"]).token)
        assert ends(send(store, server, [*ITEMS, corrected(2), item(3)])) == {"sent": 1}
        assert "Correction: Case 2" in str(mailbox.letters()[-1]["Subject"])


@pytest.mark.parametrize(
    ("trick", "first", "second", "copies", "doubtful"),
    [
        ("rcpt", {"sent": 6}, {}, 1, 0),  # hung up before the text: tried again in the same run
        ("after", {"sent": 6}, {}, 1, 0),  # hung up after its answer
        ("before", {"sent": 5, "unsure": 1}, {}, 1, 1),  # it has it and never said so
        ("lose", {"sent": 5, "unsure": 1}, {}, 0, 1),  # it has it not, and we cannot know
        ("451 4.7.1 try later", {"sent": 6}, {}, 1, 0),
        ("=451 4.3.0 try later", {"sent": 6}, {}, 1, 0),
        ("550 5.1.1 no such mailbox", {"sent": 5, "no mailbox": 1}, {"no mailbox": 1}, 0, 0),
        ("550 5.7.1 policy", {"sent": 5, "no letter": 1}, {"no letter": 1}, 0, 0),
        ("=554 5.6.0 not this text", {"sent": 5, "no letter": 1}, {"no letter": 1}, 0, 0),
    ],
)
def test_a_server_that_fails_midway_loses_and_repeats_nothing(
    tmp_path: Path, trick: str, first: dict[str, int], second: dict[str, int], copies: int,
    doubtful: int,
) -> None:  # fmt: skip
    tries = 0

    def once(to: str, _: int) -> str:
        nonlocal tries
        if to != "c@example.org":
            return ""
        tries += 1
        is_lasting = trick.lstrip("=").startswith("5")
        # DATA asks a second time; a trick of the text must still hold there
        return trick if is_lasting or tries <= 1 + (trick[0] in "=bla") else ""

    mailbox = Mailbox(once)
    with store_at(tmp_path) as store, mail_server(mailbox) as server:
        fill(store, *ALL)
        assert ends(send(store, server)) == first
        assert ends(send(store, server)) == second
        assert mailbox.receivers.count("c@example.org") == copies
        assert all(mailbox.receivers.count(one) == 1 for one in ALL if one != "c@example.org")
        assert unsure(store) == ["c@example.org"] * doubtful


def test_what_is_unsure_is_sent_again_only_when_asked_with_the_same_id(tmp_path: Path) -> None:
    mailbox = Mailbox(lambda to, _: "before" if to == "a@example.org" else "")
    with store_at(tmp_path) as store, mail_server(mailbox) as server:
        fill(store, "a@example.org", "b@example.org")
        assert ends(send(store, server)) == {"sent": 1, "unsure": 1}
        assert ends(send(store, server, [*ITEMS, corrected(1)])) == {"sent": 1, "unsure": 1}
        mailbox.trick = lambda _, __: "451 later"
        assert ends(send(store, server, again=True)) == {"later": 1}
        assert unsure(store) == ["a@example.org"] * 2
        mailbox.trick = lambda _, __: ""
        assert ends(send(store, server, again=True)) == {"sent": 1}
        mine = [one["Message-ID"] for one in mailbox.letters() if one["To"] == "a@example.org"]
        assert mine[0] == mine[-1]
        assert len(set(mine)) == 2


def test_a_dead_process_leaves_one_unsure_letter_and_the_rest_goes_on(tmp_path: Path) -> None:
    mailbox = Mailbox()
    with store_at(tmp_path) as store, mail_server(mailbox) as server:
        fill(store, *ALL)
        person = store.key.person("c@example.org")
        with store.session() as connection:  # what a kill -9 leaves after the text has left
            sendlog.begin(connection, person, ITEMS, "<1@example.org>", store.now())
        assert ends(send(store, server)) == {"sent": 5}
        assert unsure(store) == ["c@example.org"]


def test_an_address_is_given_up_after_three_refusals_in_a_row(tmp_path: Path) -> None:
    mailbox = Mailbox(lambda to, _: "550 5.1.1 none" if to == "a@example.org" else "")
    with store_at(tmp_path) as store, mail_server(mailbox) as server:
        fill(store, "a@example.org", "b@example.org")
        for _ in range(2):
            assert send(store, server).ends["no mailbox"] == 1
        mailbox.trick = lambda _, __: ""
        assert ends(send(store, server)) == {"sent": 1}  # one success ends the row
        mailbox.trick = lambda to, _: "550 5.1.1 none" if to == "a@example.org" else ""
        for number in (3, 4, 5):
            assert send(store, server, [item(number)]).ends["no mailbox"] == 1
        assert ends(send(store, server, [item(6)])) == {"sent": 1}
        with store.reading() as connection:
            assert sendlog.counts(connection)["failing"] == 1


def test_a_server_that_refuses_everything_stops_the_run(tmp_path: Path) -> None:
    mailbox = Mailbox(lambda _, __: "554 5.7.1 you are blocked")
    with store_at(tmp_path) as store, mail_server(mailbox) as server:
        fill(store, *(f"a{number}@example.org" for number in range(40)))
        with pytest.raises(RequestError, match=r"25 letters in a row.*you are blocked"):
            send(store, server)
        with store.reading() as connection:
            assert sendlog.counts(connection)["failing"] == 0
        mailbox.trick = lambda _, __: ""
        assert ends(send(store, server)) == {"sent": 40}


def test_a_server_that_always_hangs_up_stops_the_run_early(tmp_path: Path) -> None:
    mailbox = Mailbox(lambda _, __: "lose")
    waits: list[float] = []

    def wait(seconds: float) -> bool:
        waits.extend([seconds] if seconds else [])
        return False

    with store_at(tmp_path) as store, mail_server(mailbox) as server:
        fill(store, *(f"a{number}@example.org" for number in range(40)))
        with pytest.raises(RequestError, match="broke 5 times in a row"):
            send_digests(store, ITEMS, WRITER, server, pace=Pace(wait=wait))
        assert waits == list(RECONNECT)
        assert len(unsure(store)) == 5


def test_no_server_at_all_is_one_sentence(tmp_path: Path) -> None:
    with store_at(tmp_path) as store:
        fill(store, *ALL)
        with pytest.raises(RequestError, match="broke 5 times"):
            send(store, Server("127.0.0.1", 1, "none", timeout=2.0))
        assert not unsure(store)


def test_who_is_put_off_is_tried_after_a_while_and_then_left_for_the_next_run(
    tmp_path: Path,
) -> None:
    waits: list[float] = []

    def wait(seconds: float) -> bool:
        waits.extend([seconds] if seconds else [])
        return False

    mailbox = Mailbox(lambda to, _: "450 4.2.0 greylisted" if to == "a@example.org" else "")
    with store_at(tmp_path) as store, mail_server(mailbox) as server:
        fill(store, "a@example.org", "b@example.org")
        tally = send_digests(store, ITEMS, WRITER, server, pace=Pace(wait=wait))
        assert ends(tally) == {"sent": 1, "later": 1}
        assert waits == list(BACKOFF)
        mailbox.trick = lambda _, __: ""
        assert ends(send(store, server)) == {"sent": 1}
        assert mailbox.receivers == ["a@example.org", "b@example.org"]


def test_who_leaves_during_the_run_gets_nothing(tmp_path: Path) -> None:
    with store_at(tmp_path) as store:

        def leave(to: str, _: int) -> str:
            people.unsubscribe(store, store.key.person(to))  # between RCPT and the text
            return ""

        mailbox = Mailbox(leave)
        with mail_server(mailbox) as server:
            fill(store, "a@example.org")
            assert ends(send(store, server)) == {"gone": 1}
            assert mailbox.taken == []
    assert b"a@example.org" not in (tmp_path / "newsletter.sqlite").read_bytes()


def test_two_senders_at_once_the_second_is_refused(tmp_path: Path) -> None:
    with store_at(tmp_path) as store, mail_server(Mailbox()) as server:
        fill(store, *ALL)
        with only_sender(store.path), pytest.raises(WorkspaceError, match="another command"):
            send(store, server)
        assert ends(send(store, server)) == {"sent": 6}


def test_a_wish_to_stop_ends_after_the_letter_under_way(tmp_path: Path) -> None:
    stop = Stop()
    mailbox = Mailbox(lambda _, taken: stop.set() or "" if taken == 2 else "")  # type: ignore[func-returns-value]
    with store_at(tmp_path) as store, mail_server(mailbox) as server:
        fill(store, *ALL)
        tally = send_digests(store, ITEMS, WRITER, server, pace=Pace(wait=stop.wait))
        assert (tally.is_stopped, ends(tally)) == (True, {"sent": 3})
        assert ends(send(store, server)) == {"sent": 3}
        assert mailbox.receivers == ALL


def test_letters_leave_evenly_and_a_stall_is_not_made_up_for() -> None:
    now, waited = 0.0, []

    def wait(seconds: float) -> bool:
        nonlocal now
        waited.append(max(0.0, seconds))
        now += max(0.0, seconds)
        return False

    pace = Pace(30, wait, lambda: now)
    for stall in (0.0, 0.5, 60.0, 0.0):
        assert pace.turn()
        now += stall
    pace.turn()
    assert waited == [0.0, 2.0, 1.5, 0.0, 2.0]


def test_many_letters_go_over_one_connection_and_then_a_new_one(tmp_path: Path) -> None:
    mailbox = Mailbox()
    with store_at(tmp_path) as store, mail_server(mailbox) as server:
        fill(store, *ALL)
        send(store, replace(server, per_connection=4))
        assert mailbox.connections == 2


def test_pending_people_are_asked_once(tmp_path: Path) -> None:
    mailbox, clock = Mailbox(lambda to, _: "550 5.1.1" if to == "b@example.org" else ""), Clock()
    with store_at(tmp_path, clock) as store, mail_server(mailbox) as server:
        empty = {"topics": "hub:GEO", "consented_on": "", "source": ""}
        importing.add(store, [(2, {"address": "a@example.org"} | empty),
                              (3, {"address": "b@example.org"} | empty)])  # fmt: skip
        assert ends(ask_waiting(store, WRITER, server, pace=at_once())) == {
            "sent": 1, "no mailbox": 1}  # fmt: skip
        assert ends(ask_waiting(store, WRITER, server, pace=at_once())) == {"no mailbox": 1}
        (letter,) = mailbox.letters()
        assert "List-Unsubscribe" not in letter
        text = letter.get_body(("plain",)).get_content()  # type: ignore[union-attr]
        (token,) = (line.rpartition("/")[2] for line in text.splitlines() if "/confirm/" in line)
        assert people.confirm(store, token) == ("hub:GEO",)
        assert ends(send(store, server)) == {"sent": 1}


def test_starttls_and_a_login(tmp_path: Path) -> None:
    tls, ca_file = certificate(tmp_path)
    mailbox = Mailbox()
    with (
        store_at(tmp_path) as store,
        mail_server(mailbox, tls=tls, user="me", password="geheim") as server,
    ):
        asked = people.subscribe(store, "a@example.org", [])
        known = replace(server, ca_file=ca_file, user="me", password="geheim")
        assert ends(send_question(store, asked, WRITER, known)) == {"sent": 1}
        assert (mailbox.is_secret, mailbox.logins[-1]) == ([True], b"me")
        with pytest.raises(RequestError, match="does not let me in"):
            send_question(store, asked, WRITER, replace(known, password="wrong"))
        with pytest.raises(RequestError, match="not to be trusted"):
            send_question(store, asked, WRITER, replace(known, ca_file=None))
    with mail_server(mailbox) as plain, pytest.raises(RequestError, match="offers no STARTTLS"):
        send_question(store, asked, WRITER, replace(plain, security="starttls"))
    assert len(mailbox.taken) == 1
    assert "geheim" not in repr(known)


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A certificate for 127.0.0.1 that nobody else has signed, as many own servers have."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name)
        .public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(
            [x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    path = folder / "server.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                            serialization.NoEncryption())
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context, path
