"""What answers look like, as strict JSON Schemas: yente 5.5 and OpenRefine reconciliation 0.2.

Written down from the projects' documentation, field by field; nothing else may stand in an answer.
"""

from typing import Any

from jsonschema import Draft202012Validator

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
NUMBER: Schema = {"type": "number"}
COUNT: Schema = {"type": "integer", "minimum": 0}
NULL: Schema = {"type": "null"}
MOMENT: Schema = {"type": ["string", "null"], "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$"}


def many(one: Schema) -> Schema:
    return {"type": "array", "items": one}


def by_key(one: Schema) -> Schema:
    return {"type": "object", "additionalProperties": one}


def exactly(**fields: Schema) -> Schema:
    """An object with these fields, all of them and no others; a trailing _ is dropped."""
    named = {name.rstrip("_"): schema for name, schema in fields.items()}
    return {
        "type": "object", "properties": named, "required": list(named),
        "additionalProperties": False,
    }  # fmt: skip


def perhaps(schema: Schema, **fields: Schema) -> Schema:
    """The same object, where some more fields may stand."""
    return {**schema, "properties": {**schema["properties"], **fields}}


ERROR = exactly(detail=TEXT)
INVALID = exactly(detail=many(exactly(type_=TEXT, loc=many(TEXT), msg=TEXT)))
STATUS = exactly(status={"const": "ok"})
TOTAL = exactly(value=COUNT, relation={"enum": ["eq", "gte"]})

ENTITY = exactly(
    id=TEXT, caption=TEXT, schema=TEXT, datasets=many(TEXT), referents=many(TEXT), target=FLAG,
    properties=by_key({"type": "array", "minItems": 1, "items": {"anyOf": [TEXT, {"$ref": "#"}]}}),
    first_seen=MOMENT, last_seen=MOMENT, last_change=MOMENT,
)  # fmt: skip
ENTITY["$id"] = "urn:entity"
REFERENCE: Schema = {"$ref": "urn:entity"}

FEATURE = exactly(
    detail={"type": ["string", "null"]}, score=NUMBER, query={"type": ["string", "null"]},
    candidate={"type": ["string", "null"]},
)  # fmt: skip
FLAT = {**ENTITY["properties"], "properties": by_key({**many(TEXT), "minItems": 1})}
SCORED = exactly(
    **FLAT, score={**NUMBER, "minimum": 0, "maximum": 1}, match=FLAG, explanations=by_key(FEATURE)
)
EXAMPLE = exactly(id={"type": ["string", "null"]}, schema=TEXT, properties=by_key(many(TEXT)))
MATCH = exactly(
    responses=by_key(
        exactly(status={"enum": [200, 400]}, results=many(SCORED), total=TOTAL, query=EXAMPLE)
    ),
    limit=COUNT,
)
FACET = exactly(label=TEXT, values=many(exactly(name=TEXT, label=TEXT, count=COUNT)))
SEARCH = exactly(
    limit=COUNT, offset=COUNT, total=TOTAL, results=many(exactly(**FLAT)), facets=by_key(FACET)
)
ADJACENT_PAGE = exactly(limit=COUNT, offset=COUNT, total=TOTAL, results=many(exactly(**FLAT)))
ADJACENT = exactly(entity=exactly(**FLAT), adjacent=by_key(ADJACENT_PAGE))
NULLABLE: Schema = {"type": ["string", "null"]}
DATASET = exactly(
    name=TEXT, title=TEXT, summary=NULLABLE, url=NULLABLE, license=NULLABLE, updated_at=NULLABLE,
    last_change=NULLABLE, entity_count=COUNT, thing_count=COUNT, version=TEXT, children=many(TEXT),
    load=FLAG, entities_url=NULLABLE, delta_url=NULLABLE, namespace=FLAG, index_version=NULLABLE,
    index_current=FLAG,
)  # fmt: skip
CATALOG = exactly(datasets=many(DATASET), current=many(TEXT), outdated=many(TEXT), index_stale=FLAG)
FEATURES = by_key(exactly(description=TEXT, coefficient=NUMBER, url=TEXT))
ALGORITHMS = exactly(
    algorithms=many(
        exactly(
            name=TEXT, description=TEXT, features=FEATURES,
            docs=exactly(
                name=TEXT, description=TEXT, features=FEATURES, config={"const": {}},
            ),
        )
    ),
    default=TEXT, best=TEXT,
)  # fmt: skip
LINE = exactly(
    line={**COUNT, "minimum": 1}, id={"type": ["string", "null"]}, status={"enum": [200, 400]},
    detail={"type": ["string", "null"]}, results=many(SCORED), total={"anyOf": [TOTAL, NULL]},
)  # fmt: skip

# OpenRefine reconciliation 0.2
URL: Schema = {"type": "string", "pattern": "^https?://"}
TEMPLATE: Schema = {"type": "string", "pattern": r"^https?://.*\{\{id\}\}"}
TYPE = perhaps(exactly(id=TEXT, name=TEXT), broader=many(exactly(id=TEXT, name=TEXT)))
SERVICE = exactly(service_url=URL, service_path={"type": "string", "pattern": "^/"})
SETTING: Schema = {
    "oneOf": [
        exactly(type_={"const": "number"}, name=TEXT, label=TEXT, default=NUMBER, help_text=TEXT),
        exactly(
            type_={"const": "select"}, name=TEXT, label=TEXT, default=TEXT, help_text=TEXT,
            choices=many(exactly(value=TEXT, name=TEXT)),
        ),
    ]
}  # fmt: skip
MANIFEST = exactly(
    versions={**many(TEXT), "contains": {"const": "0.2"}}, name=TEXT, identifierSpace=URL,
    schemaSpace=URL, documentation=URL, batchSize={"type": "integer", "minimum": 1},
    view=exactly(url=TEMPLATE), preview=exactly(url=TEMPLATE, width=COUNT, height=COUNT),
    defaultTypes={**many(TYPE), "uniqueItems": True},
    suggest=exactly(entity=SERVICE, type_=SERVICE, property=SERVICE),
    extend=exactly(propose_properties=SERVICE, property_settings=many(SETTING)),
)  # fmt: skip
CANDIDATE = perhaps(
    exactly(id=TEXT, name=TEXT, type_=many(TYPE), score=NUMBER, match=FLAG,
            features=many(exactly(id=TEXT, value={"type": ["number", "boolean"]}))),
    description=TEXT,
)  # fmt: skip
CANDIDATES = by_key(exactly(result=many(CANDIDATE)))
SUGGESTED = exactly(
    code=TEXT, status=TEXT, prefix=TEXT,
    result=many(perhaps(exactly(id=TEXT, name=TEXT), description=TEXT, notable=many(TYPE),
                        broader=many(exactly(id=TEXT, name=TEXT)))),
)  # fmt: skip
EXTENDED = exactly(
    meta=many(exactly(id=TEXT, name=TEXT)), rows=by_key(by_key(many(exactly(str=TEXT))))
)
PROPOSED = exactly(limit=COUNT, type_=TEXT, properties=many(exactly(id=TEXT, name=TEXT)))


_CHECKED: dict[int, Draft202012Validator] = {}


def check(data: Any, schema: Schema) -> None:
    """Fail with the first place that does not fit."""
    if id(schema) not in _CHECKED:
        Draft202012Validator.check_schema(schema)
        _CHECKED[id(schema)] = Draft202012Validator(schema)
    for error in _CHECKED[id(schema)].iter_errors(data):
        raise AssertionError(f"{error.json_path}: {error.message[:300]}")
