"""Who publishes: what a site says of itself, and the addresses of its pages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from entrepot.dossiers.planfiles.plaintext import plain
from entrepot.errors import RequestError

_MAIL: Final = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+")
_HOST: Final = re.compile(r"[A-Za-z0-9.:\[\]-]+")


@dataclass(frozen=True, slots=True)
class About:
    """What a site says of itself.

    Attributes:
        title: name of the site.
        base_url: address of its front page, with `/` at its end.
        words: who publishes and why; a blank line begins a paragraph.
        contact: where replies and corrections can be sent: a mail address or a web address.
        public_key: the Ed25519 key with which dossiers are signed, as printed by its owner.
        newsletter: address where one can subscribe; empty: there is none.
        extra: more files of the host by path, such as `CNAME`.
    """

    title: str
    base_url: str
    words: str = ""
    contact: str = ""
    public_key: str = ""
    newsletter: str = ""
    extra: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def paragraphs(self) -> list[str]:
        """The words in paragraphs."""
        return [plain(one) for one in re.split(r"\n\s*\n", self.words) if plain(one)]

    @property
    def contact_link(self) -> str:
        """What the contact links to; empty: it is no address."""
        return link(self.contact)

    @property
    def newsletter_link(self) -> str:
        """Where one can subscribe; empty: nowhere."""
        return link(self.newsletter)

    def url(self, path: str) -> str:
        """Full address of a file; that of a folder for its `index.html`."""
        return self.base_url + path.removesuffix("index.html")


def read_about(
    title: str, base_url: str, *, about: str = "", contact: str = "", public_key: str = "",
    newsletter: str = "", extra: Mapping[str, bytes] | None = None,
) -> About:  # fmt: skip
    """What a site says of itself, from what was given for it; see `write_site`.

    Raises:
        RequestError: there is no title, or the base address is none.
    """
    name = plain(title)
    if not name:
        raise RequestError(
            "got no title of the site, expected a name for its front page",
            hint="Give it with --title 'Our cases'.",
        )
    return About(
        name, read_base(base_url), about, plain(contact), public_key.strip(), plain(newsletter),
        dict(extra or {}),
    )  # fmt: skip


def link(text: str) -> str:
    """A mail or web address as a link; empty for anything else."""
    if _MAIL.fullmatch(text):
        return f"mailto:{text}"
    return text if re.fullmatch(r"https?://[^\s<>\"]+", text) else ""


def read_base(text: str) -> str:
    """The address of the front page, with `/` at its end.

    Raises:
        RequestError: it is no web address, or has a query, a fragment or a password.
    """
    try:
        parts = urlsplit(text.strip())
        fits = (
            parts.scheme in ("http", "https") and _HOST.fullmatch(parts.netloc)
            and not parts.query and not parts.fragment
            and re.fullmatch(r"[A-Za-z0-9._~/%-]*", parts.path)
        )  # fmt: skip
    except ValueError:
        fits = False
    if not fits:
        raise RequestError(
            f"got the base address {text!r}, expected one such as https://example.org/cases/",
            hint="Give it with --base-url: feeds, link previews and the site map need full "
            "addresses.",
        )
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/"


def up(path: str) -> str:
    """From the file at `path` to the top of the site, such as `../../`; empty at the top."""
    return "../" * path.count("/")
