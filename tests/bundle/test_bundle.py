"""The committed bundle against what the publishers print."""

import json
from hashlib import sha256

import geopandas
import numpy as np
import pandas as pd
import pytest
import shapely

from cpts_geo.indicateurs.citations import load_manifest, load_sources_citees
from cpts_geo.socle.chemins import BUNDLE, DATA

WITHOUT_CONTOUR = {"15031", "15035", "15047", "15171"}
UNION_OF_PARTS = {"12218", "14581", "49126", "69114"}
# Communes merged in 2024 or 2025, after the map of the edition of the APL.
MERGED_SINCE_APL = 57
APL = (
    "apl_medecins_generalistes",
    "apl_medecins_generalistes_65_ans",
    "apl_infirmiers",
    "apl_masseurs_kinesitherapeutes",
    "apl_chirurgiens_dentistes",
    "apl_sages_femmes",
)


@pytest.fixture(scope="module")
def communes() -> pd.DataFrame:
    return pd.read_parquet(BUNDLE / "communes.parquet").set_index("code")


@pytest.fixture(scope="module")
def indicateurs() -> pd.DataFrame:
    return pd.read_parquet(BUNDLE / "indicateurs.parquet").set_index("code")


@pytest.fixture(scope="module")
def contours() -> geopandas.GeoDataFrame:
    return geopandas.read_parquet(BUNDLE / "contours.parquet").set_index("code")


@pytest.fixture(scope="module")
def voisins() -> pd.DataFrame:
    return pd.read_parquet(BUNDLE / "voisins.parquet").set_index(["code_a", "code_b"])


def test_all_communes_and_their_population(communes: pd.DataFrame) -> None:
    assert len(communes) == 34_875 - 3 + 45
    assert communes["population"].sum() == 68_350_798
    assert communes.loc["31555", "population"] == 514_819
    assert communes["population"][communes["ville"] == "75056"].sum() == 2_103_778
    assert communes.loc["75113", "nom"] == "Paris 13e"


def test_population_of_mayotte_bears_its_own_vintage(communes: pd.DataFrame) -> None:
    vintages = communes.groupby("departement")["millesime_population"].agg(["min", "max"])
    assert (vintages.loc["976"] == 2017).all()
    assert (vintages.drop("976") == 2023).all(axis=None)


@pytest.mark.parametrize(
    ("column", "france", "toulouse"),
    [
        ("medecins_generalistes", 60_573, 549),
        ("infirmiers", 103_023, 669),
        ("chirurgiens_dentistes", 39_909, 481),
        ("sages_femmes", 9_017, 88),
        ("masseurs_kinesitherapeutes", 90_186, 894),
        ("pedicures_podologues", 16_122, None),
        ("pharmacies", 20_725, None),
        ("orthophonistes", 21_506, 231),
        ("population_2022", 67_734_308, None),
        ("naissances_2022", 724_512, None),
        ("deces_2022", 672_774, None),
    ],
)
def test_published_totals(indicateurs: pd.DataFrame, column: str, france: int, toulouse: int | None) -> None:
    assert indicateurs[column].sum() == france
    if toulouse is not None:
        assert indicateurs.loc["31555", column] == toulouse


def test_haute_garonne_and_occitanie(communes: pd.DataFrame, indicateurs: pd.DataFrame) -> None:
    assert indicateurs.loc[communes["departement"] == "31", "population_2022"].sum() == 1_456_261
    assert indicateurs.loc[communes["region"] == "76", "population_2022"].sum() == 6_079_176
    assert communes.loc[communes["departement"] == "31", "superficie_km2"].sum() == pytest.approx(6309.34)


def test_national_shares(indicateurs: pd.DataFrame) -> None:
    people = indicateurs["population_rp_2022"].sum()
    # Counts by IRIS are whole numbers: those of arrondissements do not add up to the last inhabitant.
    assert people == pytest.approx(67_760_573, abs=25)
    assert 100 * indicateurs["plus_75_ans_2022"].sum() / people == pytest.approx(9.8, abs=0.05)
    assert 100 * indicateurs["plus_65_ans_2022"].sum() / people == pytest.approx(20.8, abs=0.05)
    assert 100 * indicateurs["moins_15_ans_2022"].sum() / people == pytest.approx(17.3, abs=0.05)


