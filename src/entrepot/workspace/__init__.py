"""The straight line: from archived files to leads; configuration; the Python API.

    from entrepot.workspace import Workspace
    found = Workspace(Path(".entrepot")).leads(Question.ask(target="RUS"))

The names stand in `workspace.straight`, which is read when one of them is first used: it loads
every detector, and a command such as `entrepot plan` needs other modules of this package only.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from entrepot.workspace.straight import (
        STEPS,
        Figures,
        Recalled,
        Workspace,
        one_lead,
        rules,
        shipped_figures,
    )

__all__ = ["STEPS", "Figures", "Recalled", "Workspace", "one_lead", "rules", "shipped_figures"]


def __getattr__(name: str) -> Any:
    """One of `__all__`, from `workspace.straight`."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("entrepot.workspace.straight"), name)
