"""Refreshing the bundle from newer official editions: fetch, read, compare, check, and only then replace."""

import json
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import pandas as pd

from cpts_geo.indicateurs.catalogue import load_catalogue
from cpts_geo.indicateurs.citations import SourceCitee, load_manifest
from cpts_geo.socle.nombres import entier
from cpts_geo.sources import schema
from cpts_geo.sources.brut import sha256
from cpts_geo.sources.declaration import Fichier, Source, load_sources
from cpts_geo.sources.ecarts import compare, describe
from cpts_geo.sources.ecriture import write_table
from cpts_geo.sources.editions import Cible, EditionDeclaree, Regle
from cpts_geo.sources.erreurs import ErreurSource
from cpts_geo.sources.lecteurs.passage import Passage
from cpts_geo.sources.manifeste import manifest, source_entry, sources_markdown
from cpts_geo.sources.officiel import (
    officiel_apl,
    officiel_bpe,
    officiel_filosofi,
    officiel_finess,
    officiel_populations,
)
from cpts_geo.sources.officiel.officiel import Edition, Lecteur
from cpts_geo.sources.remplacement import refuse_too_large, replace_folder, replace_text, restore_interrupted
from cpts_geo.sources.telechargement import fetch, is_address, latest_address
from cpts_geo.sources.vraisemblance import (
    problems_of_column,
    problems_of_parts,
    problems_of_rows,
    problems_of_structures,
    unknown_columns,
)

LECTEURS: dict[str, Lecteur] = {
    "apl": officiel_apl.read,
    "filosofi": officiel_filosofi.read,
    "bpe": officiel_bpe.read,
    "finess": officiel_finess.read,
    "populations": officiel_populations.read,
}
# What a library may raise on a file that is cut short or forged.
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, ParseError, KeyError, ValueError, IndexError, OSError)


@dataclass(frozen=True)
class DemandeActualisation:
    """What was asked: which editions, from which files if not the declared addresses, to apply or not."""

    editions: Sequence[EditionDeclaree]
    fichiers: Mapping[str, Sequence[str]]
    millesime: int | None
    appliquer: bool
    data: Path


@dataclass
class Lot:
    """The tables of the bundle that an edition can renew, and the names of those that were."""

    communes: pd.DataFrame
    indicateurs: pd.DataFrame
    epci: pd.DataFrame
    structures: pd.DataFrame
    modifiees: set[str]

    def table(self, name: str) -> pd.DataFrame:
        """One of the tables, by its name."""
        found: pd.DataFrame = getattr(self, name)
        return found

    def put(self, name: str, table: pd.DataFrame) -> None:
        """Put a renewed table in place of the former one."""
        setattr(self, name, table)
        self.modifiees.add(name)


@dataclass(frozen=True)
class LectureEdition:
    """An edition as read, with the files it was read from."""

    declaree: EditionDeclaree
    edition: Edition
    places: tuple[str, ...]
    fichiers: tuple[Fichier, ...]

    @property
    def cibles(self) -> list[Cible]:
        """What this edition does renew."""
        return [cible for cible in self.declaree.cibles if cible.source in self.edition.tables]


def refresh(demande: DemandeActualisation) -> None:
    """Do all of it; raises `ErreurSource`, the bundle being untouched, unless every check has passed."""
    bundle = demande.data / "bundle"
    restore_interrupted(bundle)
    former, passage = _load(bundle)
    with tempfile.TemporaryDirectory() as temporary:
        readings = [_read(demande, declared, passage, Path(temporary)) for declared in demande.editions]
    new = replace(former, modifiees=set())
    in_place = {entry["code"]: entry["millesime"] for entry in load_manifest(bundle)["sources"]}
    problems = []
    for reading in readings:
        problems += _older(reading, in_place, demande.millesime) + _renew(new, former, reading)
    if problems:
        raise ErreurSource("\n".join(f"- {problem}" for problem in problems))
    _validate(new)
    if not demande.appliquer:
        print("\nTout est vraisemblable. Rien n’a été remplacé : ajoutez --appliquer pour le faire.")
        return
    _write(demande.data, new, readings)
    print(f"\nDonnées remplacées dans {bundle}. Relancez l’application pour les voir.")
    _tell_texts(readings)


