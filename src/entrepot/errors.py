"""Every error Entrepot raises on purpose.

EntrepotError
├── SourceError       the bytes are not what the publisher documents, at a locator
├── CodeError         a country, commodity, flow or period is not in its list
├── RuleError         a measure in the rule base is not well formed
├── EngineError       a table engine is missing or refused a query
├── WorkspaceError    the working folder or the archive is not as it should be
├── DocumentError     a report or a file of a tip cannot be read safely, at a locator
├── SealError         a tip cannot be sealed to, or opened with, the keys at hand
├── CasebookError     the casebook cannot be read or written, or is not as it was left
├── DossierError      a dossier is not fit to leave the house, or is not as it was sealed
└── RequestError      what the user asked for does not exist or does not fit together
"""


class EntrepotError(Exception):
    """Base of all: the message is one sentence, `hint` says what to do next."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class SourceError(EntrepotError):
    """A source file departs from its documented format, at `locator`."""

    def __init__(self, message: str, *, locator: str, hint: str = "") -> None:
        super().__init__(f"{locator}: {message}", hint=hint)
        self.locator = locator


class CodeError(EntrepotError):
    """A code or name is not in its list; `got` is what was given."""

    def __init__(self, message: str, *, got: str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.got = got


class RuleError(EntrepotError):
    """A measure in a rule file is not well formed; carries file and line."""


class EngineError(EntrepotError):
    """A table engine is not installed or refused a query."""


class WorkspaceError(EntrepotError):
    """The working folder or its archive is not as it should be."""


class DocumentError(EntrepotError):
    """A file of unknown make is refused or cannot be read, at `locator` (its name, a page)."""

    def __init__(self, message: str, *, locator: str, hint: str = "") -> None:
        super().__init__(f"{locator}: {message}", hint=hint)
        self.locator = locator


class SealError(EntrepotError):
    """A tip cannot be sealed to, or opened with, the keys at hand."""


class CasebookError(EntrepotError):
    """The casebook cannot be read or written, or is not as it was left."""


class DossierError(EntrepotError):
    """A dossier is not fit to leave the house, or is not as it was sealed."""


class RequestError(EntrepotError):
    """What was asked for does not exist, or its parts do not fit together."""
