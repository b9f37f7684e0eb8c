"""What adding a neighbouring commune would do, and the fewest that reach a goal."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from cpts_geo.analyse.taille import Classement, load_bareme
from cpts_geo.analyse.verifications import But, load_regles
from cpts_geo.communes.fiches import Fiche, enumere, fiches
from cpts_geo.communes.voisinage import Codes, Lien, Voisine, voisinage
from cpts_geo.indicateurs.agregation import agregateur
from cpts_geo.indicateurs.catalogue import Indicateur, catalogue
from cpts_geo.socle.nombres import entier, pluriel
from cpts_geo.socle.textes import sans_accents

_PAIR = 2

Tri = Literal["population", "densite", "nom"]


@dataclass(frozen=True, slots=True)
class Essai:
    """The territory with one neighbouring commune more.

    `ajout` is the population of that commune and `classement` where the new total stands. `densite` is the
    declared indicator of the new whole and `ecart` its change; None when there is no figure. `reunis` counts
    the pieces that the commune would bring together, 1 when it only joins one. `comble` says that it is an
    enclave; `enclaves` are those that adding it would make. `meme_epci` says that it belongs to the EPCI
    where most inhabitants of the territory live.
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

    @property
    def population(self) -> int:
        """Inhabitants of the territory with this commune."""
        return self.classement.population

    @property
    def effet(self) -> str:
        """What it would do to how the territory holds together, in a few French words; empty if nothing."""
        regles = load_regles()
        texts = regles.et_si
        effects = {
            texts.reunit.format(nombre=self.reunis): self.reunis > 1,
            texts.comble: self.comble,
            texts.eau: self.lien == "mer",
        }
        made = [texts.enclave.format(noms=enumere(enclave, regles.noms_montres)) for enclave in self.enclaves]
        return ", ".join([text for text, is_so in effects.items() if is_so] + made)


@dataclass(frozen=True, slots=True)
class Proposition:
    """A goal and the communes that reach it, in a French sentence; no commune when none can."""

    message: str
    codes: Codes = ()


def indicateur() -> Indicateur:
    """The indicator whose change is shown."""
    return catalogue()[load_regles().et_si.indicateur]


def voisines(codes: Sequence[str], tri: Tri = "population") -> tuple[Essai, ...]:
    """What each neighbouring commune would do, once added; the largest effect first, or by name.

    Raises:
        KeyError: a code is not that of a present commune.
    """
    if not codes:
        return ()
    around = voisinage().voisines(codes)
    depart, item, figures = _depart(codes), indicateur(), agregateur()
    now = figures.un_indicateur(item, codes).valeur
    after = figures.avec_chacune(item, codes, [voisine.code for voisine in around])
    found = [
        _essai(depart, voisine, now, result.valeur) for voisine, result in zip(around, after, strict=True)
    ]
    return tuple(sorted(found, key=_ORDRES[tri]))


def prochaine_taille(codes: Sequence[str]) -> Proposition | None:
    """The fewest neighbouring communes that reach the next Taille; None in the last one.

    The largest are taken first, which is exact: any as many others would bring fewer inhabitants.
    """
    bareme, known, texts = load_bareme(), fiches(), load_regles().propositions
    total = sum(known[code].population for code in codes)
    goal = next((classe for classe in bareme.classes if classe.numero > bareme.classer(total).numero), None)
    if goal is None:
        return None
    around = [known[voisine.code] for voisine in voisinage().voisines(codes)]
    taken: list[str] = []
    for fiche in sorted(around, key=lambda fiche: (-fiche.population, fiche.code)):
        taken.append(fiche.code)
        total += fiche.population
        if bareme.classer(total).numero >= goal.numero:
            return _proposition(texts.taille, taken, taille=goal.libelle, population=entier(total))
    return Proposition(texts.taille_impossible.format(taille=goal.libelle, population=entier(total)))


def en_un_morceau(codes: Sequence[str]) -> Proposition | None:
    """The fewest communes that bring the territory in one piece.

    Exact between two pieces. Among more, the piece with most communes is joined to the nearest again and
    again: a way that is often, not always, the shortest. None when the territory is in one piece already,
    when nothing can join it (Corse and the mainland), or when it is in too many pieces for a way to be worth
    proposing.
    """
    pieces = voisinage().morceaux(codes)
    if not 1 < len(pieces) <= load_regles().et_si.morceaux_maximum:
        return None
    added = _joining(codes)
    if added is None:
        return None
    if len(pieces) > _PAIR:
        text = load_regles().propositions.morceau_proposition
        return Proposition(_filled(text, added, nombre=len(pieces)), added)
    return _proposition(load_regles().propositions.morceau, added)


