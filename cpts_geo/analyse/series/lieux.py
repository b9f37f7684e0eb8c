"""Series of places: causes of death by département, how far each commune is from emergency care."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from cpts_geo.analyse.series.contexte import Contexte
from cpts_geo.analyse.series.declares import CodeGraphique, declares
from cpts_geo.analyse.series.forme import Series, en_mots, indicateurs, phrases, sans_dessin
from cpts_geo.indicateurs import affichage
from cpts_geo.indicateurs.catalogue import Indicateur
from cpts_geo.indicateurs.couverture import showable
from cpts_geo.socle.nombres import pluriel
from cpts_geo.socle.textes import typographie

MOST_COMMUNES = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Departements(Series):
    """Indicators over every département, beside France: `valeurs` are by indicator, then by département.

    `noms` are by code; `departement` is the code of the one beside the territory.
    """

    indicateurs: tuple[Indicateur, ...]
    noms: Mapping[str, str]
    departement: str
    valeurs: tuple[Mapping[str, float | None], ...]

    @property
    def france(self) -> list[float | None]:
        """The value of each indicator over France; None where it cannot stand beside others."""
        return [showable(self.zones[-1].resultats[item.code]).exacte for item in self.indicateurs]

    @property
    def table(self) -> pd.DataFrame:
        """Départements in rows, indicators in columns."""
        columns = {
            item.libelle: [values[code] for code in self.noms]
            for item, values in zip(self.indicateurs, self.valeurs, strict=True)
        }
        return pd.DataFrame({"Département": list(self.noms.values())} | columns)


class Trajet(NamedTuple):
    """How far a commune is, in kilometres by the road."""

    commune: str
    km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Trajets(Series):
    """How far each commune of the territory is, the nearest first, beside the mean of France."""

    indicateur: Indicateur
    trajets: tuple[Trajet, ...]

    @property
    def montres(self) -> tuple[Trajet, ...]:
        """Those that a chart has room for, the farthest first."""
        return self.trajets[-MOST_COMMUNES:][::-1]

    @property
    def france(self) -> float | None:
        """The value over France; None when it cannot stand beside others."""
        return showable(self.zones[-1].resultats[self.indicateur.code]).exacte

    @property
    def table(self) -> pd.DataFrame:
        """Communes in rows."""
        return pd.DataFrame(
            {
                "Commune": [each.commune for each in self.trajets],
                "Kilomètres": [each.km for each in self.trajets],
            }
        )


def causes_deces(context: Contexte, code: CodeGraphique) -> Departements:
    """Causes of death in the département of the territory, among all the others."""
    items = indicateurs(context, code)
    noms = {str(each): str(nom) for each, nom in context.referentiel.zones("departement")["nom"].items()}
    own = context.zones[1].resultats
    return Departements(
        code=code,
        titre=declares().graphique[code].titre,
        zones=context.zones,
        texte=en_mots(items, context.zones[1:2] + context.zones[-1:]),
        mention=typographie(f"Décès pour 100 000 habitants, taux standardisés. {noms[context.departement]}."),
        absence=sans_dessin([affichage.absence(own[item.code]) for item in items]),
        indicateurs=items,
        noms=noms,
        departement=context.departement,
        valeurs=tuple(_by_departement(item, context) for item in items),
    )


def urgences(context: Contexte, code: CodeGraphique) -> Trajets:
    """How far each commune is from emergency care."""
    (item,) = indicateurs(context, code)
    far = context.agregateur.par_commune(item, context.territoire.codes)["borne_basse"]
    known = far.dropna().sort_values()
    noms = context.referentiel.communes.loc[known.index, "nom"].astype(str)
    return Trajets(
        code=code,
        titre=declares().graphique[code].titre,
        zones=context.zones,
        texte=en_mots([item], context.zones),
        mention=phrases(
            f"{item.source.citation_courte}.", _farthest(len(known)), _without(len(far) - len(known))
        ),
        absence="" if len(known) else sans_dessin(["non disponible"]),
        indicateur=item,
        trajets=tuple(map(Trajet, noms.tolist(), known.tolist())),
    )


def _farthest(known: int) -> str:
    hidden = known > MOST_COMMUNES
    return f"Les {MOST_COMMUNES} communes les plus éloignées, sur {known}." if hidden else ""


def _without(missing: int) -> str:
    return f"Non disponible dans {pluriel(missing, 'commune')}." if missing else ""


def _by_departement(item: Indicateur, context: Contexte) -> dict[str, float | None]:
    """The figure of each département, read on any one of its communes."""
    one_of_each = context.referentiel.communes["departement"].drop_duplicates()
    table = context.agregateur.par_commune(item, list(one_of_each.index))["borne_basse"]
    known = zip(one_of_each, table.tolist(), strict=True)
    return {str(code): None if math.isnan(value) else value for code, value in known}
