"""Figures by département: illness, mortality, life expectancy, incomes, headcounts, age of doctors."""

from collections.abc import Iterable

import pandas as pd

from cpts_geo.sources.brut import Brut

# Columns of the file of Insee: theme, words, sex and year of each.
INSEE = {
    "Espérance de vie des femmes à la naissance 2024": (
        "esperance_vie",
        "Espérance de vie à la naissance",
        "Femmes",
        2024,
    ),
    "Espérance de vie des hommes à la naissance 2024": (
        "esperance_vie",
        "Espérance de vie à la naissance",
        "Hommes",
        2024,
    ),
    "Taux de mortalité standardisé des 0 à 64 ans 2024": (
        "mortalite_prematuree",
        "Mortalité de 0 à 64 ans",
        "Tous sexes",
        2024,
    ),
    "Taux de pauvreté 2021": ("revenus", "Taux de pauvreté", "Tous sexes", 2021),
    "Médiane du niveau de vie 2021": ("revenus", "Niveau de vie médian", "Tous sexes", 2021),
}
COLUMNS = ["departement", "theme", "libelle", "sexe", "annee", "valeur", "numerateur", "denominateur"]
FRANCE = "FR"


def read_departements(raw: Brut) -> pd.DataFrame:
    """Health in one long table, `COLUMNS`; département "FR" holds published national totals."""
    parts = [
        _pathologies(raw),
        _mortalite(raw),
        _mortalite_annuelle(raw),
        _professionnels(raw),
        _medecins_55(raw),
    ]
    return join(part.reindex(columns=COLUMNS) for part in parts)


def join(tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Tables of `COLUMNS` as one, in the order of what they say, then of the départements."""
    table = pd.concat(tables, ignore_index=True)
    return table.sort_values(["theme", "libelle", "sexe", "annee", "departement"], ignore_index=True)


def _pathologies(raw: Brut) -> pd.DataFrame:
    """CNAM 2023: people treated for each condition, out of those insured; labels overlap."""
    table = pd.read_csv(raw.path("besoins/cnam2023_pathologies_dept.csv"), dtype={"dept": str})
    return pd.DataFrame(
        {
            "departement": table["dept"],
            "theme": "pathologie",
            "libelle": table["pathologie"],
            "sexe": "Tous sexes",
            "annee": 2023,
            "valeur": table["prev_pct"].round(6),
            "numerateur": table["ntop"],
            "denominateur": table["npop"],
        }
    )


def _mortalite(raw: Brut) -> pd.DataFrame:
    """Inserm-CépiDc 2023: standardised mortality for 100,000 inhabitants, by cause and sex."""
    return _cepidc(raw, "besoins/mortalite_2023_standardise_all.csv", "mortalite_cause")


def _mortalite_annuelle(raw: Brut) -> pd.DataFrame:
    """Inserm-CépiDc 2010–2023: standardised mortality, all causes."""
    return _cepidc(raw, "besoins/mortalite_2010_2023_toutes_causes.csv", "mortalite_annuelle")


def _cepidc(raw: Brut, name: str, theme: str) -> pd.DataFrame:
    table = pd.read_csv(raw.path(name), dtype={"departement": str})
    causes = table["cause"].str.replace(r"^\d+\. ", "", regex=True)
    return table.assign(theme=theme, libelle=causes)


def _professionnels(raw: Brut) -> pd.DataFrame:
    """CNAM 2024: liberal professionals by profession; « 999 » rows of all régions make France."""
    path = raw.path("offre/cnam2024_effectifs_departement.csv")
    table = pd.read_csv(path, dtype={"departement": str, "region": str}, encoding="utf-8-sig")
    departements = table[table["departement"] != "999"]
    france = departements.groupby("profession_sante", as_index=False)["effectif"].sum()
    rows = pd.concat([departements, france.assign(departement=FRANCE)], ignore_index=True)
    names = {"profession_sante": "libelle", "effectif": "numerateur", "densite": "valeur"}
    identity: dict[str, object] = {"theme": "professionnels", "sexe": "Tous sexes", "annee": 2024}
    return pd.DataFrame(rows.rename(columns=names).assign(**identity))


def _medecins_55(raw: Brut) -> pd.DataFrame:
    """DREES, RPPS 2025: doctors of all specialties, and the share of those aged 55 and over (%)."""
    table = pd.read_csv(raw.path("offre/dept_medecins_55plus_2025.csv"), dtype={"dept": str})
    return pd.DataFrame(
        {
            "departement": table["dept"].str.zfill(2),
            "theme": "medecins_55_ans",
            "libelle": "Médecins de 55 ans et plus",
            "sexe": "Tous sexes",
            "annee": 2025,
            "valeur": (100 * table["part_medecins_55_plus"]).round(4),
            "numerateur": (table["part_medecins_55_plus"] * table["effectif_medecins_2025"]).round(),
            "denominateur": table["effectif_medecins_2025"],
        }
    )


def read_insee(raw: Brut) -> pd.DataFrame:
    """Insee: life expectancy and early mortality of 2024, poverty and median standard of living of 2021.

    In the same form; a département whose figure is not published has no row.
    """
    path = raw.path("besoins/insee_esperance_vie_departements_2024.csv")
    table = pd.read_csv(path, sep=";", skiprows=2, dtype=str, encoding="utf-8-sig").set_index("Code")
    parts = []
    for column, (theme, libelle, sexe, annee) in INSEE.items():
        values = pd.to_numeric(table[column].str.replace(",", "."), errors="coerce").dropna()
        parts.append(
            pd.DataFrame(
                {
                    "departement": values.index,
                    "theme": theme,
                    "libelle": libelle,
                    "sexe": sexe,
                    "annee": annee,
                    "valeur": values.to_numpy(),
                }
            )
        )
    return join(part.reindex(columns=COLUMNS) for part in parts)
