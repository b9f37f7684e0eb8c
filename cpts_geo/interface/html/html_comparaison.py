"""The comparison of scenarios as HTML that templates draw: maps, indicators, communes that change."""

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from jinja2 import Template

from cpts_geo.analyse.comparaison import (
    Comparaison,
    EcartScenario,
    FicheScenario,
    LigneComparee,
    communes_gagnees_perdues,
    jugement,
)
from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.communes.voisinage import Voisinage
from cpts_geo.dessin.carte_vignette import Planche
from cpts_geo.dessin.graphiques_comparaison import Cle
from cpts_geo.indicateurs import affichage
from cpts_geo.indicateurs.catalogue import Catalogue, Indicateur
from cpts_geo.indicateurs.couverture import covered, showable
from cpts_geo.indicateurs.resultat import Resultat
from cpts_geo.projet.projet import Couleur, regles
from cpts_geo.socle import nombres
from cpts_geo.socle.gabarits import environnement
from cpts_geo.socle.nombres import ABSENT

_CLASSES = {"plus favorable": "mieux", "moins favorable": "moins-bien"}


@dataclass(frozen=True, slots=True)
class FamilleComparee:
    """Lines of the table under one heading."""

    nom: str
    lignes: tuple[LigneComparee, ...]


@dataclass(frozen=True, slots=True)
class GroupeCompare:
    """Communes as they are listed: (name, département, inhabitants), the most peopled first."""

    code: str
    communes: tuple[tuple[str, str, int], ...]

    @property
    def population(self) -> int:
        """Inhabitants of all of them."""
        return sum(population for _, _, population in self.communes)


def cartes(comparaison: Comparaison, planche: Planche, voisinage: Voisinage) -> str:
    """Show each scenario: small map, population, Taille, communes, départements, in how many pieces."""
    return _template("comparaison_cartes.html").render(
        fiches=comparaison.fiches,
        images={cle: image(vignette.svg) for cle, vignette in planche.vignettes.items()},
        textes={cle: vignette.texte for cle, vignette in planche.vignettes.items()},
        morceaux={each.cle: len(voisinage.morceaux(each.territoire.codes)) for each in comparaison.comparees},
        meme_cadre=planche.meme_cadre,
    )


def tableau(
    comparaison: Comparaison,
    indicateurs: Iterable[Indicateur],
    reference: FicheScenario,
    catalogue: Catalogue,
) -> str:
    """Show indicators in rows, by family, scenarios in columns, with the difference from the reference."""
    lignes = comparaison.lignes(indicateurs, reference)
    sources = dict.fromkeys(ligne.indicateur.citation_courte for ligne in lignes)
    return _template("comparaison_tableau.html").render(
        fiches=comparaison.comparees,
        reference=reference,
        familles=_families(lignes, catalogue),
        sources=list(sources),
    )


def changement(avant: FicheScenario, apres: FicheScenario, referentiel: Referentiel) -> str:
    """List the communes gained and lost from one scenario to another, and those of both."""
    change = communes_gagnees_perdues(avant.territoire, apres.territoire)
    return _template("comparaison_communes.html").render(
        avant=avant.nom,
        apres=apres.nom,
        gagnees=_groupe("gagnees", change.gagnees, referentiel),
        perdues=_groupe("perdues", change.perdues, referentiel),
        gardees=_groupe("gardees", change.gardees, referentiel),
        plusieurs_departements=len({*avant.departements, *apres.departements}) > 1,
        solde=apres.population - avant.population,
    )


def legende(cles: Sequence[Cle]) -> str:
    """Say what the colours and the shapes of a chart stand for."""
    return _template("comparaison_legende.html").render(cles=cles)


def ecart(indicateur: Indicateur, difference: EcartScenario) -> str:
    """The difference with its sign, "−2 à +3" when framed, "n. d." when unknown; in points for a share."""
    low = nombres.signe(difference.bas, indicateur.decimales)
    high = nombres.signe(difference.haut, indicateur.decimales)
    text = low if low == high else f"{low} à {high}"
    return f"{text}\u00a0pt" if indicateur.unite.startswith("%") and text != ABSENT else text


def image(svg: str) -> str:
    """The SVG as an address that an image can have: the page keeps images, and removes inline drawings."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def _families(lignes: Sequence[LigneComparee], catalogue: Catalogue) -> list[FamilleComparee]:
    grouped = (
        FamilleComparee(nom, tuple(ligne for ligne in lignes if ligne.indicateur.famille == code))
        for code, nom in catalogue.familles.items()
    )
    return [famille for famille in grouped if famille.lignes]


def _groupe(code: str, codes: Iterable[str], referentiel: Referentiel) -> GroupeCompare:
    communes = [referentiel[each] for each in codes]
    listed = (
        (each.nom, referentiel.nom_zone("departement", each.departement), each.population)
        for each in sorted(communes, key=lambda commune: -commune.population)
    )
    return GroupeCompare(code, tuple(listed))


def _unite(indicateur: Indicateur) -> str:
    """The unit, and what must be known of the figure before it is compared."""
    words = affichage.mention(indicateur)
    return f"{indicateur.unite}, {words}" if words else indicateur.unite


def _counted(indicateur: Indicateur, resultat: Resultat) -> bool:
    """Whether the count says more than the value: that of inhabitants is already in the table."""
    counts_people = indicateur.numerateur == ("population",)
    return bool(indicateur.effectif) and not counts_people and showable(resultat).effectif is not None


def _couverture(resultat: Resultat) -> str:
    """The share of inhabitants for whom the figure is exact; the whole reserve is a hint away."""
    if resultat.trop_incertain or (resultat.borne_basse is not None and not covered(resultat)):
        return affichage.reserve(resultat)
    if not affichage.reserve(resultat) or resultat.borne_basse is None:
        return ""
    return affichage.ville_entiere(resultat) or affichage.exacte_pour(resultat)


def _couleur(fiche: FicheScenario) -> Couleur:
    return regles().couleurs[fiche.scenario.couleur]


@cache
def _template(name: str) -> Template:
    environment = environnement()
    environment.globals["couleur"] = _couleur
    environment.filters |= {
        "entier": nombres.entier,
        "signe": nombres.signe,
        "pluriel": nombres.pluriel,
        "valeur": affichage.valeur,
        "effectif": affichage.effectif,
        "marque": affichage.marque,
        "mention_zone": affichage.mention,
        "reserve": affichage.reserve,
        "ecart": ecart,
        "jugement": jugement,
        "classe": lambda words: _CLASSES.get(words, ""),
        "compte": _counted,
        "couverture": _couverture,
        "unite": _unite,
    }
    return environment.get_template(name)
