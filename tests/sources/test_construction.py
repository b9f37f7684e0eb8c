"""A build that cannot be trusted changes nothing, and says why in French."""

from pathlib import Path

import geopandas
import pandas as pd
import pytest
import shapely

from cpts_geo.indicateurs.autour import references
from cpts_geo.indicateurs.citations import SourceCitee
from cpts_geo.sources.__main__ import main
from cpts_geo.sources.brut import Brut, sha256
from cpts_geo.sources.controles import Tables, verify_controles
from cpts_geo.sources.declaration import Controle, Fichier, Source, load_sources
from cpts_geo.sources.ecriture import write_contours, write_table
from cpts_geo.sources.erreurs import ErreurSource
from cpts_geo.sources.schema import COMMUNES, indicateurs_schema, validate


def source(*controles: Controle) -> Source:
    cited = SourceCitee(
        code="essai",
        producteur="Insee",
        jeu="Essai",
        citation_courte="Essai",
        millesime="2024",
        licence="LO",
        adresse="",
        geographie="",
    )
    return Source(cited, "essai", (), controles)


@pytest.fixture
def tables() -> Tables:
    communes = pd.DataFrame(
        {
            "departement": ["31", "31", "11"],
            "region": ["76"] * 3,
            "ville": [None] * 3,
            "n": [1.0, 2.0, 4.0],
            "poids": [1.0, 3.0, None],
        },
        index=["31001", "31002", "11001"],
    )
    empty = pd.DataFrame()
    return Tables(
        communes=communes,
        references=empty,
        epci=empty,
        departements=empty,
        bassins=pd.DataFrame({"orthophonistes_2024": [24.7]}, index=["01004"]),
        structures=pd.DataFrame({"type": ["ehpad", "ehpad"]}),
        cpts=pd.DataFrame({"cpts": ["CPTS A", "CPTS A", None]}),
    )


@pytest.mark.parametrize(
    ("controle", "expected"),
    [
        (Controle("FR", "n", 7), 1),
        (Controle("D31", "n", 3), 1),
        (Controle("R76", "n", 7), 1),
        (Controle("11001", "n", 4), 1),
        (Controle("D31", "n", 1.75, poids="poids"), 1),
        (Controle("D31", "n", 75, part_de="poids"), 1),
        (Controle("FR", "ehpad", 2, table="structures"), 1),
        (Controle("01004", "orthophonistes_2024", 24.7, table="bassins"), 1),
        (Controle("R93", "cpts", 1, table="cpts"), 1),
        (Controle("R93", "communes", 2, table="cpts"), 1),
        (Controle("R93", "sans_cpts", 1, table="cpts"), 1),
    ],
)
def test_published_figures_are_recognised(tables: Tables, controle: Controle, expected: int) -> None:
    assert verify_controles([source(controle)], tables) == expected


def test_every_wrong_figure_is_listed(tables: Tables) -> None:
    wrong = source(Controle("FR", "n", 8), Controle("D31", "n", 3.4, tolerance=0.5), Controle("D11", "n", 5))
    with pytest.raises(ErreurSource) as error:
        verify_controles([wrong], tables)
    assert "8" in str(error.value)
    assert "D11" in str(error.value)
    assert "D31" not in str(error.value)


def test_missing_and_altered_files_are_all_named(tmp_path: Path) -> None:
    (tmp_path / "present.csv").write_text("a")
    brut = Brut(tmp_path, tmp_path)
    brut.verify([Fichier("present.csv", sha256(tmp_path / "present.csv"))])
    with pytest.raises(ErreurSource) as error:
        brut.verify([Fichier("absent.csv", ""), Fichier("present.csv", "0" * 64)])
    assert "absent : " in str(error.value)
    assert "modifié" in str(error.value)


def test_command_stops_and_leaves_the_former_bundle(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    former = tmp_path / "data" / "bundle" / "communes.parquet"
    former.parent.mkdir(parents=True)
    former.write_bytes(b"former")
    code = main(
        ["build", "--raw", str(tmp_path), "--packages", str(tmp_path), "--data", str(tmp_path / "data")]
    )
    assert code == 1
    assert former.read_bytes() == b"former"
    assert "rien n'a été remplacé" in capsys.readouterr().err


def test_every_source_has_a_raw_file_with_its_hash_or_values_declared() -> None:
    sources = load_sources()
    cited = {each.source for each in references.declared()}
    assert {code for code, item in sources.items() if not item.fichiers} == cited - {""}
    assert all(len(fichier.sha256) == 64 for item in sources.values() for fichier in item.fichiers)


def test_schema_refuses_a_negative_count_and_a_part_above_its_whole() -> None:
    columns = {
        "ald": [5.0],
        "assures": [100.0],
        "sans_medecin_traitant_16": [1.0],
        "assures_16": [80.0],
        "generalistes_liberaux_60_ans": [0.0],
        "generalistes_liberaux": [1.0],
        "plus_75_ans_2022": [1.0],
        "population_rp_2022": [2.0],
        "plus_80_ans_seuls_2022": [1.0],
        "plus_80_ans_2022": [2.0],
        "menages_une_personne_2022": [1.0],
        "menages_2022": [2.0],
        "population_sous_dense": [1.0],
        "population_apl": [2.0],
    }
    good = pd.DataFrame(columns)
    validate(indicateurs_schema(good.columns), good, "indicateurs")
    for bad in (good.assign(ald=-1.0), good.assign(ald=150.0)):
        with pytest.raises(ErreurSource, match="indicateurs"):
            validate(indicateurs_schema(bad.columns), bad, "indicateurs")


def test_schema_counts_the_communes() -> None:
    with pytest.raises(ErreurSource, match="communes"):
        validate(
            COMMUNES, pd.DataFrame({"nom": ["Toulouse"]}, index=pd.Index(["31555"], name="code")), "communes"
        )


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    table = pd.DataFrame({"n": [1.5, None]}, index=pd.Index(["a", "b"], name="code"))
    write_table(table, tmp_path / "one.parquet")
    write_table(table.copy(), tmp_path / "two.parquet")
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()
    assert pd.read_parquet(tmp_path / "one.parquet").set_index("code").equals(table)


def test_contours_are_read_back_by_geopandas(tmp_path: Path) -> None:
    square = shapely.multipolygons([shapely.box(0, 0, 1, 1)])
    frame = pd.DataFrame(
        {"code": ["31002", "11001"], "departement": ["31", "11"], "geometry": [square, square]}
    )
    write_contours(frame, tmp_path / "contours.parquet")
    read = geopandas.read_parquet(tmp_path / "contours.parquet")
    assert read["code"].tolist() == ["11001", "31002"]
    assert shapely.area(read.geometry.to_numpy()).tolist() == [1.0, 1.0]
