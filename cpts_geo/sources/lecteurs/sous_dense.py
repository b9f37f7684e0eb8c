"""Who lives where there are too few general practitioners, by the threshold of the DREES."""

import pandas as pd

# DREES: below 2.5 consultations a year an inhabitant lives in a « territoire sous-dense ».
SEUIL_SOUS_DENSE = 2.5


def people_under(levels: pd.Series, people: pd.Series) -> pd.Series:
    """Inhabitants of each place under the threshold: all or none, missing where the level is."""
    return people.where(levels < SEUIL_SOUS_DENSE, 0.0).where(levels.notna() & people.notna())
