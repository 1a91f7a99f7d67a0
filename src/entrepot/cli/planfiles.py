"""The files that show a plan, as text; loaded when one is asked for."""

import json
from collections.abc import Callable
from datetime import datetime

from entrepot.checks.planning.plan import Plan
from entrepot.dossiers.plan import plan_page
from entrepot.dossiers.planfiles.calendar import calendar
from entrepot.dossiers.planfiles.geojson import geojson
from entrepot.dossiers.planfiles.kml import kml

WRITERS: dict[str, Callable[[Plan, datetime], str]] = {
    "html": lambda plan, now: plan_page(plan, made_at=now),
    "ics": lambda plan, now: calendar(plan, stamped_at=now).decode(),
    "geojson": lambda plan, now: json.dumps(geojson(plan), ensure_ascii=False, indent=1) + "\n",
    "kml": lambda plan, now: kml(plan),
}
"""By the option of `entrepot plan` that asks for them."""
