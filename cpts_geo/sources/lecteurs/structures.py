"""Named structures: hospital sites (SAE 2023), EHPAD (FINESS 2022) and, in Occitanie, FINESS April 2026."""

import json
import re

import numpy as np
import pandas as pd
import shapely

from cpts_geo.sources.brut import Brut
from cpts_geo.sources.lecteurs.passage import Passage

COLUMNS = ["type", "nom", "code", "lon", "lat", "finess", "source"]
# DREES codes of the DROM in place of Insee's: 9A105 is 97105.
DROM_SAE = {"9A": "971", "9B": "972", "9C": "973", "9D": "974", "9F": "976"}
FINESS_TYPES = {
    "Maison de santé (L.6223-3)": "maison_sante",
    "Centre de Santé": "centre_sante",
    "Service de Soins Infirmiers A Domicile (S.S.I.A.D)": "ssiad",
    "Hospitalisation à Domicile": "had",
    "Maison médicale de garde (MMG)": "maison_medicale_garde",
    "Communautés professionnelles territoriales de santé (CPTS)": "cpts",
}
TITLE = re.compile(r"<h3>(.*?)</h3>")


def read_structures(raw: Brut, passage: Passage, contours: pd.DataFrame) -> pd.DataFrame:
    """All named structures; lon and lat are missing for hospital sites, placed by commune only."""
    parts = [_hopitaux(raw, passage), _ehpad(raw, contours), _finess_occitanie(raw, passage)]
    table = pd.concat([part.reindex(columns=COLUMNS) for part in parts], ignore_index=True)
    table = table.dropna(subset="code")
    return table.sort_values(["type", "code", "nom", "finess"], ignore_index=True)


def _hopitaux(raw: Brut, passage: Passage) -> pd.DataFrame:
    """Hospital sites, and again those that have a general emergency unit or a maternity."""
    sites = _sae(raw, "ID").rename(columns={"fi": "FI", "rs": "RS"})
    urgences = _sae(raw, "URGENCES")
    types = {
        "hopital": sites["FI"],
        "urgences": urgences.loc[urgences["AUTGEN"] == "1", "FI"],
        "maternite": _maternites(_sae(raw, "PERINAT")),
    }
    # In Paris, Lyon and Marseille, the arrondissement has a column of its own.
    places = sites["ARMT"].where(sites["ARMT"].isin(passage.communes), sites["COMINSEE"])
    sites["code"] = passage.to_commune(_insee(places))
    found = [sites[sites["FI"].isin(finess)].assign(type=kind) for kind, finess in types.items()]
    table = pd.concat(found)
    return pd.DataFrame(
        {
            "type": table["type"],
            "nom": table["RS"].str.strip(),
            "code": table["code"],
            "finess": table["FI"],
            "source": "sae_2023",
        }
    )


def _maternites(perinat: pd.DataFrame) -> pd.Series:
    """Sites authorised for births; a CPPR only follows mothers before and after."""
    return perinat.loc[perinat["AUTOR"].str.startswith("TYPE", na=False), "FI"]


def _sae(raw: Brut, name: str) -> pd.DataFrame:
    return pd.read_csv(raw.path(f"structures/{name}_2023r.csv"), sep=";", encoding="latin-1", dtype=str)


def _insee(codes: pd.Series) -> pd.Series:
    return codes.str[:2].map(DROM_SAE).fillna(codes.str[:2]) + codes.str[2:].where(
        ~codes.str[:2].isin(DROM_SAE), codes.str[3:]
    )


def _ehpad(raw: Brut, contours: pd.DataFrame) -> pd.DataFrame:
    """EHPAD of metropolitan France, each in the commune whose contour holds its point."""
    features = json.loads(raw.path("structures/ehpad_2022.geojson").read_text(encoding="utf-8"))["features"]
    points = np.array([feature["geometry"]["coordinates"][:2] for feature in features])
    return pd.DataFrame(
        {
            "type": "ehpad",
            "nom": [_title(feature["properties"]["popup"]) for feature in features],
            "code": _commune_at(points, contours),
            "lon": points[:, 0].round(5),
            "lat": points[:, 1].round(5),
            "source": "ehpad_2022",
        }
    )


def _title(popup: str) -> str | None:
    found = TITLE.search(popup)
    return found[1].strip() if found else None


def _commune_at(points: np.ndarray, contours: pd.DataFrame) -> pd.Series:
    """Code of the contour nearest to each point: the one that holds it, or the next on a simplified coast."""
    tree = shapely.STRtree(contours["geometry"].to_numpy())
    codes: pd.Series = contours["code"].iloc[tree.nearest(shapely.points(points))]
    return codes.reset_index(drop=True)


def _finess_occitanie(raw: Brut, passage: Passage) -> pd.DataFrame:
    table = pd.read_csv(raw.path("structures/finess2026_occitanie.csv"), sep=";", dtype=str)
    table = table[table["categorie"].isin(FINESS_TYPES)]
    return pd.DataFrame(
        {
            "type": table["categorie"].map(FINESS_TYPES),
            "nom": table["rslongue"].fillna(table["raison_sociale"]).str.strip(),
            "code": passage.to_commune(table["code_insee"]),
            "lon": table["longitude"].astype(float).round(5),
            "lat": table["latitude"].astype(float).round(5),
            "finess": table["numero_finess_etablissement"],
            "source": "finess_occitanie_2026",
        }
    )
