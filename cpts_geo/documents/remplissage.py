"""How each declared block of a diagnostic is filled: sentences, fields, tables, maps and charts."""

from collections.abc import Iterator, Sequence
from functools import singledispatch

from cpts_geo.analyse import comparaison, cpts_voisines, decoupages, synthese
from cpts_geo.analyse.listes import ecart_de_liste
from cpts_geo.analyse.rapport import LigneRapport, Rapport
from cpts_geo.analyse.series.toutes import serie
from cpts_geo.analyse.taille import Bareme
from cpts_geo.dessin.carte_imprimee import CarteStatique, carte_choroplethe
from cpts_geo.dessin.graphiques_imprimes import graphique_statique
from cpts_geo.documents import trame
from cpts_geo.documents.blocs import Bloc, Cases, Champ, Illustration, Paragraphe, Rangee, Tableau
from cpts_geo.documents.definitions import tableau_definitions
from cpts_geo.documents.dossier import Dossier
from cpts_geo.indicateurs import affichage
from cpts_geo.indicateurs.resultat import Resultat
from cpts_geo.indicateurs.structures import type_structure
from cpts_geo.projet.donnees_locales import DonneeLocale
from cpts_geo.socle.nombres import decimal, entier, euros, pluriel, pourcent
from cpts_geo.socle.textes import capitale, typographie

LOCALE_PARTS = "Part des bénéficiaires : {libelle}"
# Blocks that are pictures, and of which kind.
IMAGES = {"carte": "carte", "choroplethe": "carte", "graphique": "graphique"}


@singledispatch
def fill_block(declared: trame.BlocDeclare, dossier: Dossier) -> Iterator[Bloc]:
    """What a declared block becomes over a territory; nothing when there is nothing to say."""
    raise TypeError(type(declared).__name__, dossier.territoire.nom)


# ---- Words -------------------------------------------------------------------------------------------------


@fill_block.register
def _phrase(declared: trame.BlocPhrase, dossier: Dossier) -> Iterator[Bloc]:
    if said := synthese.phrase(declared, dossier.mots):
        yield Paragraphe(said)


@fill_block.register
def _synthese(_: trame.BlocSynthese, dossier: Dossier) -> Iterator[Bloc]:
    yield Paragraphe(dossier.synthese)


@fill_block.register
def _cpts(_: trame.BlocCpts, dossier: Dossier) -> Iterator[Bloc]:
    said = cpts_voisines.phrases(dossier.territoire.codes, dossier.donnees)
    yield Paragraphe("\n".join([cpts_voisines.titre(), *(f"– {phrase}" for phrase in said)]))


@fill_block.register
def _champ(declared: trame.BlocChamp, dossier: Dossier) -> Iterator[Bloc]:
    libelle, ou = typographie(declared.libelle), typographie(declared.ou)
    found = dossier.locale(declared.locale) if declared.locale else None
    if found is None:
        yield Champ(libelle, ou)
        return
    donnee, result = found
    said = f"{affichage.locale(result)} {donnee.unite}".strip()
    yield Champ(libelle, ou, said, _origine(donnee, result))


@fill_block.register
def _taille(declared: trame.BlocTaille, dossier: Dossier) -> Iterator[Bloc]:
    bareme = dossier.bareme
    people = dossier.referentiel.population(dossier.territoire.codes)
    found = bareme.rank(people)
    years = dossier.referentiel.millesimes(dossier.territoire.codes)
    boxes = tuple(
        (f"{classe.libelle}\u00a0: {classe.intervalle}", classe.numero == found.numero)
        for classe in bareme.classes
    )
    notes = (
        f"Le territoire compte {pluriel(people, 'habitant')} ({bareme.population}, millésime {years}).",
        _enveloppe(bareme, found.montant),
        f"Seuils\u00a0: {bareme.source_seuils}.",
        *([found.avertissement] if found.proche else []),
    )
    yield Cases(typographie(declared.titre), boxes, tuple(map(typographie, notes)))


def _enveloppe(bareme: Bareme, montant: int) -> str:
    said = f"L’enveloppe annuelle de fonctionnement est, {bareme.mention_montants}, de {euros(montant)}"
    return f"{said} ({bareme.source_montants})."


# ---- Tables ------------------------------------------------------------------------------------------------


@fill_block.register
def _indicateurs(declared: trame.BlocIndicateurs, dossier: Dossier) -> Iterator[Bloc]:
    lines = [dossier.lignes[code] for code in declared.indicateurs]
    yield tableau_indicateurs(typographie(declared.titre), lines, dossier.rapport)


def tableau_indicateurs(titre: str, lignes: Sequence[LigneRapport], whole: Rapport) -> Tableau:
    """Indicators as rows: the territory with its count, what it is compared with, and the notes to read."""
    first, *others = whole.colonnes
    rows = tuple(_ligne(ligne) for ligne in lignes)
    notes = [f"{ligne.indicateur.libelle}\u00a0: {text}" for ligne in lignes for text in ligne.remarques]
    sources = dict.fromkeys(each.indicateur.citation_courte for each in lignes)
    return Tableau(
        titre,
        ("Indicateur", "Unité", first.nom, "Effectif", *(each.nom for each in others)),
        rows,
        textes=2,
        notes=(*notes, "Source\u00a0: " + "\u00a0; ".join(sources) + "."),
    )