def test_apl_levels(indicateurs: pd.DataFrame) -> None:
    levels = indicateurs["apl_medecins_generalistes"]
    assert levels[["31555", "87085", "23176"]].tolist() == [4.613, 5.377, 3.534]
    assert levels[levels.index.str.startswith("976")].isna().all()
    assert (levels == 0).any(), "a real 0 (no one within reach) must not be taken for a missing level"


def test_apl_is_the_edition_that_it_is_said_to_be(indicateurs: pd.DataFrame) -> None:
    year = load_sources_citees()["apl_2022"].millesime
    apart = _apart_from_the_series(indicateurs, year)
    assert apart.notna().sum() > 34_000
    assert (apart > 0.0101).sum() <= MERGED_SINCE_APL
    assert (_apart_from_the_series(indicateurs, "2021") > 0.0101).mean() > 0.9


def test_no_merged_commune_has_the_levels_of_its_parts_added_up(
    indicateurs: pd.DataFrame, voisins: pd.DataFrame
) -> None:
    apart = _apart_from_the_series(indicateurs, "2022")
    merged = apart.index[apart > 0.0101]
    assert {"79307", "32365", "62447", "85076", "93066", "69149"} <= set(merged)
    pairs = voisins.reset_index()
    both = pd.concat([pairs, pairs.rename(columns={"code_a": "code_b", "code_b": "code_a"})])
    around = both[both["code_a"].isin(merged) & both["code_b"].notna()]
    for profession in APL:
        levels = indicateurs[profession]
        near = levels.reindex(around["code_b"]).groupby(around["code_a"].to_numpy()).median()
        assert 0.8 < (levels[merged] / near).median() < 1.2, profession


def test_merged_communes_lie_between_their_parts(indicateurs: pd.DataFrame) -> None:
    levels = indicateurs["apl_medecins_generalistes"]
    # Parts from the series of 2022 for one commune, from the file for the other.
    for code, low, high in (("93066", 3.60, 3.98), ("69149", 3.26, 7.62), ("85076", 3.92, 4.62)):
        assert low < levels[code] < high


def test_younger_doctors_give_no_more_than_all_doctors(indicateurs: pd.DataFrame) -> None:
    younger, everyone = (indicateurs[name] for name in APL[1::-1])
    assert (younger <= everyone)[younger.notna()].all()


def test_people_of_under_served_communes_follow_the_levels(indicateurs: pd.DataFrame) -> None:
    levels, people = indicateurs["apl_medecins_generalistes"], indicateurs["population_apl"]
    under = indicateurs["population_sous_dense"]
    whole = levels.notna()
    assert (under[whole & (levels < 2.5)] == people[whole & (levels < 2.5)]).all()
    assert (under[whole & (levels >= 2.5)] == 0).all()
    assert under[levels.isna()].isna().all()
    assert 100 * under.sum() / people.sum() == pytest.approx(14.9, abs=0.05)


def _apart_from_the_series(indicateurs: pd.DataFrame, year: str) -> pd.Series:
    """How far the APL of general practitioners is from that year of the series, a file apart."""
    gap = indicateurs["apl_medecins_generalistes"] - indicateurs[f"apl_medecins_generalistes_{year}"]
    return gap.abs()


def test_insured_persons_of_france() -> None:
    france = pd.read_parquet(BUNDLE / "references.parquet").set_index("zone").loc["FR"]
    assert france["ald"] == 12_017_162
    assert france["assures"] == 66_291_988
    assert france["sans_medecin_traitant_16"] == 9_225_258
    assert (france["generalistes_liberaux"], france["generalistes_liberaux_60_ans"]) == (55_222, 17_176)


def test_no_hidden_count_is_written_as_zero(indicateurs: pd.DataFrame) -> None:
    masked = [column for column in indicateurs.columns if f"{column}_masques" in indicateurs.columns]
    assert len(masked) >= 11
    for column in masked:
        assert not (indicateurs[column] == 0).any(), column
        assert (indicateurs[f"{column}_masques"] > 0).any(), column


