"""The 21 sections of the Harmonized System, for pages that group goods.

Source: World Customs Organization, Harmonized System nomenclature 2022, table of contents. The
names are ours and short.
"""

from typing import Final

SECTIONS: Final = (
    ("I", 1, 5, "Animals and animal products"),
    ("II", 6, 14, "Vegetable products"),
    ("III", 15, 15, "Fats and oils"),
    ("IV", 16, 24, "Prepared food, drinks, tobacco"),
    ("V", 25, 27, "Minerals and fuels"),
    ("VI", 28, 38, "Chemicals"),
    ("VII", 39, 40, "Plastics and rubber"),
    ("VIII", 41, 43, "Leather, furs, bags"),
    ("IX", 44, 46, "Wood and basketware"),
    ("X", 47, 49, "Pulp, paper, print"),
    ("XI", 50, 63, "Textiles and clothing"),
    ("XII", 64, 67, "Shoes, hats, umbrellas"),
    ("XIII", 68, 70, "Stone, ceramics, glass"),
    ("XIV", 71, 71, "Pearls, precious metals, jewellery"),
    ("XV", 72, 83, "Base metals and articles of them"),
    ("XVI", 84, 85, "Machinery and electronics"),
    ("XVII", 86, 89, "Vehicles, aircraft, ships"),
    ("XVIII", 90, 92, "Instruments, optics, clocks, music"),
    ("XIX", 93, 93, "Arms and ammunition"),
    ("XX", 94, 96, "Furniture, toys, sundry articles"),
    ("XXI", 97, 97, "Works of art and antiques"),
)
"""Number, first and last chapter, name. Chapters 98 and 99 belong to no section."""

NATIONAL: Final = ("–", "Kept for national use")


def section(code: str) -> tuple[str, str]:
    """Number and name of the section of a commodity code: 8807 gives XVII, Vehicles, ...

    Chapters 98 and 99 give `NATIONAL`.
    """
    chapter = int(code[:2])
    for number, first, last, name in SECTIONS:
        if first <= chapter <= last:
            return number, name
    return NATIONAL
