"""What publishers write for countries beside ISO 3166-1; each block says who writes it."""

import re
from typing import Final

CODES: Final[dict[str, str]] = {
    # European Commission and Eurostat (Comext, GEONOM): https://ec.europa.eu/eurostat/web/metadata
    "EL": "GRC",
    "UK": "GBR",
    "XU": "GBR",  # United Kingdom without Northern Ireland
    "XI": "GBR",  # Northern Ireland
    "XS": "SRB",
    "XC": "ESP",  # Ceuta
    "XL": "ESP",  # Melilla
    # ISO alpha-3 codes withdrawn for a new one, same country (CEPII still writes some)
    "ROM": "ROU",
    "ZAR": "COD",
    "TMP": "TLS",
    "BUR": "MMR",
    # UN Comtrade numbers that differ from M49 because they include territories
    "842": "USA",
    "251": "FRA",
    "757": "CHE",
    "699": "IND",
    "579": "NOR",
    "381": "ITA",
    # UN Comtrade: "Other Asia, not elsewhere specified" holds the figures of Taiwan
    "490": "TWN",
    "S19": "TWN",
    # IMF and World Bank before they moved to ISO
    "KSV": "XKX",
    "UVK": "XKX",
}

NAMES: Final[dict[str, str]] = {
    # usual English names that pycountry lacks
    "Russia": "RUS",
    "Turkey": "TUR",
    "Great Britain": "GBR",
    "Britain": "GBR",
    "Northern Ireland": "GBR",
    "USA": "USA",
    "U.S.A.": "USA",
    "America, United States of": "USA",
    "UAE": "ARE",
    "Ivory Coast": "CIV",
    "Cape Verde": "CPV",
    "Swaziland": "SWZ",
    "Macedonia": "MKD",
    "Former Yugoslav Republic of Macedonia": "MKD",
    "Burma": "MMR",
    "Brunei": "BRN",
    "Vatican": "VAT",
    "Holy See": "VAT",
    "Vatican City": "VAT",
    "East Timor": "TLS",
    "Macau": "MAC",
    "Palestine": "PSE",
    "Palestinian Territory, Occupied": "PSE",
    "West Bank and Gaza Strip": "PSE",
    "Congo, Democratic Republic of": "COD",
    "Congo (Kinshasa)": "COD",
    "DR Congo": "COD",
    "Congo (Brazzaville)": "COG",
    "Congo, Republic of": "COG",
    "Korea, South": "KOR",
    "Korea, North": "PRK",
    "Micronesia": "FSM",
    "Kosovo": "XKX",
    "Kirghizstan": "KGZ",
    "Kyrghistan": "KGZ",
    "Kirgizstan": "KGZ",
    "Byelorussia": "BLR",
    "Belorussia": "BLR",
    "Kazakstan": "KAZ",
    "Tadjikistan": "TJK",
    "Moldavia": "MDA",
    "The Gambia": "GMB",
    "Saint Helena": "SHN",
    "Falkland Islands": "FLK",
    "Virgin Islands, British": "VGB",
    "British Virgin Islands": "VGB",
    "US Virgin Islands": "VIR",
    "Sint Maarten": "SXM",
    # UN Comtrade's short forms
    "Bosnia Herzegovina": "BIH",
    "China, Hong Kong SAR": "HKG",
    "China, Macao SAR": "MAC",
    "Other Asia, nes": "TWN",
    "Lao": "LAO",
    "State of Palestine": "PSE",
    "Serbia and Kosovo": "SRB",
    # US Census Bureau, Schedule C
    "West Bank administered by Israel": "PSE",
    "Gaza Strip administered by Israel": "PSE",
    "British Indian Ocean Territories": "IOT",
    "French Southern and Antarctic Lands": "ATF",
    "Svalbard, Jan Mayen Island": "SJM",
    "Heard and McDonald Islands": "HMD",
    "Pitcairn Islands": "PCN",
    # India, Directorate General of Commercial Intelligence and Statistics
    "Baharain IS": "BHR",
    "Bangladesh PR": "BGD",
    "Bosnia-Hrzgovin": "BIH",
    "C Afri Rep": "CAF",
    "Cape Verde IS": "CPV",
    "China P RP": "CHN",
    "Congo D. Rep.": "COD",
    "Congo P Rep": "COG",
    "Cote D' Ivoire": "CIV",
    "Dominic Rep": "DOM",
    "Egypt A RP": "EGY",
    "Equtl Guinea": "GNQ",
    "Fiji IS": "FJI",
    "Korea DP RP": "PRK",
    "Korea RP": "KOR",
    "Kyrghyzstan": "KGZ",
    "Lao PD RP": "LAO",
    "Netherland": "NLD",
    "Pakistan IR": "PAK",
    "Panama Republic": "PAN",
    "Papua N Gna": "PNG",
    "Saudi Arab": "SAU",
    "Sri Lanka DSR": "LKA",
    "Tanzania Rep": "TZA",
    "Trinidad": "TTO",
    "U Arab Emts": "ARE",
    "U K": "GBR",
    "Vanuatu Rep": "VUT",
    "Vietnam Soc Rep": "VNM",
    "Yemen Republc": "YEM",
}