def load_passage(communes: pd.DataFrame, anciennes: pd.DataFrame) -> Passage:
    """The way from any code to a present commune, from what the bundle itself keeps.

    Arrondissements are communes there: the rows of a whole city lead nowhere.
    """
    codes = pd.Index(communes.index.tolist(), dtype=object, name="code")
    villes = set(communes["ville"].dropna())
    gone = anciennes[~anciennes["code_ancien"].isin(codes)].drop_duplicates("code_ancien")
    of_cities = gone["code"].isin(villes)
    return Passage(
        communes=codes,
        arrondissements={},
        anciens=dict(zip(gone.loc[~of_cities, "code_ancien"], gone.loc[~of_cities, "code"], strict=True)),
        sans_suite=frozenset({*villes, *gone.loc[of_cities, "code_ancien"]}),
    )


def _load(bundle: Path) -> tuple[Lot, Passage]:
    read = {
        name: pd.read_parquet(bundle / f"{name}.parquet")
        for name in ("communes", "indicateurs", "epci", "structures", "anciennes_communes")
    }
    communes = read["communes"].set_index("code")
    lot = Lot(
        communes=communes,
        indicateurs=read["indicateurs"].set_index("code"),
        epci=read["epci"].set_index("code"),
        structures=read["structures"],
        modifiees=set(),
    )
    return lot, load_passage(communes, read["anciennes_communes"])


def _read(
    demande: DemandeActualisation, declared: EditionDeclaree, passage: Passage, temporary: Path
) -> LectureEdition:
    print(f"\n{declared.jeu}")
    given = tuple(demande.fichiers.get(declared.code, ()))
    year = demande.millesime or (None if given else declared.millesime)
    places = given or _declared_places(declared, year)
    folder = temporary / declared.code
    folder.mkdir()
    try:
        paths = [fetch(place, folder, declared.taille_maximale_mo) for place in places]
        edition = _understand(declared, paths, passage, year)
    except ErreurSource as error:
        raise ErreurSource(f"{declared.jeu} : {error}\nPage officielle : {declared.page}") from error
    files = tuple(
        Fichier(path.name if place in given else _name(place), sha256(path))
        for place, path in zip(places, paths, strict=True)
    )
    return LectureEdition(
        declared, edition, tuple(place if is_address(place) else Path(place).name for place in places), files
    )


def _declared_places(declared: EditionDeclaree, year: int | None) -> tuple[str, ...]:
    if declared.catalogue:
        return (latest_address(declared.catalogue),)
    if not declared.adresses:
        raise ErreurSource(
            f"{declared.jeu} : l’adresse change à chaque édition. Téléchargez le fichier depuis "
            f"{declared.page}, puis ajoutez --fichier {declared.code}=CHEMIN."
        )
    return tuple(address.replace("{millesime}", str(year)) for address in declared.adresses)


def _understand(
    declared: EditionDeclaree, paths: Sequence[Path], passage: Passage, year: int | None
) -> Edition:
    try:
        return LECTEURS[declared.lecteur](paths, passage, year)
    except UNREADABLE as error:
        names = ", ".join(path.name for path in paths)
        raise ErreurSource(f"fichier illisible ou tronqué ({names}).") from error


def _name(address: str) -> str:
    return address.rstrip("/").rsplit("/", 1)[-1]


def _older(reading: LectureEdition, in_place: Mapping[str, str], wanted: int | None) -> list[str]:
    """An edition older than the one in place is refused, unless its year was asked for."""
    cible, year = reading.declaree.cibles[0], reading.edition.millesime
    pattern = re.escape(cible.millesime).replace(re.escape("{millesime}"), r"(\d{4})")
    current = re.fullmatch(pattern, in_place[cible.source])
    if current is None or wanted is not None or not year.isdecimal() or int(year) >= int(current[1]):
        return []
    refusal = (
        f"l’édition {year} est plus ancienne que celle en place ({current[1]}) ; "
        f"pour la vouloir quand même, ajoutez --source {reading.declaree.code} --millesime {year}"
    )
    return [refusal]


