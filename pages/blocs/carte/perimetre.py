"""What perimeters brought from elsewhere cover, and the communes covered in part, to choose from."""

import streamlit as st

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.projet.territoire import Territoire
from cpts_geo.saisie.perimetres.communes_couvertes import Couverture, couvertures, en_partie_en_mots
from cpts_geo.saisie.perimetres.rassemblement import read_perimetres
from cpts_geo.saisie.perimetres.regles import regles
from cpts_geo.socle.nombres import pluriel, pourcent
from cpts_geo.socle.textes import litteral

TOUS = "Tous, un scénario par périmètre"


@st.cache_data(show_spinner="Lecture du périmètre…", max_entries=4)
def read_file(contenu: bytes, nom: str) -> tuple[Couverture, ...]:
    """Read the perimeters of a file, and the communes that each covers."""
    referentiel = donnees().referentiel
    return couvertures(read_perimetres(contenu, nom, referentiel), referentiel)


def draw(contenu: bytes, nom: str) -> list[Territoire]:
    """Draw the choice of perimeters and of communes covered in part, and give what territories they make."""
    found = read_file(contenu, nom)
    kept = choose(found) if len(found) > 1 else found
    added = set(choose_parts(kept))
    made = [
        Territoire(each.nom, (*each.codes, *(code for code in each.en_partie if (rank, code) in added)))
        for rank, each in enumerate(kept)
    ]
    reference = donnees().referentiel
    st.markdown(
        "\n".join(
            f"- **{litteral(each.nom)}**\u00a0: {reference.compte(each.codes)}{in_part(covered)}"
            for each, covered in zip(made, kept, strict=True)
        )
    )
    return [each for each in made if each.codes]


def in_part(couverture: Couverture) -> str:
    """Say which communes are covered in part, and by how much; nothing when none is."""
    told = en_partie_en_mots(couverture, donnees().referentiel)
    return f"\u00a0; en partie\u00a0: {litteral(told)}" if told else ""


def choose(found: tuple[Couverture, ...]) -> tuple[Couverture, ...]:
    """Draw the choice of one perimeter or of all of them, and give what is chosen."""
    every = len(found)
    chosen = st.selectbox(
        f"{pluriel(every, 'périmètre')} dans ce fichier",
        [every, *range(every)],
        format_func=lambda rank: TOUS if rank == every else found[rank].nom,
        key=f"perimetre_choix_{every}",
    )
    return found if chosen == every else (found[chosen],)


def choose_parts(kept: tuple[Couverture, ...]) -> list[tuple[int, str]]:
    """Draw the communes covered in part, the most covered first, and give those to add."""
    shares = {(rank, code): share for rank, each in enumerate(kept) for code, share in each.en_partie.items()}
    if not shares:
        return []
    half = pourcent(100 * regles().part_prise, 0)
    least = pourcent(100 * regles().part_proposee, 0)
    st.caption(
        f"Une commune est prise quand le périmètre couvre au moins {half} de sa surface. "
        f"Celles qu’il couvre moins, à partir de {least}, sont laissées de côté si vous ne les ajoutez pas."
    )

    def label(place: tuple[int, str]) -> str:
        rank, code = place
        named = f"{donnees().referentiel.nom(code)} ({pourcent(100 * shares[place], 0)})"
        return f"{named}, {kept[rank].nom}" if len(kept) > 1 else named

    count = pluriel(len(shares), "commune couverte en partie", "communes couvertes en partie")
    return st.multiselect(
        f"{count}, à ajouter ou non",
        sorted(shares, key=lambda place: -shares[place]),
        format_func=label,
        placeholder="Choisir…",
        key=f"perimetre_parts_{abs(hash(tuple(shares)))}",
    )
