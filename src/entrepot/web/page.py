"""The pages: a search box with reasons, the state of the lists, the addresses, a small preview.

They are made here and load nothing from elsewhere, and need no script.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Final

import jinja2
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup, escape

from entrepot.dossiers import theme
from entrepot.parties.lists import Held
from entrepot.parties.match.calibration import Rate, Rates, false_alarms
from entrepot.parties.match.matcher import Hit
from entrepot.parties.party import Party
from entrepot.web.catalog import titles
from entrepot.web.entities import words_of
from entrepot.web.facets import Facet, label
from entrepot.web.holdings import Holdings
from entrepot.web.schemata import names_of_type, properties, schemata

KINDS: Final = {
    "": "not known",
    "Person": "a person",
    "Organization": "an organisation",
    "Company": "a company",
    "Vessel": "a vessel",
    "Airplane": "an aircraft",
}
"""What a party can be on the page, by schema."""

HEADERS: Final = {
    "content-security-policy": "default-src 'none'; style-src 'self'; form-action 'self'; "
    "base-uri 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
}
"""Nothing from elsewhere, no script, and nothing kept by the browser: names are personal data."""


@dataclass(frozen=True)
class Asked:
    """What stands in the form."""

    name: str = ""
    schema: str = ""
    number: str = ""
    country: str = ""
    born: str = ""
    on: str = ""
    threshold: float = 0.7


@dataclass(frozen=True)
class Row:
    """One possible match as people read it."""

    party: Party
    score: float
    kind: str
    lists: Sequence[str]
    reasons: Sequence[str]
    against: Sequence[str]
    facts: Mapping[str, Sequence[str]]


def main_page(
    held: Holdings | None, asked: Asked, hits: Sequence[Hit] | None, problem: str = "",
    update_failed: str | None = None, status: int = 200,
) -> Response:  # fmt: skip
    """The search box; `hits` null: nothing was asked; `held` null: the lists are being loaded."""
    now = datetime.now(UTC).date()
    rates = false_alarms(held.matcher.algorithm, asked.threshold) if held else None
    text = _templates().get_template("page.html.j2").render(
        asked=asked,
        kinds=KINDS,
        rows=[row_of(held, hit) for hit in hits] if held and hits is not None else None,
        problem=problem,
        update_failed=update_failed,
        lists=[_list_row(one, now) for one in held.editions] if held else [],
        count=len(held.parties) if held else 0,
        algorithm=held.matcher.algorithm if held else "",
        loaded=held.loaded_at if held else None,
        company=_rate(rates.company) if rates else "",
        person=_rate(rates.person) if rates else "",
        where=_where(rates),
    )  # fmt: skip
    return HTMLResponse(text, status, headers=HEADERS)


def row_of(held: Holdings, hit: Hit) -> Row:
    """A possible match for the page."""
    party = held.parties[hit.party.party_id]
    against = [one.detail for one in hit.features if one.score < 0]
    return Row(
        party=party,
        score=hit.score,
        kind=_kind(party),
        lists=[_listing(one.list_id, one.record_id, one.listed_on, one.programs)
               for one in party.listings],
        reasons=[word for word in words_of(held, hit) if word not in against],
        against=against,
        facts=facts_of(party, most=4),
    )  # fmt: skip


def facts_of(party: Party, *, most: int) -> dict[str, Sequence[str]]:
    """Names and properties of a party by label, at most so many values each."""
    known = properties(party.schema)
    found: dict[str, Sequence[str]] = {}
    hidden = {"topics", "notes", "sourceUrl", "proof"}
    for name, values in party.properties.items():
        if name in hidden or (name == "name" and len(values) == 1):
            continue
        shown = list(values[1:] if name == "name" else values)
        if name in names_of_type("country"):
            shown = [label(Facet.COUNTRIES, value, {}) for value in shown]
        rest = len(shown) - most
        title = known[name].label if name in known else name
        found[title] = shown[:most] + ([f"and {rest} more"] if rest > 0 else [])
    return found


def preview_page(held: Holdings, party: Party) -> Response:
    """A party in a small frame."""
    text = _templates().get_template("preview.html.j2").render(
        party=party,
        kind=_kind(party),
        lists=[_listing(one.list_id, one.record_id, one.listed_on, one.programs)
               for one in party.listings],
        facts=facts_of(party, most=6),
    )  # fmt: skip
    return HTMLResponse(text, headers=HEADERS)


def docs_page(schema: Mapping[str, Any]) -> Response:
    """The addresses, from the OpenAPI description."""
    rows = [
        {"method": method.upper(), "path": path, **spec}
        for path, methods in schema["paths"].items()
        for method, spec in methods.items()
    ]
    text = (
        _templates()
        .get_template("docs.html.j2")
        .render(rows=rows, about=schema["info"]["description"], version=schema["info"]["version"])
    )
    return HTMLResponse(text, headers=HEADERS)


def style() -> Response:
    """The style sheet of all pages."""
    text = (
        _templates()
        .get_template("page.css.j2")
        .render(light=theme.style_variables(theme.LIGHT), dark=theme.style_variables(theme.DARK))
    )
    return Response(text, media_type="text/css", headers={"x-content-type-options": "nosniff"})


def _kind(party: Party) -> str:
    return schemata()[party.schema].label if party.schema in schemata() else party.schema


def _listing(list_id: str, record: str, listed_on: date | None, programs: Sequence[str]) -> str:
    since = f"since {listed_on.isoformat()}" if listed_on else "first day not given"
    number = f", entry {record}" if record else ""
    program = f" ({', '.join(programs)})" if programs else ""
    return f"{titles().get(list_id, list_id)}{number}{program}, {since}"


def _list_row(held: Held, today: date) -> dict[str, Any]:
    day = held.days[-1] if held.days else None
    return {
        "name": titles().get(held.list_id, held.list_id),
        "id": held.list_id,
        "parties": held.parties,
        "names": held.names,
        "refused": held.refused,
        "day": day,
        "age": (today - day).days if day else None,
        "notes": held.notes,
    }


def _rate(rate: Rate | None) -> str:
    """A share with its interval in percent; empty where it was not measured."""
    if rate is None:
        return ""
    interval = f"95 %: {100 * rate.low:.2g} to {100 * rate.high:.2g} %"
    return f"{100 * rate.share:.2g} % ({rate.alarms} of {rate.size:,}; {interval})"


def _where(rates: Rates | None) -> str:
    measured = rates is not None and (rates.company or rates.person)
    return rates.where if rates and measured else ""


@cache
def _templates() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("entrepot.web"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["coded"] = _coded
    return made


def _coded(text: str) -> Markup:
    """Text in which words between backticks are shown as code."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))
