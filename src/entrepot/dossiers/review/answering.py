"""Every party that is named was asked, or it is said why not."""

from collections.abc import Iterator
from datetime import date

from entrepot.dossiers.dossier.dossier import Dossier, Party
from entrepot.dossiers.review.fault import Fault, command


def answering(dossier: Dossier) -> Iterator[Fault]:
    """Faults of the right of reply."""
    listed = {one.name for one in dossier.parties}
    for name in dossier.named:
        if name not in listed:
            yield Fault(
                "replies", f"party {name}", "is named and does not stand among the parties",
                "Add it to the parties of the dossier, with its reply, or leave the name out.",
            )  # fmt: skip
    for party in dossier.parties:
        yield from _party(party, dossier)


def _party(party: Party, dossier: Dossier) -> Iterator[Fault]:
    where = f"party {party.name}"
    reply, because = party.reply.strip(), party.no_reply_because.strip()

    def keep(*words: str) -> str:
        return command("reply", dossier.case_id, party.name, *words, "--by", "NAME")

    if reply and because:
        yield Fault("replies", where, "has a reply and a reason why there is none",
                    f"Keep one of the two: {keep('--asked-on', 'DATE', '--text', 'TEXT')}"
                    )  # fmt: skip
    elif reply and not party.asked_on:
        yield Fault("replies", where, "has a reply and no day on which it was asked",
                    f"Say when: {keep('--asked-on', 'DATE', '--text', 'TEXT')}")  # fmt: skip
    elif not (reply or because or party.asked_on):
        yield Fault("replies", where, "was not asked for a reply, and no reason is given",
                    f"Ask it, then: {keep('--asked-on', 'DATE')} · or say why not: "
                    f"{keep('--none', '--because', 'TEXT')}")  # fmt: skip
    elif not (reply or because):
        yield Fault("replies", where, f"was asked on {party.asked_on}; neither a reply nor the "
                    "reason why there is none is given",
                    f"With its answer: {keep('--text', 'TEXT')} · or without: "
                    f"{keep('--none', '--because', 'TEXT')}")  # fmt: skip
    if party.asked_on:
        yield from _day(party, where, dossier)


def _day(party: Party, where: str, dossier: Dossier) -> Iterator[Fault]:
    try:
        asked = date.fromisoformat(party.asked_on)
    except ValueError:
        yield Fault("replies", where, f"was asked on {party.asked_on!r}, expected a day",
                    "Write it as 2022-08-26.")  # fmt: skip
        return
    if dossier.published_on and asked.isoformat() >= dossier.published_on:
        yield Fault("replies", where, f"was asked on {asked}, expected a day before "
                    f"{dossier.published_on}, on which it is published",
                    "Give it time to answer.")  # fmt: skip