def test_medecin_traitant_is_unknown_where_the_source_cannot_be_used(indicateurs: pd.DataFrame) -> None:
    guyane = indicateurs[indicateurs.index.str.startswith(("973", "976"))]
    assert guyane["sans_medecin_traitant_16"].isna().all()
    assert (guyane["sans_medecin_traitant_16_masques"] == 0).all()


def test_zoning_puts_every_inhabitant_at_one_level(communes: pd.DataFrame, indicateurs: pd.DataFrame) -> None:
    levels = indicateurs.filter(like="zonage_infirmiers_")
    people = levels.sum(axis=1)[levels.notna().all(axis=1)]
    assert len(people) == len(communes)
    assert (people == communes.loc[people.index, "population"]).all()
    assert levels.loc["31555", "zonage_infirmiers_sur_dotee"] == 514_819


def test_zoning_of_general_practitioners_as_published(
    communes: pd.DataFrame, indicateurs: pd.DataFrame
) -> None:
    levels = indicateurs.filter(like="zonage_generalistes_")
    shares = 100 * levels.sum() / communes["population"].sum()
    assert shares.round(1).tolist() == [28.5, 39.6, 7.3, 23.3]
    paris = communes["region"] == "11"
    zip_there = levels.loc[paris, "zonage_generalistes_zip"].sum() / communes.loc[paris, "population"].sum()
    assert 100 * zip_there == pytest.approx(62.2, abs=0.05)
    known = levels.notna().all(axis=1)
    assert (levels[known].sum(axis=1) == communes.loc[known, "population"]).all()
    assert set(communes.loc[~known, "departement"]) == {"974", "12", "14", "15", "69"}
    assert not known[communes["departement"] == "974"].any()


def test_ruralities_as_published(communes: pd.DataFrame, indicateurs: pd.DataFrame) -> None:
    levels = indicateurs.filter(like="frr_")
    peopled = communes["population"] > 0
    assert (levels > 0).sum().tolist() == [4_456, 13_313 - (~peopled).sum(), 2_134, 14_941 - 3 + 45]
    known = levels.notna().all(axis=1)
    assert (~known).sum() == 31
    people = communes.loc[known, "population"].to_numpy()
    assert levels[known].sum(axis=1).to_numpy() == pytest.approx(people), "a city is shared by inhabitants"


def test_roads_to_emergency_care(communes: pd.DataFrame, indicateurs: pd.DataFrame) -> None:
    km = indicateurs["km_urgences"]
    people = communes["population"].where(km.notna())
    assert (km * people).sum() / people.sum() == pytest.approx(9.7, abs=0.05)
    assert (km[communes["ville"].notna()] < 10).all()
    assert km["31555"] == 0
    # A service in the commune, by another source: nearly always there where the distance is nothing.
    here, served = km == 0, indicateurs["urgences"] > 0
    assert 2 * (here & served).sum() / (here.sum() + served.sum()) > 0.9


def test_census_of_2022_is_counted_in_metropole(communes: pd.DataFrame, indicateurs: pd.DataFrame) -> None:
    counted = indicateurs["plus_80_ans_2022"].notna()
    assert not counted[communes["departement"].str.startswith("97")].any()
    metropole = indicateurs[counted]
    people = metropole["population_rp_2022"].sum()
    assert people == pytest.approx(65_765_984 - 167_000, abs=10_000), "but for communes counted in part"
    assert 100 * metropole["plus_65_ans_2022"].sum() / people == pytest.approx(21.0, abs=0.05)
    assert 100 * metropole["plus_75_ans_2022"].sum() / people == pytest.approx(9.92, abs=0.02)
    assert metropole["menages_2022"].sum() == pytest.approx(30_090_000, rel=0.003)
    assert metropole["plus_80_ans_seuls_2022"].sum() == pytest.approx(1_720_000, rel=0.005)
    paris = metropole.index.str.startswith("751")
    assert metropole.loc[paris, "menages_2022"].sum() == 1_127_326
    ages = ["moins_15_ans_2022", "ages_15_24_2022", "ages_25_54_2022", "ages_55_64_2022", "ages_65_79_2022"]
    everyone = metropole["population_rp_2022"]
    apart = metropole[[*ages, "plus_80_ans_2022"]].sum(axis=1) - everyone
    assert (apart.abs() <= 2 + everyone / 1_000).all(), "rounded by IRIS"


