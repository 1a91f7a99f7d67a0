"""Identifiers with a label, to the property of FollowTheMoney that holds them.

The labels are those of OFAC's remarks and reference values, the EU's identification types and the
words of the United Kingdom, the United Nations and Switzerland. A number that is not what its label
says (see `checks`) is kept under the general property.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from entrepot.parties.lists import checks
from entrepot.parties.lists.clean import clean
from entrepot.parties.lists.draft import SCHEMATA, Draft


@dataclass(frozen=True, slots=True)
class Kind:
    """What a label means: the exact property with its check, and the general one."""

    label: re.Pattern[str]
    general: str
    exact: str = ""
    check: Callable[[str], str] | None = None
    only: str = ""


def _kind(
    label: str, general: str, exact: str = "", check: Callable[[str], str] | None = None,
    only: str = "",
) -> Kind:  # fmt: skip
    return Kind(re.compile(label, re.IGNORECASE), general, exact, check, only)


def _okpo(text: str) -> str:
    return text if re.fullmatch(r"\d{8}|\d{10}", text) else ""


KINDS: Final = (
    _kind(r"\bIMO\b", "registrationNumber", "imoNumber", checks.imo),
    _kind(r"^MMSI|maritime mobile", "registrationNumber", "mmsi", checks.mmsi),
    _kind(r"passport|passeport|pasaporte", "passportNumber"),
    _kind(r"^(?:INN\b|ИНН)|taxpayer id", "taxNumber", "innCode", checks.inn),
    _kind(r"^(?:OGRN\b|ОГРН|PSRN)|state registration", "registrationNumber", "ogrnCode",
          checks.ogrn),
    _kind(r"\bKPP\b|КПП", "taxNumber"),
    _kind(r"\bOKPO\b|ОКПО", "idNumber", "okpoCode", _okpo),
    _kind(r"V\.?A\.?T\.?\b", "taxNumber", "vatCode"),
    _kind(r"\btax\b|fiscal|^R\.?F\.?C\.?$|^RUC|^NIT\b|^RIF|^R\.T\.N|^UNP\b|УНП|^BIN\b|^C\.?U\.?I\.?T|"
          r"^D-?TIN", "taxNumber", "innCode", checks.inn, "ru"),
    _kind(r"social credit", "registrationNumber", "uscCode", checks.credit_code),
    _kind(r"legal entity (?:number|identifier)|^LEI\b", "registrationNumber", "leiCode",
          checks.lei),
    _kind(r"swift|\bBIC\b", "registrationNumber", "swiftBic", checks.bic),
    _kind(r"gazette number", "idNumber", "okpoCode", _okpo, "ru"),
    _kind(r"d-?u-?n-?s", "registrationNumber", "dunsCode"),
    _kind(r"licen[cs]e", "licenseNumber"),
    _kind(r"^(?:aircraft )?(?:tail number|registration mark)", "registrationNumber"),
    _kind(r"registration|registry|regnumber|company (?:number|no)|c\.r\. no|chamber of commerce|"
          r"mercantil|trade reg|enterprise number|economic register|business (?:id|number)|"
          r"incorporation|central registr|^commercial", "registrationNumber", "ogrnCode",
          checks.ogrn, "ru"),
    _kind(r"serial number|\bMSN\b", "serialNumber"),
    _kind(r"call sign", "callSign"),
    _kind(r"\bid\b|identi|cedula|c\.?u\.?r\.?p|d\.n\.i|\bssn\b|social security|birth cert|"
          r"national (?:no|number)|tazkira|kennitala|personal|citizen's card|residen|visa|"
          r"military|seaman|electoral|numident|pesel|travel doc", "idNumber"),
)  # fmt: skip
"""In the order they are tried: exact kinds before general ones."""

SECTION: Final = re.compile(r"^(?:No\.?|Number|#|:)\s*", re.IGNORECASE)
LONGEST: Final = 64
"""FollowTheMoney keeps identifiers of at most 64 signs."""


def known(label: str) -> bool:
    """Whether the label is that of an identifier."""
    return any(kind.label.search(label) for kind in KINDS)


def file_identifier(draft: Draft, label: str, number: str | None, country: str = "") -> bool:
    """Put a number where it belongs; false where the label says nothing (then it is a note).

    Args:
        draft: the party.
        label: the publisher's word for the number.
        number: as printed; nulls are passed over.
        country: code of the issuing country, lower-case alpha-2; empty: not known.
    """
    text = SECTION.sub("", clean(number))
    if not text:
        return True
    kind = next((one for one in KINDS if one.label.search(label)), None)
    if kind is None or len(text) > LONGEST:
        draft.note(label, text)
        return kind is not None
    has = SCHEMATA[draft.schema]
    if kind.exact in has and (not kind.only or country == kind.only):
        exact = kind.check(text) if kind.check else text
        if exact:
            draft.add(kind.exact, exact)
            return True
    if kind.general not in has and "idNumber" in has:
        draft.add("idNumber", text)
    elif kind.general not in has or kind.exact in ("imoNumber", "mmsi", "swiftBic"):
        draft.note(label, text)
    else:
        draft.add(kind.general, text)
    return True
