"""The text of a DOCX as it stands in print: after all tracked changes, without comments.

Read from its XML: no macro is run, no link followed, no object opened.
"""

from typing import Final

from lxml import etree

from entrepot.errors import DocumentError
from entrepot.evidence.documents.found import Found, many
from entrepot.evidence.documents.packed import Packed

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT: Final = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_ALTERNATIVE: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OFFICE: Final = "/officeDocument"
_GONE: Final = ("del", "moveFrom")
_SIGNS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_BESIDE: Final = (("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote"))


def read_docx(packed: Packed) -> Found:
    """Paragraphs with an empty line between, rows of tables with tabs; foot- and endnotes last.

    Raises:
        DocumentError: no main part, damaged, or made to do harm.
    """
    main = _main(packed)
    told = _Told()
    blocks = told.blocks(packed.tree(main))
    title = told.title
    for member, what in _BESIDE:
        if member in packed:
            for note in packed.tree(member).iter():
                if _local(note) == what and _attribute(note, "type") in (None, "normal"):
                    blocks.extend(told.blocks(note))
    return Found("\n\n".join(blocks), title, notes=(*told.notes(), *_around(packed)))


class _Told:
    """What a walk through the parts met and left out."""

    def __init__(self) -> None:
        self.title = ""
        self._deleted = self._hidden = 0

    def blocks(self, root: etree._Element) -> list[str]:
        """The paragraphs and rows below an element, in order."""
        found: list[str] = []
        rows: list[list[str]] = []
        walk = etree.iterwalk(root, events=("start", "end"))
        line: list[list[str]] = []
        for event, node in walk:
            what = _local(node)
            if event == "start":
                if self._is_left_out(node, what):
                    walk.skip_subtree()
                elif what == "tr":
                    rows.append([])
                elif what == "p":
                    line.append([])
                elif line:
                    line[-1].append(_sign(node, what))
            elif what == "p" and line:
                text = "".join(line.pop()).strip()
                self._note_title(node, text)
                (rows[-1] if rows else found).append(text)
            elif what == "tr" and rows:
                cells = "\t".join(filter(None, rows.pop()))
                (rows[-1] if rows else found).append(cells)
        return [text for text in found if text]

    def notes(self) -> list[str]:
        """What was left out, one sentence each."""
        notes = []
        if self._deleted:
            notes.append(f"{many(self._deleted, 'tracked deletion')} left out.")
        if self._hidden:
            notes.append(f"{many(self._hidden, 'hidden piece')} of text left out.")
        return notes

    def _is_left_out(self, node: etree._Element, what: str) -> bool:
        if what in _GONE:
            self._deleted += any(_local(one) in ("delText", "t") for one in node.iter())
            return True
        if what == "r" and _is_hidden(node):
            self._hidden += any(_local(one) == "t" and one.text for one in node.iter())
            return True
        return bool(node.tag == _ALTERNATIVE)

    def _note_title(self, node: etree._Element, text: str) -> None:
        if self.title or not text:
            return
        styles = [_attribute(one, "val") for one in node.iter() if _local(one) == "pStyle"]
        if styles and (styles[0] or "").lower() in ("title", "heading1"):
            self.title = text


def _main(packed: Packed) -> str:
    """The member that holds the text: as the archive's own list of parts says."""
    if "_rels/.rels" in packed:
        for link in packed.tree("_rels/.rels"):
            if str(link.get("Type", "")).endswith(_OFFICE):
                target = str(link.get("Target", "")).lstrip("/")
                if target in packed:
                    return target
    if "word/document.xml" in packed:
        return "word/document.xml"
    raise DocumentError(
        "this file is damaged: its main part is missing",
        locator=packed.name,
        hint="Fetch it again.",
    )


def _around(packed: Packed) -> list[str]:
    """Notes on what lies in the file beside its text."""
    notes = []
    if any(name.lower().endswith("vbaproject.bin") for name in packed.members):
        notes.append("The file holds macros; none was run.")
    if "word/comments.xml" in packed:
        count = sum(_local(one) == "comment" for one in packed.tree("word/comments.xml"))
        if count:
            notes.append(f"{many(count, 'comment')} left out.")
    heads = [name for name in packed.members if name.startswith(("word/header", "word/footer"))]
    if any(_words(packed, name) for name in heads if name.endswith(".xml")):
        notes.append("Headers and footers of the pages left out.")
    if any("/embeddings/" in name or "/activeX/" in name for name in packed.members):
        notes.append("Objects embedded in the file were not opened.")
    outside = sum(_outside(packed, name) for name in packed.members if name.endswith(".rels"))
    if outside:
        one = "part that lies elsewhere; it was"
        more = "parts that lie elsewhere; they were"
        notes.append(f"The file names {many(outside, one, more)} not fetched.")
    return notes


def _words(packed: Packed, member: str) -> bool:
    return any(
        _local(one) == "t" and (one.text or "").strip() for one in packed.tree(member).iter()
    )


def _outside(packed: Packed, member: str) -> int:
    """Links that a program would load by itself (templates, pictures, frames), not hyperlinks."""
    return sum(
        one.get("TargetMode") == "External" and not str(one.get("Type", "")).endswith("/hyperlink")
        for one in packed.tree(member)
    )


def _sign(node: etree._Element, what: str) -> str:
    if what == "t":
        return node.text or ""
    if what == "sym":
        return " "
    if what == "tab" and _local(node.getparent()) == "tabs":
        return ""
    return _SIGNS.get(what, "")


def _is_hidden(run: etree._Element) -> bool:
    for facts in run:
        if _local(facts) == "rPr":
            return any(
                _local(one) == "vanish" and _attribute(one, "val") not in ("0", "false", "off")
                for one in facts
            )
    return False


def _local(node: etree._Element | None) -> str:
    """The name of an element of WordprocessingML; empty: of another kind."""
    tag = "" if node is None else node.tag
    for space in (_W, _STRICT):
        if isinstance(tag, str) and tag.startswith(space):
            return tag[len(space) :]
    return ""


def _attribute(node: etree._Element, name: str) -> str | None:
    found: str | None = node.get(_W + name, node.get(_STRICT + name))
    return found