SHORT_NAMES: Final[dict[str, str]] = {
    "RUS": "Russia",
    "XKX": "Kosovo",
    "BRN": "Brunei",
    "COD": "DR Congo",
    "COG": "Congo",
    "FSM": "Micronesia",
    "PSE": "Palestine",
    "VAT": "Vatican City",
    "VGB": "British Virgin Islands",
    "VIR": "US Virgin Islands",
    "FLK": "Falkland Islands",
    "SHN": "Saint Helena",
    "MAF": "Saint Martin (French part)",
    "SXM": "Sint Maarten",
}

NO_COUNTRY: Final[dict[str, str]] = {
    # Eurostat, GEONOM: goods whose partner is not given
    "QP": "high seas",
    "QQ": "stores and provisions",
    "QR": "stores and provisions within the Union",
    "QS": "stores and provisions in extra-Union trade",
    "QU": "countries and territories not specified",
    "QV": "countries and territories not specified within the Union",
    "QW": "countries and territories not specified in extra-Union trade",
    "QX": "countries not specified for commercial or military reasons",
    "QY": "countries not specified for such reasons, within the Union",
    "QZ": "countries not specified for such reasons, in extra-Union trade",
    # UN Comtrade
    "837": "bunkers",
    "838": "free zones",
    "839": "special categories",
    "899": "areas, not elsewhere specified",
    "AREAS, NES": "areas, not elsewhere specified",
    "BUNKERS": "bunkers",
    "FREE ZONES": "free zones",
    "SPECIAL CATEGORIES": "special categories",
}

FORMER: Final[dict[str, str]] = {
    "YUG": "Yugoslavia, until 1992 or 2003",
    "SCG": "Serbia and Montenegro, until 2006",
    "891": "Serbia and Montenegro, until 2006",
    "SUN": "Soviet Union, until 1991",
    "SU": "Soviet Union, until 1991",
    "CSK": "Czechoslovakia, until 1992",
    "DDR": "German Democratic Republic, until 1990",
    "ANT": "Netherlands Antilles, until 2010",
    "BLX": "Belgium and Luxembourg, reported together until 1998",
}

EU27: Final = frozenset(
    (
        *("AUT", "BEL", "BGR", "CYP", "CZE", "DEU", "DNK", "ESP", "EST", "FIN", "FRA", "GRC"),
        *("HRV", "HUN", "IRL", "ITA", "LTU", "LUX", "LVA", "MLT", "NLD", "POL", "PRT", "ROU"),
        *("SVK", "SVN", "SWE"),
    )
)
"""Members of the European Union since 1 February 2020."""

# CAN, the Andean Community in Comext, is left out: it shares its letters with Canada.
GROUP_CODES: Final = frozenset(
    (
        *("W00", "WORLD", "WLD", "W1", "0", "000", "001", "1", "TOTAL", "ALL"),
        *("EU", "EUROPEAN_UNION", "97", "58", "EA", "CIS", "OPEC", "ASEAN", "EAEU", "EFTA"),
        *("ACP", "OECD", "NATO", "APEC", "NAFTA", "USMCA", "NICS", "LAFTA", "MERCOSUR"),
        *("BRICS", "G7", "G20", "CAFTA-DR", "CACM", "GCC", "ECOWAS"),
    )
)

GROUP_CODE_PATTERN: Final = re.compile(
    r"EU\d{1,2}(_\d{4})?(_.*)?|EA\d{0,2}(_\d{4})?|(EXT|INT|INTRA|EXTRA)_.*|EURO_AREA.*"
)

GROUP_STARTS: Final = (
    "european union",
    "euro area",
    "euro zone",
    "extra eu",
    "intra eu",
    "extra euro",
    "intra euro",
    "world",
    "total",
)

GROUP_NAMES: Final = (
    "All countries",
    "Africa",
    "America",
    "Asia",
    "Europe",
    "Oceania",
    "North America",
    "South America",
    "Central America",
    "South and Central America",
    "South/Central America",
    "Australia and Oceania",
    "Sub Saharan Africa",
    "Latin America",
    "Twenty Latin American Republics",
    "Pacific Rim Countries",
    "Commonwealth of Independent States",
    "Eurasian Economic Union",
    "Belgium-Luxembourg",
    "Developing countries",
    "USMCA (NAFTA)",
    "USMCA with Canada (Consump)",
    "USMCA with Mexico (Consump)",
    "NAFTA with Canada (Consump)",
    "NAFTA with Mexico (Consump)",
    "Advanced Technology Products",
)
