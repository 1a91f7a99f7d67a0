"""What goes over the wire, in yente's names and shapes (version 5.5).

Requests ignore fields they do not know, as yente does; answers hold exactly the fields named here.
"""

from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

MAX_NAMES: Final = 100
"""Values of one property of a query. Every name is looked up by itself; no real party has more."""

MAX_LENGTH: Final = 16_384
"""Letters of one value. The longest listed name has some hundred."""


class Answer(BaseModel):
    """An answer: no field beside those named."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class ErrorResponse(Answer):
    """Every error but 422."""

    detail: str


class StatusResponse(Answer):
    """All is well."""

    status: str = "ok"


class EntityResponse(Answer):
    """A listed party, or something beside it. Days stand as ISO date and time; null: not known."""

    id: str
    caption: str
    schema_: str = Field(alias="schema")
    properties: "dict[str, list[str | EntityResponse]]"
    datasets: list[str] = []
    referents: list[str] = []
    target: bool = False
    first_seen: str | None = None
    last_seen: str | None = None
    last_change: str | None = None


class FeatureResult(Answer):
    """One thing that speaks for a possible match (above 0) or against it (below 0)."""

    detail: str | None
    score: float
    query: str | None = None
    candidate: str | None = None


class ScoredEntityResponse(EntityResponse):
    """A possible match. `match`: the score reaches the threshold; it is no finding of identity."""

    score: float
    explanations: dict[str, FeatureResult]
    match: bool


class TotalSpec(Answer):
    """How many there are; `relation` is `eq`, or `gte` where there may be more."""

    value: int
    relation: str = "eq"


def _texts(values: Any) -> Any:
    """Values as yente takes them: one or many, numbers too; what is no value is left out."""
    many = values if isinstance(values, list) else [values]
    return [
        str(value) if isinstance(value, int | float) else value
        for value in many
        if value is not None and not isinstance(value, dict | list)
    ]


Texts = Annotated[
    list[Annotated[str, Field(max_length=MAX_LENGTH)]],
    BeforeValidator(_texts),
    Field(max_length=MAX_NAMES),
]


class EntityExample(BaseModel):
    """A party to look for: schema and properties; `id` is the caller's and comes back."""

    model_config = ConfigDict(populate_by_name=True)

    id: str | None = None
    schema_: str = Field(alias="schema")
    properties: dict[str, Texts]


class EntityMatchQuery(BaseModel):
    """Queries by keys of the caller's. `weights` and `config` are refused unless empty."""

    weights: dict[str, float] = {}
    config: dict[str, str | int | float | bool | None] = {}
    queries: dict[str, EntityExample | None]


class EntityMatches(Answer):
    """The answer to one query. `status` 400: it held nothing to compare, so nothing was checked."""

    status: int = 200
    results: list[ScoredEntityResponse]
    total: TotalSpec
    query: EntityExample


class EntityMatchResponse(Answer):
    """Answers by the caller's keys."""

    responses: dict[str, EntityMatches]
    limit: int


class StreamLine(Answer):
    """One line of `/match/{dataset}/stream`, in the order of the lines sent."""

    line: int
    id: str | None = None
    status: int = 200
    detail: str | None = None
    results: list[ScoredEntityResponse] = []
    total: TotalSpec | None = None


class SearchFacetItem(Answer):
    """One value of a facet."""

    name: str
    label: str
    count: int


class SearchFacet(Answer):
    """The values of a facet, most frequent first."""

    label: str
    values: list[SearchFacetItem]


class ResultsResponse(Answer):
    """A page of results."""

    limit: int
    offset: int = 0
    total: TotalSpec


class SearchResponse(ResultsResponse):
    """The answer of `/search`."""

    results: list[EntityResponse]
    facets: dict[str, SearchFacet]


class AdjacentResultsResponse(ResultsResponse):
    """What one property points to."""

    results: list[str | EntityResponse] = []


class EntityAdjacentResponse(Answer):
    """An entity and what its properties point to."""

    entity: EntityResponse
    adjacent: dict[str, AdjacentResultsResponse]


class DatasetModel(Answer):
    """A list in service, or a collection of lists (`children`).

    `version` is the newest edition held, `index_version` the one in service.
    """

    name: str
    title: str
    summary: str | None = None
    url: str | None = None
    license: str | None = None
    updated_at: str | None = None
    last_change: str | None = None
    entity_count: int | None = None
    thing_count: int | None = None
    version: str
    children: list[str] = []
    load: bool
    entities_url: str | None = None
    delta_url: str | None = None
    namespace: bool = False
    index_version: str | None = None
    index_current: bool = False


class DataCatalogModel(Answer):
    """All datasets; `outdated`: a newer edition is held than the one in service."""

    datasets: list[DatasetModel]
    current: list[str]
    outdated: list[str]
    index_stale: bool = False


class FeatureDoc(Answer):
    """What a feature of an algorithm is."""

    description: str | None
    coefficient: float
    url: str


class ConfigVar(Answer):
    """A setting of an algorithm; there are none so far."""

    type: str
    description: str | None = None
    default: str | int | float | bool | None = 0


class AlgorithmDocs(Answer):
    """An algorithm explained."""

    name: str
    description: str | None = None
    config: dict[str, ConfigVar]
    features: dict[str, FeatureDoc]


class Algorithm(Answer):
    """An algorithm; `features` is yente's older place for `docs.features`."""

    name: str
    description: str | None = None
    features: dict[str, FeatureDoc]
    docs: AlgorithmDocs


class AlgorithmResponse(Answer):
    """The algorithm in service."""

    algorithms: list[Algorithm]
    default: str
    best: str
