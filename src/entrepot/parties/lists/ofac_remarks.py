"""OFAC's remarks: facts in words, parted by semicolons.

`DOB 12 Jan 1960; nationality Russia; Tax ID No. 7710140679 (Russia); a.k.a. 'ALPHA'`. OFAC prints
its weak aliases in quotes here, and the strong ones in the file of aliases (its FAQ 122 and 123).
"""

import re
from typing import Final

from entrepot.parties.lists.draft import Draft
from entrepot.parties.lists.idents import known
from entrepot.parties.lists.ofac_names import FACTS, add_name, file_fact

ALIAS: Final = re.compile(r"^([afn])\.k\.a\.\s+['‘\"](.*)['’\"]$", re.IGNORECASE)
KINDS: Final = {"a": "weakAlias", "f": "previousName", "n": "weakAlias"}
LABELS: Final = tuple(sorted((label for label in FACTS if label != "title"), key=len, reverse=True))
NUMBER: Final = re.compile(
    r"^(?P<label>(?:[A-Z][^0-9#;]*?)?(?:No\.?|[Nn]umber|Numbers|Code|ID|NIT|RUC|R\.?F\.?C\.?|C\.?U\.?R\.?P\.?"
    r"|D\.?N\.?I\.?|Passport|SSN|BIC|MMSI|Identification|RIF|RTN|License|Licence|LEI|BIK \(RU\)"
    r"|\(MSN\)|VAT|V\.A\.T\.)\.?:?)(?=\s|#)\s*#?\s*(?P<number>.*)$"
)
IMO: Final = re.compile(r"\bIMO\s*:?\s*(\d{7})\b")


def file_remarks(draft: Draft, remarks: str) -> None:
    """Parse a remark into the draft; what is not understood is kept as notes, word for word."""
    for segment in re.split(r";\s*", remarks):
        text = re.sub(r"^alt\. ", "", segment.strip().rstrip(".").strip())
        if text and not (
            draft.holds("position", text)
            or _alias(draft, text)
            or _imo(draft, text)
            or _labelled(draft, text)
            or _number(draft, text)
        ):
            draft.add("notes", segment.strip())


def _alias(draft: Draft, text: str) -> bool:
    match = ALIAS.match(text)
    if match is None:
        return False
    add_name(draft, KINDS[match[1].lower()], match[2])
    return True


def _imo(draft: Draft, text: str) -> bool:
    """`Vessel Registration Identification IMO 9187629`, `Company Number IMO 5991905`."""
    match = IMO.search(text)
    if match is None or text.startswith("Linked To"):
        return False
    return file_fact(draft, "IMO", match[1])


def _labelled(draft: Draft, text: str) -> bool:
    lower = text.casefold()
    for label in LABELS:
        if lower.startswith(label) and lower[len(label) : len(label) + 1] in (" ", ":"):
            return file_fact(draft, label, text[len(label) :].strip(" :"))
    return False


def _number(draft: Draft, text: str) -> bool:
    match = NUMBER.match(text)
    if match is None or not known(match["label"]):
        return False
    if not re.search(r"\d", match["number"]) and not match["label"].endswith("BIC"):
        return False
    return file_fact(draft, match["label"].rstrip(".: "), match["number"])
