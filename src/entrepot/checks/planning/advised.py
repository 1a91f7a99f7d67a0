"""A piece of advice as a check: with an id and a row, so that a result can be of it."""

from dataclasses import dataclass
from typing import Any, Final

from entrepot.checks.check import row_of
from entrepot.checks.planning.advice import Advice
from entrepot.checks.site import Site
from entrepot.checks.window import Window
from entrepot.records.ids import content_id

KIND_OF: Final = {
    "figures": "figures", "rules": "rules", "lists": "lists", "image": "imagery", "visit": "visit",
    "visit_past": "visit", "flights": "flight records", "movements": "traffic counts",
}  # fmt: skip
"""Name of a check in `data/worth.tsv` -> its kind, one of `records.checks.ADVISED`."""


@dataclass(frozen=True, slots=True)
class Advised:
    """What a plan advises for its place and window.

    Attributes:
        advice: as it was ranked.
        site: the place.
        window: the time.
    """

    advice: Advice
    site: Site
    window: Window

    @property
    def kind(self) -> str:
        """One of `records.checks.ADVISED`; the kind of the advice where no check is named."""
        return KIND_OF.get(self.advice.check, self.advice.kind)

    @property
    def check_id(self) -> str:
        """Of kind, place, window and name; not of the words, whose counts hang on what is loaded.

        So it is the same before and after images are fetched, and whatever the rank.
        """
        row = self._row()
        return content_id("chk", self.kind, self.site.name, row["from"], row["to"],
                          self.advice.name or self.advice.what)  # fmt: skip

    def row(self) -> dict[str, Any]:
        """The columns of `records.checks.CHECK`."""
        return self._row() | {"check_id": self.check_id}

    def _row(self) -> dict[str, Any]:
        one, window = self.advice, self.window
        idle = "would move no claim; " if one.expected_change == 0 else ""
        return row_of(self.kind, self.site.name, one.what, from_=window.from_at, to_=window.to_at,
                      status=f"{idle}to be done: {one.when}; cost: {one.cost}")  # fmt: skip
