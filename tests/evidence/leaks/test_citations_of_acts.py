"""Citations of acts look like telephone numbers and like names with initials; they are neither."""

import pytest

from entrepot.evidence.leaks.lint import lint


def must(text: str) -> list[str]:
    return [one.found for one in lint(text) if one.level == "must"]


@pytest.mark.parametrize(
    "text",
    [
        "15 CFR 746.8(a)(1), 87 FR 13048 (08.03.2022), 87 FR 22130 (14.04.2022)",
        "Annex XI, parts X.A.VII and X.A.IV",
        "p = 0.00731726661, value 6.378928438393385",
        "Published in OJ L. 111 of 8 April 2022",
        "in force on 2022-06-16 (15 CFR 746.8) and on 16.06.2022 (87 FR 36232)",
        "EUR 745 2022-06-16 15 000",
        "Ball bearings to Russia via Kyrgyzstan, 2022",
    ],
)
def test_a_citation_is_no_trace_of_a_source(text):
    assert must(text) == []


@pytest.mark.parametrize(
    "text",
    ["ring (029) 613-04-82", "it was J.A. Ivanov", "29 613 04 82", "2022-06-16 613-04-82",
     "16.06.2022 (29) 613 04 82", "01.12.2012.33.44", "Via Roma, 12", "via Garibaldi, 1999",
     "via Kazan, 12", "Minsk, Lenina 2022"],
)  # fmt: skip
def test_numbers_and_names_are_found_as_before(text):
    assert must(text)
