"""Results as people read them: rounded as declared, bounds and gaps said in words."""

from cpts_geo.indicateurs.catalogue import Indicateur
from cpts_geo.indicateurs.resultat import Resultat
from cpts_geo.socle.nombres import ABSENT, decimal, decimales, entier, pluriel, pourcent

# A coverage that rounds to 100 % needs no word.
COUVERTURE_PLEINE = 99.95
INCERTAIN = "non connu"


def valeur(indicateur: Indicateur, resultat: Resultat) -> str:
    """The value alone: "12 à 14" when masked values or a range leave it open.

    "n. d." when it is unknown, "non connu" when its bounds are too far apart to inform.
    """
    if resultat.trop_incertain:
        return INCERTAIN
    low, high = resultat.borne_basse, resultat.borne_haute
    lowest, highest = decimal(low, indicateur.decimales), decimal(high, indicateur.decimales)
    return lowest if lowest == highest else f"{lowest} à {highest}"


def effectif(resultat: Resultat) -> str:
    """The count, "120 à 138" when masked values leave it open, "n. d." when unknown."""
    low, high = entier(resultat.effectif_bas), entier(resultat.effectif_haut)
    return low if low == high else f"{low} à {high}"


def locale(resultat: Resultat) -> str:
    """A local figure: with the decimals it has, two at most; "12 à 14" when communes frame it."""
    low, high = (_as_given(bound) for bound in (resultat.borne_basse, resultat.borne_haute))
    return low if low == high else f"{low} à {high}"


def _as_given(value: float | None) -> str:
    return ABSENT if value is None else decimal(value, decimales([value]))


def reserve(resultat: Resultat) -> str:
    """What the reader must know of a figure that does not stand for everyone; empty otherwise."""
    if resultat.couverture >= COUVERTURE_PLEINE:
        return ""
    if resultat.trop_incertain:
        masked = pluriel(resultat.communes_masquees, "commune")
        return f"secret statistique dans {masked}\u00a0; fourchette trop large pour informer"
    if resultat.borne_basse is None:
        return "chiffre non publié pour ce territoire"
    reasons = []
    if resultat.communes_masquees:
        reasons.append(f"secret statistique dans {pluriel(resultat.communes_masquees, 'commune')}")
    if resultat.communes_manquantes:
        reasons.append(f"non disponible dans {pluriel(resultat.communes_manquantes, 'commune')}")
    return f"{' ; '.join(reasons)} ; exact pour {pourcent(resultat.couverture, 0)} des habitants"
