"""Numbered sources under a text: each number leads to a citation, its file and its hash."""

from collections.abc import Iterable

from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.planfiles.plaintext import plain


class Footnotes:
    """Numbers citations in the order in which a text first uses them."""

    def __init__(self, dossier: Dossier) -> None:
        self._citations = {one.citation_id: one for one in dossier.citations}
        self._files = {one.file_id: one for one in dossier.files}
        self._numbers: dict[str, int] = {}

    def mark(self, citations: Iterable[str]) -> str:
        """` [1, 2]` for ids; empty for none. An id that the dossier does not hold has no number."""
        known = [one for one in dict.fromkeys(citations) if one in self._citations]
        numbers = [self._numbers.setdefault(one, len(self._numbers) + 1) for one in known]
        return f" [{', '.join(str(one) for one in sorted(numbers))}]" if numbers else ""

    def listed(self) -> list[str]:
        """The numbered sources, one line each; call it after all marks are made."""
        return [f"[{number}] {self._source(key)}" for key, number in self._numbers.items()]

    def _source(self, citation_id: str) -> str:
        citation = self._citations[citation_id]
        file = self._files.get(citation.file_id)
        parts = [citation.what, citation.locator]
        if file is not None:
            at = f"retrieved {file.retrieved_at[:10]}" if file.retrieved_at else "day not known"
            parts += [file.publisher, file.origin, at, f"sha256 {file.file_id}"]
        return plain("; ".join(part for part in (*parts, citation_id) if part))
