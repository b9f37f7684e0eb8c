"""Projects as hypothesis makes them: many scenarios, hostile names, up to five hundred real communes each."""

from dataclasses import replace

from hypothesis import strategies as st

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.projet.donnees_locales import DonneeLocale, Nature, limites
from cpts_geo.projet.projet import Projet, Scenario, regles
from cpts_geo.projet.territoire import Territoire

CODES = donnees().referentiel.communes.index.tolist()
HOSTILES = ['"}],"', "\u202egnp.exe", "a\x00b\ud800", "</script><b>", "{nom}", "=1+1", "\ufeff", "é" * 200]

NATURES: st.SearchStrategy[Nature] = st.sampled_from(["effectif", "taux"])

noms = st.text(max_size=30) | st.sampled_from(HOSTILES)
chosen = st.lists(st.sampled_from(CODES), unique=True, max_size=40)
figures = st.floats(-limites().valeur_au_plus, limites().valeur_au_plus)


@st.composite
def codes(draw: st.DrawFn) -> tuple[str, ...]:
    """Communes at a regular distance, in either direction, after a few others."""
    start, step = draw(st.integers(0, len(CODES) - 1)), draw(st.sampled_from([1, -1, 7, -61]))
    return tuple(dict.fromkeys([*draw(chosen), *CODES[start::step][: draw(st.integers(0, 460))]]))


territoires = st.builds(Territoire, noms, codes())


@st.composite
def locales(draw: st.DrawFn, cles: list[int]) -> DonneeLocale:
    """A local indicator, with figures of some communes and of some scenarios."""
    par_commune = draw(st.dictionaries(st.sampled_from(CODES), figures, max_size=10))
    par_scenario = draw(st.dictionaries(st.sampled_from(cles), figures))
    nature = draw(NATURES)
    libelle, unite, source, annee = (draw(noms) for _ in range(4))
    figures_of = tuple(par_commune.items()), tuple(par_scenario.items())
    return DonneeLocale(libelle, unite, nature, source, annee, *figures_of)


@st.composite
def projets(draw: st.DrawFn, *, avec_locales: bool = True) -> Projet:
    """A project whose keys are anything, as after many creations and deletions."""
    cles = draw(st.lists(st.integers(1, 99), unique=True, min_size=1, max_size=regles().scenarios_au_plus))
    couleurs = st.sampled_from(list(regles().couleurs))
    texts = st.text(max_size=40) if avec_locales else st.just("")
    scenarios = tuple(Scenario(cle, draw(territoires), draw(couleurs), draw(texts)) for cle in cles)
    named_once = st.lists(locales(cles), max_size=3, unique_by=lambda each: each.libelle)
    figures = draw(named_once) if avec_locales else []
    return Projet(scenarios, draw(st.sampled_from(cles)), tuple(figures))


def renumbered(projet: Projet) -> Projet:
    """The same project, its scenarios numbered from 1: what a file and a link give back."""
    cles = {scenario.cle: rank for rank, scenario in enumerate(projet.scenarios, start=1)}
    scenarios = tuple(replace(scenario, cle=cles[scenario.cle]) for scenario in projet.scenarios)
    figures = tuple(
        replace(each, par_scenario=tuple((cles[cle], valeur) for cle, valeur in each.par_scenario))
        for each in projet.locales
    )
    return Projet(scenarios, cles[projet.actif], figures)