def test_communes_of_which_a_part_was_counted_are_estimated(
    communes: pd.DataFrame, indicateurs: pd.DataFrame
) -> None:
    metropole = ~communes["departement"].str.startswith("97")
    part = metropole & indicateurs["menages_2022"].isna() & indicateurs["population_rp_2022"].notna()
    told = dict(load_sources_citees()["rp_2022"].mots)
    assert told["communes_estimees"] == str(part.sum()) == "50", "46 in part, four absent"
    assert told["plus_grande_estimee"] == communes["population"][part].idxmax().replace(
        "93066", "Saint-Denis"
    )
    saint_denis = indicateurs.loc["93066"]
    assert saint_denis["population_rp_2022"] == 148_907, "the whole of it"
    assert 100 * saint_denis["plus_65_ans_2022"] / 148_907 == pytest.approx(10.6, abs=0.01)
    unknown = ["plus_80_ans_2022", "menages_2022", "population_csp_2022", "ages_25_54_2022"]
    assert indicateurs.loc[part, unknown].isna().all(axis=None)


def test_unemployment_of_the_census_of_2022(indicateurs: pd.DataFrame) -> None:
    rates = indicateurs["taux_chomage_2022"]
    active = indicateurs["actifs_15_64_2021"].where(rates.notna())
    assert (rates * active).sum() / active.sum() == pytest.approx(11.4, abs=0.05)
    assert rates["31555"] == 13.4


def test_no_town_is_without_births_and_deaths(communes: pd.DataFrame, indicateurs: pd.DataFrame) -> None:
    towns = communes["population"] > 1_500
    for year in range(2008, 2024):
        events = indicateurs.loc[towns, [f"naissances_{year}", f"deces_{year}"]]
        assert not (events == 0).all(axis=1).any(), year
        assert (events.isna().all(axis=1) == events.isna().any(axis=1)).all(), "both or none"
    for code in ("49126", "69114", "14581", "12218"):
        assert pd.isna(indicateurs.loc[code, "naissances_2023"]), code
    assert indicateurs.loc["76095", ["deces_2011", "deces_2012", "deces_2013"]].isna().all(), "Bihorel"
    assert indicateurs.loc["76095", "deces_2014"] == 60
    assert indicateurs.loc["76108", ["naissances_2012", "naissances_2013"]].isna().all(), "with Bihorel"
    assert indicateurs.loc["76108", "naissances_2014"] == 107
    assert pd.isna(indicateurs.loc["55138", "naissances_2010"]), "Culey, then a part of Loisey-Culey"
    mayotte = indicateurs[communes["departement"] == "976"]
    assert mayotte["naissances_2019"].isna().all()
    assert mayotte["naissances_2023"].sum() == 10_278


def test_guadeloupe_is_not_given_the_totals_of_three_islands() -> None:
    found = pd.read_parquet(BUNDLE / "references.parquet").set_index("zone").loc["D971"]
    assert pd.isna(found["assures"])
    assert pd.isna(found["generalistes_liberaux"])
    assert found["foyers_rsa"] == 39_405, "the Caf publishes Guadeloupe alone"


def test_bassins_de_vie(communes: pd.DataFrame) -> None:
    found = pd.read_parquet(BUNDLE / "bassins.parquet").set_index("code")
    assert set(found.index) == set(communes["bassin_vie"])
    people = communes.groupby("bassin_vie")["population"].sum()
    assert (found["orthophonistes_2024"] * people / 100_000).sum() == pytest.approx(22_691, abs=1)
    assert found.notna().sum().tolist() == [1_707, 1_694, 1_695]


def test_figures_of_insee_by_departement() -> None:
    found = pd.read_parquet(BUNDLE / "departements.parquet")
    figures = found.set_index(["theme", "libelle", "sexe", "departement"]).sort_index()["valeur"]
    life = figures["esperance_vie", "Espérance de vie à la naissance"]
    assert life["Femmes"][["31", "62"]].tolist() == [86.5, 83.4]
    assert life["Hommes"][["31", "62"]].tolist() == [82.0, 77.2]
    assert len(figures["mortalite_prematuree"]) == 101
    assert len(figures["revenus", "Taux de pauvreté"]) == 98


