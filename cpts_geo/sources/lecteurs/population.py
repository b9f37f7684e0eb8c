"""Insee: populations, births and deaths, ages, households, unemployment, incomes; CNAF: RSA and AAH."""

import pandas as pd

from cpts_geo.sources.brut import Brut
from cpts_geo.sources.lecteurs.passage import Passage, communal_rows
from cpts_geo.sources.lecteurs.secret import mask_zeros, sum_masked

YEARS_POPULATION = range(2006, 2023)
YEARS_ETAT_CIVIL = range(2008, 2024)
AGES_2019 = ["0014", "1529", "3044", "4559", "6074", "75P"]


def read_populations(raw: Brut, passage: Passage) -> pd.DataFrame:
    """Population municipale of each year from 2006 to 2022, in today's communes; 0 is missing."""
    table = communal_rows(pd.read_parquet(raw.path("population/superficie_population_1876_2022.parquet")))
    names = {f"pmun{year}": f"population_{year}" for year in YEARS_POPULATION}
    summed = passage.sum_by_commune(table[list(names)].rename(columns=names))
    never = (summed == 0).all(axis=1)
    return summed.mask(summed.eq(0).mul(never, axis=0)).reindex(passage.communes)


def read_etat_civil(raw: Brut, passage: Passage) -> pd.DataFrame:
    """Births and deaths at home address, by year."""
    table = communal_rows(pd.read_parquet(raw.path("population/naissances_deces_2008_2023.parquet")))
    births = {f"naiss{year % 100:02}": f"naissances_{year}" for year in YEARS_ETAT_CIVIL}
    deaths = {f"dec{year % 100:02}": f"deces_{year}" for year in YEARS_ETAT_CIVIL}
    names = births | deaths
    table = table[table.index.isin(passage.communes) | table.index.isin(list(passage.arrondissements))]
    return passage.sum_by_commune(table[list(names)].rename(columns=names)).reindex(passage.communes)


def read_ages_2019(raw: Brut, passage: Passage) -> pd.DataFrame:
    """Men and women by six age bands, census of 2019; about 10,100 small communes are missing."""
    path = raw.path("population/rp2019_age_sexe_communes_arm.csv")
    table = pd.read_csv(path, dtype={"INSEE_COM": str}).set_index("INSEE_COM")
    men = {f"P19_H{ages}": f"hommes_{ages.lower()}_2019" for ages in AGES_2019}
    women = {f"P19_F{ages}": f"femmes_{ages.lower()}_2019" for ages in AGES_2019}
    names = {"P19_POP": "population_rp_2019"} | men | women
    return passage.sum_by_commune(table[list(names)].rename(columns=names)).round(2).reindex(passage.communes)


def read_rp_2022(raw: Brut, passage: Passage) -> pd.DataFrame:
    """Census of 2022: inhabitants, and estimates of those under 15, of 65 and over, of 75 and over.

    The files give shares with one decimal: the counts are share × inhabitants, an estimate.
    """
    shares = pd.read_parquet(raw.path("population/rp_2022_commune.parquet")).set_index("code")
    others = pd.read_csv(raw.path("population/rp2022_75plus_mono_fedi.csv"), dtype={"codgeo": str})
    shares, others = passage.own_rows(shares), passage.own_rows(others.set_index("codgeo"))
    people = shares["population"].reindex(passage.communes)
    over_75 = others["part_75p_rp2022"].reindex(passage.communes)
    return pd.DataFrame(
        {
            "population_rp_2022": people,
            "moins_15_ans_2022": (people * shares["partMoins15"] / 100).round(2),
            "plus_65_ans_2022": (people * shares["part65plus"] / 100).round(2),
            "plus_75_ans_2022": (people * over_75 / 100).round(2),
            "part_familles_monoparentales_2022": others["part_fam_mono_rp2022"],
            "indice_defavorisation_2021": others["fedi_2021"],
        },
        index=passage.communes,
    )


def read_comparateur_2021(raw: Brut, passage: Passage) -> pd.DataFrame:
    """Households, active people and unemployed people of 15 to 64, census of 2021; Mayotte is missing."""
    names = {
        "menages_2021": "menages_2021",
        "pop_15_64_active_2021": "actifs_15_64_2021",
        "pop_15_64_chomage_2021": "chomeurs_15_64_2021",
    }
    path = raw.path("population/comparateur_2021.csv")
    table = pd.read_csv(path, dtype={"insee_com": str}, usecols=["insee_com", *names])
    table = table.drop_duplicates("insee_com").set_index("insee_com").rename(columns=names).astype(float)
    table[table.index.str.startswith("976")] = float("nan")
    return passage.sum_by_commune(table).reindex(passage.communes)


def read_filosofi_2021(raw: Brut, passage: Passage) -> pd.DataFrame:
    """Median standard of living (€ a year), poverty rate (%), people of fiscal households, 2021."""
    names = {
        "MED21": "niveau_vie_median_2021",
        "TP6021": "taux_pauvrete_2021",
        "NBPERSMENFISC21": "personnes_menages_fiscaux_2021",
    }
    path = raw.path("population/cc_filosofi_2021_COM.csv")
    table = pd.read_csv(path, sep=";", decimal=",", dtype={"CODGEO": str}, na_values=["s", "ns", "nd"])
    table = table.set_index("CODGEO")[list(names)].rename(columns=names)
    return passage.own_rows(table).reindex(passage.communes)


def read_filosofi_2021_epci(raw: Brut) -> pd.DataFrame:
    """The same figures as published for each EPCI, indexed by its code."""
    names = {"revenu_median": "niveau_vie_median_2021", "taux_pauvrete": "taux_pauvrete_2021"}
    table = pd.read_csv(
        raw.path("population/filosofi2021_epci.csv"), dtype={"codgeo": str}, na_values=["s", "ns", "nd"]
    )
    return table.set_index("codgeo")[list(names)].rename(columns=names).rename_axis("code").sort_index()


def read_caf(raw: Brut, passage: Passage) -> pd.DataFrame:
    """Foyers receiving the RSA (2023) and the AAH (2021); a 0 is hidden, between 0 and 4."""
    tables = [_caf_table(raw, passage, "rsa", 2023), _caf_table(raw, passage, "aah", 2021)]
    return pd.concat(tables, axis=1).reindex(passage.communes)


def read_caf_zones(raw: Brut) -> pd.DataFrame:
    """RSA and AAH as published for départements, régions and France."""
    tables = []
    for benefit, year in (("rsa", 2023), ("aah", 2021)):
        table = pd.read_parquet(raw.path(f"population/caf_{benefit}.parquet"))
        zones = table[table["id"].astype(str).str.fullmatch(r"D\w{1,3}|R\d{2}|FR")].set_index("id")
        tables.append(zones[f"{benefit}_{year}"].rename(f"foyers_{benefit}"))
    return pd.concat(tables, axis=1).rename_axis("zone")


def _caf_table(raw: Brut, passage: Passage, benefit: str, year: int) -> pd.DataFrame:
    table = pd.read_parquet(raw.path(f"population/caf_{benefit}.parquet"))
    rows = communal_rows(table)
    rows = rows[~rows.index.isin(passage.villes)]
    counts = rows[f"{benefit}_{year}"].rename(f"foyers_{benefit}")
    # Every hidden count is below the minimum published, so that no expectation is needed.
    masked = mask_zeros(counts, pd.Series(0.0, index=counts.index))
    return sum_masked(masked, passage.to_commune(masked.index.to_series()))
