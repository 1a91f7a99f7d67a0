"""Fixtures of the small world."""

from tests.screening.screenworld import newer, workspace

__all__ = ["newer", "workspace"]