def _ligne(ligne: LigneRapport) -> Rangee:
    item = ligne.indicateur
    beside = (affichage.valeur(item, cell.resultat) for cell in ligne.cellules[1:])
    count = affichage.effectif(ligne.territoire) if item.effectif else ""
    return item.libelle, item.unite, affichage.marquee(item, ligne.territoire), count, *beside


@fill_block.register
def _tout(_: trame.BlocTout, dossier: Dossier) -> Iterator[Bloc]:
    for famille in dossier.rapport.familles:
        for groupe in famille.groupes:
            yield tableau_indicateurs(
                typographie(f"{famille.titre}, {groupe.titre[:1].lower()}{groupe.titre[1:]}"),
                groupe.lignes,
                dossier.rapport,
            )


@fill_block.register
def _communes(declared: trame.BlocCommunes, dossier: Dossier) -> Iterator[Bloc]:
    reference = dossier.referentiel
    communes = sorted(
        (reference[code] for code in dossier.territoire), key=lambda each: (-each.population, each.nom)
    )
    rows = [
        (
            each.nom,
            each.code,
            reference.nom_epci(each) or "",
            reference.nom_zone("departement", each.departement),
            entier(each.population),
        )
        for each in communes
    ]
    total = entier(sum(each.population for each in communes))
    rows.append((f"Total\u00a0: {pluriel(len(communes), 'commune')}", "", "", "", total))
    years = reference.millesimes(dossier.territoire.codes)
    yield Tableau(
        typographie(declared.titre),
        ("Commune", "Code Insee", "EPCI", "Département", "Habitants"),
        tuple(rows),
        textes=4,
        notes=(f"Population municipale {years}, Insee.",),
        gras=True,
    )


@fill_block.register
def _decoupages(declared: trame.BlocDecoupages, dossier: Dossier) -> Iterator[Bloc]:
    found = decoupages.decoupages(dossier.territoire.codes, dossier.donnees)
    rows = tuple(
        (
            capitale(each.type.un),
            zone.nom,
            zone.prise,
            entier(len(zone.dedans)),
            entier(len(zone.dehors)),
            entier(zone.population_dedans),
            entier(zone.population_dehors),
        )
        for each in found
        for zone in each.zones
    )
    years = dossier.referentiel.millesimes(dossier.territoire.codes)
    yield Paragraphe(decoupages.phrase(found))
    yield Tableau(
        typographie(declared.titre),
        (
            "Type",
            "Nom",
            "Prise",
            "Communes dedans",
            "Communes laissées dehors",
            "Habitants dedans",
            "Habitants laissés dehors",
        ),
        rows,
        textes=3,
        notes=(*decoupages.notes(found, dossier.referentiel), f"Population municipale {years}, Insee."),
    )


@fill_block.register
def _parts(_: trame.BlocParts, dossier: Dossier) -> Iterator[Bloc]:
    declared = trame.trame().parts
    rows = []
    notes = [f"{declared.source}.", f"{trame.trame().textes.ou_trouver}\u00a0: {declared.ou}."]
    blank = trame.trame().textes.a_completer
    for each in declared.ligne:
        found = dossier.locale(LOCALE_PARTS.format(libelle=each.libelle))
        rows.append((each.libelle, affichage.locale(found[1]) if found else blank, decimal(each.france)))
        notes += [f"{each.libelle}\u00a0: {_origine(*found)}."] if found else []
    yield Tableau(
        typographie(declared.titre),
        ("Soins", "Territoire (%)", "France 2020 (%)"),
        tuple(rows),
        notes=tuple(map(typographie, notes)),
    )


@fill_block.register
def _structures(declared: trame.BlocStructures, dossier: Dossier) -> Iterator[Bloc]:
    codes = dossier.territoire.codes
    rows: list[Rangee] = []
    sources: dict[str, None] = {}
    for kind in map(type_structure, declared.types):
        table = dossier.structures.liste(kind, codes)
        for commune, nom, number in table.itertuples(index=False):
            known = nom if isinstance(nom, str) else ""
            rows.append((kind.nom, known, str(commune), entier(number)))
        sources[dossier.structures.source(kind, codes)] = None
    titre = typographie(declared.titre)
    kinds = map(type_structure, declared.types)
    apart = list(filter(None, (ecart_de_liste(each, codes, dossier.donnees, "le tableau") for each in kinds)))
    if not rows:
        said = f"{titre}\u00a0: les listes disponibles n’en nomment aucun."
        yield Paragraphe(" ".join([said, *apart]))
        return
    yield Tableau(
        titre,
        ("Type", "Nom", "Commune", "Nombre"),
        tuple(rows),
        textes=3,
        notes=(*apart, "Source\u00a0: " + "\u00a0; ".join(filter(None, sources)) + "."),
    )


