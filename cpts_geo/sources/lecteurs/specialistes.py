"""ANS, RPPS March 2026: physicians by specialty and commune of practice, liberal and salaried together."""

import pandas as pd

from cpts_geo.sources.brut import Brut
from cpts_geo.sources.lecteurs.passage import Passage

# The beginnings of the RPPS « savoir-faire » that make up each specialty, in lower case.
SPECIALITES = {
    "rpps_cardiologues": ("cardiologie", "méd cardiovasculaire"),
    "rpps_dermatologues": ("dermatologie",),
    "rpps_endocrinologues": ("endocrinologie",),
    "rpps_gastro_enterologues": ("gastro-entérologie",),
    "rpps_geriatres": ("gériatrie",),
    "rpps_gynecologues": ("gynécologie", "gynéco-obstétrique", "obstétrique"),
    "rpps_neurologues": ("neurologie",),
    "rpps_ophtalmologues": ("ophtalmologie",),
    "rpps_orl": ("oto-rhino-laryngologie", "o.r.l", "orl"),
    "rpps_pediatres": ("pédiatrie",),
    "rpps_pneumologues": ("pneumologie",),
    "rpps_psychiatres": ("psychiatrie", "neuro-psychiatrie"),
    "rpps_radiologues": ("radio-diagnostic", "radiologie"),
    "rpps_rhumatologues": ("rhumatologie",),
}


def read_specialistes(raw: Brut, passage: Passage) -> pd.DataFrame:
    """Physicians of each specialty by commune; a doctor counts in each commune of practice."""
    path = raw.path("offre/rpps2026_medecins_specialites.csv")
    table = pd.read_csv(path, dtype={"code": str})
    skills = table["savoir_faire"].str.lower()
    counts = pd.DataFrame(
        {name: table["n"].where(skills.str.startswith(starts), 0) for name, starts in SPECIALITES.items()}
    )
    counts["rpps_specialistes"] = table["n"]
    by_commune = passage.sum_by_commune(counts.set_axis(table["code"]))
    return by_commune.reindex(passage.communes, fill_value=0)
