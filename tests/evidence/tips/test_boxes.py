"""Exports of tip boxes, in the layouts that their own programs write (see `boxes`)."""

import csv
import gzip
import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from entrepot.errors import DocumentError, RequestError
from entrepot.evidence.tips.boxes import from_box
from entrepot.evidence.tips.identity import without_identity
from entrepot.evidence.tips.intake import Intake, from_files, prepare

IDENTITY = ("glum_badger", "worker@example.org", "Chekhov", "+375 29 000-00-00", "QWERTY-RECEIPT")


def packed(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        for name, content in members.items():
            made.writestr(name, content)
    return path


def everything(tips: list[Intake]) -> bytes:
    """All that would be sealed, names included."""
    parts = [part for tip in tips for part in prepare(tip).parts]
    return b"\n".join(part.name.encode() + b" " + part.content for part in parts)


def nobody(tips: list[Intake]) -> None:
    held = everything(tips)
    for word in IDENTITY:
        assert word.encode() not in held


def zipped(name: str, content: bytes) -> bytes:
    kept = io.BytesIO()
    with gzip.GzipFile(name, "wb", fileobj=kept, mtime=0) as made:
        made.write(content)
    return kept.getvalue()


def test_securedrop_gives_one_tip_a_source_without_its_code_name(tmp_path: Path) -> None:
    path = packed(tmp_path / "all.zip", {
        "all/glum_badger/1-glum_badger-msg": b"Parts came.",
        "all/glum_badger/2-glum_badger-doc.gz": zipped("list.txt", b"crate 1\n"),
        "all/glum_badger/3-glum_badger-reply": b"Thank you.",
        "all/glum_badger/10-glum_badger-msg": b"More came.",
        "all/stern_otter/1-stern_otter-msg": b"Other news.",
    })  # fmt: skip
    first, second = from_box(path)
    assert first.message == "Parts came.\n\nMore came."
    assert first.files == (("list.txt", b"crate 1\n"),)
    assert second.message == "Other news."
    nobody([first, second])
    assert b"Thank you" not in everything([first, second])


def test_a_folder_does_as_well_as_a_zip(tmp_path: Path) -> None:
    folder = tmp_path / "glum_badger"
    folder.mkdir()
    (folder / "1-glum_badger-msg").write_text("Parts came.")
    (tip,) = from_box(tmp_path)
    assert (tip.channel, tip.message) == ("securedrop", "Parts came.")


@pytest.mark.parametrize("name", ["a/1-glum_badger-msg.gpg", "a/2-glum_badger-doc.gz.gpg"])
def test_what_is_still_encrypted_is_refused_with_where_to_open_it(
    tmp_path: Path, name: str
) -> None:
    with pytest.raises(DocumentError, match="still encrypted") as told:
        from_box(packed(tmp_path / "all.zip", {name: b"\x85\x02"}))
    assert "viewing station" in told.value.hint


REPORT = """ID: 4711
Date: 2022-08-20

Questionnaire
What happened?
    Aircraft parts went on to Russia.
Name of the company: a trading firm
Your identity
Name: Chekhov
E-mail
    worker@example.org
Phone: +375 29 000-00-00
Receipt: QWERTY-RECEIPT

Where? Minsk
"""


def test_globaleaks_gives_the_answers_without_those_about_the_source(tmp_path: Path) -> None:
    path = packed(tmp_path / "report-7.zip", {
        "report.txt": REPORT.encode(), "files/bill.txt": b"bill", "metadata.csv": b"name\n",
        "files_attached_from_recipients/note.txt": b"internal",
    })  # fmt: skip
    (tip,) = from_box(path)
    assert "Aircraft parts went on to Russia." in tip.message
    assert "Name of the company: a trading firm" in tip.message
    assert "Where? Minsk" in tip.message
    assert tip.files == (("bill.txt", b"bill"),)
    assert any("5 fields about who the source is" in one for one in tip.notes)
    nobody([tip])


# As dump_questionnaire_answers of GlobaLeaks writes it: labels and answers indented by two spaces
# more, an empty line after each, groups of fields one step deeper, several entries numbered.
INDENTED = """ID: 4711
Date: 2022-08-20 14:37

What happened
  Description
    Aircraft parts went on to Russia.
    \n    Name: a second paragraph of the answer.

About you
  Name and surname (optional)
    Anton
    \n    Chekhov

  Contact details
    Preferred channel
      worker@example.org

    #1
      +375 29 000-00-00

  Your role
    glum_badger

  Name of the company
    a trading firm

  Imię i nazwisko
    Chekhov
"""


def test_globaleaks_answers_of_several_paragraphs_and_groups_leave_nothing_behind(
    tmp_path: Path,
) -> None:
    report = INDENTED.replace("\n", "\r\n").encode()
    (tip,) = from_box(packed(tmp_path / "report-8.zip", {"report.txt": report}))
    nobody([tip])
    assert "Anton" not in tip.message
    assert "Aircraft parts went on to Russia." in tip.message
    assert "a trading firm" in tip.message
    for moment in ("4711", "14:37", "2022-08-20"):
        assert moment not in tip.message


@pytest.mark.parametrize(
    "label",
    ["Name", "Your full name", "Phone or e-mail (optional)", "Name / Phone *", "Ваше имя",
     "Имя и фамилия", "Ім'я та прізвище", "Nome e cognome", "What is your name?", "Job title"],
)  # fmt: skip
def test_labels_that_ask_who_the_source_is(label: str) -> None:
    assert without_identity(f"{label}: Chekhov") == ("", 1)


@pytest.mark.parametrize(
    "label",
    ["Name of the company", "Phone of the carrier", "Route", "Address of the warehouse",
     "Название фирмы", "Position of the crates", "Which role did the bank play"],
)  # fmt: skip
def test_labels_that_ask_what_happened(label: str) -> None:
    assert without_identity(f"{label}: X") == (f"{label}: X", 0)


def test_globaleaks_files_for_a_key_are_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "r.zip", {"report.txt": b"x", "files/a.pdf.pgp": b"x"})
    with pytest.raises(DocumentError, match="1 of its files are still encrypted"):
        from_box(path)


