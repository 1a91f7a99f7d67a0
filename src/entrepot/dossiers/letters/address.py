"""Addresses of mail: one spelling each, so that nobody is on the list twice.

The part before the @ must be ASCII: letters to other ones need a server with SMTPUTF8 (RFC 6531)
all the way, and a letter that is lost on the way is worse than a refusal at the door.
"""

import re
from functools import lru_cache
from typing import Final

import idna

from entrepot.errors import RequestError

LONGEST: Final = 254
"""Characters of an address. Source: RFC 5321 section 4.5.3.1.3 (a path of 256 with its <>)."""
LONGEST_LOCAL: Final = 64
"""Octets before the @. Source: RFC 5321 section 4.5.3.1.1."""

_ATOM: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL: Final = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
"""A dot-atom of RFC 5322 section 3.2.3; quoted names are legal, and in practice a mistake."""


def normal(text: str) -> str:
    """An address as it is kept and sent to: domain in ASCII and lower case.

    Raises:
        RequestError: it is no address, or one that letters cannot be sent to.
    """
    plain = text.strip()
    local, at, domain = plain.rpartition("@")
    if not at or not _LOCAL.fullmatch(local) or len(local) > LONGEST_LOCAL:
        raise _refused(text, _why(local, at))
    ascii_domain = _domain(text, domain)
    found = f"{local}@{ascii_domain}"
    if len(found) > LONGEST:
        raise _refused(text, f"longer than {LONGEST} characters")
    return found


def same(address: str) -> str:
    """What two spellings of one mailbox share: everything in lower case.

    RFC 5321 lets a server tell `A@` from `a@`; none in use does, and a person who is asked twice
    is a real harm.
    """
    return address.lower()


def domain_of(address: str) -> str:
    """What stands behind the @ of a normal address."""
    return address.rpartition("@")[2]


def shown(address: str) -> str:
    """The address with its domain as people write it."""
    local, _, domain = address.rpartition("@")
    try:
        return f"{local}@{idna.decode(domain)}"
    except idna.IDNAError:
        return address


def _domain(text: str, domain: str) -> str:
    try:
        found = _ascii(domain)
    except idna.IDNAError as error:
        raise _refused(text, "its domain is not one") from error
    if "." not in found or found.endswith(".") or found.rpartition(".")[2].isdigit():
        raise _refused(text, "its domain has no top level")
    return found


@lru_cache(4096)
def _ascii(domain: str) -> str:
    """The domain in ASCII; most of a list share a few."""
    return idna.encode(domain, uts46=True).decode("ascii").lower()


def _why(local: str, at: str) -> str:
    if not at:
        return "it has no @"
    if not local.isascii():
        return "it has letters outside ASCII before the @, which many servers do not take"
    return "what stands before the @ is not a mailbox"


def _refused(text: str, why: str) -> RequestError:
    # repr: a line end in it must not reach a terminal or a log as such
    shown_text = text if len(text) <= LONGEST else text[:60] + "..."
    return RequestError(
        f"got {shown_text!r}, expected an address of mail: {why}",
        hint="Write it as desk@example.org.",
    )