@fill_block.register
def _locales(declared: trame.BlocLocales, dossier: Dossier) -> Iterator[Bloc]:
    if not dossier.projet.locales:
        return
    rows = []
    for donnee in dossier.projet.locales:
        result = dossier.resultat_local(donnee)
        covered = pourcent(result.couverture_encadree, 0)
        rows.append(
            (donnee.libelle, donnee.unite, donnee.source, donnee.date, affichage.locale(result), covered)
        )
    yield Tableau(
        typographie(declared.titre),
        ("Donnée locale", "Unité", "Source", "Date", "Territoire", "Habitants couverts"),
        tuple(rows),
        textes=4,
    )


@fill_block.register
def _scenarios(declared: trame.BlocScenarios, dossier: Dossier) -> Iterator[Bloc]:
    filled = [each.cle for each in dossier.projet.scenarios if each.territoire.codes]
    if len(filled) <= 1:
        return
    most = comparaison.declaration().scenarios_au_plus
    kept = ([dossier.projet.actif] + [each for each in filled if each != dossier.projet.actif])[:most]
    found = comparaison.compare_scenarios(
        dossier.projet, kept, dossier.agregateur, dossier.referentiel, dossier.bareme
    )
    items = [dossier.catalogue[code] for code in comparaison.declaration().indicateurs]
    lines = found.lignes(items, found.comparees[0])
    rows: list[Rangee] = [
        ("Communes", "", *(entier(len(each.territoire)) for each in found.comparees)),
        ("Population municipale", "habitants", *(entier(each.population) for each in found.comparees)),
        ("Taille", "", *(str(each.classement.numero) if each.classement else "" for each in found.comparees)),
    ]
    rows += [
        (
            each.indicateur.libelle,
            each.indicateur.unite,
            *(affichage.marquee(each.indicateur, cell.resultat) for cell in each.cellules),
        )
        for each in lines
    ]
    names = tuple(fiche.nom for fiche in found.comparees)
    more = len(filled) - len(kept)
    notes = (f"{pluriel(more, 'autre scénario', 'autres scénarios')} non montrés.",) if more > 0 else ()
    yield Tableau(
        typographie(declared.titre), ("Indicateur", "Unité", *names), tuple(rows), textes=2, notes=notes
    )


@fill_block.register
def _sources(declared: trame.BlocSources, dossier: Dossier) -> Iterator[Bloc]:
    rows = tuple(
        (each.producteur, each.jeu, each.millesime, each.adresse or "non connue") for each in dossier.sources
    )
    licences: dict[str, list[str]] = {}
    for each in dossier.sources:
        licences.setdefault(each.licence, []).append(each.jeu)
    notes = (
        *(
            f"{licence}\u00a0: {'tous ces jeux' if len(licences) == 1 else ', '.join(jeux)}."
            for licence, jeux in licences.items()
        ),
        typographie(trame.trame().reperes.note),
    )
    yield Tableau(
        typographie(declared.titre),
        ("Producteur", "Jeu de données", "Millésime", "Adresse"),
        rows,
        textes=4,
        notes=notes,
    )


@fill_block.register
def _definitions(declared: trame.BlocDefinitions, dossier: Dossier) -> Iterator[Bloc]:
    for famille in dossier.rapport.familles:
        yield tableau_definitions(declared.titre, famille, dossier.rapport.colonnes)


def _origine(donnee: DonneeLocale, result: Resultat) -> str:
    covered = (
        ""
        if result.couverture >= affichage.COUVERTURE_PLEINE
        else (f", pour {pourcent(result.couverture, 0)} des habitants")
    )
    said = f"{trame.trame().textes.fourni}, {donnee.source or 'source non précisée'}"
    return f"{said}{', ' + donnee.date if donnee.date else ''}{covered}"


# ---- Pictures ----------------------------------------------------------------------------------------------


@fill_block.register
def _carte(_: trame.BlocCarte, dossier: Dossier) -> Iterator[Bloc]:
    yield from _drawn(dossier.carte)


@fill_block.register
def _choroplethe(declared: trame.BlocChoroplethe, dossier: Dossier) -> Iterator[Bloc]:
    item = dossier.catalogue[declared.indicateur]
    yield from _drawn(carte_choroplethe(dossier.territoire, item, dossier.agregateur, dossier.referentiel))


def _drawn(carte: CarteStatique | None) -> Iterator[Bloc]:
    if carte is not None:
        yield Illustration(carte.code, "carte", carte.titre, carte.texte, carte.svg)


@fill_block.register
def _graphique(declared: trame.BlocGraphique, dossier: Dossier) -> Iterator[Bloc]:
    shown = serie(declared.graphique, dossier.contexte)
    drawn = graphique_statique(shown)
    if drawn is None:
        yield Paragraphe(typographie(f"{shown.titre}. {shown.absence}"))
    else:
        yield Illustration(drawn.code, "graphique", drawn.titre, drawn.texte, drawn.svg, drawn.mention)
