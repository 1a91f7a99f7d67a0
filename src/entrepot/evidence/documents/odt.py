"""The text of an OpenDocument text: without tracked deletions, comments and hidden sections."""

from typing import Final

from lxml import etree

from entrepot.evidence.documents.found import Found, many
from entrepot.evidence.documents.packed import Packed

_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_SPACES: Final = 1000
"""Most spaces taken from one `text:s`; its count is the writer's."""

_LEFT_OUT: Final = {
    _TEXT + "tracked-changes": "",
    _OFFICE + "annotation": "comment",
    _TEXT + "hidden-text": "hidden piece",
    _TEXT + "hidden-paragraph": "hidden piece",
    _OFFICE + "forms": "",
    _TEXT + "sequence-decls": "",
    _TEXT + "variable-decls": "",
}
_BLOCKS: Final = (_TEXT + "p", _TEXT + "h")


def read_odt(packed: Packed) -> Found:
    """Paragraphs with an empty line between, rows of tables with tabs.

    Raises:
        DocumentError: damaged, or made to do harm.
    """
    root = packed.tree("content.xml")
    deleted = sum(1 for _ in root.iter(_TEXT + "deletion"))
    found: list[str] = []
    rows: list[list[str]] = []
    left_out: dict[str, int] = {}
    title = ""
    walk = etree.iterwalk(root, events=("start", "end"))
    line: list[list[str]] = []
    for event, node in walk:
        if event == "end":
            _close(node, line, rows, found)
            if node.tag == _TEXT + "h" and not title and found:
                title = found[-1]
        elif node.tag in _LEFT_OUT or node.get(_TEXT + "display") == "none":
            what = _LEFT_OUT.get(str(node.tag), "hidden piece")
            left_out[what] = left_out.get(what, 0) + 1
            walk.skip_subtree()
        else:
            _open(node, line, rows)
    notes = [f"{many(count, what)} left out." for what, count in left_out.items() if what]
    if deleted:
        notes.append(f"{many(deleted, 'tracked deletion')} left out.")
    if any(name.startswith(("Basic/", "Scripts/")) for name in packed.members):
        notes.append("The file holds macros; none was run.")
    return Found("\n\n".join(text for text in found if text), title, notes=tuple(notes))


def _open(node: etree._Element, line: list[list[str]], rows: list[list[str]]) -> None:
    if node.tag in _BLOCKS:
        line.append([])
    elif node.tag == _TABLE + "table-row":
        rows.append([])
    if not line:
        return
    if node.tag == _TEXT + "s":
        count = node.get(_TEXT + "c", "1")
        line[-1].append(" " * min(int(count) if count.isdecimal() else 1, _SPACES))
    line[-1].append({_TEXT + "tab": "\t", _TEXT + "line-break": "\n"}.get(str(node.tag), ""))
    line[-1].append(node.text or "")


def _close(
    node: etree._Element, line: list[list[str]], rows: list[list[str]], found: list[str]
) -> None:
    if node.tag in _BLOCKS and line:
        (rows[-1] if rows else found).append("".join(line.pop()).strip())
    elif node.tag == _TABLE + "table-row" and rows:
        (rows[-1] if len(rows) > 1 else found).append("\t".join(filter(None, rows.pop())))
    if line:
        line[-1].append(node.tail or "")
