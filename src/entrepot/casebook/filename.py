"""The name of a casebook's file: options show it without loading a database."""

from typing import Final

FILE: Final = "casebook.sqlite"
"""Name of the casebook in a workspace."""
