"""When the figures of a period were first out: a dated model, by publisher, with its sources.

A month is no sooner known than its publisher prints it, so a search that pretends to stand on an
earlier day must leave out what was not out yet. The model gives one delay for each publisher, in
days after the period has ended, on the late side of what is documented: a lead found in this way is
never found too soon by the model, at most too late. It says nothing of revisions, which only a file
of that day shows, nor of single reporters who were late.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from entrepot.codes.period import FIRST_YEAR, LAST_YEAR, end, is_month, shift
from entrepot.errors import RequestError


@dataclass(frozen=True)
class Delay:
    """How long after a period its detailed figures are first out.

    Attributes:
        publisher: as in `sources.publishers`.
        month_days: days from the first day after a month to its figures; null: prints no months.
        year_days: the same for figures of a whole year.
        certainty: "text" (an act or the publisher says so), "derived" (from several dates or a
            rule about deliveries, by us), "assumed" (nothing is known).
        source: what it rests on, with addresses.
    """

    publisher: str
    month_days: int | None
    year_days: int
    certainty: str
    source: str


UNKNOWN: Final = "unknown"
"""The publisher of a flow file that the user did not name."""

DELAYS: Final = (
    Delay(
        "Eurostat", 50, 50, "derived",
        "Member States deliver detailed extra-Union figures within 40 days of the month: Reg. (EU) "
        "2020/1197, Annex I, Table 35 (http://data.europa.eu/eli/reg_impl/2020/1197/oj). Seen: "
        "November 2022 in table DS-045409 as last updated on 13 January 2023, 44 days after the "
        "month, with 26 of 27 reporters. First estimates of August 2021, July 2022 and January "
        "2023 came 45, 47 and 48 days after the month (press reports). 50 rounds these up. "
        "Trade between Member States is due after 70 days (Table 34) and is not meant here.",
    ),
    Delay(
        "US Census Bureau", 45, 45, "text",
        "approximately 35 days: https://www.export.gov/article?id=Data-Releases-and-Revisions; "
        "about 45: https://www.census.gov/foreign-trade/www/abt900.html (1999). The longer counts.",
    ),
    Delay(
        "HM Revenue & Customs", 45, 45, "derived",
        "UK trade of August and September 2022 came 12 October and 11 November, 42 days after the "
        "month: https://www.ons.gov.uk/economy/nationalaccounts/balanceofpayments/bulletins/uktrade"
        "/august2022; HMRC's own figures of February 2011 came on 12 April 2011, after 43 days "
        "(uktradeinfo.com, news of 18 January 2011).",
    ),
    Delay(
        "Statistics Netherlands", 45, 45, "text",
        "about six weeks after the month, final ten months after the year: https://www.cbs.nl/nl-nl/"
        "faq/specifiek/wanneer-komen-nieuwe-cijfers-over-de-internationale-goederenhandel-"
        "beschikbaar-",
    ),
    Delay(
        "UN Comtrade", 180, 365, "derived",
        "no expected date for any country; yearly figures are asked for in February and June: "
        "https://uncomtrade.org/docs/data-availability. In 2013, 76 of 81 countries with months "
        "sent them within a median of three months: https://unstats.un.org/unsd/tradekb/Knowledgebase/"
        "Timetable-for-data-availability-of-country. Twice that, and a year, are our choice.",
    ),
    Delay(
        "CEPII (BACI)", None, 424, "derived",
        "every January, with the year before the last (2018 in January 2020): "
        "http://www.cepii.fr/DATA_DOWNLOAD/baci/doc/FAQ_BACI.html. The end of February is taken.",
    ),
)  # fmt: skip
"""Days after the end of a period; sources read in November 2026."""

LONGEST: Final = Delay(
    UNKNOWN,
    max(delay.month_days or 0 for delay in DELAYS),
    max(delay.year_days for delay in DELAYS),
    "assumed",
    "publisher not known: the longest delay of any publisher here",
)
"""For a file of an unknown publisher."""

NAMES: Final = tuple(delay.publisher for delay in DELAYS)
"""Publishers with a delay of their own."""


EARLIEST: Final = 3
"""Years after the first period that exists before anything counts as due: more than any delay."""


def delay_of(publisher: str | None) -> Delay:
    """The delay of a publisher; the longest one where it is unknown."""
    return next((one for one in DELAYS if one.publisher == publisher), LONGEST)


def due(period: str, delay: Delay) -> date:
    """The first day on which the figures of a period count as published.

    Args:
        period: a month such as `2022-04` or a year such as `2022`.
        delay: of its publisher. One that prints no months has those of a year with the year.

    Raises:
        CodeError: not a period.
    """
    if is_month(period) and delay.month_days is not None:
        return end(period) + timedelta(days=delay.month_days)
    return end(period[:4]) + timedelta(days=delay.year_days)


@dataclass(frozen=True)
class Edge:
    """The last month and the last year that were due by a day; all earlier ones were, too."""

    month: str
    year: str

    def holds(self, period: str) -> bool:
        """Whether a period was due."""
        return period <= (self.month if is_month(period) else self.year)

    def last_of(self, period_to: str) -> str:
        """The last due period of figures that end with `period_to`."""
        return min(period_to, self.month if is_month(period_to) else self.year)


def edge(as_of: date, delay: Delay) -> Edge:
    """What was due by a day, the day itself included; empty names where that was nothing."""
    if as_of.year < FIRST_YEAR + EARLIEST:
        return Edge("", "")
    as_of = min(as_of, date(LAST_YEAR, 12, 31))
    month, year = f"{as_of:%Y-%m}", f"{as_of:%Y}"
    while due(month, delay) > as_of:
        month = shift(month, -1)
    while due(year, delay) > as_of:
        year = shift(year, -12)
    return Edge(month, year)


def read_day(text: str, *, today: date) -> date:
    """The day of publication that a person gave.

    Raises:
        RequestError: not a day, or one that is still to come.
    """
    try:
        day = date.fromisoformat(text.strip())
    except ValueError as error:
        raise RequestError(
            f"got {text!r} as day of publication, expected a day such as 2022-09-16"
        ) from error
    if day > today:
        raise RequestError(
            f"got {day} as day of publication, expected {today} or earlier: it is still to come"
        )
    return day
