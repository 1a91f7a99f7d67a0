"""The application: addresses, errors and layers put together."""

from collections.abc import Sequence

from fastapi import FastAPI
from starlette.types import ASGIApp

from entrepot import __version__
from entrepot.web import (
    routes_admin,
    routes_match,
    routes_page,
    routes_reconcile,
    routes_search,
    routes_stream,
)
from entrepot.web.guard import Guard
from entrepot.web.origins import Origins
from entrepot.web.service import Service
from entrepot.web.wire import add_errors

ABOUT = (
    "Possible matches of parties with sanctions lists, in the shapes of yente 5.5. A result "
    "resembles the query; whether it is the same party is for a person to decide."
)


def create_app(service: Service, origins: Sequence[str] = ()) -> FastAPI:
    """The API over a service. It needs no network: the pages load nothing from elsewhere.

    Args:
        service: what answers.
        origins: other sites whose pages may read all answers, e.g. `https://intranet.example`.
    """
    app = FastAPI(
        title="Entrepot",
        description=ABOUT,
        version=__version__,
        docs_url=None,
        redoc_url=None,
        strict_content_type=False,  # clients of yente that leave the header out are answered
    )
    app.state.service = service
    for module in (
        routes_match, routes_stream, routes_search, routes_reconcile, routes_admin, routes_page,
    ):  # fmt: skip
        app.include_router(module.router)
    add_errors(app)
    app.add_middleware(Origins, allowed=origins)
    return app


def guarded(service: Service, origins: Sequence[str] = ()) -> ASGIApp:
    """The application as it is served: with limits and the log around it."""
    return Guard(create_app(service, origins))
