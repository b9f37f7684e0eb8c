"""The named checks of a territory: each says in French what deserves a look, and where."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from cpts_geo.analyse.taille import Bareme, Seuil, load_bareme
from cpts_geo.communes.fiches import Fiche, enumerate_noms
from cpts_geo.communes.toponymes import toponyme_commune
from cpts_geo.communes.voisinage import Codes, Morceau
from cpts_geo.indicateurs.donnees import Donnees
from cpts_geo.socle.declarations import Declare, declaration
from cpts_geo.socle.nombres import entier, pluriel, pourcent
from cpts_geo.socle.textes import capitale, enumeration, typographie

Niveau = Literal["attention", "information"]
CodeConstat = Literal[
    "morceaux",
    "enclave",
    "eau",
    "regions",
    "departements",
    "cpts_prises",
    "cpts_entieres",
    "cpts_enclave",
    "cpts_voisines",
    "cpts_aucune",
    "sous_seuil",
    "sur_seuil",
    "au_seuil",
    "sans_contour",
    "population_ancienne",
    "sans_offre",
]


@dataclass(frozen=True, slots=True)
class Constat:
    """What a check has found.

    `titre` says it in a few words and `message` in a sentence. `codes` are the communes to look at, `ajouter`
    those that would settle the matter, if any.
    """

    code: str
    niveau: Niveau
    titre: str
    message: str
    codes: Codes = ()
    ajouter: Codes = ()


class ConstatDeclare(Declare):
    """The words of a finding: `un` when it is about one commune, if that is said otherwise."""

    niveau: Niveau
    titre: str
    plusieurs: str
    un: str = ""


class EtSi(Declare):
    """What is declared of adding a neighbour: the indicator shown, how far to look, and words of effects."""

    indicateur: str
    enclave_maximum: int
    morceaux_maximum: int
    reunit: str
    comble: str
    enclave: str
    eau: str


class But(Declare):
    """The sentences of a goal that one commune reaches, or several."""

    un: str
    plusieurs: str


class Propositions(Declare):
    """The sentences of what is proposed, and those of a goal out of reach or of one way among others."""

    taille: But
    taille_impossible: str
    morceau: But
    morceau_proposition: str


class CptsConnues(Declare):
    """What is said of where the CPTS that exist are known; `en_partie` of a territory that goes beyond it."""

    titre: str
    cpts_entiere: str
    cpts_en_partie: str
    connues: str
    en_partie: str
    inconnues: str


class ReglesVerification(Declare):
    """The declared thresholds and texts, those of `et_si` included."""

    proximite_seuil: float
    noms_montres: int
    points_montres: int
    enclaves_montrees: int
    indicateurs_offre: tuple[str, ...]
    point_commun: str
    constats: Mapping[CodeConstat, ConstatDeclare]
    cpts_connues: CptsConnues
    et_si: EtSi
    propositions: Propositions


@dataclass(frozen=True)
class TerritoireVerifie:
    """What the checks look at: the communes of a territory, never none, and what is known of them."""

    codes: Codes
    communes: tuple[Fiche, ...]
    donnees: Donnees
    bareme: Bareme
    regles: ReglesVerification

    @cached_property
    def population(self) -> int:
        """Inhabitants of the territory."""
        return sum(fiche.population for fiche in self.communes)

    @cached_property
    def morceaux(self) -> tuple[Morceau, ...]:
        """The pieces that the territory makes."""
        return self.donnees.voisinage.morceaux(self.codes)

    @cached_property
    def enclaves(self) -> tuple[Codes, ...]:
        """The groups of communes that the territory surrounds without including them."""
        return self.donnees.voisinage.enclaves(self.codes)

    @cached_property
    def autour(self) -> Codes:
        """The communes beside the territory, where it is known of one of its own whether it is in a CPTS."""
        if not self.donnees.cpts.connues(self.codes):
            return ()
        return tuple(voisine.code for voisine in self.donnees.voisinage.voisines(self.codes))

    def noms(self, codes: Sequence[str]) -> str:
        """The names of these communes, the last ones counted when they are many."""
        return enumerate_noms([self.donnees.fiches[code].nom for code in codes], self.regles.noms_montres)

    def _de_noms(self, codes: Sequence[str]) -> str:
        """The same after "de", as sentences say what is of them."""
        named = [toponyme_commune(self.donnees.fiches[code].nom).complement for code in codes]
        return enumerate_noms(named, self.regles.noms_montres)

    def constat(
        self, code: CodeConstat, codes: Sequence[str], valeurs: Mapping[str, object] = MappingProxyType({})
    ) -> Constat:
        """A finding about these communes, in its declared words, filled with these values."""
        declared = self.regles.constats[code]
        words = {"noms": self.noms(codes), "de_noms": self._de_noms(codes), **valeurs}
        text = declared.un if len(codes) == 1 and declared.un else declared.plusieurs
        return Constat(
            code=code,
            niveau=declared.niveau,
            titre=declared.titre.format(**words),
            message=capitale(typographie(text.format(**words))),
            codes=tuple(codes),
        )


def check(codes: Sequence[str], donnees: Donnees) -> tuple[Constat, ...]:
    """Everything that deserves a look in a territory, what needs attention first; nothing in an empty one.

    Raises:
        KeyError: a code is not that of a present commune.
    """
    if not codes:
        return ()
    dossier = _dossier(tuple(codes), donnees)
    found = [constat for verification in VERIFICATIONS for constat in verification(dossier)]
    return tuple(sorted(found, key=lambda constat: constat.niveau != "attention"))


def load_regles() -> ReglesVerification:
    """The declared thresholds and texts, read once."""
    return declaration("verifications", ReglesVerification)


# ---- In one piece ---------------------------------------------------------------------------------------


def en_un_morceau(dossier: TerritoireVerifie) -> Iterator[Constat]:
    """Every commune can be reached from any other without leaving the territory, by land or by water."""
    count = len(dossier.morceaux)
    if count > 1:
        apart = [code for morceau in dossier.morceaux[1:] for code in morceau.codes]
        yield dossier.constat("morceaux", apart, {"nombre": count, "points": _points(dossier)})


def par_leau_seulement(dossier: TerritoireVerifie) -> Iterator[Constat]:
    """Islands and the far sides of estuaries hold to the rest, but not by land."""
    for morceau in dossier.morceaux:
        far = [code for terre in morceau.terres[1:] for code in terre]
        if far:
            yield dossier.constat("eau", far)


def sans_enclave(dossier: TerritoireVerifie) -> Iterator[Constat]:
    """No commune is surrounded by the territory without being a part of it."""
    found = dossier.enclaves
    if len(found) > dossier.regles.enclaves_montrees:
        found = (tuple(code for enclave in found for code in enclave),)
    for enclave in found:
        yield replace(dossier.constat("enclave", enclave), ajouter=enclave)


def _points(dossier: TerritoireVerifie) -> str:
    """Where two pieces meet at a single point, in words."""
    text = dossier.regles.point_commun
    piece = {code: rank for rank, morceau in enumerate(dossier.morceaux) for code in morceau.codes}
    met = dossier.donnees.voisinage.points_communs(dossier.codes)
    apart = [pair for pair in met if piece[pair[0]] != piece[pair[1]]]
    return "".join(
        text.format(une=dossier.noms([one]), autre=dossier.noms([other]))
        for one, other in apart[: dossier.regles.points_montres]
    )


# ---- Where it stands ------------------------------------------------------------------------------------


def dans_une_region(dossier: TerritoireVerifie) -> Iterator[Constat]:
    """All the communes belong to the same région."""
    return _across(dossier, "region", "regions")


def dans_un_departement(dossier: TerritoireVerifie) -> Iterator[Constat]:
    """All the communes belong to the same département."""
    return _across(dossier, "departement", "departements")


def loin_des_seuils(dossier: TerritoireVerifie) -> Iterator[Constat]:
    """The population is not so near a threshold that the Taille could soon change."""
    for rank, seuil in enumerate(dossier.bareme.seuils):
        part = 100 * abs(dossier.population - seuil.valeur) / seuil.valeur
        if part <= dossier.regles.proximite_seuil:
            words = {
                "marge": pluriel(abs(dossier.population - seuil.valeur), "habitant"),
                "seuil": entier(seuil.valeur),
                "part": pourcent(part),
                "basse": dossier.bareme.classes[rank].numero,
                "haute": dossier.bareme.classes[rank + 1].numero,
            }
            yield dossier.constat(_side(dossier.population, seuil), (), words)


def _across(
    dossier: TerritoireVerifie, zone: Literal["departement", "region"], code: CodeConstat
) -> Iterator[Constat]:
    people: Counter[str] = Counter()
    for fiche in dossier.communes:
        people[getattr(fiche, zone)] += fiche.population
    if len(people) > 1:
        (main, _), *_ = ranked = people.most_common()
        toponyme = dossier.donnees.referentiel.toponyme
        shares = [_share(count, dossier.population) for _, count in ranked]
        first, *wheres = [toponyme(zone, label).lieu for label, _ in ranked]
        others = [f"{share} {where}" for share, where in zip(shares[1:], wheres, strict=True)]
        words = {"nombre": len(people), "part": shares[0], "lieux": enumeration([first, *others])}
        outside = [fiche.code for fiche in dossier.communes if getattr(fiche, zone) != main]
        yield dossier.constat(code, outside, words)


def _share(part: int, whole: int) -> str:
    if not part or not whole:
        return pourcent(0, 0)
    if 100 * part < whole:
        return f"moins de {pourcent(1, 0)}"
    if 99 * whole < 100 * part < 100 * whole:
        return f"plus de {pourcent(99, 0)}"
    return pourcent(100 * part / whole, 0)


def _side(population: int, seuil: Seuil) -> Literal["sous_seuil", "sur_seuil", "au_seuil"]:
    if population == seuil.valeur:
        return "au_seuil"
    return "sous_seuil" if population < seuil.valeur else "sur_seuil"


# ---- CPTS that exist already, where they are known -------------------------------------------------------


def hors_des_cpts(dossier: TerritoireVerifie) -> Iterator[Constat]:
    """No commune is already in a CPTS; whole CPTS, extended or brought together, need less attention."""
    taken = dossier.donnees.cpts.par_cpts(dossier.codes)
    if taken:
        wholes = {nom: len(dossier.donnees.cpts.communes(nom)) for nom in taken}
        in_part = any(len(inside) < wholes[nom] for nom, inside in taken.items())
        forms = dossier.regles.cpts_connues
        named = [
            (forms.cpts_en_partie if len(inside) < wholes[nom] else forms.cpts_entiere).format(
                nom=nom, part=entier(len(inside)), total=entier(wholes[nom])
            )
            for nom, inside in taken.items()
        ]
        codes = [code for inside in taken.values() for code in inside]
        words = {
            "cpts": enumerate_noms(named, dossier.regles.noms_montres),
            "compte": dossier.donnees.referentiel.compte(codes),
        }
        yield dossier.constat("cpts_prises" if in_part else "cpts_entieres", codes, words)


def personne_entouree(dossier: TerritoireVerifie) -> Iterator[Constat]:
    """No commune that is in no CPTS is surrounded by the territory."""
    if dossier.autour:
        alone = dossier.donnees.cpts.sans_cpts(code for enclave in dossier.enclaves for code in enclave)
        if alone:
            yield replace(dossier.constat("cpts_enclave", alone), ajouter=alone)


def cpts_voisines(dossier: TerritoireVerifie) -> Iterator[Constat]:
    """The CPTS beside the territory, those that it has communes of left aside; and neighbours in none."""
    own = dossier.donnees.cpts.par_cpts(dossier.codes)
    beside = {
        nom: codes for nom, codes in dossier.donnees.cpts.par_cpts(dossier.autour).items() if nom not in own
    }
    if beside:
        named = enumerate_noms([f"«\u00a0{nom}\u00a0»" for nom in beside], dossier.regles.noms_montres)
        codes = [code for each in beside.values() for code in each]
        yield dossier.constat("cpts_voisines", codes, {"cpts": named})
    surrounded = {code for enclave in dossier.enclaves for code in enclave}
    alone = dossier.donnees.cpts.sans_cpts(code for code in dossier.autour if code not in surrounded)
    if alone:
        yield dossier.constat("cpts_aucune", alone)


# ---- What is known of it --------------------------------------------------------------------------------


def avec_contour(dossier: TerritoireVerifie) -> Iterator[Constat]:
    """Every commune can be drawn."""
    undrawn = [fiche.code for fiche in dossier.communes if not fiche.a_contour]
    if undrawn:
        yield dossier.constat("sans_contour", undrawn)


def population_recente(dossier: TerritoireVerifie) -> Iterator[Constat]:
    """The population of every commune is of the latest vintage."""
    latest = int(dossier.donnees.referentiel.communes["millesime_population"].max())
    older = [fiche for fiche in dossier.communes if fiche.millesime_population < latest]
    if older:
        codes = [fiche.code for fiche in older]
        words = {"millesime": dossier.donnees.referentiel.millesimes(codes), "recent": latest}
        yield dossier.constat("population_ancienne", codes, words)


def offre_connue(dossier: TerritoireVerifie) -> Iterator[Constat]:
    """Every inhabited commune has the declared figures of care offer."""
    peopled = [fiche.code for fiche in dossier.communes if fiche.population]
    missing: dict[Codes, list[str]] = {}
    for code in dossier.regles.indicateurs_offre:
        item = dossier.donnees.catalogue[code]
        missing.setdefault(dossier.donnees.agregateur.sans_chiffre(item, peopled), []).append(
            item.libelle_court
        )
    for codes, labels in missing.items():
        if codes:
            yield dossier.constat("sans_offre", codes, {"indicateurs": ", ".join(labels)})


VERIFICATIONS: tuple[Callable[[TerritoireVerifie], Iterator[Constat]], ...] = (
    en_un_morceau,
    sans_enclave,
    par_leau_seulement,
    dans_une_region,
    dans_un_departement,
    hors_des_cpts,
    personne_entouree,
    cpts_voisines,
    loin_des_seuils,
    avec_contour,
    population_recente,
    offre_connue,
)


def _dossier(codes: Codes, donnees: Donnees) -> TerritoireVerifie:
    known = donnees.fiches
    return TerritoireVerifie(
        codes=codes,
        communes=tuple(known[code] for code in codes),
        donnees=donnees,
        bareme=load_bareme(),
        regles=load_regles(),
    )
