"""What formats themselves put into a folder's files, so that a lint takes it for no trace.

An id of UUIDv5 is a hash of the dossier, an instant of a bundle is a day of the dossier or the
instant of a retrieval, and keywords of JSON-LD begin with an at sign. Pages print the hash and the
ids of their own dossier, and digits in a hash can look like a time (1706124445219 was seen).
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from entrepot.dossiers.dossier.canonical import dossier_id, read_dossier, reviewed_id
from entrepot.evidence.leaks.lint import lint

KEYWORDS: Final = frozenset({"@context", "@graph", "@id", "@type"})
"""Of JSON-LD 1.1, section 1.7: https://www.w3.org/TR/json-ld11/#syntax-tokens-and-keywords."""
BUNDLE: Final = "stix.json"
DATA: Final = "dossier.json"
TIMES: Final = ("created", "modified", "published", "first_observed", "last_observed")
_ID: Final = re.compile(r"[a-z-]+--([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


def own_marks(files: Mapping[str, bytes]) -> frozenset[str]:
    """Keywords, ids and instants as they are printed in the files of `files.files`.

    Only ids and instants in fields that the standard has for them count; the same text inside of
    words of others is not theirs, but reads the same, so a lint looks at the dossier itself too.
    """
    found = set(KEYWORDS)
    if BUNDLE in files:
        found |= set(_marks(json.loads(files[BUNDLE])))
    if DATA in files:
        found |= _hashes(files[DATA])
    return frozenset(found)


def _hashes(data: bytes) -> set[str]:
    """What a lint takes for a trace in the hash and the ids that pages print of a dossier."""
    made = read_dossier(data)
    own = (hashlib.sha256(data).hexdigest(), dossier_id(made), reviewed_id(made))
    return {leak.found for one in own for leak in lint(one)}


def _marks(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, one in value.items():
            if key in TIMES and isinstance(one, str):
                yield one
            else:
                yield from _marks(one)
    elif isinstance(value, list):
        for one in value:
            yield from _marks(one)
    elif isinstance(value, str) and (found := _ID.fullmatch(value)):
        yield found[1]
