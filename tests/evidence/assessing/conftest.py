"""Both engines, as the signals use them."""

from tests.signals.conftest import engine, spark

__all__ = ["engine", "spark"]
