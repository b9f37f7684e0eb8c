"""A refresh replaces the whole bundle or nothing; the files are built here from the bundle's own figures."""

import json
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pytest

from cpts_geo.indicateurs.citations import load_manifest, load_sources_citees
from cpts_geo.socle.chemins import BUNDLE, DATA
from cpts_geo.socle.nombres import decimal
from cpts_geo.sources import actualisation, ecriture
from cpts_geo.sources.__main__ import main
from cpts_geo.sources.actualisation import LECTEURS, load_passage
from cpts_geo.sources.declaration import load_sources
from cpts_geo.sources.ecarts import compare
from cpts_geo.sources.editions import Cible, Regle, load_editions
from cpts_geo.sources.lecteurs.bpe import EQUIPEMENTS_2024
from cpts_geo.sources.vraisemblance import problems_of_column, problems_of_parts

pytestmark = pytest.mark.lent

Answers = dict[str, tuple[int, dict[str, str], bytes]]
MEDIANE, PAUVRETE = "niveau_vie_median_2021", "taux_pauvrete_2021"
PERSONNES = "personnes_menages_fiscaux_2021"
FILOSOFI_HEADER = "GEO;GEO_OBJECT;FILOSOFI_MEASURE;CONF_STATUS;OBS_STATUS;TIME_PERIOD;OBS_VALUE"
BPE_HEADER = "GEO;GEO_OBJECT;FACILITY_TYPE;BPE_MEASURE;TIME_PERIOD;OBS_VALUE"


def table(name: str, bundle: Path = BUNDLE) -> pd.DataFrame:
    read = pd.read_parquet(bundle / f"{name}.parquet")
    return read.set_index("code") if name in ("communes", "indicateurs", "epci") else read


@pytest.fixture(scope="module")
def indicateurs() -> pd.DataFrame:
    return table("indicateurs")


@pytest.fixture(scope="module")
def epci() -> pd.DataFrame:
    return table("epci")


@dataclass(frozen=True)
class Essai:
    """A copy of the data to work on, and its tables as they were."""

    data: Path
    folder: Path
    indicateurs: pd.DataFrame
    epci: pd.DataFrame
    before: dict[str, str]

    @property
    def bundle(self) -> Path:
        return self.data / "bundle"

    def run(self, *arguments: str) -> int:
        return main(["actualiser", "--data", str(self.data), *arguments])

    def is_untouched(self) -> bool:
        return state(self.data) == self.before

    def filosofi(self, communes: pd.DataFrame, epci: pd.DataFrame | None = None) -> Path:
        lines = filosofi_lines(communes, "COM") + filosofi_lines(self.epci if epci is None else epci, "EPCI")
        path = self.folder / "filosofi.zip"
        return zipped(path, "DS_FILOSOFI_CC_2023_data.csv", FILOSOFI_HEADER, lines)


