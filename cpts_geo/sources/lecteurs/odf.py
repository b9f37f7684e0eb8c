"""Observatoire des fragilités (CNAM, CNAV) 2024: recourse to care of the régime général, by commune."""

import pandas as pd

from cpts_geo.socle.nombres import entier
from cpts_geo.sources.brut import Brut
from cpts_geo.sources.lecteurs.passage import Passage
from cpts_geo.sources.lecteurs.secret import SUFFIX, mask_zeros, sum_masked

# A hidden count of people is below 10.
MASKED_MAXIMUM = 9
# Our name of each count of people, and the insured persons that it is a part of.
COUNTS = {
    "trait_16": ("sans_medecin_traitant_16", "assures_16"),
    "trait_65": ("sans_medecin_traitant_65", "assures_65"),
    "gen_16": ("sans_generaliste_24_mois", "assures_16"),
    "dent_16": ("sans_dentiste_24_mois", "assures_16"),
    "vag_65": ("sans_vaccin_grippe_65", "assures_65"),
    "ald_pop": ("ald", "assures"),
    "cssnp_pop": ("c2s_gratuite", "assures"),
    "cssp_pop": ("c2s_participative", "assures"),
    "ccol_50_74": ("sans_depistage_colorectal", "eligibles_depistage_colorectal"),
}
PHYSICIANS = {"mgen_odf": "generalistes_liberaux", "mgen_odf60": "generalistes_liberaux_60_ans"}
DENOMINATORS = ["assures", "assures_16", "assures_65", "eligibles_depistage_colorectal"]
# The publisher's figures without a médecin traitant cannot be used in these départements.
MEDECIN_TRAITANT_UNUSABLE = ("973", "976")
# Saint-Martin and Saint-Barthélemy are in the totals of Guadeloupe: its communes are added up instead.
WITH_OTHER_ISLANDS = ("D971", "R01")


def read_odf_communes(raw: Brut, passage: Passage) -> pd.DataFrame:
    """Counts with their masked cells, and the insured persons to divide them by, by commune.

    A 0 among all insured persons is missing, not small: the other columns of such communes disprove it. That
    of physicians is none, but where the row is empty and the département has physicians whom no row has.
    """
    table = pd.read_csv(raw.path("besoins/odf2024_communes_arm.csv"), dtype={"code": str, "epci": str})
    table = table[~table["code"].isin(passage.villes)].set_index("code")
    table = table.rename(columns={column: name for column, (name, _) in COUNTS.items()} | PHYSICIANS)
    zones = read_odf_zones(raw)
    expected = _expected(table, zones)
    counts = [mask_zeros(_usable(table[name]), expected[name]) for name, _ in COUNTS.values()]
    communes = pd.concat([_physicians(table, zones), _insured(table, expected), *counts], axis=1)
    summed = sum_masked(communes, passage.to_commune(communes.index.to_series()))
    return summed.reindex(passage.communes)


def read_odf_zones(raw: Brut) -> pd.DataFrame:
    """The same columns as published for départements ("D31"), régions ("R76") and France ("FR")."""
    table = pd.read_csv(raw.path("besoins/odf2024_supra.csv"), dtype={"id": str}, low_memory=False)
    table = table[table["id"].str.fullmatch(r"D\w{1,3}|R\d{2}|FR", na=False)].set_index("id")
    table = table.rename(columns={column: name for column, (name, _) in COUNTS.items()} | PHYSICIANS)
    table["assures"] = table["rg_pop"]
    table["assures_16"] = table["rg_pop"] - table["rg_0_15"]
    table["assures_65"] = table["rg_65"]
    # Its national percentages are means of means: the number of eligible people cannot be drawn from them.
    table["eligibles_depistage_colorectal"] = float("nan")
    zones = table[[*DENOMINATORS, *(name for name, _ in COUNTS.values()), *PHYSICIANS.values()]].copy()
    unusable = zones.index.isin([f"D{code}" for code in MEDECIN_TRAITANT_UNUSABLE])
    zones.loc[unusable, ["sans_medecin_traitant_16", "sans_medecin_traitant_65"]] = float("nan")
    return zones.rename_axis("zone")


def publishable(zones: pd.DataFrame) -> pd.DataFrame:
    """The same totals; missing for Guadeloupe, whose own count two more islands."""
    shared = zones.index.to_series().isin(WITH_OTHER_ISLANDS)
    return zones.mask(shared, axis=0)


def _physicians(table: pd.DataFrame, zones: pd.DataFrame) -> pd.DataFrame:
    """Physicians; missing in the empty rows of a département whose published total is more than their sum."""
    physicians = table[list(PHYSICIANS.values())]
    of_departement = physicians.groupby(table["dep"]).transform("sum")
    published = zones[list(PHYSICIANS.values())].reindex(table["dep"]).set_axis(table.index)
    empty = table.select_dtypes("number").fillna(0).eq(0).all(axis=1)
    return physicians.mask(empty & (published > of_departement).any(axis=1))


def _expected(table: pd.DataFrame, zones: pd.DataFrame) -> pd.DataFrame:
    """What each commune would count at the rates of its département; missing without insured persons."""
    rates = zones.div(zones["assures"], axis=0).reindex(table["dep"]).set_axis(table.index)
    return rates.mul(table["rg_pop"].where(table["rg_pop"] > 0), axis=0)


def _insured(table: pd.DataFrame, expected: pd.DataFrame) -> pd.DataFrame:
    """Insured persons in all, of 16 and over, of 65 and over, and eligible for colorectal screening.

    When those under 16 are hidden (0–9), those of 16 and over are all the insured but 9, and one masked cell.
    """
    everyone = table["rg_pop"].where(table["rg_pop"] > 0)
    children = mask_zeros(table["rg_0_15"], expected["assures"] - expected["assures_16"])
    hidden = children[f"rg_0_15{SUFFIX}"]
    adults = everyone - children["rg_0_15"].mask(hidden > 0, MASKED_MAXIMUM).clip(upper=everyone)
    insured = pd.DataFrame({"assures": everyone, "assures_16": adults, f"assures_16{SUFFIX}": hidden})
    seniors = mask_zeros(table["rg_65"].rename("assures_65"), expected["assures_65"])
    eligible = _eligible(table).rename("eligibles_depistage_colorectal")
    return pd.concat([insured, seniors, eligible], axis=1)


def _eligible(table: pd.DataFrame) -> pd.Series:
    """People eligible for colorectal screening, from the count of the unscreened and their share."""
    unscreened = table["sans_depistage_colorectal"]
    return (100 * unscreened / table["pccol_50_74"]).round().where(unscreened > 0)


def _usable(counts: pd.Series) -> pd.Series:
    if not str(counts.name).startswith("sans_medecin_traitant"):
        return counts
    return counts.mask(counts.index.str.startswith(MEDECIN_TRAITANT_UNUSABLE))


def words(communes: pd.DataFrame, zones: pd.DataFrame) -> dict[str, str]:
    """How many doctors the communes have together, and how many the national row."""
    name = "generalistes_liberaux"
    return {
        "medecins_des_communes": entier(float(communes[name].sum())),
        "medecins_de_france": entier(float(zones[name]["FR"])),
    }