def _renew(new: Lot, former: Lot, reading: LectureEdition) -> list[str]:
    """Put an edition into the new tables, say what changes, and return what makes it unbelievable."""
    print(f"  Édition lue : {reading.edition.millesime}")
    if reading.declaree.avertissement:
        print(f"  Attention : {reading.declaree.avertissement}")
    absent = [cible for cible in reading.declaree.cibles if cible not in reading.cibles]
    problems = [f"{cible.jeu} : absent du fichier" for cible in absent if not cible.facultative]
    for cible in absent:
        print(f"  {cible.source} : absent de cette édition, chiffres actuels gardés.")
    for cible in reading.cibles:
        problems += problems_of_rows(cible, reading.edition.lignes[cible.source])
        problems += RENEWERS[cible.table](new, former, cible, reading.edition)
    return problems


def _renew_columns(new: Lot, former: Lot, cible: Cible, edition: Edition) -> list[str]:
    """Columns of a table by commune or by EPCI."""
    read = edition.tables[cible.source]
    missing = unknown_columns(cible, read.columns)
    if missing:
        return [f"{cible.source} : chiffres absents du fichier : {', '.join(missing)}"]
    before = former.table(cible.table)
    columns = [name for name in cible.colonnes if name in read.columns]
    after = _with_columns(new.table(cible.table), read[columns])
    new.put(cible.table, after)
    names = former.communes["nom"]
    problems = problems_of_parts(cible, after)
    for regle, colonne in _rules(cible, columns):
        ecart = compare(regle, colonne, before, after)
        print("\n".join(describe(ecart, names)))
        problems += problems_of_column(regle, ecart, after[colonne])
    return problems


def _with_columns(table: pd.DataFrame, read: pd.DataFrame) -> pd.DataFrame:
    """The table with some columns replaced; whole numbers stay whole when none is missing."""
    renewed = table.copy()
    for name in read.columns:
        values = read[name].reindex(table.index)
        whole = pd.api.types.is_integer_dtype(table[name].dtype) and values.notna().all()
        renewed[name] = values.round().astype(table[name].dtype) if whole else values.astype(float)
    return renewed


def _renew_epci(new: Lot, former: Lot, cible: Cible, edition: Edition) -> list[str]:
    """The table of EPCI is replaced as a whole: EPCI come and go."""
    read = edition.tables[cible.source]
    missing = unknown_columns(cible, read.columns)
    if missing:
        return [f"{cible.source} : chiffres absents du fichier : {', '.join(missing)}"]
    after = read[list(former.epci.columns)].sort_index()
    new.put("epci", after)
    problems = []
    for regle, colonne in _rules(cible, after.columns):
        ecart = compare(regle, colonne, former.epci, after)
        print("\n".join(describe(ecart, pd.Series(dtype=object))))
        problems += problems_of_column(regle, ecart, after[colonne])
    return problems


def _renew_population(new: Lot, former: Lot, cible: Cible, edition: Edition) -> list[str]:
    """Populations, and the counts that the build drew from them, in the same proportion."""
    read = edition.tables[cible.source]["population"]
    known = read.notna()
    people = read.where(known, new.communes["population"])
    regle = cible.regles[0]
    after = new.communes.assign(
        population=people.round().astype(new.communes["population"].dtype),
        millesime_population=new.communes["millesime_population"].mask(known, int(edition.millesime)),
    )
    ecart = compare(regle, "population", former.communes, after)
    print("\n".join(describe(ecart, former.communes["nom"])))
    coverage = float(former.communes.loc[known, "population"].sum() / former.communes["population"].sum())
    problems = problems_of_column(regle, ecart, after["population"])
    if coverage < regle.couverture:
        problems.append(f"le fichier ne couvre que {100 * coverage:.1f} % de la population".replace(".", ","))
    ratio = (after["population"] / former.communes["population"]).where(
        former.communes["population"] > 0, 1.0
    )
    columns = [name for name in map(str, new.indicateurs.columns) if name.startswith(cible.proportionnelles)]
    new.put("communes", after)
    new.put("indicateurs", new.indicateurs.assign(**new.indicateurs[columns].mul(ratio, axis=0).round(2)))
    return problems


def _renew_structures(new: Lot, former: Lot, cible: Cible, edition: Edition) -> list[str]:
    """The structures of the types that the edition gives; those of the other types stay."""
    read = edition.tables[cible.source]
    others = new.structures[~new.structures["type"].isin(cible.colonnes)]
    after = pd.concat([others, read[read["type"].isin(cible.colonnes)]], ignore_index=True)
    new.put("structures", after.sort_values(["type", "code", "nom", "finess"], ignore_index=True))
    before, now = former.structures["type"].value_counts(), read["type"].value_counts()
    for kind in cible.colonnes:
        print(f"  {kind} : {entier(before.get(kind, 0))} → {entier(now.get(kind, 0))} structures")
    return problems_of_structures(cible, former.structures, read)


