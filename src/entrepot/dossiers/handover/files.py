"""What every dossier folder holds for others' programs."""

from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.handover.claimreview import claimreview
from entrepot.dossiers.handover.ftm import ftm
from entrepot.dossiers.handover.handed import Handed
from entrepot.dossiers.handover.questions import questions_csv
from entrepot.dossiers.handover.stix import stix


def files(dossier: Dossier) -> dict[str, bytes]:
    """Fact checks, entities, a bundle, and questions where there is a country to ask; by name.

    A pure function of the dossier, draft or not: whether it may leave the house is for the gate
    of the review, and each of these names nobody whom the dossier does not name.
    """
    made: list[Handed] = [claimreview(dossier), ftm(dossier), stix(dossier)]
    if dossier.hubs:
        made.append(questions_csv(dossier))
    return {one.name: one.content for one in made}
