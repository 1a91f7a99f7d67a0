"""Both engines, as the signals use them."""

from tests.signals.conftest import engine

__all__ = ["engine"]