def test_every_commune_stands_in_or_near_its_contour(
    communes: pd.DataFrame, contours: geopandas.GeoDataFrame
) -> None:
    drawn = communes.loc[contours.index]
    points = shapely.points(drawn["lon"], drawn["lat"])
    # In degrees, a kilometre east is longer than a kilometre north.
    shortest = np.cos(np.radians(np.abs(drawn["lat"].to_numpy())))
    assert (shapely.distance(points, contours.geometry.to_numpy()) * 111 * shortest).max() < 2
    assert set(communes.index[communes["lon"].isna()]) == WITHOUT_CONTOUR
    for code, lon, lat in (("22362", -3.23, 48.79), ("97129", -61.7, 16.3), ("60192", 2.92, 49.58)):
        assert communes.loc[code, ["lon", "lat"]].tolist() == pytest.approx([lon, lat], abs=0.05)


def test_contours_are_valid_and_complete(communes: pd.DataFrame, contours: geopandas.GeoDataFrame) -> None:
    assert set(communes.index) - set(contours.index) == WITHOUT_CONTOUR
    assert set(communes.index[~communes["a_contour"]]) == WITHOUT_CONTOUR
    assert set(contours.index) >= UNION_OF_PARTS
    assert contours.geometry.is_valid.all()
    assert not contours.geometry.is_empty.any()
    assert set(contours.geom_type) == {"MultiPolygon"}


def test_contours_have_five_decimals(contours: geopandas.GeoDataFrame) -> None:
    coordinates = shapely.get_coordinates(contours.geometry.to_numpy())
    assert np.abs(coordinates * 1e5 - np.round(coordinates * 1e5)).max() < 1e-3


def test_neighbours_share_their_borders(contours: geopandas.GeoDataFrame) -> None:
    creuse = contours.loc[contours["departement"] == "23", "geometry"].to_numpy()
    joined = shapely.union_all(creuse)
    assert joined.area == pytest.approx(shapely.area(creuse).sum(), rel=1e-5), "overlaps"
    holes = [shapely.Polygon(hole).area for part in shapely.get_parts(joined) for hole in part.interiors]
    assert sum(holes) < 1e-5 * joined.area, "gaps"


def test_neighbours_are_those_of_the_map(voisins: pd.DataFrame) -> None:
    natures = voisins["nature"].to_dict()
    assert natures["17058", "17093"] == "mer", "Bourcefranc-le-Chapus and Le Château-d'Oléron"
    assert natures["01008", "01202"] == "point", "Ambutrix and Lagnieu"
    assert natures["34151", "34344"] == "point", "Marsillargues and La Grande-Motte, at an acute angle"
    assert natures["59193", "59316"] == "frontiere", "a border drawn twice, more than a kilometre long"
    assert voisins.loc[("59193", "59316"), "longueur_km"] > 1
    assert natures["29189", "29235"] == "mer", "Plougastel-Daoulas and Le Relecq-Kerhuon, over the Élorn"
    assert voisins.loc[("85113", "85164"), "distance_km"] == pytest.approx(17.3, abs=0.05), "L'Île-d'Yeu"


def test_communes_without_contour_stand_beside_the_one_that_covers_them(voisins: pd.DataFrame) -> None:
    pairs = voisins.index[voisins["longueur_km"].isna() & (voisins["nature"] == "frontiere")]
    assert {tuple(sorted(pair)) for pair in pairs} == {
        tuple(sorted((code, "15141"))) for code in WITHOUT_CONTOUR
    }


def test_every_commune_has_a_neighbour(communes: pd.DataFrame, voisins: pd.DataFrame) -> None:
    joined = voisins[voisins["nature"].isin(["frontiere", "mer"])].index
    assert set(communes.index) == set(joined.get_level_values(0)) | set(joined.get_level_values(1))
    corse = joined.get_level_values(0).str.startswith("2A") | joined.get_level_values(0).str.startswith("2B")
    assert joined[corse].get_level_values(1).str.startswith(("2A", "2B")).all()


