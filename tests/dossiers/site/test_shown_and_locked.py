"""What the site's page of a case says of verifying, and the lock beside a site."""

from contextlib import suppress

import pytest
from tests.dossiers.site.site_world import AIR, BASE, TOOL, held, sealed

from entrepot.dossiers.site import onepublisher
from entrepot.dossiers.site.about import read_about
from entrepot.dossiers.site.casepage import shown
from entrepot.dossiers.site.entry import entries
from entrepot.dossiers.site.onepublisher import one_publisher
from entrepot.dossiers.site.published import gather
from entrepot.errors import RequestError

WHO = read_about("Made-up desk", BASE)


def test_a_page_of_the_site_says_that_the_sealed_files_are_to_be_verified(site):
    for case_id in (AIR, TOOL):
        for folder in ("v1", "v2", "."):
            page = (site / "case" / case_id / folder / "index.html").read_text("utf-8")
            told = page.partition('id="verify">')[2].partition("<ol>")[0]
            number = 2 if folder == "." else int(folder[1:])
            assert f"case/{case_id}/v{number}/dossier.zip" in told
            assert f"<code>{case_id}-v{number}</code>" in told
    page = b"<html><head></head><body><p>Without such a heading.</p></body></html>"
    (case,) = gather([sealed(held(AIR), **{"index.html": page})])
    assert "dossier.zip</a>:" not in shown(page, case, *entries(case), "case/x/index.html", WHO)


def test_no_lock_stays_beside_the_site_whatever_ends_the_publisher(tmp_path):
    out = tmp_path / "public"
    with suppress(KeyboardInterrupt), one_publisher(out):
        assert list(tmp_path.iterdir())
        raise KeyboardInterrupt
    assert not list(tmp_path.iterdir())


def test_who_is_refused_takes_no_lock_away(tmp_path):
    out = tmp_path / "public"
    with one_publisher(out):
        for _ in range(2):
            with pytest.raises(RequestError, match="another publisher"), one_publisher(out):
                pass


def test_a_lock_file_that_was_taken_away_meanwhile_locks_nobody_in(tmp_path, monkeypatch):
    """Opened before the first publisher ended, locked after: a third one has the new file."""
    out, lock = tmp_path / "public", onepublisher._lock
    calls = []

    def late(stream):
        calls.append(stream)
        if len(calls) == 1:
            (tmp_path / ".public.lock").unlink()
        lock(stream)

    monkeypatch.setattr(onepublisher, "_lock", late)
    with one_publisher(out):
        assert len(calls) == 2
        with pytest.raises(RequestError, match="another publisher"), one_publisher(out):
            pass