def _joining(codes: Sequence[str]) -> Codes | None:
    """Communes that bring these ones in one piece, none of which could be left out."""
    added: list[str] = []
    while len(left := voisinage().morceaux([*codes, *added])) > 1:
        way = voisinage().chemin(left[0].codes, {code for piece in left[1:] for code in piece.codes})
        if way is None:
            return None
        added += way
    # A later way may have made an earlier one needless.
    for code in tuple(added):
        kept = [other for other in added if other != code]
        if len(voisinage().morceaux([*codes, *kept])) == 1:
            added = kept
    return tuple(added)


@dataclass(frozen=True, slots=True)
class _Depart:
    """The territory as it is: what every neighbour is tried on."""

    codes: Sequence[str]
    classement: Classement
    pieces: Mapping[str, int]
    holes: frozenset[str]
    epci: str | None


def _depart(codes: Sequence[str]) -> _Depart:
    communes = [fiches()[code] for code in codes]
    pieces = enumerate(voisinage().morceaux(codes))
    return _Depart(
        codes=codes,
        classement=load_bareme().classer(sum(fiche.population for fiche in communes)),
        pieces={code: rank for rank, piece in pieces for code in piece.codes},
        holes=frozenset(code for enclave in voisinage().enclaves(codes) for code in enclave),
        epci=_main_epci(communes),
    )


def _essai(depart: _Depart, voisine: Voisine, now: float | None, after: float | None) -> Essai:
    fiche = fiches()[voisine.code]
    classement = load_bareme().classer(depart.classement.population + fiche.population)
    return Essai(
        code=fiche.code,
        nom=fiche.nom,
        lien=voisine.lien,
        ajout=fiche.population,
        classement=classement,
        change_taille=classement.numero != depart.classement.numero,
        densite=after,
        ecart=None if after is None or now is None else after - now,
        reunis=_joined(fiche.code, depart.pieces),
        comble=fiche.code in depart.holes,
        enclaves=_enclaves_made(fiche.code, depart),
        meme_epci=fiche.epci is not None and fiche.epci == depart.epci,
    )


def _joined(code: str, pieces: Mapping[str, int]) -> int:
    """How many pieces a commune touches, by land or across the water."""
    near = (*voisinage().contigues(code), *voisinage().en_face(code))
    return len({pieces[other] for other in near if other in pieces})


def _enclaves_made(code: str, depart: _Depart) -> tuple[Codes, ...]:
    """The enclaves that adding a commune would make, what is left of a former one not counted."""
    made = voisinage().enclaves_creees(depart.codes, code, load_regles().et_si.enclave_maximum)
    return tuple(enclave for enclave in made if not depart.holes.issuperset(enclave))


def _main_epci(communes: Sequence[Fiche]) -> str | None:
    people: Counter[str | None] = Counter()
    for fiche in communes:
        people[fiche.epci] += fiche.population
    return people.most_common(1)[0][0] if people else None


def _proposition(but: But, codes: Sequence[str], **valeurs: Any) -> Proposition:  # noqa: ANN401 - of a text
    text = but.un if len(codes) == 1 else but.plusieurs
    return Proposition(_filled(text, codes, **valeurs), tuple(codes))


def _filled(text: str, codes: Sequence[str], **valeurs: Any) -> str:  # noqa: ANN401 - of a text
    names = enumere(codes, load_regles().noms_montres)
    return text.format(noms=names, communes=pluriel(len(codes), "commune"), **valeurs)


def _by_density(essai: Essai) -> tuple[float, int, str]:
    return (float("inf") if essai.ecart is None else -essai.ecart, -essai.ajout, essai.code)


_ORDRES: dict[Tri, Callable[[Essai], Any]] = {
    "population": lambda essai: (-essai.ajout, essai.code),
    "densite": _by_density,
    "nom": lambda essai: (sans_accents(essai.nom), essai.code),
}
