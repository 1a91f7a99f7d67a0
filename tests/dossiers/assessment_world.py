"""A report with four claims, one of each verdict, made by hand; two of them overlap."""

from datetime import date
from typing import Any

from entrepot.dossiers.assessment import Assessed
from entrepot.evidence.assessing.assessment import Assessment, Ground
from entrepot.evidence.claim import Claim
from entrepot.evidence.report import Report
from entrepot.evidence.standing.stand import Standing, stand

DAY = date(2022, 8, 26)
TEXT = (
    "What was said today\n\nBelarus probably bought turbines. Prices of oil fell, and so did gas.\n"
    "Trade would stop.\n"
)

MEASURE = {
    "kind": "measure", "measure_id": "msr_0123456789ab", "regime": "EU",
    "place": "Reg. (EU) 1/1 Art. 2", "citation": "Reg. 1/2 as enacted", "certainty": "derived",
    "effect": "export_ban", "commodity_code": "8411", "destination": "BLR",
    "valid_from": "2022-03-03", "valid_to": "2023-08-05",
}  # fmt: skip
FLOWS = {
    "kind": "flows", "figures": "hand.csv", "files": [{"file_id": "f" * 64, "name": "hand.csv"}],
    "reporters": ["DEU"], "partners": ["BLR"], "flow": "X", "commodity_codes": ["8411"],
    "periods": ["2022-03", "2022-04"], "value": 171_000.0, "currency": "EUR", "rows": 2,
    "locators": ["ffffffffffff: row 7", "ffffffffffff: row 9"],
}  # fmt: skip
LIST = {
    "kind": "list", "list_id": "eu_fsf", "record_id": "EU.1.2", "caption": "A Works", "score": 1.0,
    "listed_on": "2022-06-03", "edition_id": "e" * 64, "edition_days": ["2022-08-20"],
    "locator": "list.xml: entity 4",
}  # fmt: skip


def report(text: str = TEXT, **more: Any) -> Report:
    told = {"name": "digest.txt", "reported_on": DAY, "publisher": "Ministry of Trade", **more}
    return Report(text, **told)


def claim(of: Report, words: str, type: str, predicate: str, **more: Any) -> Claim:
    start = of.text.index(words)
    return Claim(words, (start, start + len(words)), type, more.pop("kind", "fact"), predicate,
                 of.report_id, reported_on=DAY, **more)  # fmt: skip


def assessed(of: Report | None = None, **more: Any) -> Assessed:
    """Supported, contradicted (inside of it another one, partly), and not testable."""
    whose = of or report()
    claims = [
        claim(whose, "Belarus probably bought turbines.", "trade", "buys", hedge="probably",
              attributed_to="Ministry of Trade"),
        claim(whose, "Prices of oil fell, and so did gas.", "price", "price_change"),
        claim(whose, "and so did gas", "trade", "falls"),
        claim(whose, "Trade would stop.", "trade", "stops", kind="forecast"),
    ]  # fmt: skip
    grounds = (Ground("They were sold until a ban.", (MEASURE, FLOWS, LIST)),)
    made = [
        Assessment(claims[0].claim_id, "supported", grounds, "Belarus bought turbines",
                   cautions=("Goods in transit are not in the figures.",)),
        Assessment(claims[1].claim_id, "contradicted", grounds, "Oil became cheaper"),
        Assessment(claims[2].claim_id, "partly", grounds, "Gas fell", part="gas fell in March"),
        Assessment(claims[3].claim_id, "not_testable", (), "Trade stops",
                   needed=("What was done later: entrepot import FILE",)),
    ]  # fmt: skip
    found = [(one, out, standing(one, out)) for one, out in zip(claims, made, strict=True)]
    told: dict[str, Any] = {
        "name": "digest.txt", "found": found, "command": "entrepot assess digest.txt",
        "records": [("Trade figures", ["hand.csv", "they lack: April"]), ("Flights", ["none"])],
        "report": whose,
    }  # fmt: skip
    return Assessed(**{**told, **more})


def standing(one: Claim, made: Assessment) -> Standing:
    return stand([one], {}, made)