def test_arrondissements_make_their_cities(communes: pd.DataFrame, indicateurs: pd.DataFrame) -> None:
    cities = indicateurs.groupby(communes["ville"])[["population_2022", "naissances_2022"]].sum()
    people = {"13055": 877_215, "69123": 520_774, "75056": 2_113_705}
    assert cities["population_2022"].round(3).to_dict() == people
    areas = communes.groupby("ville")["superficie_km2"].sum()
    assert areas["75056"] == pytest.approx(105.4, rel=0.01)
    assert communes["ville"].value_counts().to_dict() == {"75056": 20, "13055": 16, "69123": 9}


def test_what_cities_share_among_their_arrondissements_is_written(indicateurs: pd.DataFrame) -> None:
    shared = pd.read_parquet(BUNDLE / "partages.parquet")
    assert set(shared["ville"]) == {"13055", "69123", "75056"}
    assert set(shared["colonne"]) <= set(indicateurs.columns)
    assert {"rpps_specialistes", "taux_chomage_2022"} <= set(shared["colonne"])
    assert not {"ald", "generalistes_liberaux", "apl_infirmiers", "plus_75_ans_2022"} & set(shared["colonne"])


def test_cpts_of_one_region_as_its_file_gives_them(communes: pd.DataFrame) -> None:
    """Marseille by arrondissement, an enclave of nobody, and two communes of which nothing is kept."""
    cpts = pd.read_parquet(BUNDLE / "cpts.parquet").set_index("code")["cpts"]
    region = communes.index[communes["region"] == "93"]
    assert (cpts.nunique(), cpts.notna().sum(), cpts.isna().sum()) == (70, 913, 46)
    assert set(region) - set(cpts.index) == {"04234", "05121"}
    assert not set(cpts.index) - set(region)
    assert cpts["13207"] == "CPTS Marseille 7e"
    assert cpts["05013"] == cpts["05061"] == "CPTS du Gapençais"
    assert pd.isna(cpts["06011"])


def test_former_codes_lead_to_one_present_commune(communes: pd.DataFrame) -> None:
    former = pd.read_parquet(BUNDLE / "anciennes_communes.parquet")
    assert former["code"].isin([*communes.index, *communes["ville"].dropna()]).all()
    assert former.loc[former["code_ancien"] == "93059", "code"].tolist() == ["93066"]
    assert former.loc[former["code_ancien"] == "69232", "code"].tolist() == ["69123"]
    assert not former["code_ancien"].isin(communes.index[communes["ville"].notna()]).any()


def test_manifest_describes_the_files_as_they_are() -> None:
    files = load_manifest()["fichiers"]
    assert set(files) == {path.name for path in BUNDLE.glob("*.parquet")}
    for name, digest in files.items():
        assert sha256((BUNDLE / name).read_bytes()).hexdigest() == digest, name


def test_bundle_is_small_and_its_sources_are_told() -> None:
    assert sum(path.stat().st_size for path in BUNDLE.iterdir()) < 30_000_000
    text = (DATA / "SOURCES.md").read_text(encoding="utf-8")
    for source in json.loads((BUNDLE / "manifest.json").read_text(encoding="utf-8"))["sources"]:
        assert f"## {source['jeu']}" in text
        assert source["licence"]


def test_no_mairie_is_far_from_its_commune(communes: pd.DataFrame, contours: geopandas.GeoDataFrame) -> None:
    """Some 80 of those that stand outside a simplified contour are as near as contours are right."""
    placed = communes.loc[contours.index]
    points = shapely.points(placed["lon"], placed["lat"])
    outside = ~shapely.intersects(contours.geometry.to_numpy(), points)
    assert 0 < outside.sum() < 100
    gaps = shapely.distance(contours.geometry.to_numpy()[outside], points[outside])
    assert gaps.max() < 0.2 / 111.195 / np.cos(np.radians(49)), "200 m, as degrees of longitude"


def test_areas_are_those_of_today(communes: pd.DataFrame) -> None:
    """Insee still gives three communes the area of those that left them in 2024 and 2025."""
    areas = communes["superficie_km2"]
    assert areas["85084"] == pytest.approx(69.2, abs=0.1), (
        "Essarts-en-Bocage, without L'Oie and Sainte-Florence"
    )
    assert areas[["85084", "85165", "85212"]].sum() == pytest.approx(99.62, rel=0.02)
    assert areas[["60054", "60694"]].sum() == pytest.approx(22.56, rel=0.02)
    assert pd.isna(areas["15141"]), "the contour of Neussargues still holds four others"