@pytest.fixture
def essai(
    tmp_path: Path, indicateurs: pd.DataFrame, epci: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> Essai:
    monkeypatch.setitem(ecriture.OPTIONS, "compression_level", 1)  # quicker, and of no account here
    copy = tmp_path / "data"
    shutil.copytree(BUNDLE, copy / "bundle")
    shutil.copy(DATA / "SOURCES.md", copy)
    return Essai(copy, tmp_path, indicateurs, epci, state(copy))


def state(data: Path) -> dict[str, str]:
    return {str(path): sha256(path.read_bytes()).hexdigest() for path in data.rglob("*") if path.is_file()}


def zipped(path: Path, member: str, header: str, lines: list[str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(member, "\n".join([header, *lines]))
    return path


def filosofi_lines(values: pd.DataFrame, kind: str) -> list[str]:
    measures = {"MED_SL": MEDIANE, "PR_MD60": PAUVRETE}
    return [
        f"{code};{kind};{measure};{'C' if pd.isna(value) else 'F'};{'M' if pd.isna(value) else 'A'};2023;"
        f"{'' if pd.isna(value) else value}"
        for measure, column in measures.items()
        for code, value in values[column].items()
    ]


def dearer(values: pd.DataFrame) -> pd.DataFrame:
    """Medians of the next edition: a little higher everywhere."""
    return values.assign(**{MEDIANE: (values[MEDIANE] * 1.05).round(-1)})


def bpe(path: Path, counts: pd.DataFrame, year: int = 2025) -> Path:
    """The long file: the types of the bundle, and orthophonistes again."""
    codes = {column: code for code, column in EQUIPEMENTS_2024.items()} | {
        "orthophonistes": "D282",
        "orthoptistes": "D283",
        "audioprothesistes": "D246",
    }
    long = counts[list(codes)].rename(columns=codes).melt(ignore_index=False, var_name="kind")
    long = long[long["value"] > 0]
    middle = ";FACILITIES;" + str(year) + ";"
    lines = (long.index + ";COM;" + long["kind"] + middle + long["value"].astype(str)).tolist()
    return zipped(path, f"DS_BPE_{year}_data.csv", BPE_HEADER, lines)


def test_nothing_is_replaced_unless_asked(essai: Essai, capsys: pytest.CaptureFixture[str]) -> None:
    path = essai.filosofi(dearer(essai.indicateurs), dearer(essai.epci))
    assert essai.run("--fichier", f"filosofi={path}") == 0
    assert essai.is_untouched()
    said = capsys.readouterr().out
    weights = essai.indicateurs[PERSONNES]
    mean = (dearer(essai.indicateurs)[MEDIANE] * weights).sum() / weights.sum()
    assert "Édition lue : 2023" in said
    assert (
        f"{MEDIANE} : 31\u202f253\u00a0changent, 0 en plus, 0 en moins ; "
        f"France 23\u202f428,92 → {decimal(mean, 2)} (+5,0 %)"
    ) in said
    assert PERSONNES not in said, "the file does not give it: kept, and not spoken of"
    assert "Rien n’a été remplacé" in said


def test_biggest_movers_are_named(essai: Essai, capsys: pytest.CaptureFixture[str]) -> None:
    values = essai.indicateurs[MEDIANE].copy()
    values["31555"] += 9_000
    path = essai.filosofi(essai.indicateurs.assign(**{MEDIANE: values}))
    assert essai.run("--fichier", f"filosofi={path}") == 0
    said = capsys.readouterr().out
    assert f"{MEDIANE} : 1\u00a0change," in said
    assert "Toulouse (31555) 22\u202f140,00 → 31\u202f140,00\n" in said


def test_edition_from_a_site_is_put_in_place(essai: Essai, site: str, answers: Answers) -> None:
    path = essai.filosofi(dearer(essai.indicateurs), dearer(essai.epci))
    answers["/DS_FILOSOFI_CC_2023_CSV_FR"] = (200, {}, path.read_bytes())
    address = f"{site}/DS_FILOSOFI_CC_2023_CSV_FR"
    assert essai.run("--source", "filosofi", "--fichier", f"filosofi={address}", "--appliquer") == 0
    after = table("indicateurs", essai.bundle)
    pd.testing.assert_frame_equal(after.drop(columns=MEDIANE), essai.indicateurs.drop(columns=MEDIANE))
    pd.testing.assert_series_equal(after[MEDIANE], dearer(essai.indicateurs)[MEDIANE])
    pd.testing.assert_frame_equal(table("epci", essai.bundle), dearer(essai.epci).astype(float))
    assert "." not in {item.name[0] for item in essai.data.iterdir()}, "nothing is left behind"


def test_manifest_tells_where_the_new_figures_come_from(essai: Essai) -> None:
    path = essai.filosofi(dearer(essai.indicateurs), dearer(essai.epci))
    assert essai.run("--fichier", f"filosofi={path}", "--appliquer") == 0
    manifest = load_manifest(essai.bundle)
    entry = next(item for item in manifest["sources"] if item["code"] == "filosofi_2021")
    digest = sha256(path.read_bytes()).hexdigest()
    assert entry["fichiers"] == [{"nom": "filosofi.zip", "sha256": digest, "paquet": False}]
    assert entry["actualisation"]["adresses"] == ["filosofi.zip"]
    assert entry["lignes"] == 31_253
    cited = load_sources_citees(essai.bundle)
    assert cited["filosofi_2021"].citation_courte == "Filosofi 2023 (Insee)"
    assert cited["filosofi_2021_epci"].millesime == "2023"
    assert cited["bpe_2024"].millesime == "2024"
    for name, expected in manifest["fichiers"].items():
        assert sha256((essai.bundle / name).read_bytes()).hexdigest() == expected, name
    text = (essai.bundle / "manifest.json").read_text(encoding="utf-8")
    assert text == json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    assert "depuis filosofi.zip." in (essai.data / "SOURCES.md").read_text(encoding="utf-8")


def shifted(values: pd.DataFrame) -> pd.DataFrame:
    return values.assign(**{MEDIANE: values[MEDIANE].shift(1)})


def swapped(values: pd.DataFrame) -> pd.DataFrame:
    return values.assign(**{MEDIANE: values[PAUVRETE], PAUVRETE: values[MEDIANE]})


def halved(values: pd.DataFrame) -> pd.DataFrame:
    return values.assign(**{MEDIANE: values[MEDIANE] / 2})


def truncated(values: pd.DataFrame) -> pd.DataFrame:
    return values.head(20_000)


def hidden(values: pd.DataFrame) -> pd.DataFrame:
    return values.assign(**{PAUVRETE: values[PAUVRETE].where(values[PERSONNES] > 50_000)})


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (shifted, "n’y sont plus dans le même ordre"),
        (swapped, "valeurs hors de"),
        (halved, "0,50 fois l’ancien"),
        (truncated, "20\u202f000 lignes lues"),
        (hidden, "communes seulement"),
    ],
)
def test_implausible_edition_is_refused(
    essai: Essai,
    capsys: pytest.CaptureFixture[str],
    harm: Callable[[pd.DataFrame], pd.DataFrame],
    sentence: str,
) -> None:
    path = essai.filosofi(harm(essai.indicateurs))
    assert essai.run("--fichier", f"filosofi={path}", "--appliquer") == 1
    assert essai.is_untouched()
    said = capsys.readouterr().err
    assert "rien n'a été remplacé" in said
    assert sentence in said


def test_one_bad_edition_stops_the_others(essai: Essai, capsys: pytest.CaptureFixture[str]) -> None:
    good = essai.filosofi(dearer(essai.indicateurs))
    doubled = essai.indicateurs.assign(infirmiers=essai.indicateurs["infirmiers"] * 2)
    bad = bpe(essai.folder / "bpe.zip", doubled)
    assert essai.run("--fichier", f"filosofi={good}", "--fichier", f"bpe={bad}", "--appliquer") == 1
    assert essai.is_untouched()
    said = capsys.readouterr().err
    assert "infirmiers : le chiffre national passe de 103\u202f023,00 à 206\u202f046,00" in said


@pytest.mark.parametrize("body", [b"<html>Service indisponible</html>", b"PK\x03\x04 tronque", b""])
def test_hostile_answer_is_refused(
    essai: Essai, site: str, answers: Answers, body: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    answers["/filosofi.zip"] = (200, {}, body)
    assert essai.run("--fichier", f"filosofi={site}/filosofi.zip", "--appliquer") == 1
    assert essai.is_untouched()
    assert "Page officielle : https://www.insee.fr" in capsys.readouterr().err


def test_workbook_that_is_damaged_inside_is_refused(essai: Essai, capsys: pytest.CaptureFixture[str]) -> None:
    path = essai.folder / "apl.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("xl/workbook.xml", "<workbook")
    assert essai.run(*(["--fichier", f"apl={path}"] * 5), "--appliquer") == 1
    assert essai.is_untouched()
    assert "fichier illisible ou tronqué" in capsys.readouterr().err


def test_without_network_nothing_changes(essai: Essai, site: str, capsys: pytest.CaptureFixture[str]) -> None:
    closed = site.rsplit(":", 1)[0] + ":1/bpe.zip"
    assert essai.run("--source", "bpe", "--fichier", f"bpe={closed}", "--appliquer") == 1
    assert essai.is_untouched()
    assert "pas de connexion" in capsys.readouterr().err


@pytest.mark.parametrize("step", ["write_table", "sources_markdown", "replace_folder"])
def test_failure_in_the_middle_leaves_the_former_bundle(
    essai: Essai, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError("disque plein")

    path = essai.filosofi(dearer(essai.indicateurs))
    monkeypatch.setattr(actualisation, step, fail)
    with pytest.raises(OSError, match="disque plein"):
        essai.run("--fichier", f"filosofi={path}", "--appliquer")
    assert essai.is_untouched()


def test_bundle_set_aside_by_a_power_failure_is_put_back_first(essai: Essai) -> None:
    essai.bundle.rename(essai.data / ".bundle.precedent")
    path = essai.filosofi(dearer(essai.indicateurs))
    assert essai.run("--fichier", f"filosofi={path}") == 0
    assert essai.is_untouched()


def test_counts_stay_whole_and_orthophonistes_come_back(essai: Essai) -> None:
    former = essai.indicateurs
    more = former["orthophonistes"] + (former["orthophonistes"] > 10)
    path = bpe(essai.folder / "bpe.zip", former.assign(orthophonistes=more))
    assert essai.run("--fichier", f"bpe={path}", "--appliquer") == 0
    after = table("indicateurs", essai.bundle)
    pd.testing.assert_series_equal(after["orthophonistes"], more)
    pd.testing.assert_frame_equal(after.drop(columns="orthophonistes"), former.drop(columns="orthophonistes"))
    cited = load_sources_citees(essai.bundle)
    assert cited["bpe_2019"].citation_courte == "BPE 2025 (Insee)"
    assert cited["bpe_2021"].citation_courte == "BPE 2021 (Insee)", "psychologues were not in the file"


def test_older_edition_must_be_asked_for(essai: Essai, capsys: pytest.CaptureFixture[str]) -> None:
    path = bpe(essai.folder / "bpe.zip", essai.indicateurs, year=2023)
    assert essai.run("--fichier", f"bpe={path}") == 1
    assert "plus ancienne que celle en place (2024)" in capsys.readouterr().err
    assert essai.run("--source", "bpe", "--fichier", f"bpe={path}", "--millesime", "2023") == 0


def test_population_carries_what_was_counted_on_it(essai: Essai, capsys: pytest.CaptureFixture[str]) -> None:
    communes = table("communes")
    people = (communes["population"] * 1.01).round().astype(int)
    given = people[communes["departement"] != "976"]
    lines = [f"{code};Nom;{count};0;{count}" for code, count in given.items()]
    header = "COM;Commune;PMUN;PCAP;PTOT"
    path = zipped(essai.folder / "ensemble.zip", "donnees_communes.csv", header, lines)
    asked = ("--source", "populations", "--millesime", "2024", "--fichier", f"populations={path}")
    assert essai.run(*asked, "--appliquer") == 0
    said = capsys.readouterr().out
    assert "Textes à relire" in said
    assert "densite_infirmiers" in said, "its definition names the year of the population"
    after, figures = table("communes", essai.bundle), table("indicateurs", essai.bundle)
    assert after.loc["31555", "population"] == people["31555"]
    assert after.loc["97601", "population"] == communes.loc["97601", "population"], "Mayotte is not given"
    assert after.groupby("departement")["millesime_population"].first()[["31", "976"]].tolist() == [
        2024,
        2017,
    ]
    levels = figures.filter(like="zonage_infirmiers_").sum(axis=1)
    pd.testing.assert_series_equal(levels, after["population"].astype(float), check_names=False, atol=0.01)
    entry = next(item for item in load_manifest(essai.bundle)["sources"] if item["code"] == "communes")
    assert entry["millesime"] == "COG 2026, population municipale 2024"
    assert [item["nom"] for item in entry["fichiers"]][1:] == ["ensemble.zip"]


def finess(path: Path, structures: pd.DataFrame, every: int) -> Path:
    """A national extraction: the structures known by their number, and as many others as France has."""
    labels = {kind: label for label, kind in actualisation.officiel_finess.TYPES.items()}
    numbers = {
        "maison_sante": 2500,
        "centre_sante": 3000,
        "ssiad": 2000,
        "had": 290,
        "cpts": 700,
        "ehpad": 7000,
    }
    known = structures[structures["type"].isin(labels) & structures["finess"].notna()]
    rows = [(row.finess, row.type, row.code) for row in known.itertuples()]
    rows += [
        (f"9{kind:.3}{rank:05}", kind, "31555") for kind, count in numbers.items() for rank in range(count)
    ]
    lines = []
    for number, kind, code in rows[::every]:
        fields = ["structureet", number, "", "NOM", "", *([""] * 7), code[2:], code[:2], "", "", "", "", "1"]
        lines.append(";".join([*fields, labels[kind], *([""] * 12)]))
    lines.append("geolocalisation;310000101;574357.8;6279642.9;1,ATLASANTE,96,BAN,EPSG:2154;2026-05-01")
    path.write_text("\n".join(["finess;etalab;98;2026-05-12", *lines]), encoding="utf-8")
    return path


def test_structures_of_occitanie_become_those_of_france(
    essai: Essai, capsys: pytest.CaptureFixture[str]
) -> None:
    former = table("structures")
    path = finess(essai.folder / "finess.csv", former, every=1)
    assert essai.run("--fichier", f"finess={path}", "--appliquer") == 0
    after = table("structures", essai.bundle)
    assert (after["type"] == "maison_sante").sum() == 2500 + 372
    for kind in ("hopital", "urgences", "maternite"):
        pd.testing.assert_frame_equal(
            after[after["type"] == kind].reset_index(drop=True),
            former[former["type"] == kind].reset_index(drop=True),
        )
    assert "maison_sante : 372 → 2\u202f872 structures" in capsys.readouterr().out
    assert load_sources_citees(essai.bundle)["structures"].millesime == "SAE 2023 ; FINESS mai 2026"


def test_directory_that_lost_half_its_structures_is_refused(
    essai: Essai, capsys: pytest.CaptureFixture[str]
) -> None:
    path = finess(essai.folder / "finess.csv", table("structures"), every=2)
    assert essai.run("--fichier", f"finess={path}", "--appliquer") == 1
    assert "structures déjà connues" in capsys.readouterr().err
    assert essai.is_untouched()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--source", "apl,ccam"], "Source inconnue : ccam"),
        (["--fichier", "apl"], "s’écrit SOURCE=CHEMIN_OU_ADRESSE"),
        (["--source", "apl,bpe", "--millesime", "2024"], "une seule source"),
    ],
)
def test_command_says_how_it_is_written(
    essai: Essai, arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert essai.run(*arguments) == 1
    assert sentence in capsys.readouterr().err


def test_passage_of_the_bundle_knows_former_codes() -> None:
    passage = load_passage(table("communes"), table("anciennes_communes"))
    codes = pd.Series(["31555", "75113", "93059", "97701"])
    assert passage.to_commune(codes).tolist()[:3] == ["31555", "75113", "93066"]
    assert {"75056", "69123", "13055", "69232"} <= passage.sans_suite


RULES = [
    pytest.param(cible, regle, colonne, id=f"{cible.source}-{colonne}")
    for edition in load_editions().values()
    for cible in edition.cibles
    for regle in cible.regles
    for colonne in regle.colonnes
    if cible.table in ("indicateurs", "epci")
]


@pytest.mark.parametrize(("cible", "regle", "colonne"), RULES)
def test_every_rule_accepts_the_figures_in_place_and_refuses_harm(
    cible: Cible, regle: Regle, colonne: str, indicateurs: pd.DataFrame, epci: pd.DataFrame
) -> None:
    before = epci if cible.table == "epci" else indicateurs

    def problems(after: pd.DataFrame) -> list[str]:
        return problems_of_column(regle, compare(regle, colonne, before, after), after[colonne])

    assert problems(before) == []
    values = before[colonne].astype(float)
    assert problems(before.assign(**{colonne: values / 2}))
    assert problems(before.assign(**{colonne: values.shift(1)}))
    kept = values.where(pd.Series(range(len(values)), index=values.index) < len(values) / 2)
    assert problems(before.assign(**{colonne: kept}))


def test_declared_editions_fit_the_bundle(indicateurs: pd.DataFrame) -> None:
    sources, bundle = load_sources(), {"indicateurs": set(indicateurs), "epci": {MEDIANE, PAUVRETE}}
    for edition in load_editions().values():
        assert edition.lecteur in LECTEURS
        assert edition.page.startswith("https://")
        assert all(address.startswith("https://") for address in edition.adresses)
        for cible in edition.cibles:
            assert cible.source in sources
            assert set(cible.colonnes) <= bundle.get(cible.table, set(cible.colonnes))
            assert len(set(cible.colonnes)) == len(cible.colonnes)
            if cible.table == "indicateurs":
                assert problems_of_parts(cible, indicateurs) == []


def test_part_above_its_whole_is_refused(indicateurs: pd.DataFrame) -> None:
    cible = load_editions()["apl"].cibles[0]
    wrong = indicateurs.assign(population_sous_dense=indicateurs["population_apl"] + 1)
    assert "« population_sous_dense » dépasse" in problems_of_parts(cible, wrong)[0]
