"""Whether a new edition can be believed: each refusal is a sentence for the person who reads it."""

from collections.abc import Iterable

import pandas as pd

from cpts_geo.socle.nombres import decimal, entier, pourcent
from cpts_geo.sources.ecarts import EcartEdition
from cpts_geo.sources.editions import Cible, Regle


def problems_of_rows(cible: Cible, read: int) -> list[str]:
    """The file holds as many rows as such a file does."""
    low, high = cible.lignes
    if low <= read <= high:
        return []
    return [f"{cible.source} : {entier(read)} lignes lues, on en attend de {entier(low)} à {entier(high)}"]


def problems_of_column(regle: Regle, ecart: EcartEdition, values: pd.Series) -> list[str]:
    """Values within bounds, national figure near the former, same communes known, same order of communes."""
    checks = [
        _bounds(regle, ecart, values.dropna()),
        _variation(regle, ecart),
        _coverage(regle, ecart),
        _correlation(regle, ecart),
    ]
    return [problem for problem in checks if problem]


def problems_of_parts(cible: Cible, table: pd.DataFrame) -> list[str]:
    """No part exceeds its whole, in any commune."""
    found = []
    for part, whole in cible.parties:
        over = table.index[table[part] > table[whole] * (1 + 1e-6)]
        if len(over):
            found.append(f"« {part} » dépasse « {whole} » dans {entier(len(over))} communes ({over[0]}…)")
    return found


def problems_of_structures(cible: Cible, former: pd.DataFrame, new: pd.DataFrame) -> list[str]:
    """As many structures of each type as there are in France, and most of those known before."""
    counts = new["type"].value_counts()
    found = []
    for regle in cible.regles:
        low, high = regle.valeurs
        for kind in regle.colonnes:
            number = int(counts.get(kind, 0))
            if not low <= number <= high:
                found.append(
                    f"{kind} : {entier(number)} structures, on en attend de {entier(low)} à {entier(high)}"
                )
    known = former.loc[former["type"].isin(cible.colonnes), "finess"].dropna()
    kept = float(known.isin(new["finess"]).mean()) if len(known) else 1.0
    if kept < cible.retrouves:
        found.append(f"on n’y retrouve que {pourcent(100 * kept)} des structures déjà connues")
    return found


def unknown_columns(cible: Cible, columns: Iterable[str]) -> list[str]:
    """Columns that the edition should give and does not."""
    return [name for name in cible.obligatoires if name not in set(columns)]


def _bounds(regle: Regle, ecart: EcartEdition, values: pd.Series) -> str | None:
    low, high = regle.valeurs
    outside = values[(values < low) | (values > high)]
    if outside.empty:
        return None
    return (
        f"{ecart.colonne} : {entier(len(outside))} valeurs hors de {decimal(low)} – {decimal(high)}, "
        f"dont {decimal(float(outside.iloc[0]))} ({outside.index[0]})"
    )


def _variation(regle: Regle, ecart: EcartEdition) -> str | None:
    low, high = regle.variation
    ratio = ecart.apres / ecart.avant if ecart.avant else float("nan")
    if low <= ratio <= high:
        return None
    return (
        f"{ecart.colonne} : le chiffre national passe de {decimal(ecart.avant, 2)} à "
        f"{decimal(ecart.apres, 2)}, soit {decimal(ratio, 2)} fois l’ancien "
        f"(admis : de {decimal(low, 2)} à {decimal(high, 2)})"
    )


def _coverage(regle: Regle, ecart: EcartEdition) -> str | None:
    if ecart.connues_apres >= regle.couverture * ecart.connues_avant:
        return None
    return (
        f"{ecart.colonne} : chiffre connu dans {entier(ecart.connues_apres)} communes seulement, "
        f"contre {entier(ecart.connues_avant)} avant"
    )


def _correlation(regle: Regle, ecart: EcartEdition) -> str | None:
    if ecart.correlation >= regle.correlation:
        return None
    return (
        f"{ecart.colonne} : les communes n’y sont plus dans le même ordre qu’avant "
        f"(corrélation {decimal(ecart.correlation, 2)}, au moins {decimal(regle.correlation, 2)} attendue)"
    )