RENEWERS = {
    "indicateurs": _renew_columns,
    "epci": _renew_epci,
    "communes": _renew_population,
    "structures": _renew_structures,
}


def _rules(cible: Cible, columns: Sequence[str] | pd.Index) -> list[tuple[Regle, str]]:
    return [(regle, name) for regle in cible.regles for name in regle.colonnes if name in columns]


def _validate(lot: Lot) -> None:
    """The renewed tables against the form that the build gives them."""
    # Parquet gives back as text what the build holds as plain objects.
    communes = lot.communes.astype({"epci": object, "codes_postaux": object})
    tables = {
        "communes": (schema.COMMUNES, communes),
        "indicateurs": (schema.indicateurs_schema(lot.indicateurs.columns), lot.indicateurs),
        "structures": (schema.STRUCTURES, lot.structures.astype({"finess": object})),
    }
    for name in lot.modifiees & tables.keys():
        expected, table = tables[name]
        schema.validate(expected, table, name)


def _write(data: Path, lot: Lot, readings: Sequence[LectureEdition]) -> None:
    """Build the whole new bundle aside, then put it in place at once."""
    bundle = data / "bundle"
    former = load_manifest(bundle)
    with tempfile.TemporaryDirectory(dir=data, prefix=".actualisation-") as temporary:
        folder = Path(temporary) / "bundle"
        shutil.copytree(bundle, folder)
        for name in sorted(lot.modifiees):
            write_table(lot.table(name), folder / f"{name}.parquet")
        entries = _entries(former["sources"], lot, readings)
        content = manifest(entries, folder, former["controles"], former["communes"])
        manifest_text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
        (folder / "manifest.json").write_text(manifest_text, encoding="utf-8")
        refuse_too_large(folder)
        text = sources_markdown(content)
        replace_folder(bundle, folder)
    replace_text(data / "SOURCES.md", text)


def _entries(
    former: list[dict[str, Any]], lot: Lot, readings: Sequence[LectureEdition]
) -> list[dict[str, Any]]:
    declared = load_sources()
    renewed = {
        cible.source: _entry(declared[cible.source], cible, lot, reading)
        for reading in readings
        for cible in reading.cibles
    }
    return [renewed.get(entry["code"], entry) for entry in former]


def _entry(source: Source, cible: Cible, lot: Lot, reading: LectureEdition) -> dict[str, Any]:
    """The manifest entry of a renewed source: its vintage, where it was read, when, and from what bytes."""
    today = datetime.now(tz=UTC).date()
    year = reading.edition.millesime
    texts = {
        name: getattr(cible, name).replace("{millesime}", year)
        for name in ("jeu", "citation_courte", "millesime", "geographie")
    }
    note = f"Actualisé le {today:%d/%m/%Y} depuis {', '.join(reading.places)}."
    place, notes = reading.declaree.page, (*cible.notes, note)
    cited = SourceCitee.among({**dict(source.citee), **texts, "adresse": place, "notes": notes})
    kept = source.fichiers if cible.garde_fichiers else ()
    table = lot.table(cible.table)
    if cible.table == "indicateurs":
        table = table[[name for name in cible.colonnes if name in table]]
    entry = source_entry(
        replace(source, citee=cited, fichiers=(*kept, *reading.fichiers)), table, lot.communes["population"]
    )
    return entry | {"actualisation": {"date": today.isoformat(), "adresses": list(reading.places)}}


def _tell_texts(readings: Sequence[LectureEdition]) -> None:
    """The declared texts that name a year and may speak of the former edition."""
    renewed = {cible.source for reading in readings for cible in reading.cibles}
    dated = [
        item.code
        for item in load_catalogue().indicateurs
        if _speaks_of(item.source.code, f"{item.libelle} {item.definition}", renewed)
    ]
    if dated:
        print(f"Textes à relire dans data/declarations/indicateurs.toml : {', '.join(dated)}.")


def _speaks_of(source: str, text: str, renewed: set[str]) -> bool:
    if source in renewed and re.search(r"\b20\d{2}\b", text):
        return True
    return "communes" in renewed and re.search(r"population municipale 20\d{2}", text) is not None
