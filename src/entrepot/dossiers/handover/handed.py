"""What is handed over, and what the one who hands it over must say, for a dossier holds it not."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Handed:
    """One file for one reader.

    Attributes:
        name: of the file, without a folder.
        media_type: as the Internet Assigned Numbers Authority lists it.
        content: its bytes; text is UTF-8 with line ends of one sign.
    """

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Given:
    """What the dossier does not hold.

    Attributes:
        publisher: who publishes it, as it should be printed; empty: not said, nobody is made up.
        url: address of the published page; empty: the page beside the file.
        country: ISO alpha-3 of the one who is asked; empty: every hub of the case.
        letter: which type of letter, one of `data/letters.tsv`.
        is_draft: an unpublished dossier may be handed over, marked as a draft.
    """

    publisher: str = ""
    url: str = ""
    country: str = ""
    letter: str = "red-flag"
    is_draft: bool = False


NOTHING_GIVEN = Given()
"""Nothing but the dossier itself."""
PUBLIC = ("published", "corrected")
"""States in which a dossier is out of the house."""
