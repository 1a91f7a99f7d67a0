"""The text of an HTML page as a reader sees it: headings, paragraphs, rows; no menus, no scripts.

Nothing that a page names is fetched, and nothing in it is run.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from entrepot.errors import DocumentError
from entrepot.evidence.documents.found import Found, many
from entrepot.evidence.documents.limits import MIB, PAGE_BYTES
from entrepot.evidence.documents.pagefacts import day_of, publisher_of, title_of

_SILENT: Final = frozenset((
    "script", "style", "noscript", "template", "head", "nav", "button", "select", "input", "label",
    "textarea", "iframe", "object", "embed", "svg", "canvas", "audio", "video", "map", "aside",
    "dialog", "menu", "math", "applet", "frame", "frameset", "datalist",
))  # fmt: skip
_BLOCKS: Final = frozenset((
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "html", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody",
    "tfoot", "thead", "tr", "ul",
))  # fmt: skip
_HIDING: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)"
    r"|font-size\s*:\s*0(?:\.0+)?(?:px|pt|em|rem|%)?\s*(?:;|$)"
    r"|(?:left|top|text-indent)\s*:\s*-\d{3,}",
    re.IGNORECASE,
)
_ROLES: Final = frozenset(("navigation", "menu", "menubar", "search", "banner", "contentinfo"))
_SPACES: Final = re.compile(r"[ \t\r\n\f\v]+")
_BREAK, _CELL, _BLOCK, _ROW = "\0b", "\0c", "\0p", "\0r"


def read_html(content: bytes | str, name: str) -> Found:
    """Title, day, publisher and the main text of a page, block by block.

    Where the page marks its article (`article`, `main`), only that is read, if it holds text.

    Raises:
        DocumentError: too large, or nothing a person could read.
    """
    if len(content) > PAGE_BYTES:
        raise DocumentError(
            f"got a page of {len(content) / MIB:,.0f} MB, expected at most "
            f"{PAGE_BYTES / MIB:,.0f} MB of HTML",
            locator=name, hint="Save the text of the page as a text file.",
        )  # fmt: skip
    page = BeautifulSoup(content, "lxml")
    for root in _roots(page):
        seen = _Seen(root)
        text = seen.text()
        if text:
            return Found(text, title_of(page), publisher_of(page), day_of(page, root), seen.notes())
    raise DocumentError(
        "this page holds no text, only what a browser would load or draw",
        locator=name, hint="Open it in a browser and save the text you see.",
    )  # fmt: skip


def _roots(page: BeautifulSoup) -> Iterator[Tag]:
    """Where the text may stand, the best place first."""
    articles = [one for one in page.find_all("article") if not one.find_parent("article")]
    if len(articles) == 1:
        yield articles[0]
    for one in (page.find("main"), page.select_one('[role="main"]'), page.body, page):
        if isinstance(one, Tag):
            yield one


class _Seen:
    """What a reader sees below one element, and a count of what was left out.

    The walk is a loop with a list of what waits, so that depth is no danger.
    """

    def __init__(self, root: Tag) -> None:
        self._root = root
        self._pieces: list[str] = []
        self._unseen = 0
        waiting: list[tuple[Any, bool]] = [(root, False)]
        while waiting:
            node, is_kept = waiting.pop()
            if isinstance(node, str) and not isinstance(node, NavigableString):
                self._pieces.append(node)
            elif type(node) is NavigableString:
                self._pieces.append(_words(node, is_kept))
            elif isinstance(node, Tag) and self._is_entered(node):
                self._enter(node, is_kept, waiting)

    def text(self) -> str:
        """Blocks with an empty line between, rows with a line end, cells with a tab."""
        found: list[str] = []
        gap = ""
        for mark, piece in _split("".join(self._pieces)):
            gap = "\n\n" if mark == _BLOCK else gap or "\n"
            if piece:
                found.extend((gap * bool(found), piece))
                gap = ""
        return "".join(found)

    def notes(self) -> tuple[str, ...]:
        """What was left out, one sentence each."""
        if not self._unseen:
            return ()
        return (f"{many(self._unseen, 'part')} of the page that a browser does not show left out.",)

    def _is_entered(self, node: Tag) -> bool:
        if node.name in _SILENT or (node is not self._root and _is_around(node)):
            return False
        if _is_hidden(node):
            self._unseen += bool(node.get_text(strip=True))
            return False
        return True

    def _enter(self, node: Tag, is_kept: bool, waiting: list[tuple[Any, bool]]) -> None:
        if node.name == "br":
            self._pieces.append(_BREAK)
            return
        mark = _ROW if node.name == "tr" else _BLOCK if node.name in _BLOCKS else ""
        mark = _CELL if node.name in ("td", "th") else mark
        self._pieces.append("" if mark == _CELL else mark)
        waiting.append((mark, False))
        is_kept = is_kept or node.name == "pre"
        waiting.extend((child, is_kept) for child in reversed(node.contents))


def _words(node: NavigableString, is_kept: bool) -> str:
    words = str(node).replace("\0", "")
    return words.replace("\n", _BREAK) if is_kept else words


def _split(joined: str) -> Iterator[tuple[str, str]]:
    """Mark before each block, and the block with its spaces joined."""
    for block in joined.split(_BLOCK):
        mark = _BLOCK
        for row in block.split(_ROW):
            cells = "\t".join(_SPACES.sub(" ", cell).strip() for cell in row.split(_CELL))
            lines = "\n".join(line.strip(" ") for line in cells.strip("\t").split(_BREAK))
            yield mark, lines.strip("\n\t ")
            mark = _ROW


def _is_around(node: Tag) -> bool:
    """A page's own head and foot, menus and forms: around the text, not in it."""
    role = node.get("role")
    if isinstance(role, str) and role.lower() in _ROLES:
        return True
    if node.name == "form":  # some sites wrap the whole page in one
        return node.find(("p", "article", "main", "h1")) is None
    if node.name in ("header", "footer"):
        return node.find_parent(("article", "main")) is None and node.find("h1") is None
    return False


def _is_hidden(node: Tag) -> bool:
    style = node.get("style")
    return node.has_attr("hidden") or (isinstance(style, str) and bool(_HIDING.search(style)))
