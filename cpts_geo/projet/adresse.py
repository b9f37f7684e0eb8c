"""The project in the address of the page: what is written there, and what is read back from it.

One scenario in the first colour is written as `communes` and `nom`, as since the first version; anything more
as `projet`. Beside stands `id`, the identity of the project, that addresses of the first versions lack. Local
figures are not in the address: it would be too long to be sent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.projet import lien
from cpts_geo.projet.identite import identite_lue
from cpts_geo.projet.projet import Projet, Scenario, regles
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle.nombres import pluriel
from cpts_geo.socle.textes import enumeration

COMMUNES, NOM, PROJET, IDENTITE = "communes", "nom", "projet", "id"
PARAMETRES = (COMMUNES, NOM, PROJET, IDENTITE)

Adresse = dict[str, str]


@dataclass(frozen=True, slots=True)
class LectureAdresse:
    """The project of an address, and what to say, in French, of the communes that are no more."""

    projet: Projet
    message: str


def write(projet: Projet) -> Adresse:
    """The parameters of the address; none for an empty project."""
    if projet.vide:
        return {}
    return {**_perimetres(projet), **({IDENTITE: projet.identite} if projet.identite else {})}


def _perimetres(projet: Projet) -> Adresse:
    territoire = projet.scenarios[0].territoire
    if projet.sans_complements != Projet.nouveau(territoire):
        return {PROJET: lien.encode_projet(projet)}
    if not territoire.codes and territoire.nom == regles().nom_territoire:
        return {}
    return {COMMUNES: lien.encode(territoire.codes), NOM: territoire.nom}


def omis(projet: Projet) -> str:
    """What the address does not carry: "vos 3 données locales ni votre synthèse"; empty if nothing."""
    textes = sum(bool(scenario.synthese) for scenario in projet.scenarios)
    counts = ((len(projet.locales), "donnée locale", "données locales"), (textes, "synthèse", "synthèses"))
    left = (_yours(*count) for count in counts if count[0])
    return " ni ".join(left)


def _yours(count: int, one: str, several: str) -> str:
    return f"vos {pluriel(count, one, several)}" if count > 1 else f"votre {one}"


def own(parameters: Mapping[str, str]) -> Adresse:
    """Among the parameters of an address, those that speak of a project."""
    return {name: parameters[name] for name in PARAMETRES if name in parameters}


def read(parameters: Adresse, referentiel: Referentiel) -> LectureAdresse:
    """The project of an address, led to the present communes.

    Raises:
        LienInvalideError: the address is damaged, or of a later version.
    """
    if PROJET in parameters:
        projet = lien.decode_projet(parameters[PROJET])
    else:
        codes = lien.decode(parameters.get(COMMUNES, lien.encode(())))
        projet = Projet.nouveau(Territoire(parameters.get(NOM, ""), codes))
    lost: dict[str, None] = {}
    scenarios = tuple(_present(scenario, referentiel, lost) for scenario in projet.scenarios)
    every = (code for scenario in projet.scenarios for code in scenario.territoire.codes)
    unknown = f"Codes inconnus dans ce lien, laissés de côté\u00a0: {', '.join(lost)}." if lost else ""
    message = " ".join(filter(None, (unknown, par_arrondissements(every, referentiel))))
    identite = identite_lue(parameters.get(IDENTITE, ""))
    return LectureAdresse(replace(projet, scenarios=scenarios, identite=identite), message)


def par_arrondissements(codes: Iterable[str], referentiel: Referentiel) -> str:
    """Say, in French, which cities among these codes are opened by their arrondissements."""
    present = (referentiel.present(code) for code in codes)
    villes = dict.fromkeys(referentiel.villes[code] for code in present if code in referentiel.villes)
    if not villes:
        return ""
    return f"Ouvert par arrondissements\u00a0: {enumeration([ville.en_toutes_lettres for ville in villes])}."


def _present(scenario: Scenario, referentiel: Referentiel, lost: dict[str, None]) -> Scenario:
    """The scenario with the present communes; codes that lead to none are noted in `lost`."""
    present = {code: referentiel.unites(code) for code in scenario.territoire.codes}
    lost.update(dict.fromkeys(code for code, now in present.items() if not now))
    nom = scenario.territoire.nom or regles().nom_territoire
    codes = tuple(dict.fromkeys(chain.from_iterable(present.values())))
    return replace(scenario, territoire=Territoire(nom, codes))
