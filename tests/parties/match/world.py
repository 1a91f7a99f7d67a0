"""A small list of invented parties, and names on no list."""

from datetime import date

from entrepot.parties.match.matcher import Matcher
from entrepot.parties.party import Listing, Party

NEW = Listing("test", "9", listed_on=date(2024, 3, 1))
ENDED = Listing("test", "8", listed_on=date(2014, 3, 1), ended_on=date(2020, 1, 1))
UNDATED = Listing("test", "7")


def party(key: str, schema: str, *names: str, listing: Listing = NEW, **other: str) -> Party:
    properties: dict[str, tuple[str, ...]] = {
        "name": (names[0],),
        **{one: (text,) for one, text in other.items()},
    }
    if names[1:]:
        properties["alias"] = names[1:]
    return Party(key, schema, properties, (listing,))


PARTIES = (
    party("p-nav", "Person", "Uladzimir Siarheevich NAVAROUSKI", birthDate="1961-04-05"),
    party("p-khal", "Person", "ZAWAHRANI, Abd al-Rahman Hamdan", listing=ENDED),
    party("p-li", "Person", "Li XIAOCUI"),
    party("p-ryom", "Person", "RYOM Kwang Chol", listing=UNDATED),
    party("p-abr", "Person", "Roman Petrovich ABRAMENKO", country="ru"),
    party(
        "c-vel",
        "Company",
        "OOO Veladzor",
        "Limited Liability Company Veladzor",
        innCode="7707083893",
    ),
    party("c-zhu", "Company", "Zhuolang Aviation Technology Shenzhen Co. Limited"),
    party("c-com", "Company", "Kurmangaz Communications Group"),
    party("c-tech", "Company", "Belmirtekh Trading and Technical Services LLC"),
    party("c-aero", "Company", "AEROMARTINIAN AIRLINES"),
    party("c-unit3", "Company", "Zavod Uzlovoy Plant 3"),
    party("c-lei", "Company", "Harbour Lane Shipping", leiCode="529900T8BM49AURSDO55"),
    party("v-one", "Vessel", "ARTAMELLA", imoNumber="9187629", mmsi="572469210"),
    party("a-gom", "Airplane", "EP-GXM", serialNumber="22113"),
    party("a-rf", "Airplane", "RF-70001", registrationNumber="RF-70001"),
    party("l-fund", "LegalEntity", "Dorozhny Mirage Foundation"),
)
BUILT: dict[str, Matcher] = {}


def matcher(algorithm: str = "best") -> Matcher:
    if algorithm not in BUILT:
        BUILT[algorithm] = Matcher.build(PARTIES, algorithm=algorithm)
    return BUILT[algorithm]
