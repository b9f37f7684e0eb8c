"""From verified raw files to the bundle: read every source, check, then replace the former bundle at once."""

import json
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd
from tqdm import tqdm

from cpts_geo.indicateurs.autour import references
from cpts_geo.indicateurs.catalogue import IndicateursDeclares
from cpts_geo.socle.declarations import declaration
from cpts_geo.sources import schema
from cpts_geo.sources.arrondissements import read_units
from cpts_geo.sources.brut import Brut
from cpts_geo.sources.controles import Tables, verify_controles
from cpts_geo.sources.declaration import Source, load_sources
from cpts_geo.sources.ecriture import write_arrow, write_contours, write_table
from cpts_geo.sources.geographie import voisinage
from cpts_geo.sources.geographie.assemblage import Geographie, read_geographie
from cpts_geo.sources.geographie.communes import read_passage, read_populations_arrondissements
from cpts_geo.sources.geographie.departements_contours import outlines
from cpts_geo.sources.lecteurs import (
    acces,
    apl,
    bassins,
    bpe,
    cpts,
    departements,
    odf,
    population,
    specialistes,
    structures,
    zonage,
)
from cpts_geo.sources.lecteurs.passage import Passage
from cpts_geo.sources.manifeste import manifest, source_entry, sources_markdown
from cpts_geo.sources.remplacement import refuse_too_large, replace_folder

Reader = Callable[[Brut, Passage, pd.Series], pd.DataFrame]


def _plain(read: Callable[[Brut, Passage], pd.DataFrame]) -> Reader:
    return lambda raw, passage, _populations: read(raw, passage)


# Readers of the tables by commune, by code of the source that they are declared under.
BY_COMMUNE: dict[str, Reader] = {
    "populations_historiques": _plain(population.read_populations),
    "etat_civil": population.read_etat_civil,
    "rp_2019": _plain(population.read_ages_2019),
    "rp_2022": _plain(population.read_rp_2022),
    "comparateur_2021": _plain(population.read_comparateur_2021),
    "filosofi_2021": _plain(population.read_filosofi_2021),
    "caf": _plain(population.read_caf),
    "odf_2024": _plain(odf.read_odf_communes),
    "bpe_2024": _plain(bpe.read_bpe_2024),
    "bpe_2019": _plain(bpe.read_bpe_2019),
    "bpe_2020": _plain(bpe.read_bpe_2020),
    "bpe_2021": _plain(bpe.read_bpe_2021),
    "bpe_2024_personnes_agees": _plain(bpe.read_bpe_2024_personnes_agees),
    "apl_2022": _plain(apl.read_apl_2022),
    "urgences_2019": _plain(acces.read_urgences),
    "distance_urgences_2024": acces.read_distance_urgences,
    "anct_2023": acces.read_eloignement,
    "rpps_2026": _plain(specialistes.read_specialistes),
    "zonages_professions": zonage.read_zonage,
    "zonage_generalistes_2022": zonage.read_zonage_generalistes,
    "frr_2025": zonage.read_frr,
}


@dataclass(frozen=True)
class Bundle:
    """Every table of the bundle, in memory."""

    geographie: Geographie
    indicateurs: pd.DataFrame
    references: pd.DataFrame
    epci: pd.DataFrame
    departements: pd.DataFrame
    bassins: pd.DataFrame
    structures: pd.DataFrame
    cpts: pd.DataFrame
    voisins: pd.DataFrame
    partages: pd.DataFrame


def build(raw: Brut, data: Path) -> None:
    """Build `data`/bundle and `data`/SOURCES.md from the raw files.

    The former bundle is replaced only when every check has passed. Raises `ErreurSource` otherwise.
    """
    sources = load_sources()
    print("Vérification des fichiers sources…")
    raw.verify(fichier for source in sources.values() for fichier in source.fichiers)
    bundle, entries = _read_all(raw, sources)
    print("Contrôles…")
    _validate(bundle)
    controles = verify_controles(sources.values(), _tables(bundle))
    with tempfile.TemporaryDirectory(dir=data) as temporary:
        folder = Path(temporary) / "bundle"
        folder.mkdir()
        _write(bundle, folder)
        content = manifest(entries, folder, controles, len(bundle.geographie.communes))
        text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
        (folder / "manifest.json").write_text(text, encoding="utf-8")
        refuse_too_large(folder)
        replace_folder(data / "bundle", folder)
    (data / "SOURCES.md").write_text(sources_markdown(content), encoding="utf-8")