def table(rows: list[dict[str, str]]) -> bytes:
    kept = io.StringIO()
    writer = csv.DictWriter(kept, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return kept.getvalue().encode()


def hushline(tmp_path: Path, values: list[dict[str, str]]) -> Path:
    return packed(tmp_path / "hushline-data.zip", {
        "db/users.csv": table([{"id": "1", "email": "desk@example.org"}]),
        "db/messages.csv": table([{"id": "5", "created_at": "2022-08-20T14:37:05Z"}]),
        "db/field_definitions.csv": table([
            {"id": "1", "label": "Contact Method"}, {"id": "2", "label": "Message"},
            {"id": "3", "label": "Phone"},
        ]),
        "db/field_values.csv": table(values),
    })  # fmt: skip


def value(field: str, said: str, message: str = "5") -> dict[str, str]:
    return {"id": field, "field_definition_id": field, "message_id": message, "value": said}


def test_hush_line_gives_one_tip_a_message_without_accounts_and_times(tmp_path: Path) -> None:
    path = hushline(tmp_path, [
        value("2", "Parts came."), value("3", "+375 29 000-00-00"), value("2", "More.", "6"),
    ])  # fmt: skip
    first, second = from_box(path)
    assert first.message == "Message: Parts came."
    assert second.message == "Message: More."
    nobody([first, second])
    assert b"14:37" not in everything([first])


def test_hush_line_messages_under_pgp_are_refused_or_told(tmp_path: Path) -> None:
    sealed = "-----BEGIN PGP MESSAGE-----\n\nx"
    with pytest.raises(DocumentError, match="all 1 fields are still encrypted"):
        from_box(hushline(tmp_path, [value("2", sealed)]))
    (tip,) = from_box(hushline(tmp_path, [value("2", "Parts."), value("1", sealed)]))
    assert any("1 fields are still encrypted" in one for one in tip.notes)


def test_hush_line_as_its_server_writes_it_is_sealed_until_its_messages_are_opened(
    tmp_path: Path,
) -> None:
    """Column `_value` holds Fernet tokens (gAAAA...) also of fields that are not under PGP."""
    token = "gAAAAAAAAAAA" + "Q" * 80
    rows = [
        {"id": "71", "field_definition_id": "2", "message_id": "5", "_value": token},
        {"id": "72", "field_definition_id": "3", "message_id": "5", "_value": token},
    ]
    path = hushline(tmp_path, rows)
    with pytest.raises(DocumentError, match="all 2 fields are still encrypted") as told:
        from_box(path)
    assert "pgp_messages" in told.value.hint
    folder = tmp_path / "opened"
    zipfile.ZipFile(path).extractall(folder)
    (folder / "pgp_messages").mkdir()
    padded = "Parts came.\n\n(Random text generated by Hush Line: lorum ipsum stoop )"
    (folder / "pgp_messages" / "a-b-c-d-message-71").write_text(padded)
    (folder / "pgp_messages" / "a-b-c-d-phone-72.txt").write_text("+375 29 000-00-00")
    (tip,) = from_box(folder)
    assert tip.message == "Message: Parts came."
    nobody([tip])


@pytest.mark.parametrize(
    "content",
    [b"\x1f\x8b\x08\x08broken", b"\x1f\x8b\x08\x00\0\0\0\0\0\xffgarbage",
     zipped("list.txt", b"crate 1\n" * 99)[:40]],
)  # fmt: skip
def test_a_damaged_packed_file_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(DocumentError, match="damaged"):
        from_box(packed(tmp_path / "all.zip", {"a/2-glum_badger-doc.gz": content}))


def test_securedrop_tells_of_files_under_other_names(tmp_path: Path) -> None:
    path = packed(tmp_path / "all.zip", {
        "all/glum badger/1_2022-08-20/1-glum_badger-msg": b"Parts came.",
        "all/glum badger/list.txt": b"x",
    })  # fmt: skip
    (tip,) = from_box(path)
    assert any(one.startswith("1 files that are not named") for one in tip.notes)


def test_a_folder_that_is_no_export_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with (tmp_path / "a" / "huge.bin").open("wb") as made:
        made.truncate(600_000_000)  # larger than what is read: opening it would be another refusal
    with pytest.raises(DocumentError, match="none of SecureDrop"):
        from_box(tmp_path / "a")


def test_an_empty_file_or_a_link_out_of_the_folder_is_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "all"
    folder.mkdir()
    (folder / "1-glum_badger-msg").write_text("Parts came.")
    (folder / "2-glum_badger-doc").touch()
    (tmp_path / "secret").write_text("other")
    (folder / "3-glum_badger-doc").symlink_to(tmp_path / "secret")
    (tip,) = from_box(folder)
    assert tip.files == ()


def mail() -> bytes:
    made = EmailMessage()
    made["From"], made["To"] = "worker@example.org", "desk@example.org"
    made["Subject"], made["Date"] = "parts", "Sat, 20 Aug 2022 14:37:05 +0300"
    made["X-Originating-IP"] = "192.0.2.1"
    made.set_content("Parts came.\n")
    made.add_attachment(b"crate 1\n", maintype="text", subtype="plain", filename="Chekhov.txt")
    return made.as_bytes()


def test_a_mail_gives_words_and_attachments_and_no_header(tmp_path: Path) -> None:
    path = tmp_path / "mail.eml"
    path.write_bytes(mail())
    for tips in (from_box(path), [from_files([path])]):
        held = everything(tips)
        assert b"Parts came." in held
        assert b"crate 1" in held
        for word in (b"worker@example.org", b"desk@example.org", b"14:37", b"192.0.2.1"):
            assert word not in held


def test_any_other_archive_or_an_empty_tip_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="none of SecureDrop, GlobaLeaks, Hush Line"):
        from_box(packed(tmp_path / "x.zip", {"a.txt": b"x"}))
    (tmp_path / "y.txt").write_text("x")
    with pytest.raises(DocumentError, match="no ZIP, folder or mail"):
        from_box(tmp_path / "y.txt")
    with pytest.raises(RequestError, match="empty tip"):
        prepare(from_files([]))


def test_a_form_keeps_what_is_no_answer_about_the_source() -> None:
    text = "What: parts\nName:\nChekhov\n\nRoute: by rail"
    assert without_identity(text) == ("What: parts\n\nRoute: by rail", 1)


def test_originals_can_be_left_out_and_a_file_without_copy_stays() -> None:
    bill, film = ("bill.txt", b"bill"), ("film.mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(100))
    tip = Intake("file", "", (bill, film))
    with_all = prepare(tip)
    assert [one.kind for one in with_all.parts] == ["original", "working", "original"]
    without = prepare(tip, keep_originals=False)
    assert [(one.kind, one.name) for one in without.parts] == [
        ("working", "file-1.txt"), ("original", "film.mp4"),
    ]  # fmt: skip
    assert any(one.startswith("file 2: ") for one in without.notes)
