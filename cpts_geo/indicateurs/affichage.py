"""Results as people read them: rounded as declared, bounds and gaps said in words."""

import math

from cpts_geo.indicateurs.catalogue import Indicateur
from cpts_geo.indicateurs.couverture import covered
from cpts_geo.indicateurs.plan import plan
from cpts_geo.indicateurs.resultat import Resultat
from cpts_geo.socle.nombres import ABSENT, decimal, decimales, entier, pluriel, pourcent
from cpts_geo.socle.textes import enumeration

# A coverage that rounds to 100 % needs no word.
COUVERTURE_PLEINE = 99.95
# Beyond this share (%), a rounded one would say that nobody is missing.
_PRESQUE_TOUS = 99.0
INCERTAIN, SANS_OBJET = "non connu", "sans objet"


def valeur(indicateur: Indicateur, resultat: Resultat) -> str:
    """The value alone: "12 à 14" when masked values or a range leave it open.

    "n. d." when it is unknown, or known for too few people to stand for the whole; "non connu" when its
    bounds are too far apart to inform; "sans objet" when there is nothing to divide by.
    """
    if resultat.trop_incertain:
        return INCERTAIN
    if resultat.sans_objet:
        return SANS_OBJET
    if not covered(resultat):
        return ABSENT
    low, high = resultat.borne_basse, resultat.borne_haute
    lowest, highest = decimal(low, indicateur.decimales), decimal(high, indicateur.decimales)
    return lowest if lowest == highest else f"{lowest} à {highest}"


def effectif(resultat: Resultat) -> str:
    """The count, "120 à 138" when masked values leave it open, "n. d." when unknown or known for too few."""
    if not covered(resultat):
        return ABSENT
    low, high = entier(resultat.effectif_bas), entier(resultat.effectif_haut)
    return low if low == high else f"{low} à {high}"


def dite(indicateur: Indicateur, resultat: Resultat) -> str:
    """The value, or the words that stand in its place."""
    return absence(resultat) or valeur(indicateur, resultat)


def absence(resultat: Resultat) -> str:
    """What stands in the place of a figure that cannot be put beside others; empty when it can."""
    if resultat.trop_incertain:
        return f"{INCERTAIN}, secret statistique"
    if resultat.sans_objet:
        return SANS_OBJET
    if not covered(resultat):
        return partielle(resultat.couverture_encadree)
    return "non disponible" if resultat.borne_basse is None else ""


def partielle(couverture: float) -> str:
    """The words for a figure that too small a share (%) of the inhabitants bear."""
    # Rounded down: a share under the threshold never reads as the threshold.
    whole = math.floor(couverture)
    if not whole:
        return "connu pour moins de 1\u00a0% des habitants" if couverture else "non disponible"
    return f"connu pour {pourcent(whole, 0)} des habitants seulement"


def marque(indicateur: Indicateur) -> str:
    """What stands beside a figure that is that of whole zones, "dép."; empty for one of the communes."""
    zone = plan().zone_entiere(indicateur.agregation)
    return zone.marque if zone else ""


def mention(indicateur: Indicateur) -> str:
    """The same in words, "chiffre du département"."""
    zone = plan().zone_entiere(indicateur.agregation)
    return zone.mention if zone else ""


def echelle(indicateur: Indicateur) -> str:
    """What the figure of a territory is that of, in a file: "territoire", "département"."""
    zone = plan().zone_entiere(indicateur.agregation)
    return zone.echelle if zone else "territoire"


def marquee(indicateur: Indicateur, resultat: Resultat) -> str:
    """The value of a territory with its mark, where the mark can only be text: "856,3 (dép.)"."""
    text, mark = valeur(indicateur, resultat), marque(indicateur) or ("ville" if resultat.villes else "")
    return f"{text}\u00a0({mark})" if mark and text != ABSENT else text


def locale(resultat: Resultat) -> str:
    """A local figure: with the decimals it has, two at most; "12 à 14" when communes frame it."""
    low, high = (_as_given(bound) for bound in (resultat.borne_basse, resultat.borne_haute))
    return low if low == high else f"{low} à {high}"


def _as_given(value: float | None) -> str:
    return ABSENT if value is None else decimal(value, decimales([value]))


def reserve(resultat: Resultat) -> str:
    """What the reader must know of a figure that does not stand for everyone; empty otherwise."""
    return "\u00a0; ".join(filter(None, (_reserve(resultat), ville_entiere(resultat))))


def ville_entiere(resultat: Resultat) -> str:
    """The words for the figure of arrondissements that is known for their city only; empty otherwise."""
    if not resultat.villes or resultat.borne_basse is None:
        return ""
    return f"estimation\u00a0: chiffre connu pour {enumeration(resultat.villes)} en entier"


def _reserve(resultat: Resultat) -> str:
    if resultat.couverture >= COUVERTURE_PLEINE:
        return ""
    if resultat.trop_incertain:
        masked = pluriel(resultat.communes_masquees, "commune")
        return f"secret statistique dans {masked}\u00a0; fourchette trop large pour informer"
    if resultat.sans_objet:
        return ""
    if resultat.borne_basse is None:
        return "chiffre non publié pour ce territoire"
    if not covered(resultat):
        return partielle(resultat.couverture_encadree)
    return "\u00a0; ".join([*_raisons(resultat), *_part_exacte(resultat)])


def _raisons(resultat: Resultat) -> list[str]:
    reasons = []
    if resultat.communes_masquees:
        reasons.append(f"secret statistique dans {pluriel(resultat.communes_masquees, 'commune')}")
    if resultat.communes_manquantes:
        reasons.append(f"non disponible dans {pluriel(resultat.communes_manquantes, 'commune')}")
    return reasons


def _part_exacte(resultat: Resultat) -> list[str]:
    """The share of the inhabitants for whom the figure is exact; nothing to say where nobody lives."""
    return [exacte_pour(resultat)] if resultat.couverture_encadree else []


def exacte_pour(resultat: Resultat) -> str:
    """The share of the inhabitants for whom a figure is exact, in words: never all when one is missing."""
    return f"exact pour {presque(resultat.couverture)} des habitants"


def presque(part: float) -> str:
    """A share (%) in words, without decimals: "plus de 99 %" rather than a rounded 100 %."""
    most = "plus de " if _PRESQUE_TOUS < part < COUVERTURE_PLEINE else ""
    return f"{most}{pourcent(min(part, _PRESQUE_TOUS) if most else part, 0)}"
