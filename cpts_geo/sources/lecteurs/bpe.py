"""Insee, Base permanente des équipements: counts of professionals and structures by commune."""

import pandas as pd

from cpts_geo.sources.brut import Brut
from cpts_geo.sources.lecteurs.passage import Passage

EQUIPEMENTS_2024 = {
    "D265": "medecins_generalistes",
    "D281": "infirmiers",
    "D279": "masseurs_kinesitherapeutes",
    "D277": "chirurgiens_dentistes",
    "D278": "sages_femmes",
    "D280": "pedicures_podologues",
    "D307": "pharmacies",
    "D302": "laboratoires",
    "D303": "ambulances",
    "D101": "hopitaux_court_sejour",
    "D102": "hopitaux_moyen_sejour",
    "D103": "hopitaux_long_sejour",
    "D104": "etablissements_psychiatriques",
    "D106": "urgences",
    "D107": "maternites",
    "D108": "centres_sante",
    "D113": "maisons_sante",
    "D266": "cardiologues",
    "D268": "gastro_enterologues",
    "D269": "psychiatres",
    "D270": "ophtalmologues",
    "D274": "radiologues",
    "D261": "rhumatologues",
    "D259": "neurologues",
    "D255": "endocrinologues",
    "D251": "allergologues",
}
EQUIPEMENTS_2019 = {
    "D235": "orthophonistes",
    "D236": "orthoptistes",
    "D238": "audioprothesistes",
}
PERSONNES_AGEES = {
    "heb_persagees": "hebergements_personnes_agees",
    "soin_persagees": "services_soins_domicile",
    "aide_persagees": "services_aide_domicile",
}


def read_bpe_2024(raw: Brut, passage: Passage) -> pd.DataFrame:
    """Professionals and structures, 2024; a commune absent from the file truly has none."""
    table = pd.read_csv(raw.path("offre/bpe2024_sante.csv"), dtype={"code_commune": str})
    return _counts(table.set_index("code_commune"), EQUIPEMENTS_2024, passage)


def read_bpe_2019(raw: Brut, passage: Passage) -> pd.DataFrame:
    """The professions that the 2024 edition leaves out, as of 2019."""
    table = pd.read_csv(raw.path("offre/bpe2019_domaine_d.csv"), dtype={"DEPCOM": str})
    return _counts(table.set_index("DEPCOM"), EQUIPEMENTS_2019, passage)


def read_bpe_2021(raw: Brut, passage: Passage) -> pd.DataFrame:
    """Psychologists, 2021; the edition covers metropolitan France only, so the DROM are missing."""
    table = pd.read_csv(raw.path("offre/bpe2021_psychologues.csv"), dtype={"DEPCOM": str})
    counts = _counts(table.set_index("DEPCOM"), {"D243_psychologue_2021": "psychologues"}, passage)
    drom = counts.index.str.startswith("97")
    return counts.astype(float).mask(pd.Series(drom, index=counts.index), axis=0)


def read_bpe_2020(raw: Brut, passage: Passage) -> pd.DataFrame:
    """Services of hospitalisation à domicile, 2020 (not in the 2024 extract)."""
    path = raw.path("structures/equip-serv-sante-com-2020.xlsx")
    sheets = pd.read_excel(path, sheet_name=["COM", "ARM"], header=5, dtype={"CODGEO": str})
    table = pd.concat(sheets.values()).set_index("CODGEO")
    return _counts(table, {"NB_D112": "hospitalisations_domicile"}, passage)


def read_bpe_2024_personnes_agees(raw: Brut, passage: Passage) -> pd.DataFrame:
    """Housing, nursing and help at home for the old, 2024; places are wrong in the file and left out."""
    table = pd.read_csv(raw.path("structures/bpe2024_personnes_agees_communes.csv"), dtype={"code": str})
    return _counts(table.set_index("code"), PERSONNES_AGEES, passage)


def _counts(table: pd.DataFrame, names: dict[str, str], passage: Passage) -> pd.DataFrame:
    """Sum the named columns by present commune; no row means none."""
    chosen = table[list(names)].rename(columns=names)
    return passage.sum_by_commune(chosen).reindex(passage.communes, fill_value=0)
