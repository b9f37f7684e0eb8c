"""Insee: populations, births and deaths, ages, households, unemployment, incomes; CNAF: RSA and AAH."""

from collections.abc import Iterator

import pandas as pd

from cpts_geo.communes.contours import departement_de
from cpts_geo.socle.nombres import entier
from cpts_geo.sources.brut import Brut
from cpts_geo.sources.geographie.communes import read_scissions
from cpts_geo.sources.lecteurs.passage import Passage, communal_rows
from cpts_geo.sources.lecteurs.secret import mask_zeros, sum_masked

# Where so many births and deaths are to be expected, there is one (probability of none: under 1 in 150,000).
IMPOSSIBLE = 12
YEARS_POPULATION = range(2006, 2023)
YEARS_ETAT_CIVIL = range(2008, 2024)
# The census of 2022 by IRIS, summed to communes: our name of each count.
COMPTES_2022 = {
    "pop": "population_rp_2022",
    "p0014": "moins_15_ans_2022",
    "p65p": "plus_65_ans_2022",
    "p75p": "plus_75_ans_2022",
    "p1524": "ages_15_24_2022",
    "p2554": "ages_25_54_2022",
    "p5564": "ages_55_64_2022",
    "p6579": "ages_65_79_2022",
    "p80p": "plus_80_ans_2022",
    "p80p_seul": "plus_80_ans_seuls_2022",
    "men": "menages_2022",
    "men_seul": "menages_une_personne_2022",
    "men_mono": "menages_monoparentaux_2022",
    "csp_agri": "csp_agriculteurs_2022",
    "csp_artis": "csp_artisans_2022",
    "csp_cadres": "csp_cadres_2022",
    "csp_profint": "csp_professions_intermediaires_2022",
    "csp_employes": "csp_employes_2022",
    "csp_ouvriers": "csp_ouvriers_2022",
    "csp_retraites": "csp_retraites_2022",
    "csp_inactifs": "csp_inactifs_2022",
}
PARTIES_2022 = {
    "plus_80_ans_seuls_2022": "plus_80_ans_2022",
    "menages_une_personne_2022": "menages_2022",
    "menages_monoparentaux_2022": "menages_2022",
}
# Those that shares of one decimal give too, where they are not counted.
ESTIMES = ("population_rp_2022", "moins_15_ans_2022", "plus_65_ans_2022", "plus_75_ans_2022")
# Under this share of its inhabitants, a commune is counted without a part of it.
COUVERTURE_ENTIERE = 0.99
AGES_2019 = ["0014", "1529", "3044", "4559", "6074", "75P"]


def read_populations(raw: Brut, passage: Passage) -> pd.DataFrame:
    """Population municipale of each year from 2006 to 2022, in today's communes; 0 is missing."""
    table = communal_rows(pd.read_parquet(raw.path("population/superficie_population_1876_2022.parquet")))
    names = {f"pmun{year}": f"population_{year}" for year in YEARS_POPULATION}
    summed = passage.sum_by_commune(table[list(names)].rename(columns=names))
    never = (summed == 0).all(axis=1)
    return summed.mask(summed.eq(0).mul(never, axis=0)).reindex(passage.communes)


def read_etat_civil(raw: Brut, passage: Passage, populations: pd.Series) -> pd.DataFrame:
    """Births and deaths at home address, by year; missing where a 0 cannot be true.

    Missing too, for a commune re-created since and the one it left, in the years when they were counted as
    one.
    """
    table = communal_rows(pd.read_parquet(raw.path("population/naissances_deces_2008_2023.parquet")))
    births = {f"naiss{year % 100:02}": f"naissances_{year}" for year in YEARS_ETAT_CIVIL}
    deaths = {f"dec{year % 100:02}": f"deces_{year}" for year in YEARS_ETAT_CIVIL}
    names = births | deaths
    table = table[table.index.isin(passage.communes) | table.index.isin(list(passage.arrondissements))]
    summed = passage.sum_by_commune(table[list(names)].rename(columns=names)).reindex(passage.communes)
    people = populations.reindex(passage.communes).astype(float)
    for year, unknown in _without_etat_civil(summed, people).items():
        summed.loc[unknown, [f"naissances_{year}", f"deces_{year}"]] = float("nan")
    for code, year in _as_one(summed, read_scissions(raw, passage)):
        summed.loc[code, [f"naissances_{year}", f"deces_{year}"]] = float("nan")
    return summed


def _as_one(events: pd.DataFrame, splits: pd.DataFrame) -> Iterator[tuple[str, int]]:
    """The communes and years whose events are those of two communes: from their union to their split.

    The file may come later to the one that left. What it never knows is left as it is: the other is whole
    then in every year.
    """
    columns = ("mere", "fille", "reunion", "scission")
    for mother, daughter, union, split in zip(*(splits[name].tolist() for name in columns), strict=True):
        after = [year for year in YEARS_ETAT_CIVIL if year >= split]
        appears = [year for year in after if _any(events, daughter, year)]
        first = YEARS_ETAT_CIVIL.start if pd.isna(union) else int(union)
        for year in YEARS_ETAT_CIVIL if appears else ():
            if first <= year < appears[0]:
                yield from ((mother, year), (daughter, year))


