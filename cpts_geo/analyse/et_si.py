"""What adding a neighbouring commune would do, and the fewest that reach a goal."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from cpts_geo.analyse.taille import Classement, load_bareme
from cpts_geo.analyse.verifications import But, load_regles
from cpts_geo.communes.fiches import Fiche, enumerate_noms
from cpts_geo.communes.voisinage import Codes, Lien, Voisinage, Voisine
from cpts_geo.indicateurs.catalogue import Indicateur
from cpts_geo.indicateurs.couverture import showable
from cpts_geo.indicateurs.donnees import Donnees
from cpts_geo.socle.nombres import entier, pluriel
from cpts_geo.socle.textes import sans_accents, typographie

_PAIR = 2

Tri = Literal["population", "densite", "nom"]


@dataclass(frozen=True, slots=True)
class Essai:
    """The territory with one neighbouring commune more.

    `ajout` is the population of that commune and `classement` where the new total stands. `densite` is the
    declared indicator of the new whole and `ecart` its change; None when too few people bear the figure, or
    when it is not exact. `reunis` counts the pieces that the commune would bring together, 1 when it only
    joins one. `comble` says that it is an enclave; `enclaves` are those that adding it would make.
    `meme_epci` says that it belongs to the EPCI where most inhabitants of the territory live. `effet` says in
    a few French words what it would do to how the territory holds together; empty if nothing.
    """

    code: str
    nom: str
    lien: Lien
    ajout: int
    classement: Classement
    change_taille: bool
    densite: float | None
    ecart: float | None
    reunis: int
    comble: bool
    enclaves: tuple[Codes, ...]
    meme_epci: bool
    effet: str

    @property
    def population(self) -> int:
        """Inhabitants of the territory with this commune."""
        return self.classement.population


@dataclass(frozen=True, slots=True)
class PropositionAjout:
    """A goal and the communes that reach it, in a French sentence; no commune when none can."""

    message: str
    codes: Codes = ()


def indicateur(donnees: Donnees) -> Indicateur:
    """The indicator whose change is shown."""
    return donnees.catalogue[load_regles().et_si.indicateur]


def voisines(codes: Sequence[str], donnees: Donnees, tri: Tri = "population") -> tuple[Essai, ...]:
    """What each neighbouring commune would do, once added; the largest effect first, or by name.

    Raises:
        KeyError: a code is not that of a present commune.
    """
    if not codes:
        return ()
    around = donnees.voisinage.voisines(codes)
    depart, item, figures = _depart(codes, donnees), indicateur(donnees), donnees.agregateur
    now = showable(figures.un_indicateur(item, codes)).exacte
    after = figures.avec_chacune(item, codes, [voisine.code for voisine in around])
    found = [
        _essai(depart, voisine, now, showable(result).exacte)
        for voisine, result in zip(around, after, strict=True)
    ]
    return tuple(sorted(found, key=_ORDRES[tri]))


def prochaine_taille(codes: Sequence[str], donnees: Donnees) -> PropositionAjout | None:
    """The fewest neighbouring communes that reach the next Taille; None in the last one.

    The largest are taken first, which is exact: any as many others would bring fewer inhabitants.
    """
    bareme, known, texts = load_bareme(), donnees.fiches, load_regles().propositions
    total = sum(known[code].population for code in codes)
    goal = next((classe for classe in bareme.classes if classe.numero > bareme.rank(total).numero), None)
    if goal is None:
        return None
    around = [known[voisine.code] for voisine in donnees.voisinage.voisines(codes)]
    taken: list[str] = []
    for fiche in sorted(around, key=lambda fiche: (-fiche.population, fiche.code)):
        taken.append(fiche.code)
        total += fiche.population
        if bareme.rank(total).numero >= goal.numero:
            return _proposition(texts.taille, donnees, taken, taille=goal.libelle, population=entier(total))
    said = texts.taille_impossible.format(taille=goal.libelle, population=entier(total))
    return PropositionAjout(typographie(said))


def en_un_morceau(codes: Sequence[str], donnees: Donnees) -> PropositionAjout | None:
    """The fewest communes that bring the territory in one piece.

    Exact between two pieces. Among more, the piece with most communes is joined to the nearest again and
    again: a way that is often, not always, the shortest. None when the territory is in one piece already,
    when nothing can join it (Corse and the mainland), or when it is in too many pieces for a way to be worth
    proposing.
    """
    pieces = donnees.voisinage.morceaux(codes)
    if not 1 < len(pieces) <= load_regles().et_si.morceaux_maximum:
        return None
    added = _joining(codes, donnees.voisinage)
    if added is None:
        return None
    if len(pieces) > _PAIR:
        text = load_regles().propositions.morceau_proposition
        return PropositionAjout(_filled(text, donnees, added, nombre=len(pieces)), added)
    return _proposition(load_regles().propositions.morceau, donnees, added)


def _joining(codes: Sequence[str], voisinage: Voisinage) -> Codes | None:
    """Communes that bring these ones in one piece, none of which could be left out."""
    added: list[str] = []
    while len(left := voisinage.morceaux([*codes, *added])) > 1:
        way = voisinage.chemin(left[0].codes, {code for piece in left[1:] for code in piece.codes})
        if way is None:
            return None
        added += way
    # A later way may have made an earlier one needless.
    for code in tuple(added):
        kept = [other for other in added if other != code]
        if len(voisinage.morceaux([*codes, *kept])) == 1:
            added = kept
    return tuple(added)


@dataclass(frozen=True, slots=True)
class _Depart:
    """The territory as it is: what every neighbour is tried on."""

    codes: Sequence[str]
    donnees: Donnees
    classement: Classement
    pieces: Mapping[str, int]
    holes: frozenset[str]
    epci: str | None


def _depart(codes: Sequence[str], donnees: Donnees) -> _Depart:
    communes = [donnees.fiches[code] for code in codes]
    pieces = enumerate(donnees.voisinage.morceaux(codes))
    return _Depart(
        codes=codes,
        donnees=donnees,
        classement=load_bareme().rank(sum(fiche.population for fiche in communes)),
        pieces={code: rank for rank, piece in pieces for code in piece.codes},
        holes=frozenset(code for enclave in donnees.voisinage.enclaves(codes) for code in enclave),
        epci=_main_epci(communes),
    )


def _essai(depart: _Depart, voisine: Voisine, now: float | None, after: float | None) -> Essai:
    fiche = depart.donnees.fiches[voisine.code]
    classement = load_bareme().rank(depart.classement.population + fiche.population)
    reunis, comble = _joined(fiche.code, depart), fiche.code in depart.holes
    enclaves = _enclaves_made(fiche.code, depart)
    return Essai(
        code=fiche.code,
        nom=fiche.nom,
        lien=voisine.lien,
        ajout=fiche.population,
        classement=classement,
        change_taille=classement.numero != depart.classement.numero,
        densite=after,
        ecart=None if after is None or now is None else after - now,
        reunis=reunis,
        comble=comble,
        enclaves=enclaves,
        meme_epci=fiche.epci is not None and fiche.epci == depart.epci,
        effet=_effet(voisine.lien, reunis, enclaves, comble=comble, donnees=depart.donnees),
    )


def _effet(lien: Lien, reunis: int, enclaves: Sequence[Codes], *, comble: bool, donnees: Donnees) -> str:
    regles = load_regles()
    texts = regles.et_si
    effects = {
        texts.reunit.format(nombre=reunis): reunis > 1,
        texts.comble: comble,
        texts.eau: lien == "mer",
    }
    made = [texts.enclave.format(noms=_named(enclave, donnees)) for enclave in enclaves]
    return ", ".join([text for text, is_so in effects.items() if is_so] + made)


def _named(codes: Sequence[str], donnees: Donnees) -> str:
    return enumerate_noms([donnees.fiches[code].nom for code in codes], load_regles().noms_montres)


def _joined(code: str, depart: _Depart) -> int:
    """How many pieces a commune touches, by land or across the water."""
    voisinage = depart.donnees.voisinage
    near = (*voisinage.contigues(code), *voisinage.en_face(code))
    return len({depart.pieces[other] for other in near if other in depart.pieces})


def _enclaves_made(code: str, depart: _Depart) -> tuple[Codes, ...]:
    """The enclaves that adding a commune would make, what is left of a former one not counted."""
    made = depart.donnees.voisinage.enclaves_creees(depart.codes, code, load_regles().et_si.enclave_maximum)
    return tuple(enclave for enclave in made if not depart.holes.issuperset(enclave))


def _main_epci(communes: Sequence[Fiche]) -> str | None:
    people: Counter[str | None] = Counter()
    for fiche in communes:
        people[fiche.epci] += fiche.population
    return people.most_common(1)[0][0] if people else None


def _proposition(but: But, donnees: Donnees, codes: Sequence[str], **valeurs: Any) -> PropositionAjout:  # noqa: ANN401 - of a text
    text = but.un if len(codes) == 1 else but.plusieurs
    return PropositionAjout(_filled(text, donnees, codes, **valeurs), tuple(codes))


def _filled(text: str, donnees: Donnees, codes: Sequence[str], **valeurs: Any) -> str:  # noqa: ANN401 - of a text
    names = _named(codes, donnees)
    return typographie(text.format(noms=names, communes=pluriel(len(codes), "commune"), **valeurs))


def _by_density(essai: Essai) -> tuple[float, int, str]:
    return (float("inf") if essai.ecart is None else -essai.ecart, -essai.ajout, essai.code)


_ORDRES: dict[Tri, Callable[[Essai], Any]] = {
    "population": lambda essai: (-essai.ajout, essai.code),
    "densite": _by_density,
    "nom": lambda essai: (sans_accents(essai.nom), essai.code),
}
