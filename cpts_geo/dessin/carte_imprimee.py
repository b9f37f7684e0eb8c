"""Maps for documents, drawn without any network: the territory in its surroundings, or an indicator."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from textwrap import wrap
from typing import Any

import numpy as np
import shapely

from cpts_geo.communes.contours import (
    Bornes,
    bounds_of,
    centres,
    coarse_departements_in,
    communes_of,
    contours_of,
    departement_de,
    exact_departement,
    union,
)
from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.communes.toponymes import dans
from cpts_geo.dessin import classes, typst_moteur
from cpts_geo.dessin.cadre import Cadre, scale_bar, simplify, svg_path
from cpts_geo.dessin.classes import MASQUEE, Decoupage
from cpts_geo.dessin.etiquettes import Boite, Etiquette, NomPlace, place
from cpts_geo.dessin.polices import FAMILLE
from cpts_geo.dessin.polices import largeur as largeur_du_texte
from cpts_geo.indicateurs import affichage
from cpts_geo.indicateurs.agregation import Agregateur
from cpts_geo.indicateurs.catalogue import Indicateur
from cpts_geo.indicateurs.citations import load_sources_citees
from cpts_geo.indicateurs.couverture import covered
from cpts_geo.projet.projet import Couleur, regles
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle.chemins import BUNDLE
from cpts_geo.socle.gabarits import environnement
from cpts_geo.socle.nombres import pluriel
from cpts_geo.socle.palette import palette
from cpts_geo.socle.textes import capitale, typographie, visible

# Units of the drawing: five to a pixel of a projector.
LARGEUR, HAUTEUR = 9600, 5400
MARGE = 420
PIED = 230
DETAIL = 6.0
TAILLE_DEPARTEMENT, TAILLE_LEGENDE = 150, 120
# Smaller letters for the communes with few inhabitants: as many as these can still be read in print.
PETITE_TAILLE, GRANDE_TAILLE = 92, 150
TAILLE_SOURCE = 100
SECRET, ABSENT = palette().secret, palette().absent
_LONGUEUR_LEGENDE = 36
# Room kept on the left of the territory for the key of colours.
_PLACE_LEGENDE = 2600
# With more départements in the frame than this, only the communes of the territory are drawn.
_MOST_DEPARTEMENTS = 16
# Radius of the dot that stands for a commune smaller than it.
_RAYON = 45
# Units to a kilometre under which there are such dots: the frame is wider than a région.
_SMALLEST_SCALE = 20.0
# The name of a département stands out of the territory when this share of what is seen of it is out.
_SHARE_OUT = 0.15


@dataclass(frozen=True, slots=True)
class CarteStatique:
    """A map as an SVG image, its caption, and what it shows, in words."""

    code: str
    titre: str
    svg: str
    texte: str


@dataclass(frozen=True, slots=True)
class _Paysage:
    """What a frame shows, in units of drawing: communes by code, and their SVG paths; départements too.

    `nommes` are the départements whose names are written.
    """

    cadre: Cadre
    contours: Mapping[str, shapely.Geometry]
    traces: Mapping[str, str]
    departements: Mapping[str, shapely.Geometry]
    limites: str
    nommes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Legende:
    """The key of colours: the lines of its title, colours with words, and where it stands."""

    titres: tuple[str, ...]
    lignes: tuple[tuple[str, str], ...]
    boite: Boite


def carte_territoire(
    territoire: Territoire, referentiel: Referentiel, couleur: Couleur | None = None, bundle: Path = BUNDLE
) -> CarteStatique | None:
    """The territory in one colour, its neighbours in grey; None when none of its communes has a contour."""
    paysage = _around(territoire, bundle)
    if paysage is None:
        return None
    shown = couleur or next(iter(regles().couleurs.values()))
    fills = dict.fromkeys(territoire.codes, shown.fond)
    count = referentiel.compte(territoire.codes)
    words = (
        f"Carte du territoire «\u00a0{territoire.nom}\u00a0»\u00a0: {count} "
        f"{dans(referentiel.departements(territoire.codes))}."
    )
    dessin = _Dessin("carte", "Le territoire et ses communes", words, fills)
    return _drawn(dessin, territoire, referentiel, paysage)


def carte_choroplethe(
    territoire: Territoire,
    item: Indicateur,
    agregateur: Agregateur,
    referentiel: Referentiel,
    bundle: Path = BUNDLE,
) -> CarteStatique | None:
    """The communes of the territory in the colours of an indicator; None when there is nothing to draw.

    Classes hold as many communes each, those of the départements of the territory.
    """
    paysage = _around(territoire, bundle, _PLACE_LEGENDE)
    if paysage is None:
        return None
    communes = referentiel.communes
    inside = communes["departement"].isin(communes.loc[list(territoire.codes), "departement"])
    etiquette = classes.Legende(item.code, item.libelle, item.unite, item.decimales, "")
    decoupage = classes.divide(
        etiquette, agregateur.par_commune(item, list(communes.index[inside])), "quantiles"
    )
    if not decoupage.classes:
        return None
    ranks = decoupage.rangs(agregateur.par_commune(item, territoire.codes)).to_dict()
    fills = {str(code): _colour(decoupage, int(rank)) for code, rank in ranks.items()}
    zones = classes.textes().zone(item.agregation)
    title = f"{item.libelle} ({item.unite}), {affichage.mention(item) or 'par commune'}"
    legende = _legend(item, decoupage, {int(rank) for rank in ranks.values()})
    source = item.citation_courte
    words = f"{title}, sur le territoire «\u00a0{territoire.nom}\u00a0»\u00a0: {_said(decoupage, ranks)}."
    reserves = tuple(filter(None, (typographie(zones), _reserve(item, territoire, agregateur))))
    dessin = _Dessin(f"carte_{item.code}", title, words, fills, legende, source, reserves)
    return _drawn(dessin, territoire, referentiel, paysage)


def png(carte: CarteStatique, largeur: int = 1920) -> bytes:
    """The map as a PNG of this width in pixels; that of a projector unless said otherwise."""
    return typst_moteur.image(carte.svg, largeur)


# ---- What the frame shows -------------------------------------------------------------------------------


def _around(territoire: Territoire, bundle: Path, left: int = 0) -> _Paysage | None:
    """What is seen around a territory, which leaves this room free on its left."""
    bounds = bounds_of(territoire.codes, bundle)
    if bounds is None:
        return None
    cadre = _frame(bounds, left)
    if len(coarse_departements_in(cadre.bounds, bundle)) > _MOST_DEPARTEMENTS:
        return _wide(cadre, territoire.codes, bundle)
    return _landscape(cadre, bundle)


def _frame(bounds: Bornes, left: int) -> Cadre:
    narrow = Cadre.around(bounds, LARGEUR - left, HAUTEUR - PIED, MARGE)
    west, _, east, _ = narrow.bounds
    shift = left / 2 * (east - west) / narrow.largeur
    return replace(narrow, lon=narrow.lon - shift, largeur=LARGEUR)


@lru_cache(maxsize=8)
def _landscape(cadre: Cadre, bundle: Path) -> _Paysage:
    """Every commune that the frame shows."""
    near = list(coarse_departements_in(cadre.bounds, bundle))
    exact = {code: each for name in near for code, each in communes_of(name, bundle).items()}
    place = shapely.box(*cadre.bounds)
    seen = {code: contour for code, contour in exact.items() if shapely.intersects(contour, place)}
    return _paysage(cadre, seen, {name: exact_departement(name, bundle) for name in near})


@lru_cache(maxsize=8)
def _wide(cadre: Cadre, codes: tuple[str, ...], bundle: Path) -> _Paysage:
    """A large part of the country: its other communes would be too small to be seen."""
    wide = _paysage(cadre, contours_of(codes, bundle), coarse_departements_in(cadre.bounds, bundle))
    own = {departement_de(code) for code in codes}
    return replace(wide, nommes=tuple(code for code in wide.nommes if code in own))


def _paysage(
    cadre: Cadre, communes: Mapping[str, shapely.Geometry], departements: Mapping[str, shapely.Geometry]
) -> _Paysage:
    contours = _simplified(communes, cadre)
    outlines = {
        code: shapely.clip_by_rect(each, -100, -100, LARGEUR + 100, HAUTEUR + 100)
        for code, each in _simplified(departements, cadre).items()
    }
    return _Paysage(
        cadre=cadre,
        contours=contours,
        traces={code: svg_path(each) for code, each in contours.items()},
        departements=outlines,
        limites="".join(svg_path(each) for each in outlines.values()),
        nommes=tuple(outlines),
    )


def _simplified(shapes: Mapping[str, shapely.Geometry], cadre: Cadre) -> dict[str, shapely.Geometry]:
    simple = simplify(np.array(list(shapes.values()), dtype=object), cadre, DETAIL)
    return dict(zip(shapes, simple, strict=True))


# ---- Drawing --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Dessin:
    """What a map shows on its background: colours by commune, their key, and where the figures come from.

    `reserves` are what must be known of the figures.
    """

    code: str
    titre: str
    texte: str
    couleurs: Mapping[str, str]
    legende: _Legende | None = None
    source: str = ""
    reserves: tuple[str, ...] = ()


def _drawn(
    dessin: _Dessin, territoire: Territoire, referentiel: Referentiel, paysage: _Paysage
) -> CarteStatique:
    names, legende, fills = _names(territoire, referentiel, paysage), dessin.legende, dessin.couleurs
    outline = _outline(fills, paysage)
    frame = (40.0, 40.0, LARGEUR - 40.0, HAUTEUR - PIED - 40.0)
    scale = scale_bar(paysage.cadre, MARGE // 2)
    scale_box = (0.0, scale["y"] - 240.0, scale["x"] + scale["longueur"] + 150.0, float(HAUTEUR))
    north_box = (LARGEUR - 420.0, 0.0, float(LARGEUR), 520.0)
    dots = _dots(fills, paysage)
    reserved = [*([legende.boite] if legende else []), scale_box, north_box, *map(_around_dot, dots)]
    placed = place(names, frame, reserved)
    around = _names_of_departements(paysage, outline, referentiel)
    beside = place(around, frame, [*reserved, *(each.boite for each in placed)])
    notes = [*dessin.reserves, *_notes(len(names) - len(placed), len(territoire) - len(names))]
    texte = " ".join([dessin.texte, *notes])
    source = _source_line(dessin.source, notes)
    svg = (
        environnement()
        .get_template("carte_statique.svg")
        .render(
            largeur=LARGEUR,
            hauteur=HAUTEUR,
            pied=PIED,
            police=FAMILLE,
            titre=visible(texte),
            voisines="".join(path for each, path in paysage.traces.items() if each not in fills),
            choisies=_by_colour(fills, paysage),
            limites=paysage.limites,
            contour=svg_path(outline),
            points=dots,
            rayon=_RAYON,
            etiquettes=[_rounded(each) for each in placed],
            departements=[_rounded(each) for each in beside],
            echelle=scale,
            legende=legende,
            taille_legende=TAILLE_LEGENDE,
            source=source,
            taille_source=_size_within(source, LARGEUR - 120, TAILLE_SOURCE),
        )
    )
    return CarteStatique(dessin.code, dessin.titre, svg, texte)


def _source_line(source: str, notes: Sequence[str]) -> str:
    cited = load_sources_citees()
    background = ", ".join(cited[each].citation_courte for each in ("contours", "communes"))
    parts = [f"Source\u00a0: {source}" if source else "", f"Fond\u00a0: {background}", "cpts-geo", *notes]
    return "\u2002·\u2002".join(each for each in parts if each)


def _size_within(text: str, room: float, most: int) -> int:
    """Size of the letters of a text that has this room: it is never cut."""
    return min(most, int(room / largeur_du_texte(text)))


def _notes(unnamed: int, undrawn: int) -> list[str]:
    """What the map does not show of the territory, in words."""
    notes = []
    if unnamed:
        count = pluriel(unnamed, "commune non nommée", "communes non nommées")
        notes.append(f"{count} faute de place.")
    if undrawn:
        count = pluriel(undrawn, "commune non dessinée", "communes non dessinées")
        notes.append(f"{count} faute de contour.")
    return notes


def _by_colour(fills: Mapping[str, str], paysage: _Paysage) -> dict[str, str]:
    paths: dict[str, list[str]] = {}
    for code, colour in fills.items():
        paths.setdefault(colour, []).append(paysage.traces.get(code, ""))
    return {colour: "".join(each) for colour, each in paths.items()}


def _outline(fills: Mapping[str, str], paysage: _Paysage) -> shapely.Geometry:
    inside = [paysage.contours[code] for code in fills if code in paysage.contours]
    return union(np.array(inside, dtype=object))


def _dots(fills: Mapping[str, str], paysage: _Paysage) -> list[dict[str, Any]]:
    """What stands, on the map of a large place, for communes whose shape is too small to be seen."""
    if paysage.cadre.echelle >= _SMALLEST_SCALE:
        return []
    dots = []
    for code in sorted(fills.keys() & paysage.contours.keys()):
        x0, y0, x1, y1 = paysage.contours[code].bounds
        if max(x1 - x0, y1 - y0) < 2 * _RAYON:
            dots.append({"x": round((x0 + x1) / 2), "y": round((y0 + y1) / 2), "couleur": fills[code]})
    return dots


def _around_dot(dot: Mapping[str, Any]) -> Boite:
    return dot["x"] - _RAYON, dot["y"] - _RAYON, dot["x"] + _RAYON, dot["y"] + _RAYON


def _rounded(etiquette: Etiquette) -> dict[str, Any]:
    return {
        "texte": etiquette.texte,
        "x": round(etiquette.x),
        "y": round(etiquette.y),
        "taille": round(etiquette.taille),
    }


# ---- Names ----------------------------------------------------------------------------------------------


def _names(territoire: Territoire, referentiel: Referentiel, paysage: _Paysage) -> list[NomPlace]:
    """Names of the communes that can be drawn, the most peopled first, their letters by inhabitants."""
    codes = [code for code in territoire.codes if code in paysage.contours]
    rows = referentiel.communes.loc[codes].sort_values("population", ascending=False, kind="stable")
    points = centres(np.array([paysage.contours[str(code)] for code in rows.index], dtype=object))
    sizes = _sizes(rows["population"].tolist())
    return [
        NomPlace(str(nom), float(x), float(y), size)
        for nom, (x, y), size in zip(rows["nom"], points, sizes, strict=True)
    ]


def _sizes(populations: Sequence[int]) -> list[float]:
    """Sizes of letters: the largest for the most peopled, none too small to be read."""
    most = max(populations, default=1) or 1
    spread = GRANDE_TAILLE - PETITE_TAILLE
    return [PETITE_TAILLE + spread * (max(people, 0) / most) ** 0.5 for people in populations]


def _names_of_departements(
    paysage: _Paysage, outline: shapely.Geometry, referentiel: Referentiel
) -> list[NomPlace]:
    """Names of the départements, where they cannot be taken for those of communes."""
    frame = shapely.box(0, 0, LARGEUR, HAUTEUR - PIED)
    # A simplified outline may touch itself.
    territory = shapely.make_valid(outline)
    names = []
    for code in paysage.nommes:
        within = shapely.intersection(shapely.make_valid(paysage.departements[code]), frame)
        if not shapely.is_empty(within):
            x, y = centres(np.array([_out_of(within, territory)]))[0]
            nom = referentiel.nom_zone("departement", code).upper()
            names.append(NomPlace(nom, float(x), float(y), TAILLE_DEPARTEMENT))
    return names


def _out_of(within: shapely.Geometry, territory: shapely.Geometry) -> shapely.Geometry:
    out = shapely.difference(within, territory)
    return out if shapely.area(out) > _SHARE_OUT * shapely.area(within) else within


def _reserve(item: Indicateur, territoire: Territoire, agregateur: Agregateur) -> str:
    """For whom the figure of an indicator is known, when that is for too few people to speak of the whole."""
    if not item.par_commune:
        return ""
    result = agregateur.un_indicateur(item, territoire.codes)
    words = affichage.partielle(result.couverture_encadree)
    return "" if covered(result) else f"{capitale(words)}."


# ---- Colours of an indicator ----------------------------------------------------------------------------


def _colour(decoupage: Decoupage, rank: int) -> str:
    if rank == MASQUEE:
        return SECRET
    return ABSENT if rank < 0 else decoupage.classes[rank].couleur


def _legend(item: Indicateur, decoupage: Decoupage, present: set[int]) -> _Legende:
    words = classes.textes()
    lines = [(each.couleur, each.libelle) for each in decoupage.classes]
    lines += [(SECRET, words.masquee)] if MASQUEE in present else []
    lines += [(ABSENT, grey)] if (grey := words.grise(present)) else []
    titles = tuple(wrap(f"{item.libelle} ({item.unite})", _LONGUEUR_LEGENDE))
    longest = max(*map(largeur_du_texte, titles), *(1.6 + largeur_du_texte(text) for _, text in lines))
    width = (longest + 1) * TAILLE_LEGENDE
    height = (1.5 * len(lines) + 1.3 * len(titles) + 1) * TAILLE_LEGENDE
    return _Legende(titles, tuple(lines), (60.0, 60.0, 60.0 + width, 60.0 + height))


def _said(decoupage: Decoupage, ranks: Mapping[Any, int]) -> str:
    """How many communes of the territory are of each class, in words."""
    counts = [
        (each.libelle, sum(rank == number for rank in ranks.values()))
        for number, each in enumerate(decoupage.classes)
    ]
    held = list(ranks.values())
    counts += [(text.lower(), held.count(rank)) for rank, text in classes.textes().absences().items()]
    return "\u00a0; ".join(f"{text}, {pluriel(count, 'commune')}" for text, count in counts if count)
