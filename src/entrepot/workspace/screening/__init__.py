"""Screening of whole files: distinct names once, resumable, with the judgements applied."""

from entrepot.workspace.screening.ask import Ask
from entrepot.workspace.screening.columns import Wanted
from entrepot.workspace.screening.output import Counts, csv_lines, json_lines, rows_of
from entrepot.workspace.screening.run import Outcome, Plan, plan, screen
from entrepot.workspace.screening.verdicts import Terms
from entrepot.workspace.screening.work import Run, find, runs

__all__ = [
    "Ask", "Counts", "Outcome", "Plan", "Run", "Terms", "Wanted", "csv_lines", "find",
    "json_lines", "plan", "rows_of", "runs", "screen",
]  # fmt: skip
