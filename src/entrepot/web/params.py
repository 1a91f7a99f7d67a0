"""The parameters that several addresses share, and what is said when they do not fit."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Final

from fastapi import HTTPException, Path, Query
from pydantic import BaseModel, Field

from entrepot.web.holdings import Holdings

MAX_BATCH: Final = 100
"""Queries of one request, as in yente."""

MAX_MATCHES: Final = 500
MATCH_PAGE: Final = 5
MAX_PAGE: Final = 500
DEFAULT_PAGE: Final = 10
MAX_RESULTS: Final = 9999
MAX_OFFSET: Final = MAX_RESULTS - MAX_PAGE
MAX_EXCLUDED: Final = 50
THRESHOLD: Final = 0.7
"""Limits and defaults as yente documents them."""

TS_PATTERN: Final = r"^\d{4}-\d{2}-\d{2}(T\d{2}(:\d{2}(:\d{2})?)?)?$"
DAY_PATTERN: Final = r"^\d{4}-\d{2}-\d{2}$"

Dataset = Annotated[str, Path(description="A list or a collection of lists, such as `default`.")]
Names = list[str]
Score = Annotated[float, Field(allow_inf_nan=False)]


class Narrowed(BaseModel):
    """Query parameters that narrow what is searched."""

    include_dataset: Names = Field([], description="Only these lists or collections.")
    exclude_dataset: Names = Field([], description="Not these lists or collections.")
    exclude_schema: Names = Field([], description="Not parties of these schemata.")
    topics: Names = Field([], description="Only parties with one of these topics, where known.")
    changed_since: str | None = Field(
        None,
        pattern=TS_PATTERN,
        description="Only parties whose entry was new or changed in an edition since this day.",
    )
    on: str | None = Field(
        None,
        pattern=DAY_PATTERN,
        description="Who was listed on this day (YYYY-MM-DD), or may have been. Not in yente.",
    )


class MatchParams(Narrowed):
    """Query parameters of `/match`."""

    limit: int = Field(MATCH_PAGE, ge=0, le=MAX_MATCHES, description="Results of each query.")
    threshold: Score = Field(THRESHOLD, description="Score from which `match` is true.")
    cutoff: Score = Field(
        THRESHOLD,
        json_schema_extra={"deprecated": True},
        description="Lowest score to return, at most `threshold`.",
    )
    algorithm: str = Field("best", description="`best`, or the algorithm in service.")
    exclude_entity_ids: list[str] = Field(
        [], max_length=MAX_EXCLUDED, description="Not these parties."
    )


class Paging(BaseModel):
    """Query parameters of lists of entities."""

    limit: int = Field(DEFAULT_PAGE, ge=0, le=MAX_PAGE)
    offset: int = Field(0, le=MAX_OFFSET)
    sort: Names = []
    on: str | None = Field(None, pattern=DAY_PATTERN)


On = Annotated[
    str | None,
    Query(
        pattern=DAY_PATTERN,
        description="Who was listed on this day (YYYY-MM-DD), or may have been. Not in yente.",
    ),
]
Since = Annotated[str | None, Query(pattern=TS_PATTERN)]


def day_of(text: str | None, name: str) -> date | None:
    """The day of a parameter whose form was checked.

    Raises:
        HTTPException: 400, no such day.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise HTTPException(400, detail=f"Invalid {name}: {text}") from error


def past_day(text: str | None) -> date | None:
    """The day of `on`.

    Raises:
        HTTPException: 400, no such day, or one that has not come: nobody knows who will be listed.
    """
    day = day_of(text, "on")
    if day is not None and day > datetime.now(UTC).date():
        raise HTTPException(400, detail=f"Invalid on: {text} has not come yet")
    return day


def lists_of_dataset(held: Holdings, name: str, include: Sequence[str] = ()) -> frozenset[str]:
    """The lists a dataset stands for, narrowed to `include`.

    Raises:
        HTTPException: 404 no such dataset; 400 none of that name to include. A wrong name in
            `include_dataset` would check nothing and look like "no match".
    """
    if name not in held.datasets:
        raise HTTPException(404, detail="No such dataset.")
    lists = held.datasets[name]
    if not include:
        return lists
    for one in include:
        if one not in held.datasets:
            raise HTTPException(400, detail=f"No such dataset: {one}")
    return lists & frozenset().union(*(held.datasets[one] for one in include))


def excluded_lists(held: Holdings, exclude: Sequence[str]) -> frozenset[str]:
    """The lists that names to exclude stand for; unknown names exclude nothing."""
    return frozenset().union(*(held.datasets.get(one, frozenset()) for one in exclude))


def checked_algorithm(held: Holdings, name: str) -> str:
    """The algorithm in service under a name asked for.

    Raises:
        HTTPException: 400, any other. The scores of one algorithm are not those of another.
    """
    serving = held.matcher.algorithm
    if name not in ("best", serving):
        raise HTTPException(
            400, detail=f"Invalid algorithm: {name}; in service: {serving} (or best)"
        )
    return serving
