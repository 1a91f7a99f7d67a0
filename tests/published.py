"""Published figures that several tests compare with.

EU exports of Eurostat table DS-045409, as extracted in January 2023, EUR million, March to November
of 2020, 2021 and 2022, to the digits shown.
"""

AIRCRAFT_PARTS = {  # headings 8803 (2020, 2021) and 8807 (2022)
    "KGZ": (0.06, 0.15, 1.33),
    "GEO": (0.70, 1.40, 3.67),
    "ARM": (0.26, 0.04, 0.39),
    "KAZ": (13.44, 18.07, 8.82),
    "UZB": (2.59, 12.29, 3.10),
    "BLR": (1.73, 1.89, 0.17),
    "RUS": (287.2, 233.9, 2.0),
}

CIRCUITS = {"KGZ": (0.04, 0.05, 1.67), "ARM": (0.06, 0.29, 4.39)}
"""854231 to 854239; their parts (854290) are not in these figures."""

CIRCUIT_CODES = ("854231", "854232", "854233", "854239")

ALL_PRODUCTS = {"KGZ": (46, 60, 480)}
