"""Territories drawn at random, written in every format and coordinate system, and read back exactly.

python -m tests.outils.perimetres_aleatoires --territoires 200
"""

import argparse
import random
from collections.abc import Mapping

from cpts_geo.communes.contours import contours_of
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.saisie.perimetres.communes_couvertes import couvertures
from cpts_geo.saisie.perimetres.rassemblement import read_perimetres
from tests.outils.dossiers import around
from tests.outils.perimetres import all_formats, outlines

_SIZES = (1, 2, 5, 12, 40)


def drawn_at_random(count: int, graine: int) -> dict[str, tuple[str, ...]]:
    """Communes around a place, some of them left out, by the name of the territory; all can be drawn."""
    chance = random.Random(graine)  # noqa: S311 - nothing is secret
    communes = donnees().referentiel.communes
    places = chance.sample(list(communes.index[communes["a_contour"]]), count)
    return {f"CPTS n° {rank} d’« {place} »": _around(place, chance) for rank, place in enumerate(places)}


def _around(place: str, chance: random.Random) -> tuple[str, ...]:
    near = around(place, chance.choice(_SIZES))
    kept = [code for code in near if code == place or chance.random() < 0.9]
    return tuple(contours_of(kept))


def lost(territoires: Mapping[str, tuple[str, ...]]) -> list[str]:
    """What does not come back as it went, in words; empty when all does."""
    wrong = []
    for format_, content in all_formats(outlines(territoires)).items():
        read = read_perimetres(content, "essai", donnees().referentiel)
        found = {each.nom: each for each in couvertures(read, donnees().referentiel)}
        if list(found) != list(territoires):
            wrong.append(f"{format_}: {len(found)} territories")
        wrong += [
            f"{format_}, {nom}: {sorted(set(found[nom].codes) ^ set(codes))}, {found[nom].en_partie}"
            for nom, codes in territoires.items()
            if nom in found and (set(found[nom].codes) != set(codes) or found[nom].en_partie)
        ]
    return wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--territoires", type=int, default=200)
    parser.add_argument("--graine", type=int, default=0)
    asked = parser.parse_args()
    wrong = lost(drawn_at_random(asked.territoires, asked.graine))
    print(f"{asked.territoires} territories, {len(wrong)} wrong", *wrong, sep="\n")  # noqa: T201


if __name__ == "__main__":
    main()
