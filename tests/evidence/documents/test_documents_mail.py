"""E-mail: words and day; attachments named and left shut; bombs."""

from datetime import date
from email.message import EmailMessage

import pytest

from entrepot.errors import DocumentError
from entrepot.evidence.documents.limits import MAIL_HEADER_BYTES
from entrepot.evidence.documents.mail import read_mail, read_mbox
from entrepot.evidence.documents.make import MAIL, MBOX, TEXT, make_of
from entrepot.evidence.documents.read import report_of


def mail(text: str = "Two trains left.\n", html: str = "") -> EmailMessage:
    made = EmailMessage()
    made["From"] = "press office <press@customs.example>"
    made["To"] = "list@news.example"
    made["Subject"] = "Café: поезда"
    made["Date"] = "Fri, 26 Aug 2022 23:30:00 +0300"
    made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html")
    return made


def test_words_subject_and_day() -> None:
    report = report_of(mail(html="<p>Other words</p>").as_bytes(), "a.txt")
    assert report.text == "Two trains left.\n"
    assert report.title == "Café: поезда"
    assert report.reported_on == date(2022, 8, 26)  # the sender's day, though UTC has it later
    assert (report.publisher, report.notes) == ("", ())


def test_html_where_there_is_no_plain_text() -> None:
    made = mail("  \n", "<p>Two <b>trains</b></p><p hidden>preview</p>")
    found = read_mail(made.as_bytes(), "a")
    assert found.text == "Two trains"
    assert found.notes == ("1 part of the page that a browser does not show left out.",)


def test_attachments_are_named_and_not_opened() -> None:
    made = mail()
    made.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="annex.pdf")
    made.add_attachment("words in a file", filename="notes.txt")
    found = read_mail(made.as_bytes(), "a")
    assert found.text == "Two trains left.\n"
    assert found.notes == ("2 attachments were not opened: annex.pdf; notes.txt.",)


def test_a_mail_within_the_mail() -> None:
    made = mail("See below.")
    made.add_attachment(mail("The inner words."))
    found = read_mail(made.as_bytes(), "a")
    assert found.text.startswith("See below.\n\n\nSubject: Café: поезда\nDate: Fri, 26 Aug 2022")
    assert found.text.endswith("The inner words.\n")


def test_a_mail_of_attachments_only() -> None:
    made = EmailMessage()
    made["From"], made["Subject"] = "a@b.example", "x"
    made.add_attachment(b"x", maintype="image", subtype="png", filename="p.png")
    with pytest.raises(DocumentError, match="no text, only 1 attachment"):
        read_mail(made.as_bytes(), "a")


def test_flowed_lines_run_on() -> None:
    head = b"From: a@b.example\nMIME-Version: 1.0\nContent-Type: text/plain; format=flowed\n\n"
    found = read_mail(head + b"Two trains \nleft the \ntown.\n\nNext\n-- \nfoot", "a")
    assert found.text == "Two trains left the town.\n\nNext\n-- \nfoot"


@pytest.mark.parametrize("charset", ["x-unknown", "utf-8", "us-ascii"])
def test_an_encoding_that_is_wrong_or_unknown(charset: str) -> None:
    head = f"From: a@b.example\nMIME-Version: 1.0\nContent-Type: text/plain; charset={charset}\n\n"
    found = read_mail(head.encode() + "Поезд прибыл в город.".encode("cp1251"), "a")
    assert found.text == "Поезд прибыл в город."
    assert "Windows-1251" in found.notes[0]


def test_a_mailbox_with_one_mail_and_with_two() -> None:
    one = b"From a@b.example Fri Aug 26 20:30:00 2022\n" + mail(">From here on\n").as_bytes()
    assert make_of(one) == MBOX
    assert read_mbox(one, "a").text == "From here on\n"
    with pytest.raises(DocumentError, match="a mailbox of 2 mails, expected one"):
        report_of(one + b"\n\n" + one, "a")


@pytest.mark.parametrize(
    ("head", "what"),
    [
        (b"From: a@b.example\nSubject: x\nDate: 26 August 2022\n\ntext", MAIL),
        (b"Received: from x\n by y\nFrom: a@b.example\n\ntext", MAIL),
        (b"Date: 26 August 2022\nSubject: trains\n\ntext", TEXT),
        (b"From: the press office\nText goes on without a header.\n", TEXT),
        (b"Published: 26 August 2022\nFrom: x\n\n", TEXT),
        (b"From 2022 on, trains left.\n", TEXT),
        (b"Note: this\nis text: see\n", TEXT),
    ],
)
def test_mail_is_told_from_text_that_looks_like_it(head: bytes, what: str) -> None:
    assert make_of(head) == what


@pytest.mark.parametrize("said", ["", "no day", "Fri, 99 Aug 2022 10:00:00", "\x80", "," * 500])
def test_a_day_that_cannot_be_read_is_none(said: str) -> None:
    content = f"From: a@b.example\nSubject: x\nMIME-Version: 1.0\nDate: {said}\n\ntext"
    assert read_mail(content.encode("latin-1"), "a").day is None


def test_a_day_without_time() -> None:
    content = b"From: a@b.example\nSubject: x\nDate: 26 August 2022\n\ntext"
    assert read_mail(content, "a").day == date(2022, 8, 26)


def test_a_head_beyond_all_proportion() -> None:
    long = b"From: a@b.example\nSubject: " + b"x" * MAIL_HEADER_BYTES + b"\n\ntext"
    with pytest.raises(DocumentError, match="head of this mail is longer than 1 MB"):
        read_mail(long, "a")


def test_a_mail_nested_beyond_all_proportion() -> None:
    for depth in (30, 1000):
        nested = b"From: a@b.example\nMIME-Version: 1.0\n" + b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (place, place)
            for place in range(depth)
        )
        with pytest.raises(DocumentError, match="nested"):
            read_mail(nested + b"\nx", "a")


def test_a_mail_of_too_many_parts() -> None:
    head = b"From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
    for parts in (501, 1_000_000):  # the second would take minutes to take apart
        with pytest.raises(DocumentError, match="more than 500 parts"):
            read_mail(head + b"--b\n\nx\n" * parts, "a")


def test_a_page_saved_as_a_mail_keeps_its_own_day() -> None:
    made = EmailMessage()
    made["From"], made["Date"] = "<Saved by a browser>", "Mon, 1 Jan 2024 10:00:00 +0000"
    made["Snapshot-Content-Location"] = "https://news.example/1"
    made.set_content(
        "<html><head><title>Trains</title><meta name=date content=2022-08-26></head>"
        "<body><p>Two trains.</p></body></html>", subtype="html",
    )  # fmt: skip
    found = read_mail(made.as_bytes(), "a")
    assert (found.text, found.title, found.day) == ("Two trains.", "Trains", date(2022, 8, 26))


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Type: multipart/mixed",
        b"Content-Type: ;;;=\xff",
        b"Content-Type: text/plain\nContent-Transfer-Encoding: base64",
        b"Content-Type: text/plain; name*0*=utf-8''%ff; name*9=x",
        b"Content-Disposition: attachment; filename*=bogus'x'%zz",
        b"Subject: =?utf-8?b?!!!?= =?x?q?=ff?=",
        b"From: =?utf-8?q?=22?= <<<>>> @,,;",
    ],
)
def test_broken_heads_are_read_or_refused_in_words(head: bytes) -> None:
    try:
        told = read_mail(
            b"From: a@b.example\nMIME-Version: 1.0\n" + head + b"\n\nsome text", "a"
        ).text
    except DocumentError as refused:
        told = refused.hint
    assert told
