"""The shapes of the OpenRefine reconciliation API, version 0.2, named as yente names them."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, RootModel, model_validator

from entrepot.web.models import Answer


class FreebaseType(Answer):
    """A type of entities: a FollowTheMoney schema."""

    id: str
    name: str
    broader: list[dict[str, str]] = Field(default_factory=list)


class FreebaseProperty(Answer):
    """A property, by its name with its schema."""

    id: str
    name: str
    description: str | None = None


class FreebaseEntity(Answer):
    """A listed party as a suggestion."""

    id: str
    name: str
    description: str | None = None
    notable: list[FreebaseType] = Field(default_factory=list)


class FreebaseFeature(Answer):
    """One number behind the score of a candidate."""

    id: str
    value: float | bool


class FreebaseScoredEntity(Answer):
    """A candidate. `match` is true only with an identifier that agrees, never for a name."""

    id: str
    name: str
    description: str | None = None
    type: list[FreebaseType]
    score: float
    match: bool
    features: list[FreebaseFeature] = Field(default_factory=list)


class FreebaseEntityResult(Answer):
    """Candidates of one query, best first."""

    result: list[FreebaseScoredEntity]


class FreebaseSuggestResponse(Answer):
    """Suggestions for a beginning of a word."""

    code: str = "/api/status/ok"
    status: str = "200 OK"
    prefix: str
    result: list[FreebaseEntity | FreebaseProperty | FreebaseType]


class FreebaseReconProperty(BaseModel):
    """One more thing known of the party asked for."""

    model_config = ConfigDict(extra="forbid")

    pid: str
    v: Any


class FreebaseReconQuery(BaseModel):
    """One query: a name, properties, or both."""

    model_config = ConfigDict(extra="ignore")

    query: str | None = None
    type: str | list[str] | None = None
    limit: int = Field(5, ge=1, le=500)
    properties: list[FreebaseReconProperty] = []
    type_strict: str | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "FreebaseReconQuery":
        if not (self.query or "").strip() and not self.properties:
            raise ValueError("a query needs `query` or `properties`")
        return self


class FreebaseReconBatch(RootModel[dict[str, FreebaseReconQuery]]):
    """Queries by keys of the caller's."""


class FreebaseExtendProperty(BaseModel):
    """A property wanted, with the settings of the user."""

    id: str
    settings: dict[str, Any] = {}


class FreebaseExtendQuery(BaseModel):
    """Properties wanted of parties."""

    ids: list[str]
    properties: list[FreebaseExtendProperty]


class FreebaseExtendMeta(Answer):
    """A property answered."""

    id: str
    name: str


class FreebaseExtendResponse(Answer):
    """Values by party and property, each `{"str": value}`."""

    meta: list[FreebaseExtendMeta]
    rows: dict[str, dict[str, list[dict[str, str]]]]


class FreebaseExtendPropertiesResponse(Answer):
    """Properties of a type that can be asked for."""

    limit: int
    type: str
    properties: list[FreebaseProperty]