def _any(events: pd.DataFrame, code: str, year: int) -> bool:
    return bool(events.loc[code, [f"naissances_{year}", f"deces_{year}"]].sum())


def _without_etat_civil(events: pd.DataFrame, people: pd.Series) -> pd.DataFrame:
    """Where neither birth nor death is not to be believed, by year: the file has a 0 for what it lacks.

    In that year alone, over all years, or over the whole département.
    """
    years = {year: events[f"naissances_{year}"] + events[f"deces_{year}"] for year in YEARS_ETAT_CIVIL}
    totals = pd.DataFrame(years)
    expected = pd.DataFrame({year: people * count.sum() / people.sum() for year, count in years.items()})
    departements = totals.index.to_series().map(departement_de)
    that_year = (totals == 0) & (expected > IMPOSSIBLE)
    never = (totals.sum(axis=1) == 0) & (expected.sum(axis=1) > IMPOSSIBLE)
    nowhere = totals.groupby(departements).transform("sum") == 0
    return that_year | nowhere | pd.DataFrame(dict.fromkeys(years, never))


def read_ages_2019(raw: Brut, passage: Passage) -> pd.DataFrame:
    """Men and women by six age bands, census of 2019; about 10,100 small communes are missing."""
    path = raw.path("population/rp2019_age_sexe_communes_arm.csv")
    table = pd.read_csv(path, dtype={"INSEE_COM": str}).set_index("INSEE_COM")
    men = {f"P19_H{ages}": f"hommes_{ages.lower()}_2019" for ages in AGES_2019}
    women = {f"P19_F{ages}": f"femmes_{ages.lower()}_2019" for ages in AGES_2019}
    names = {"P19_POP": "population_rp_2019"} | men | women
    return passage.sum_by_commune(table[list(names)].rename(columns=names)).round(2).reindex(passage.communes)


def read_rp_2022(raw: Brut, passage: Passage) -> pd.DataFrame:
    """Census of 2022: ages, households, socio-professional groups, unemployment.

    In metropolitan communes ages are counts. Elsewhere, and in the communes of which only a part is counted,
    those under 15, of 65 and over, of 75 and over are estimates (share with one decimal × inhabitants), and
    what else is counted is missing.
    """
    counted = _counted_2022(raw, passage)
    estimated = _estimated_2022(raw, passage)
    ages = counted[list(ESTIMES)].combine_first(estimated[list(ESTIMES)])
    others = [name for name in counted if name not in ESTIMES]
    rates = [name for name in estimated if name not in ESTIMES]
    return pd.concat([ages, counted[others], estimated[rates]], axis=1).reindex(passage.communes)


def words_of_rp_2022(figures: pd.DataFrame, communes: pd.DataFrame) -> dict[str, str]:
    """How many communes are estimated where others of their département are counted, and the largest."""
    uncounted = figures["menages_2022"].isna()
    elsewhere = (~uncounted).groupby(communes["departement"]).transform("any")
    estimated = communes[uncounted & elsewhere & figures["plus_65_ans_2022"].notna()]
    return {
        "communes_estimees": entier(len(estimated)),
        "plus_grande_estimee": str(estimated.sort_values("population")["nom"].iloc[-1]),
    }


def _counted_2022(raw: Brut, passage: Passage) -> pd.DataFrame:
    """Counts of the communes of metropole; missing where a part of the commune is."""
    path = raw.path("population/rp2022_ages_menages_csp.parquet")
    table = pd.read_parquet(path).set_index("code")
    counts = table[list(COMPTES_2022)].astype(float).rename(columns=COMPTES_2022)
    # Of nobody, nobody lives alone: the file leaves this blank.
    counts = counts.assign(
        **{part: counts[part].mask(counts[whole] == 0, 0.0) for part, whole in PARTIES_2022.items()}
    )
    groups = counts[[name for name in COMPTES_2022.values() if name.startswith("csp_")]]
    counts["population_csp_2022"] = groups.sum(axis=1, min_count=1)
    # The share is not said of arrondissements, which are whole.
    in_part = table["couverture"] < COUVERTURE_ENTIERE
    return passage.sum_by_commune(counts[~in_part]).reindex(passage.communes)


def _estimated_2022(raw: Brut, passage: Passage) -> pd.DataFrame:
    """Counts estimated from shares with one decimal, and rates, of every commune that has them."""
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
            "taux_chomage_2022": shares["tauxChomage"],
            "part_familles_monoparentales_2022": others["part_fam_mono_rp2022"],
            "indice_defavorisation_2021": others["fedi_2021"],
        },
        index=passage.communes,
    )


def read_comparateur_2021(raw: Brut, passage: Passage) -> pd.DataFrame:
    """Households, and active people of 15 to 64, census of 2021; Mayotte is missing."""
    names = {"menages_2021": "menages_2021", "pop_15_64_active_2021": "actifs_15_64_2021"}
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