def _read_all(raw: Brut, sources: dict[str, Source]) -> tuple[Bundle, list[dict[str, object]]]:
    passage = read_passage(raw)
    populations = read_populations_arrondissements(raw)
    print("Communes et contours…")
    geographie = read_geographie(raw, passage)
    inhabitants = geographie.communes["population"]
    units = passage.by_arrondissement()
    means = declaration("indicateurs", IndicateursDeclares).moyennes
    tables: dict[str, pd.DataFrame] = {}
    shared: list[pd.DataFrame] = []
    for code, read in tqdm(BY_COMMUNE.items(), desc="Lecture des sources", unit="source"):
        tables[code], parts = read_units(partial(_read, read, raw, populations), passage, populations, means)
        shared.append(parts)
    others = {
        "communes": geographie.communes,
        "contours": geographie.contours,
        "passage": geographie.anciennes_communes,
        "zonages_2025": geographie.communes[["canton", "bassin_vie"]],
        "filosofi_2021_epci": population.read_filosofi_2021_epci(raw),
        "departements": departements.read_departements(raw),
        "insee_departements_2024": departements.read_insee(raw),
        "publiees": _publiees(),
        "bassins": bassins.read_bassins(raw, pd.Index(geographie.communes["bassin_vie"].unique())),
        "structures": structures.read_structures(raw, units, geographie.contours),
        "cpts_paca": cpts.read_cpts(raw, units, geographie.communes, cpts.declared()),
    }
    totals = _references(raw)
    words = {
        **geographie.mots,
        "rp_2022": population.words_of_rp_2022(tables["rp_2022"], geographie.communes),
        "odf_2024": odf.words(tables["odf_2024"], totals),
    }
    entries = [
        source_entry(source, (tables | others)[source.table], inhabitants, words.get(source.citee.code))
        for source in sources.values()
    ]
    bundle = Bundle(
        geographie=geographie,
        indicateurs=pd.concat(tables.values(), axis=1).copy(),
        references=totals,
        epci=others["filosofi_2021_epci"],
        departements=departements.join([others["departements"], others["insee_departements_2024"]]),
        bassins=others["bassins"],
        structures=others["structures"],
        cpts=others["cpts_paca"],
        partages=pd.concat(shared, ignore_index=True),
        voisins=voisinage.find_voisins(
            geographie.contours, geographie.communes, voisinage.read_origines(raw)
        ),
    )
    return bundle, entries


def _read(read: Reader, raw: Brut, populations: pd.Series, passage: Passage) -> pd.DataFrame:
    return read(raw, passage, populations)


def _references(raw: Brut) -> pd.DataFrame:
    """Published totals of zones, whose sources write the first départements "D1" where we write "D01"."""
    zones = odf.publishable(odf.read_odf_zones(raw)).join(population.read_caf_zones(raw))
    return zones.rename(index=lambda zone: re.sub(r"^D(\d)$", r"D0\1", zone)).sort_index()


def _publiees() -> pd.DataFrame:
    """The published values that are declared, by zone: what a source without a file of figures brings."""
    return pd.DataFrame({each.indicateur: pd.Series(dict(each.valeurs)) for each in references.declared()})


def _validate(bundle: Bundle) -> None:
    schema.validate(schema.COMMUNES, bundle.geographie.communes, "communes")
    schema.validate(schema.ZONES, bundle.geographie.zones, "zones")
    schema.validate(schema.ANCIENNES_COMMUNES, bundle.geographie.anciennes_communes, "anciennes_communes")
    schema.validate(schema.DEPARTEMENTS, bundle.departements, "departements")
    schema.validate(schema.BASSINS, bundle.bassins, "bassins")
    schema.validate(schema.STRUCTURES, bundle.structures, "structures")
    schema.validate(schema.CPTS, bundle.cpts, "cpts")
    schema.validate(schema.VOISINS, bundle.voisins, "voisins")
    schema.validate(schema.PARTAGES, bundle.partages, "partages")
    schema.validate(schema.indicateurs_schema(bundle.indicateurs.columns), bundle.indicateurs, "indicateurs")


def _tables(bundle: Bundle) -> Tables:
    communes = bundle.geographie.communes
    return Tables(
        communes=communes.join(bundle.indicateurs).assign(superficie_insee_km2=bundle.geographie.superficies),
        references=bundle.references,
        epci=bundle.epci,
        departements=bundle.departements,
        bassins=bundle.bassins,
        structures=bundle.structures,
        cpts=bundle.cpts,
    )


def _write(bundle: Bundle, folder: Path) -> None:
    write_table(bundle.geographie.communes, folder / "communes.parquet")
    write_table(bundle.geographie.zones, folder / "zones.parquet")
    write_table(bundle.geographie.anciennes_communes, folder / "anciennes_communes.parquet")
    write_contours(bundle.geographie.contours, folder / "contours.parquet")
    write_arrow(outlines(folder / "contours.parquet"), folder / "departements_contours.parquet")
    write_table(bundle.indicateurs, folder / "indicateurs.parquet")
    write_table(bundle.references, folder / "references.parquet")
    write_table(bundle.epci, folder / "epci.parquet")
    write_table(bundle.departements, folder / "departements.parquet")
    write_table(bundle.bassins, folder / "bassins.parquet")
    write_table(bundle.structures, folder / "structures.parquet")
    write_table(bundle.cpts, folder / "cpts.parquet")
    write_table(bundle.voisins, folder / "voisins.parquet")
    write_table(bundle.partages, folder / "partages.parquet")
