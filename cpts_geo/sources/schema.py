"""What each table of the bundle must look like before it is written."""

import pandas as pd
import pandera.pandas as pa

from cpts_geo.sources.erreurs import ErreurSource
from cpts_geo.sources.geographie.assemblage import ZONE_TYPES
from cpts_geo.sources.lecteurs.secret import SUFFIX

CODE_COMMUNE = r"^(\d{5}|2[AB]\d{3})$"
# 34,875 communes, of which three are their 45 arrondissements.
NB_UNITES = 34_917

COMMUNES = pa.DataFrameSchema(
    {
        "nom": pa.Column(str, pa.Check.str_length(min_value=1)),
        "departement": pa.Column(str, pa.Check.str_matches(r"^(\d{2,3}|2[AB])$")),
        "region": pa.Column(str, pa.Check.str_matches(r"^\d{2}$")),
        "epci": pa.Column(object, nullable=True),
        "canton": pa.Column(str),
        "bassin_vie": pa.Column(str),
        "ville": pa.Column(nullable=True),
        "codes_postaux": pa.Column(object, pa.Check.str_matches(r"^\d{5}( \d{5})*$")),
        "population": pa.Column("int32", pa.Check.ge(0)),
        "millesime_population": pa.Column("int16", pa.Check.in_range(2017, 2030)),
        "superficie_km2": pa.Column(float, pa.Check.gt(0), nullable=True),
        "lon": pa.Column(float, pa.Check.in_range(-180, 180), nullable=True),
        "lat": pa.Column(float, pa.Check.in_range(-90, 90), nullable=True),
        "superficie_mesuree": pa.Column(bool),
        "a_contour": pa.Column(bool),
    },
    index=pa.Index(str, pa.Check.str_matches(CODE_COMMUNE), unique=True, name="code"),
    checks=pa.Check(lambda table: len(table) == NB_UNITES, error=f"{NB_UNITES} unités attendues"),
    strict=True,
)
ZONES = pa.DataFrameSchema(
    {
        "type": pa.Column(str, pa.Check.isin(ZONE_TYPES)),
        "code": pa.Column(str),
        "nom": pa.Column(str),
        **{bound: pa.Column(float) for bound in ("lon_min", "lat_min", "lon_max", "lat_max")},
    },
    unique=["type", "code"],
    strict=True,
)
ANCIENNES_COMMUNES = pa.DataFrameSchema(
    {
        "code_ancien": pa.Column(str, pa.Check.str_matches(CODE_COMMUNE)),
        "nom_ancien": pa.Column(str),
        "code": pa.Column(str, pa.Check.str_matches(CODE_COMMUNE)),
        "nature": pa.Column(str),
    },
    strict=True,
)
STRUCTURES = pa.DataFrameSchema(
    {
        "type": pa.Column(str),
        "nom": pa.Column(str, nullable=True),
        "code": pa.Column(str, pa.Check.str_matches(CODE_COMMUNE)),
        "lon": pa.Column(float, nullable=True),
        "lat": pa.Column(float, nullable=True),
        "finess": pa.Column(object, nullable=True),
        "source": pa.Column(str),
    },
    strict=True,
    coerce=True,
)
VOISINS = pa.DataFrameSchema(
    {
        "code_a": pa.Column(str, pa.Check.str_matches(CODE_COMMUNE)),
        "code_b": pa.Column(str, pa.Check.str_matches(CODE_COMMUNE), nullable=True),
        "nature": pa.Column(str, pa.Check.isin(("frontiere", "point", "mer", "exterieur"))),
        "longueur_km": pa.Column(float, pa.Check.gt(0), nullable=True),
        "distance_km": pa.Column(float, pa.Check.gt(0), nullable=True),
    },
    unique=["code_a", "code_b"],
    checks=[
        pa.Check(lambda table: ~(table["code_a"] >= table["code_b"]), error="code_a doit précéder code_b"),
        pa.Check(
            lambda table: table["code_b"].isna() == (table["nature"] == "exterieur"),
            error="seul l'extérieur n'a pas de code_b",
        ),
    ],
    strict=True,
)
DEPARTEMENTS = pa.DataFrameSchema(
    {
        "departement": pa.Column(str),
        "theme": pa.Column(str),
        "libelle": pa.Column(str),
        "sexe": pa.Column(str),
        "annee": pa.Column(int),
        "valeur": pa.Column(float, pa.Check.ge(0), nullable=True),
        "numerateur": pa.Column(float, pa.Check.ge(0), nullable=True),
        "denominateur": pa.Column(float, pa.Check.gt(0), nullable=True),
    },
    unique=["departement", "theme", "libelle", "sexe", "annee"],
    strict=True,
)
PARTAGES = pa.DataFrameSchema(
    {"colonne": pa.Column(str), "ville": pa.Column(str, pa.Check.str_matches(CODE_COMMUNE))},
    unique=["colonne", "ville"],
    strict=True,
)
BASSINS = pa.DataFrameSchema(
    {
        "orthophonistes_2024": pa.Column(float, pa.Check.in_range(0, 500), nullable=True),
        "taux_pauvrete_2021": pa.Column(float, pa.Check.in_range(0, 100), nullable=True),
        "niveau_vie_median_2021": pa.Column(float, pa.Check.gt(0), nullable=True),
    },
    index=pa.Index(str, unique=True, name="code"),
    strict=True,
)
CPTS = pa.DataFrameSchema(
    {"cpts": pa.Column(str, pa.Check.str_startswith("CPTS "), nullable=True)},
    index=pa.Index(str, pa.Check.str_matches(CODE_COMMUNE), unique=True, name="code"),
    strict=True,
)
# An index of deprivation is centred on zero; everything else counts or measures.
SIGNED = ("indice_defavorisation_2021",)
# Each part must not exceed its whole, in any commune.
PARTS_OF_WHOLES = {
    "ald": "assures",
    "sans_medecin_traitant_16": "assures_16",
    "generalistes_liberaux_60_ans": "generalistes_liberaux",
    "plus_75_ans_2022": "population_rp_2022",
    "plus_80_ans_seuls_2022": "plus_80_ans_2022",
    "menages_une_personne_2022": "menages_2022",
    "population_sous_dense": "population_apl",
}


def indicateurs_schema(columns: pd.Index) -> pa.DataFrameSchema:
    """Every column numeric, none negative unless signed, masked cells counted beside their values."""
    unsigned = {
        name: pa.Column(None, pa.Check.ge(0), nullable=not name.endswith(SUFFIX))
        for name in columns
        if name not in SIGNED
    }
    signed = {name: pa.Column(float, nullable=True) for name in SIGNED if name in columns}
    checks = [_part_of_whole(part, whole) for part, whole in PARTS_OF_WHOLES.items()]
    return pa.DataFrameSchema(unsigned | signed, checks=checks, strict=True)


def validate(schema: pa.DataFrameSchema, table: pd.DataFrame, name: str) -> None:
    """Raise `ErreurSource` that says which table fails, where and how."""
    try:
        schema.validate(table, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases[["column", "check", "failure_case"]].head(5).to_string(index=False)
        message = f"La table « {name} » n'a pas la forme attendue :\n{cases}"
        raise ErreurSource(message) from errors


def _part_of_whole(part: str, whole: str) -> pa.Check:
    # Rounded shares and hidden children leave a whole short of its part by one person, and one masked cell.
    return pa.Check(
        lambda table: ~(table[part] > table[whole] + 10), error=f"« {part} » dépasse « {whole} »", name=part
    )
