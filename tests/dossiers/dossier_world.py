"""Dossiers made by hand for tests: made up, and labelled so; the firm in it does not exist."""

from dataclasses import replace

from entrepot.dossiers.dossier.canonical import reviewed_id
from entrepot.dossiers.dossier.citation import Citation, SourceFile
from entrepot.dossiers.dossier.dossier import Dossier, Finding, Party, Review, Version
from entrepot.dossiers.dossier.section import Chart, Section, Sentence, Table

FIRM = "a trading firm in Dubai (made up)"
FIGURES, REPORT, OFFICIAL = ("a" * 64, "b" * 64, "c" * 64)

FILES = (
    SourceFile(FIGURES, "made_figures.parquet", "Eurostat (made up)",
               "https://example.org/figures", "2023-01-13T10:00:00+00:00", "CC BY 4.0"),
    SourceFile(REPORT, "made_report.txt", "a made-up weekly", "https://example.org/report",
               "2022-08-27T08:00:00+00:00", "quoted in part"),
    SourceFile(OFFICIAL, "made_act.html", "Official Journal (made up)", "https://example.org/act",
               "2022-08-27T09:00:00+00:00", "public"),
)  # fmt: skip

CITATIONS = (
    Citation("cit_figures00001", "figures", "EU exports of 8807 to Belarus by month", FIGURES,
             "rows 12 to 14", "SELECT period, value_eur FROM flows WHERE commodity_code = '880730'",
             ({"row": 12, "period": "2022-01", "value_eur": 410000.0},
              {"row": 13, "period": "2022-05", "value_eur": 39000.0},
              {"row": 14, "period": "2022-06", "value_eur": None})),
    Citation("cit_method000001", "method", "How the expectation is made", "",
             "docs/methods.md, The rise", "", ()),
    Citation("cit_report000001", "report", "The weekly of 26 August 2022", REPORT,
             "characters 120 to 214", "", ({"text": "The firm sold parts for MiG-29 aircraft."},)),
    Citation("cit_rule00000001", "rule", "Aircraft parts to Belarus", OFFICIAL,
             "Article 1sa(1), Annex XVII", "entrepot rules ask EU BLR 88073000 --on 2022-08-26",
             ({"measure_id": "mea_0001", "valid_from": "2023-08-05"},)),
)  # fmt: skip

CHART = Chart(
    "cha_exports", "EU exports of aircraft parts (8807) to Belarus, EUR a month, 2022",
    "EUR 410,000 in January, EUR 39,000 in May; June is not reported.",
    {"$schema": "https://vega.github.io/schema/vega-lite/v6.json", "width": 320, "height": 120,
     "data": {"values": [{"period": "2022-01", "value": 410000},
                         {"period": "2022-05", "value": 39000},
                         {"period": "2022-06", "value": None}]},
     "mark": {"type": "bar"},
     "encoding": {"x": {"field": "period", "type": "ordinal", "title": "month"},
                  "y": {"field": "value", "type": "quantitative", "title": "EUR"}}},
    ("cit_figures00001",),
)  # fmt: skip

SUMMARY = (
    Sentence("EU exports of aircraft parts to Belarus fell from EUR 410,000 in January 2022 to "
             "EUR 39,000 in May 2022.", "record", ("cit_figures00001",)),
    Sentence(f"A weekly says that {FIRM} sold parts; it is unlikely (20 to 45 %) on the evidence "
             "at hand.", "assessment", ("cit_report000001", "cit_figures00001"), (FIRM,),
             "clm_000000000001"),
)  # fmt: skip

SECTIONS = (
    Section("figures", "What the figures show",
            (SUMMARY[0], Sentence("June 2022 is not reported, so nothing is known of it.",
                                  "unknown", ("cit_figures00001",))),
            (Table("tab_exports", "EU exports of 8807 to Belarus, EUR", ("month", "EUR"),
                   (("2022-01", 410000.0), ("2022-05", 39000.0), ("2022-06", None)),
                   (("cit_figures00001",),) * 3),),
            (CHART,)),
    Section("law", "What was restricted",
            (Sentence("Aircraft parts were not barred to Belarus by code on 26 August 2022 under "
                      "EU rules.", "record", ("cit_rule00000001",)),)),
    Section("said", "What was said",
            (Sentence(f"The weekly says that {FIRM} sold parts for MiG-29 aircraft.", "claim",
                      ("cit_report000001",), (FIRM,), "clm_000000000001"),)),
    Section("innocent", "Other explanations",
            (Sentence("The aircraft may have been repaired for their owner and sent back.",
                      "explanation", ("cit_method000001",)),)),
)  # fmt: skip

FINDINGS = (
    Finding("clm_000000000001", "The firm sold parts for MiG-29 aircraft.", "a made-up weekly",
            "2022-08-26", "https://example.org/report", (FIRM,), "partly", "corroborated", 2, 0.38,
            "unlikely (20 to 45 %)", "Figures show a fall, and say nothing of the firm.",
            ("cit_report000001", "cit_figures00001")),
    Finding("clm_000000000002", "Belarus can buy parts.", "", "2022-08-26", "", (), "supported",
            "corroborated", 3, 0.9, "very likely (80 to 95 %)",
            "No code of aircraft parts was barred to Belarus that day.", ("cit_rule00000001",)),
)  # fmt: skip

PARTY = Party(
    FIRM, "Company", "ARE", "", "2022-09-01", "We sold no such parts.", "", ("cit_report000001",)
)


def small(*, is_reviewed: bool = False) -> Dossier:
    """Two findings, one named party, one chart; reviewed by two where asked."""
    made = Dossier(
        case_id="cas_000000000001", title="Aircraft parts to Belarus (made up)",
        question="Were aircraft parts passed on?", as_of="2022-09-30", published_on="",
        state="draft", summary=SUMMARY, sections=SECTIONS, findings=FINDINGS, parties=(PARTY,),
        citations=CITATIONS, files=FILES, versions=(Version(1, "", "", ()),), hubs=("BLR",),
        targets=("RUS",), codes=("8807",), made_with="entrepot 0.1.0",
        contact="desk@example.org",
    )  # fmt: skip
    if not is_reviewed:
        return made
    content = reviewed_id(made)
    return replace(
        made,
        state="answered",
        reviews=tuple(
            Review(who, f"2022-09-{day}T09:00:00+00:00", "approve", "", content)
            for who, day in (("kk", 20), ("mw", 21))
        ),
    )


def large(findings: int, charts: int) -> Dossier:
    """As `small`, with so many findings and charts: for measuring."""
    held = small()
    many = tuple(
        replace(FINDINGS[number % 2], claim_id=f"clm_{number:012d}") for number in range(findings)
    )
    drawn = tuple(replace(CHART, chart_id=f"cha_{number:04d}") for number in range(charts))
    said = tuple(
        replace(SUMMARY[1], text=f"Sentence {number} of a made-up case.", names=())
        for number in range(findings)
    )
    return replace(
        held, findings=many,
        sections=(*SECTIONS, Section("more", "More, made up", said, (), drawn)),
    )  # fmt: skip
