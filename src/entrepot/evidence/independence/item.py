"""An item: one publication of a report, which may repeat another."""

from dataclasses import dataclass
from datetime import date

from entrepot.evidence.report import Report
from entrepot.records.ids import content_id


@dataclass(frozen=True, slots=True)
class Item:
    """What one publisher printed on one day.

    Attributes:
        item_id: unique in a set of items.
        text: what a person reads in it.
        publisher: outlet, agency or author as printed; empty: not known.
        published_on: day of publication; null: not known.
        title: as printed; empty: none.
        url: where it stood; empty: not known.
        cites: ids or addresses of items that it is known to name as its source.
        name: what a person calls it, for example a file name.
    """

    item_id: str
    text: str
    publisher: str = ""
    published_on: date | None = None
    title: str = ""
    url: str = ""
    cites: tuple[str, ...] = ()
    name: str = ""

    @property
    def label(self) -> str:
        """Publisher, else name, else id: how sentences call it."""
        return self.publisher or self.name or self.item_id


def item_of(report: Report) -> Item:
    """The item that a report is. Its id is made from text, publisher, day and name.

    Two copies of one text under two names are two items.
    """
    day = report.reported_on.isoformat() if report.reported_on else ""
    made = content_id("itm", report.text, report.publisher, day, report.name)
    return Item(made, report.text, report.publisher, report.reported_on, report.title,
                name=report.name)  # fmt: skip
