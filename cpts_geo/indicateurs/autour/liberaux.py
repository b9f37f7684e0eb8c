"""Liberal professionals that Cnam counts once in each département, beside their places of practice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from cpts_geo.indicateurs.catalogue import Indicateur
from cpts_geo.socle.chemins import DECLARATIONS
from cpts_geo.socle.declarations import Declare, declaration
from cpts_geo.socle.nombres import decimal, entier
from cpts_geo.socle.textes import enumeration, typographie

_DECIMALES = 2


class LienDeclare(Declare):
    """The indicator that counts places of practice, and the profession that Cnam counts."""

    indicateur: str
    profession: str
    nom: str


class LiberauxDeclares(Declare):
    """Which headcounts stand beside which indicators, and the words for it; see `liberaux.toml`."""

    theme: str
    annee: int
    citation: str
    texte: str
    rapport: str
    departements_nommes: int
    un: str
    plusieurs: str
    nombreux: str
    lien: tuple[LienDeclare, ...]


class Liberaux(NamedTuple):
    """Professionals and places of practice of whole départements, the most peopled in the territory first."""

    departements: tuple[str, ...]
    professionnels: float
    lieux: float


@dataclass(frozen=True, slots=True)
class Effectifs:
    """The professionals of one profession, by département."""

    par_departement: Mapping[str, float]

    def total(self, departements: Sequence[str]) -> float | None:
        """Those of several départements; None as soon as one of them is not known."""
        found = [self.par_departement.get(code) for code in departements]
        known = [count for count in found if count is not None]
        return sum(known) if known and len(known) == len(found) else None


def load_effectifs(departements: pd.DataFrame, dossier: Path = DECLARATIONS) -> dict[str, Effectifs]:
    """The headcounts of professions, by the code of the indicator they stand beside.

    Args:
        departements: the long table of figures by département.
        dossier: the folder of the declarations.

    Raises:
        ValueError: a declared profession is not in the table; in French.
    """
    declared = _declared(dossier)
    rows = departements[
        (departements["theme"] == declared.theme) & (departements["annee"] == declared.annee)
    ].dropna(subset="numerateur")
    found = {
        str(name): Effectifs(dict(zip(group["departement"], group["numerateur"].astype(float), strict=True)))
        for name, group in rows.groupby("libelle")
    }
    if unknown := [each.profession for each in declared.lien if each.profession not in found]:
        raise ValueError(f"Professions sans effectif par département\u00a0: {', '.join(unknown)}.")
    return {each.indicateur: found[each.profession] for each in declared.lien}


def dits(item: Indicateur, liberaux: Liberaux, noms: Sequence[str]) -> str:
    """The headcount beside an indicator in words, `noms` being those of its départements."""
    declared = _declared()
    (nom,) = (each.nom for each in declared.lien if each.indicateur == item.code)
    text = declared.texte.format(
        zones=_zones(declared, noms),
        professionnels=entier(liberaux.professionnels),
        nom=nom,
        citation=declared.citation,
        lieux=entier(liberaux.lieux),
        # Without its publisher, which stands between brackets.
        edition=item.citation_courte.partition(" (")[0],
    )
    if not liberaux.lieux or item.source.millesime != str(declared.annee):
        return typographie(text)
    ratio = decimal(liberaux.professionnels / liberaux.lieux, _DECIMALES)
    return typographie(text + declared.rapport.format(rapport=ratio))


def _zones(declared: LiberauxDeclares, noms: Sequence[str]) -> str:
    if len(noms) > declared.departements_nommes:
        return declared.nombreux.format(nombre=len(noms))
    return (declared.un if len(noms) == 1 else declared.plusieurs).format(noms=enumeration(noms))


def _declared(dossier: Path = DECLARATIONS) -> LiberauxDeclares:
    return declaration("liberaux", LiberauxDeclares, dossier)
