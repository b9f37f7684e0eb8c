import json
import re
import zipfile
from dataclasses import replace
from functools import cache
from io import BytesIO

import openpyxl
import pytest
import shapely
from PIL import Image

from cpts_geo.documents import paquet
from cpts_geo.documents.diagnostic import Options
from cpts_geo.documents.dossier import Dossier
from cpts_geo.documents.formats import FORMATS, Fichiers
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.projet import fichier
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire
from tests.outils.dossiers import HOSTILES, JOUR, RURAL, TERRITOIRES, VILLE, dossier, hostile
from tests.outils.symboles import symboles

DOCX, PDF = (Options(code, cartes=False, graphiques=False) for code in ("projet_sante", "rapport"))


@cache
def geojson(name: str) -> dict[str, object]:
    made = paquet.export(dossier(TERRITOIRES[name]), ["geojson"], DOCX, PDF)
    read: dict[str, object] = json.loads(next(iter(made.fichiers.values())))
    return read


@pytest.mark.lent
def test_file_names_say_what_of_what_and_of_which_day() -> None:
    made = paquet.export(dossier(RURAL), [each for each in FORMATS if each != "zip"], DOCX, PDF)
    assert set(made.fichiers) == {
        "diagnostic-cpts-du-lauragais-2026-01-31.docx",
        "rapport-cpts-du-lauragais-2026-01-31.pdf",
        "diagnostic-cpts-du-lauragais-2026-01-31.xlsx",
        "rapport-cpts-du-lauragais-2026-01-31.csv",
        "communes-cpts-du-lauragais-2026-01-31.csv",
        "territoire-cpts-du-lauragais-2026-01-31.geojson",
        "territoire-cpts-du-lauragais-2026-01-31.gpkg",
        "territoire-cpts-du-lauragais-2026-01-31.kml",
        "carte-cpts-du-lauragais-2026-01-31.png",
        "projet-cpts-du-lauragais-2026-01-31.json",
    }
    assert all(made.fichiers.values())


@pytest.mark.lent
def test_the_archive_holds_everything_and_the_project() -> None:
    told: list[float] = []
    made = paquet.export(dossier(RURAL), ["zip"], DOCX, PDF, lambda part, _: told.append(part))
    ((name, content),) = made.fichiers.items()
    assert name == "diagnostic-cpts-du-lauragais-2026-01-31.zip"
    with zipfile.ZipFile(BytesIO(content)) as held:
        kinds = sorted(each.rsplit(".", 1)[1] for each in held.namelist())
        assert kinds == ["csv", "csv", "docx", "geojson", "gpkg", "json", "kml", "pdf", "png", "xlsx"]
        project = next(each for each in held.namelist() if each.endswith(".json"))
        opened = fichier.decode(held.read(project), donnees().referentiel).projet
    assert opened.territoire == RURAL
    assert told == sorted(told)


def test_the_map_is_at_the_size_of_a_projector() -> None:
    made = paquet.export(dossier(RURAL), ["png"], DOCX, PDF)
    with Image.open(BytesIO(next(iter(made.fichiers.values())))) as picture:
        assert picture.size == (1920, 1080)


def test_no_contour_no_map_and_it_is_said() -> None:
    undrawn = donnees().referentiel.communes.query("not a_contour").index[0]
    own = Dossier.open_projet(Projet.nouveau(Territoire("x", (undrawn,))), JOUR, donnees())
    made = paquet.export(own, ["png", "geojson"], DOCX, PDF)
    assert len(made.fichiers) == 1
    assert "pas de carte" in made.messages[0]
    content = json.loads(next(iter(made.fichiers.values())))
    assert [each["geometry"] for each in content["features"]] == [None, None]


@pytest.mark.parametrize("name", TERRITOIRES)
def test_the_geojson_follows_rfc_7946(name: str) -> None:
    content = geojson(name)
    assert content["type"] == "FeatureCollection"
    assert "crs" not in content
    outline, *communes = content["features"]  # type: ignore[misc, attr-defined]
    assert len(communes) == len(TERRITOIRES[name])
    shapes = [shapely.from_geojson(json.dumps(each["geometry"])) for each in (outline, *communes)]
    assert all(map(shapely.is_valid, shapes))
    for shape in shapes:
        for part in shapely.get_parts(shape):
            assert shapely.is_ccw(part.exterior)
            assert not any(shapely.is_ccw(hole) for hole in part.interiors)
    assert content["bbox"] == pytest.approx(shapely.bounds(shapes[0]).tolist(), abs=1e-5)
    assert shapes[0].area == pytest.approx(sum(shape.area for shape in shapes[1:]), rel=0.01)


@pytest.mark.parametrize("name", TERRITOIRES)
def test_the_geojson_has_the_people_of_the_territory(name: str) -> None:
    outline, *communes = geojson(name)["features"]  # type: ignore[misc, attr-defined]
    people = [each["properties"]["population"] for each in communes]
    assert outline["properties"]["population"] == sum(people)
    assert [each["properties"]["code"] for each in communes] == list(TERRITOIRES[name].codes)


