"""FINESS: the national extraction without header, the export with one."""

from pathlib import Path

import pandas as pd
import pytest

from cpts_geo.sources.erreurs import ErreurSource
from cpts_geo.sources.lecteurs.passage import Passage
from cpts_geo.sources.officiel import officiel_finess

LABELS = {
    "603": "Maison de santé (L.6223-3)",
    "124": "Centre de Santé",
    "500": "Etablissement d'hébergement pour personnes âgées dépendantes",
    "604": "Communautés professionnelles territoriales de santé (CPTS)",
    "620": "Pharmacie d'Officine",
}
LAMBERT = "1,ATLASANTE,96,BAN,EPSG:2154 RGF93 / Lambert-93 (Métropole)"
GUYANE = "1,ATLASANTE,96,BAN,EPSG:2972 RGFG95 / UTM zone 22N (Guyane)"
EXPORT_HEADER = (
    "numero_finess_etablissement;numero finess etablissement juridique;raison_sociale;rslongue;complrs;"
    "numvoie;code_commune;departement;categetab;categorie;coordxet;coordyet;longitude;latitude;code_insee"
)


@pytest.fixture
def passage() -> Passage:
    return Passage(
        communes=pd.Index(["01004", "31555", "69123", "97302"], name="code"),
        arrondissements={"69381": "69123"},
        anciens={"01002": "01004"},
    )


def structure(finess: str, category: str, place: str, name: str = "", long: str = "") -> str:
    """A « structureet » line, of 32 fields; `place` is the département and the commune, as « 9C 302 »."""
    department, commune = place.split()
    fields = ["structureet", finess, "310000001", name, long, *([""] * 7), commune, department]
    fields += ["NOM", "31000 X", "", "", category, LABELS[category], "1", "Agrégat", "", "8610Z"]
    fields += ["03", "Tarif", "1", "Statut", "2000-01-01", "2000-01-01", "2026-01-01", ""]
    return ";".join(fields)


def national(path: Path, *, extra: tuple[str, ...] = (), points: bool = True) -> Path:
    lines = [
        "finess;etalab;98;2026-05-12",
        structure("310000101", "603", "31 555", name="MSP NORD", long="MAISON DE SANTE NORD"),
        structure("010000102", "124", "01 002", name='"CENTRE ""LES PINS"""'),
        structure("690000103", "500", "69 381", name="EHPAD"),
        structure("970300104", "604", "9C 302", name="CPTS DE CAYENNE"),
        structure("970100105", "603", "9A 123", name="MSP SAINT BARTHELEMY"),
        structure("980600106", "124", "9J 613", name="CENTRE DE WALLIS"),
        structure("310000107", "620", "31 555", name="PHARMACIE"),
        *extra,
    ]
    if points:
        lines += [
            f"geolocalisation;310000101;574357.8;6279642.9;{LAMBERT};2026-05-01",
            f"geolocalisation;970300104;353600.0;546000.0;{GUYANE};2026-05-01",
            "geolocalisation;690000103;;;;",
        ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_national_extraction(tmp_path: Path, passage: Passage) -> None:
    edition = officiel_finess.read(
        [national(tmp_path / "etalab-cs1100507-stock-20260511-0343.csv")], passage, None
    )
    table = edition.tables["structures"].set_index("finess")
    assert edition.millesime == "mai 2026"
    assert table["code"].to_dict() == {
        "310000101": "31555",
        "010000102": "01004",
        "690000103": "69123",
        "970300104": "97302",
    }
    assert table["type"].to_dict() == {
        "310000101": "maison_sante",
        "010000102": "centre_sante",
        "690000103": "ehpad",
        "970300104": "cpts",
    }
    assert table.loc["310000101", "nom"] == "MAISON DE SANTE NORD"
    assert table.loc["010000102", "nom"] == 'CENTRE "LES PINS"'


def test_points_are_in_degrees_whatever_their_projection(tmp_path: Path, passage: Passage) -> None:
    table = officiel_finess.read([national(tmp_path / "finess.csv")], passage, None).tables["structures"]
    points = table.set_index("finess")[["lon", "lat"]]
    assert points.loc["310000101"].tolist() == pytest.approx([1.444, 43.605], abs=0.01)
    assert points.loc["970300104"].tolist() == pytest.approx([-52.32, 4.94], abs=0.05)
    assert points.loc[["010000102", "690000103"]].isna().all(axis=None)


def test_truncated_extraction_is_refused(tmp_path: Path, passage: Passage) -> None:
    with pytest.raises(ErreurSource, match="tronqué"):
        officiel_finess.read([national(tmp_path / "finess.csv", points=False)], passage, None)


def test_many_unknown_communes_are_refused(tmp_path: Path, passage: Passage) -> None:
    wrong = structure("310000199", "603", "31 999")
    with pytest.raises(ErreurSource, match="31999"):
        officiel_finess.read([national(tmp_path / "finess.csv", extra=(wrong,))], passage, None)


def test_export_with_a_header(tmp_path: Path, passage: Passage) -> None:
    path = tmp_path / "finess.csv"
    rows = [
        f"310000101;310000001;MSP;MSP NORD;;1;555;31;603;{LABELS['603']};5.8;6.9;1.4442119;43.6045199;31555",
        f"310000108;310000001;CPTS;;;1;555;31;604;{LABELS['604']};;;;;31555",
        f"310000107;310000001;PHARMACIE;;;1;555;31;620;{LABELS['620']};;;;;31555",
    ]
    path.write_text("\n".join([EXPORT_HEADER, *rows]), encoding="utf-8")
    edition = officiel_finess.read([path], passage, 2026)
    table = edition.tables["structures"].set_index("finess")
    assert (edition.millesime, edition.lignes["structures"]) == ("2026", 2)
    assert table.loc["310000101", ["lon", "lat"]].tolist() == [1.44421, 43.60452]
    assert table["nom"].to_dict() == {"310000101": "MSP NORD", "310000108": "CPTS"}
    with pytest.raises(ErreurSource, match="précisez --millesime"):
        officiel_finess.read([path], passage, None)


def test_another_file_is_refused(tmp_path: Path, passage: Passage) -> None:
    path = tmp_path / "autre.csv"
    path.write_text("code;valeur\n01001;3\n")
    with pytest.raises(ErreurSource, match="n’a pas la forme"):
        officiel_finess.read([path], passage, None)
