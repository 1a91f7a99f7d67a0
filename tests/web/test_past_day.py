"""The day of `on`: today is known, tomorrow is not."""

from datetime import UTC, datetime, timedelta

import pytest

pytest.importorskip("fastapi")

from fastapi import HTTPException

from entrepot.web.params import past_day


def test_today_is_known_and_tomorrow_is_not() -> None:
    before = datetime.now(UTC).date()
    day = past_day(before.isoformat())
    assert day == before
    with pytest.raises(HTTPException, match="has not come yet"):
        past_day((before + timedelta(days=2)).isoformat())
