"""What a report says of the CPTS that exist already, in a territory and around it."""

from collections.abc import Sequence

from cpts_geo.analyse.verifications import check, load_regles
from cpts_geo.communes import toponymes
from cpts_geo.indicateurs.donnees import Donnees
from cpts_geo.socle.textes import typographie

_CONSTATS = frozenset({"cpts_prises", "cpts_entieres", "cpts_enclave", "cpts_voisines", "cpts_aucune"})


def titre() -> str:
    """What stands above these sentences."""
    return typographie(load_regles().cpts_connues.titre)


def connues(donnees: Donnees) -> str:
    """Where the perimeters of these CPTS are known, and that they are undated."""
    return typographie(load_regles().cpts_connues.connues.format(lieu=_lieu(donnees)))


def phrases(codes: Sequence[str], donnees: Donnees) -> tuple[str, ...]:
    """Where these CPTS are known, then what is found of them; where nothing is known, that alone."""
    words = load_regles().cpts_connues
    known = set(donnees.cpts.connues(codes))
    if not known:
        return (typographie(words.inconnues.format(lieu=_lieu(donnees))),)
    said = [connues(donnees)]
    said += [each.message for each in check(codes, donnees) if each.code in _CONSTATS]
    beyond = [code for code in codes if code not in known]
    if beyond:
        said.append(words.en_partie.format(compte=donnees.referentiel.compte(beyond)))
    return tuple(map(typographie, said))


def _lieu(donnees: Donnees) -> str:
    """Where CPTS are known: "en Provence-Alpes-Côte d’Azur"."""
    regions = donnees.referentiel.communes.loc[donnees.cpts.appartenance.index, "region"].unique()
    return toponymes.dans([donnees.referentiel.toponyme("region", str(code)) for code in sorted(regions)])