def test_a_masked_figure_is_null_in_the_geojson_never_zero() -> None:
    figures = [each["properties"] for each in geojson("grand")["features"][1:]]  # type: ignore[index]
    unknown = [name for each in figures for name, value in each.items() if value is None]
    assert unknown


def test_the_workbook_has_its_sheets_and_no_formula() -> None:
    made = paquet.export(hostile(), ["xlsx"], DOCX, PDF)
    book = openpyxl.load_workbook(BytesIO(next(iter(made.fichiers.values()))))
    assert book.sheetnames == [
        "Synthèse",
        "Indicateurs",
        "Communes",
        "Structures",
        "Données locales",
        "Sources",
    ]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    texts = {cell.value for cell in cells if isinstance(cell.value, str)}
    assert HOSTILES[0] in texts
    assert HOSTILES[1] in texts
    assert HOSTILES[5] in texts
    assert not [text for text in texts if re.search(r"\b(nan|None)\b", text)]
    assert all(cell.value == int(cell.value) for cell in cells if cell.number_format == "#,##0")


def test_hostile_names_are_harmless_in_the_other_formats() -> None:
    made = paquet.export(hostile(), ["csv", "geojson", "projet"], DOCX, PDF)
    for name, content in made.fichiers.items():
        assert re.fullmatch(r"[a-z0-9.-]+", name)
        assert len(name) < 120
        text = content.decode("utf-8-sig")
        assert "\u202e" not in text
        if name.endswith(".csv"):
            assert not re.search(r"(^|;|\n)\"?[=+@-][A-Za-z|]", text)
    content = json.loads(next(each for name, each in made.fichiers.items() if name.endswith("geojson")))
    assert content["features"][0]["properties"]["nom"] == hostile().territoire.nom


def test_an_archive_of_the_same_files_is_the_same() -> None:
    assert paquet.archive({"a.txt": b"1", "b.txt": b"2"}) == paquet.archive({"a.txt": b"1", "b.txt": b"2"})


EVERY = [code for code in FORMATS if code != "zip"]


@pytest.mark.lent
@pytest.mark.parametrize(("docx", "pdf"), [("projet_sante", "rapport"), ("rapport", "projet_sante")])
def test_symbols_of_every_script_stop_no_format(docx: str, pdf: str) -> None:
    own = symboles()
    made = paquet.export(own, EVERY, Options(docx), Options(pdf))
    assert made.echecs == ()
    assert len(made.fichiers) == len(EVERY) + 1  # two CSV files
    by_kind = {name.rsplit(".", 1)[1]: content for name, content in made.fichiers.items()}
    opened = fichier.decode(by_kind["json"], donnees().referentiel).projet
    assert opened == own.projet
    assert own.territoire.nom == json.loads(by_kind["geojson"])["features"][0]["properties"]["nom"]
    texts = {
        cell
        for sheet in openpyxl.load_workbook(BytesIO(by_kind["xlsx"]))
        for row in sheet.values
        for cell in row
    }
    with zipfile.ZipFile(BytesIO(by_kind["docx"])) as held:
        word = held.read("word/document.xml").decode()
    for donnee in own.projet.locales:
        assert donnee.libelle in texts
        assert donnee.libelle in word


@pytest.mark.lent
def test_symbols_stop_no_archive() -> None:
    made = paquet.export(symboles(), ["zip"], DOCX, PDF)
    assert made.echecs == ()
    ((_, content),) = made.fichiers.items()
    with zipfile.ZipFile(BytesIO(content)) as held:
        assert len(held.namelist()) == len(EVERY) + 1


def broken(*_: object) -> Fichiers:
    yield "half.txt", b""
    raise RuntimeError("English words")


@pytest.mark.lent
@pytest.mark.parametrize("code", EVERY)
def test_a_format_that_fails_leaves_the_others(
    code: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    wanted = set(paquet.export(dossier(VILLE), [each for each in EVERY if each != code], DOCX, PDF).fichiers)
    monkeypatch.setitem(FORMATS, code, replace(FORMATS[code], write=broken))
    made = paquet.export(dossier(VILLE), EVERY, DOCX, PDF)
    assert set(made.fichiers) == wanted
    (said,) = made.echecs
    assert said.startswith(f"{FORMATS[code].nom}\u00a0: ce fichier n’a pas pu être fait\u00a0; les autres")
    assert "English" not in said
    assert "English words" in caplog.text
    assert made.messages == ()
    archived = paquet.export(dossier(VILLE), ["zip"], DOCX, PDF)
    assert archived.echecs == made.echecs
    with zipfile.ZipFile(BytesIO(next(iter(archived.fichiers.values())))) as held:
        assert set(held.namelist()) == wanted


def test_when_nothing_can_be_made_nothing_is_promised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMATS, "csv", replace(FORMATS["csv"], write=broken))
    made = paquet.export(dossier(VILLE), ["csv"], DOCX, PDF)
    assert made.fichiers == {}
    assert "les autres" not in made.echecs[0]


def test_an_unknown_format_or_template_is_a_fault_of_the_caller() -> None:
    with pytest.raises(KeyError):
        paquet.export(dossier(VILLE), ["doc"], DOCX, PDF)
    with pytest.raises(KeyError):
        paquet.export(dossier(VILLE), ["csv"], Options("autre"), PDF)
