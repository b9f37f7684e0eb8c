"""The report as HTML that templates draw: the head of the page, the families, the totals of a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from jinja2 import Template

from cpts_geo.analyse.rapport import Cellule, Colonne, Famille, LigneRapport, departements, references
from cpts_geo.analyse.table_communes import Mesure, TableCommunes
from cpts_geo.analyse.taille import Bareme, Classement
from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.indicateurs import affichage
from cpts_geo.indicateurs.catalogue import Indicateur
from cpts_geo.indicateurs.couverture import showable
from cpts_geo.indicateurs.formules import methode
from cpts_geo.indicateurs.plan import plan
from cpts_geo.indicateurs.resultat import Resultat
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle import nombres
from cpts_geo.socle.gabarits import environnement
from cpts_geo.socle.textes import capitale, litteral, shorten, typographie

_NOM_COLONNE = 34
_SIGNES = "%€"


@dataclass(frozen=True, slots=True)
class Part:
    """A zone of the territory, and the share (%) of its inhabitants who live there."""

    nom: str
    part: float


def entete(territoire: Territoire, referentiel: Referentiel, bareme: Bareme) -> str:
    """Show the name of the territory, its population, its Taille, and where it stands."""
    classement: Classement = bareme.rank(referentiel.population(territoire.codes))
    return _template("rapport_entete.html").render(
        nom=territoire.nom,
        classement=classement,
        millesime=referentiel.millesimes(territoire.codes),
        communes=len(territoire),
        designation=referentiel.designation(territoire.codes),
        departements=_parts(departements(territoire.codes, referentiel), referentiel),
        regions=_regions(territoire.codes, referentiel),
    )


def vide(nom: str) -> str:
    """Say what to do while the territory is empty."""
    return _template("rapport_vide.html").render(nom=nom)


def famille(shown: Famille, colonnes: Sequence[Colonne]) -> str:
    """Show the indicators of a family in rows, the territory and what it is compared with in columns."""
    return _template("rapport_famille.html").render(famille=shown, colonnes=colonnes)


def totaux(table: TableCommunes) -> str:
    """Show the whole territory, for the columns of the table of communes."""
    return _template("rapport_totaux.html").render(totaux=table.totaux)


# ---- Words of a cell --------------------------------------------------------------------------------------


def valeur(indicateur: Indicateur, resultat: Resultat) -> str:
    """The value with its "%" or its "€"."""
    text = affichage.valeur(indicateur, resultat)
    sign = indicateur.unite[0] if indicateur.unite[0] in _SIGNES else ""
    return text if affichage.absence(resultat) else f"{text}\u00a0{sign}".rstrip()


def detail(indicateur: Indicateur, cellule: Cellule) -> str:
    """What stands under the value: the headcount, or the rate of a count; empty when there is none to say."""
    if cellule.taux is not None:
        return nombres.decimal(cellule.taux)
    shown = showable(cellule.resultat)
    return affichage.effectif(shown) if compte(indicateur) and shown.effectif is not None else ""


def compte(indicateur: Indicateur) -> str:
    """What is counted under the value, as "médecins généralistes"; empty when nothing is."""
    if indicateur.famille == plan().taux.famille:
        return plan().taux.unite
    # Inhabitants are counted once, on their own line.
    return "" if indicateur.numerateur == ("population",) else indicateur.effectif


def couverture(resultat: Resultat) -> str:
    """The coverage of a reference, when it is low enough to be said beside the value."""
    if resultat.borne_basse is None or resultat.couverture >= plan().couverture_references:
        return ""
    return f"couv.\u00a0{nombres.pourcent(resultat.couverture, 0)}"


def exactitude(resultat: Resultat) -> str:
    """The coverage of the territory in few words; empty when the figure stands for everyone."""
    if not affichage.reserve(resultat) or affichage.absence(resultat):
        return affichage.reserve(resultat)
    return affichage.ville_entiere(resultat) or affichage.exacte_pour(resultat)


def couvertures(ligne: LigneRapport, colonnes: Sequence[Colonne]) -> str:
    """The coverage of every column, for the card of an indicator; empty when all stand for everyone."""
    partial = [
        f"{colonne.nom} {nombres.pourcent(cellule.resultat.couverture)}"
        for colonne, cellule in zip(colonnes, ligne.cellules, strict=True)
        if cellule.resultat.couverture < affichage.COUVERTURE_PLEINE
    ]
    return "\u00a0; ".join(partial)


def aide(mesure: Mesure) -> str:
    """What a column measures, as Markdown."""
    return litteral(typographie(f"{mesure.libelle}. {mesure.indicateur.definition}"))


def _parts(people: dict[str, int], referentiel: Referentiel) -> list[Part]:
    whole = sum(people.values())
    return [
        Part(referentiel.nom_zone("departement", code), 100 * count / whole if whole else 0.0)
        for code, count in people.items()
    ]


def _regions(codes: Sequence[str], referentiel: Referentiel) -> list[str]:
    """Names of the régions, but for one that is a single département and bears its name."""
    communes = referentiel.communes.loc[list(codes)]
    named = {referentiel.nom_zone("departement", str(code)) for code in communes["departement"].unique()}
    regions = (referentiel.nom_zone("region", str(code)) for code in communes["region"].unique())
    return [nom for nom in regions if nom not in named]


@cache
def _template(name: str) -> Template:
    environment = environnement()
    environment.globals |= {"plan": plan(), "sens": plan().sens}
    environment.filters |= {
        "abrege": lambda text: shorten(text, _NOM_COLONNE),
        "capitale": capitale,
        "compte": compte,
        "couverture": couverture,
        "couvertures": couvertures,
        "detail": detail,
        "entier": nombres.entier,
        "exactitude": exactitude,
        "marque": affichage.marque,
        "mention_zone": affichage.mention,
        "methode": methode,
        "pluriel": nombres.pluriel,
        "pourcent": nombres.pourcent,
        "references": references,
        "reserve": affichage.reserve,
        "typographie": typographie,
        "valeur": valeur,
    }
    return environment.get_template(name)
