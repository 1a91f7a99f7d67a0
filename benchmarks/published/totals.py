"""Rows that need whole exports only: EU reporters, six partners, January 2019 to August 2024."""

from collections.abc import Sequence

from published.row import NOT_CHECKED, Row, millions, points, share
from published.world import CCA3, World, in_usd, months

BASE = months("2020-01", "2021-12")
LAST = "2024-08"


def rows(world: World) -> list[Row]:
    return [
        *_brooks(world),
        *_country_risk(world),
        *_turnover(world),
        *_mary_lev(world),
        _borin(world),
        _halved(world),
        *_customs_union(world),
    ]


def _peak(world: World, who: str, size: int) -> tuple[float, str]:
    """The highest ratio to the mean month of 2020-21 of any `size` months in a row, less 1."""
    base = world.totals.sum(who=[who], to=["KGZ"], when=BASE) / len(BASE)
    every = months("2022-01", LAST)
    spans = [every[i : i + size] for i in range(len(every) - size + 1)]
    ratio = [world.totals.sum(who=[who], to=["KGZ"], when=one) / size / base - 1 for one in spans]
    best = max(range(len(spans)), key=ratio.__getitem__)
    return ratio[best], spans[best][-1]


def _brooks(world: World) -> list[Row]:
    published = {
        "DEU": ("DE->KG up to", 18.80),
        "ITA": ("IT->KG about", 20.00),
        "EST": ("EE->KG", 100.0),
        "FIN": ("FI->KG", 31.0),
        "POL": ("PL->KG", 22.0),
        "GRC": ("GR->KG", 21.0),
    }
    made = []
    for who, (words, theirs) in published.items():
        (month, at), (quarter, upto), (year, to) = (_peak(world, who, size) for size in (1, 3, 12))
        made.append(
            Row(
                "Brooks (IIF, Brookings)",
                f"{words} {share(theirs)}",
                "yes",
                "X_t / mean month of 2020-21 - 1, exports of all goods as reported by the "
                "exporter, "
                f"EUR, highest of January 2022 to {LAST}; one month, mean of 3, mean of 12 in "
                "a row",
                f"1 month {share(month)} ({at}); 3 months {share(quarter)} (to {upto}); "
                f"12 months {share(year)} (to {to})",
                f"1 month {points(month, theirs)}; 3 months {points(quarter, theirs)}; "
                f"12 months {points(year, theirs)}",
                "the window of the published figure is not stated in our source; his data are IMF "
                "DOTS and Destatis in USD; size of either: not checked",
            )
        )
    return made


def _country_risk(world: World) -> list[Row]:
    total = world.totals
    made = []
    theirs = 800e6
    for words, span in (
        ("2023", months("2023-01", "2023-12")),
        ("September 2023 to August 2024", months("2023-09", LAST)),
    ):
        ours = in_usd(total, who=["DEU"], to=["KGZ"], when=span)
        made.append(
            Row(
                "CountryRisk.io, Nov 2025",
                "DE->KG about USD 800 m a year",
                "yes",
                f"DE->KG, all goods, {words}, each month at the ECB's mean rate",
                millions(ours, "USD"),
                share(ours / theirs - 1),
                "the year of the published figure is not stated",
            )
        )
    for first, last, words in (
        ("2019-01", "2019-12", "2019"),
        ("2020-01", "2021-12", "mean of 2020-21"),
        ("2021-01", "2021-12", "2021"),
    ):
        span = months(first, last)
        before = total.sum(who=["DEU"], to=["KGZ"], when=span) / len(span) * 12
        ours = total.sum(who=["DEU"], to=["KGZ"], when=months("2023-01", "2023-12")) / before
        made.append(
            Row(
                "CountryRisk.io, Nov 2025",
                "DE->KG about 15x pre-sanction",
                "yes",
                f"DE->KG, all goods, 2023 / {words}, EUR",
                f"{ours:.1f}x",
                f"{ours - 15:+.1f}x",
                "the base of the published figure is not stated",
            )
        )
    eight = tuple(months(f"{year}-01", f"{year}-08") for year in (2020, 2024))
    ours = total.sum(who=["DEU"], to=["RUS"], when=eight[1]) / total.sum(
        who=["DEU"], to=["RUS"], when=eight[0]
    )
    made.append(
        Row(
            "CountryRisk.io, Nov 2025",
            "DE->RU about -70 % 2020-24",
            "part",
            "DE->RU, all goods, EUR, January to August 2024 / the same months of 2020 - 1",
            share(ours - 1),
            points(ours - 1, -0.7),
            "no figures after August 2024; " + NOT_CHECKED,
        )
    )
    return made


