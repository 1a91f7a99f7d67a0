"""What letters say: a digest of what is new, and the question whether somebody wants it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from html import escape
from typing import Final

import jinja2

from entrepot.dossiers import theme
from entrepot.dossiers.letters.item import CORRECTED, PUBLISHED, WITHDRAWN, Item, one_line
from entrepot.dossiers.letters.message import Body, Sender
from entrepot.dossiers.letters.topics import said
from entrepot.dossiers.letters.wrapping import wrapped
from entrepot.dossiers.paper import environment

_LEAVE: Final = "\ue000leave\ue001"
_TOPICS: Final = "\ue000topics\ue001"
"""Where a receiver's own words go. Signs of private use: `one_line` lets none through."""
_BEFORE: Final = {PUBLISHED: "", CORRECTED: "Correction: ", WITHDRAWN: "Withdrawn: "}


@cache
def _templates() -> tuple[jinja2.Environment, jinja2.Environment]:
    """For HTML with escaping, and for plain text without."""
    return environment(), environment(wrapped=wrapped).overlay(autoescape=False)


def digest(items: Sequence[Item], sender: Sender) -> Body:
    """A digest for everybody to whom the same items are new; `addressed` makes it one's own.

    Corrections and withdrawals stand first: who has read the first version needs them most. It
    loads nothing from anywhere, and its links are the addresses of the cases themselves.
    """
    given = {
        "sender": sender, "leave": _LEAVE, "topics": _TOPICS, "theme": theme,
        "groups": [(kind, [one for one in items if one.kind == kind])
                   for kind in (WITHDRAWN, CORRECTED, PUBLISHED)],
    }  # fmt: skip
    first = next(one for one in _ordered(items))
    more = f" and {len(items) - 1} more" if len(items) > 1 else ""
    subject = f"{_BEFORE[first.kind]}{_cut(first.title)}{more}"
    return _rendered("letter.digest", f"{sender.name}: {subject}", given)


def addressed(body: Body, sender: Sender, topics: Sequence[str], token: str) -> Body:
    """The letter of one receiver: why it comes, and how to leave."""
    why, where = said(topics), sender.leave_url(token)
    return replace(
        body,
        text=body.text.replace(_TOPICS, why).replace(_LEAVE, where),
        html=body.html.replace(_TOPICS, escape(why)).replace(_LEAVE, escape(where)),
    )


def confirmation(sender: Sender, topics: Sequence[str], token: str, expires_on: str) -> Body:
    """The question to an address whether its holder wants letters."""
    given = {"sender": sender, "topics": said(topics), "url": sender.confirm_url(token),
             "token": token, "expires_on": expires_on, "theme": theme}  # fmt: skip
    return _rendered("letter.confirm", f"{sender.name}: please confirm", given)


def _rendered(name: str, subject: str, given: dict[str, object]) -> Body:
    html, text = _templates()
    return Body(
        one_line(subject),
        text.get_template(f"{name}.txt.j2").render(given).strip() + "\n",
        html.get_template(f"{name}.html.j2").render(given).strip() + "\n",
    )


def _ordered(items: Sequence[Item]) -> list[Item]:
    order = (WITHDRAWN, CORRECTED, PUBLISHED)
    return sorted(items, key=lambda one: order.index(one.kind))


def _cut(title: str) -> str:
    return title if len(title) <= 90 else title[:89].rstrip() + "…"
