"""`entrepot newsletter` as somebody types it."""

import json
import stat
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.dossiers.dossier_world import small
from tests.dossiers.letters.letterworld import Mailbox, mail_server, read

from entrepot.cli import main
from entrepot.dossiers.dossier.canonical import dossier_bytes
from entrepot.dossiers.dossier.dossier import Version

WHO = ("--from", "Case letters <letters@example.org>", "--links", "https://letters.example.org")
SITE = ("--base-url", "https://dossiers.example.org")
CSV = "address,topics,consented_on,source\na@example.org,hub:BY,2026-05-01,form\nb@x.org,all,,\nbad,,,\n"  # noqa: E501


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    today = datetime.now(UTC).date().isoformat()
    out = replace(small(is_reviewed=True), state="published", published_on=today,
                  versions=(Version(1, "", today, ()),))  # fmt: skip
    place = tmp_path / "site" / "case"
    place.mkdir(parents=True)
    (place / "dossier.json").write_bytes(dossier_bytes(out))
    (tmp_path / "people.csv").write_text(CSV, "utf-8")
    return tmp_path


def run(folder: Path, *words: str, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(
        main, ["newsletter", *words, "--workspace", str(folder / "w")], env=env
    )


def data(folder: Path, *words: str) -> Any:
    made = run(folder, *words, "--format", "json")
    assert made.exit_code == 0, made.output
    return json.loads(made.stdout)


def test_from_a_list_to_letters_and_back(folder: Path) -> None:
    site = str(folder / "site")
    refused = data(folder, "import", str(folder / "people.csv"))
    assert [one["line"] for one in refused] == [4]
    sample = run(folder, "send", site, *SITE, *WHO, "--dry-run")
    assert "1 letter due, with 1 item in them" in sample.stderr
    assert read(sample.stdout_bytes)["To"] == "a@example.org"
    mailbox = Mailbox()
    with mail_server(mailbox) as server:
        smtp = ("--smtp", f"127.0.0.1:{server.port}", "--security", "none", "--per-minute", "0")
        sent = data(folder, "send", site, *SITE, *WHO, *smtp)
        assert {one["end"]: one["letters"] for one in sent}["sent"] == 1
        assert run(folder, "send", site, *SITE, *WHO, *smtp).exit_code == 0
        assert run(folder, "ask", *WHO, *smtp).exit_code == 0
        assert run(folder, "subscribe", "c@example.org", *WHO, *smtp[:4]).exit_code == 0
    assert mailbox.receivers == ["a@example.org", "b@x.org", "c@example.org"]
    (letter,) = (one for one in mailbox.letters() if one["To"] == "a@example.org")
    token = str(letter["List-Unsubscribe"]).strip("<>").rpartition("/")[2]
    counted = {one["what"]: one["number"] for one in data(folder, "status")}
    assert counted == {"active": 1, "pending": 2, "failing": 0, "letters sent": 1}
    out = folder / "all.csv"
    assert run(folder, "export", "--format", "csv", "--out", str(out)).exit_code == 0
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert run(folder, "unsubscribe", token).exit_code == 0
    assert data(folder, "export", "a@example.org") == []


def test_without_a_server_the_letter_of_confirmation_is_printed(folder: Path) -> None:
    made = run(folder, "subscribe", "a@example.org", "--topic", "code:8807", *WHO)
    text = read(made.stdout_bytes).get_body(("plain",)).get_content()  # type: ignore[union-attr]
    (token,) = (line.rpartition("/")[2] for line in text.splitlines() if "/confirm/" in line)
    assert "goods under 8807" in run(folder, "confirm", token).stderr
    assert run(folder, "confirm", token).exit_code == 1


def test_a_preview_keeps_nothing(folder: Path) -> None:
    made = run(folder, "preview", str(folder / "site"), *SITE, "--topic", "hub:BY")
    assert "Aircraft parts to Belarus (made up)" in made.stdout
    assert not (folder / "w").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("send", "nowhere", *SITE, *WHO), "does not exist"),
        (("send", "w", *SITE, *WHO), "does not exist"),
        (("send", "people.csv", *SITE, *WHO), "no dossier"),
        (("send", "site", *SITE), "got no --from"),
        (("send", "site", *SITE, *WHO[:2]), "got no --links"),
        (("send", "site", *SITE, "--from", "a\nb <a@b.org>", *WHO[2:]), "without controls"),
        (("send", "site", *SITE, *WHO), "there is no newsletter"),
        (("send", "site", *SITE, *WHO, "--smtp", "a.org:x"), "expected HOST or HOST:PORT"),
        (("send", "site", *SITE, *WHO, "--smtp", "a.org", "--security", "none", "--smtp-user", "u"),
         "password would go in the clear"),
        (("subscribe", "nobody", *WHO), "no @"),
        (("import", "nowhere.csv"), "cannot read"),
        (("import", "site/case/dossier.json"), "expected address"),
        (("preview", "site", *SITE, "--topic", "hub:KG"), "nothing of these topics"),
        (("unsubscribe", "TOKEN"), "there is no newsletter"),
    ],
)  # fmt: skip
def test_a_wrong_word_is_one_sentence(
    folder: Path, words: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    made = run(folder, *words)
    assert made.exit_code == 1, made.output
    assert said in " ".join(made.stderr.split())
    assert "Traceback" not in made.stderr