def _turnover(world: World) -> list[Row]:
    """The Kyrgyz side says turnover; the exporters' side of the same pairs stands beside it."""
    made = []
    for who, words, before, after in (
        ("EST", "EE USD 1.5 m -> 4.5 m", 1.5e6, 4.5e6),
        ("POL", "PL USD 26 m -> 60.2 m", 26e6, 60.2e6),
        ("DEU", "DE USD 79.4 m -> 256.8 m", 79.4e6, 256.8e6),
    ):
        old, new = (
            in_usd(world.totals, who=[who], to=["KGZ"], when=months(f"{year}-01", f"{year}-12"))
            for year in (2019, 2023)
        )
        made.append(
            Row(
                "Kyrgyz ministry, 24.kg, 13 Feb 2026 (turnover, 2019 -> 2024)",
                words,
                "part",
                "the other side: the exporter's reported exports to KG, all goods, 2019 -> 2023 "
                "(2024 ends in August)",
                f"{millions(old, 'USD')} -> {millions(new, 'USD')}",
                f"2019 {share(old / before - 1)}; 2023 against their 2024 {share(new / after - 1)}",
                "not the same flow: theirs is turnover both ways as the Kyrgyz side records "
                "it, ours "
                "the exporter's leg of another year; a gap between them needs Kyrgyz imports",
            )
        )
    return made


def _mary_lev(world: World) -> list[Row]:
    total = world.totals
    made = []
    for code, words, theirs in (
        ("KGZ", "KG +344.8 %", 3.448),
        ("ARM", "AM +148.9 %", 1.489),
        ("KAZ", "KZ +88.6 %", 0.886),
        ("UZB", "UZ +63.8 %", 0.638),
    ):
        base = total.sum(to=[code], when=months("2021-01", "2021-12")) / 12
        readings = {
            "2022": months("2022-01", "2022-12"),
            "2023": months("2023-01", "2023-12"),
            f"mean month March 2022 to {LAST}": months("2022-03", LAST),
        }
        ours = {
            name: total.sum(to=[code], when=span) / len(span) / base - 1
            for name, span in readings.items()
        }
        made.append(
            Row(
                "mary-lev/eu-export-sanctions",
                f"{words} (2021 -> after)",
                "yes",
                "EU27 exports, all goods, EUR, mean month / mean month of 2021 - 1; three readings",
                "; ".join(f"{name} {share(one)}" for name, one in ours.items()),
                "; ".join(points(one, theirs) for one in ours.values()),
                "none: checked, their window is 2022 over 2021; the other readings show what "
                "the window "
                "does"
                if abs(ours["2022"] - theirs) < 0.0005
                else NOT_CHECKED,
            )
        )
    return made


def _ratio(world: World, to: Sequence[str], span: tuple[str, ...], years: Sequence[int]) -> float:
    """A span of 2022 or later against the mean of the same months of some years, less 1."""
    shift = [tuple(f"{year}{one[4:]}" for one in span) for year in years]
    before = sum(world.totals.sum(to=to, when=one) for one in shift) / len(shift)
    return world.totals.sum(to=to, when=span) / before - 1


def _borin(world: World) -> Row:
    span = months("2022-03", "2022-12")
    one, two = (_ratio(world, ["RUS"], span, years) for years in ([2021], [2019, 2020, 2021]))
    return Row(
        "Borin et al. 2024 (synthetic control)",
        "exports to RU -1/3, March to December 2022",
        "part",
        "EU27 exports to RU, all goods, EUR, March to December 2022 / the same months of "
        "2021; / mean "
        "of 2019-21; no synthetic control: untouched donors are not in the data",
        f"/ 2021 {share(one)}; / 2019-21 {share(two)}",
        f"{points(one, -1 / 3)}; {points(two, -1 / 3)}",
        "other estimator, and which exporters the published figure pools is not stated; not "
        "checked",
    )


def _halved(world: World) -> Row:
    spans = {
        "March to December 2022": months("2022-03", "2022-12"),
        "2022": months("2022-01", "2022-12"),
    }
    ours = {name: _ratio(world, ["RUS"], span, [2021]) for name, span in spans.items()}
    return Row(
        "Javorcik, Project Syndicate, May 2023",
        "direct EU+UK exports to RU more than halved",
        "part",
        "EU27 exports to RU, all goods, EUR, against the same months of 2021",
        "; ".join(f"{name} {share(one)}" for name, one in ours.items()),
        "; ".join(f"{points(one, -0.5)} from -50 %" for one in ours.values()),
        "the UK is not in the data; the published window is not stated; for sanctioned goods "
        "see below",
    )


def _customs_union(world: World) -> list[Row]:
    made = []
    for last in ("2022-08", "2022-12"):
        span = months("2022-03", last)
        before = tuple(f"2021{one[4:]}" for one in span)
        eu = in_usd(world.totals, to=CCA3, when=span) - in_usd(world.totals, to=CCA3, when=before)
        us = world.us.sum(to=CCA3, when=span) - world.us.sum(to=CCA3, when=before)
        made.append(
            Row(
                "EBRD WP 276, Feb 2023",
                "about USD 1 bn more to the customs-union states",
                "part",
                f"all goods, AM + KZ + KG, March to {last} less the same months of 2021, USD; "
                "EU27, US",
                f"EU {millions(eu, 'USD')}; EU + US {millions(eu + us, 'USD')}",
                f"EU {millions(eu - 1e9, 'USD')}; EU + US {millions(eu + us - 1e9, 'USD')}",
                "whether theirs holds all goods or sanctioned ones, and its window, is not "
                "stated in "
                "our source; the UK and Belarus are not in these totals; not checked",
            )
        )
    return made
