"""Which office program wrote a ZIP archive, told by what is packed in it."""

from entrepot.evidence.documents.docx import read_docx
from entrepot.evidence.documents.found import Found
from entrepot.evidence.documents.odt import read_odt
from entrepot.evidence.documents.packed import Packed
from entrepot.evidence.documents.refusals import refusal_of

DOCX, XLSX, PPTX, ODT, OTHER_ODF = "docx", "xlsx", "pptx", "odt", "odf"
_ODF = "application/vnd.oasis.opendocument."


def office_of(packed: Packed) -> str:
    """`docx`, `xlsx`, `pptx`, `odt`, `odf` (other OpenDocument); empty: some other archive."""
    if "[Content_Types].xml" in packed:
        folders = {name.split("/", 1)[0] for name in packed.members}
        for folder, what in (("word", DOCX), ("xl", XLSX), ("ppt", PPTX)):
            if folder in folders:
                return what
    if "mimetype" in packed and "content.xml" in packed:
        kind = packed.part("mimetype", 200).decode("ascii", "replace").strip()
        if kind.startswith(_ODF):
            return ODT if kind[len(_ODF) :].startswith("text") else OTHER_ODF
    return ""


def read_office(content: bytes, name: str) -> Found:
    """The text of a DOCX or ODT.

    Raises:
        DocumentError: any other archive; damaged, locked, or made to do harm.
    """
    packed = Packed(content, name)
    what = office_of(packed)
    if what == DOCX:
        return read_docx(packed)
    if what == ODT:
        return read_odt(packed)
    raise refusal_of("sheet" if what else "archive", name)
