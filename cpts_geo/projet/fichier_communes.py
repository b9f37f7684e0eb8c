"""The communes of a project file led to those of today, and what to tell the person of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.communes.toponymes import toponyme_commune
from cpts_geo.projet.fichier_json import declaration
from cpts_geo.projet.fichier_schema import CommuneLue, LocaleLue
from cpts_geo.socle.textes import une_ligne

_LONGUEUR_LIBELLE = _LONGUEUR_NOM = 40


class PassageFichier:
    """Leads the codes of one file to the present communes, and remembers which were not as they are now."""

    def __init__(self, referentiel: Referentiel) -> None:
        self._referentiel = referentiel
        self._unknown: dict[str, str] = {}
        self._former: dict[str, str] = {}
        self._repeated: dict[str, str] = {}
        self._to_check: dict[str, str] = {}
        self._left: dict[str, str] = {}
        self._cities: dict[str, str] = {}
        self._of_cities: dict[str, str] = {}

    def codes(self, communes: Iterable[CommuneLue]) -> tuple[str, ...]:
        """The present communes, in order and each once."""
        seen: set[str] = set()
        codes: dict[str, None] = {}
        for commune in communes:
            present = self._present(commune)
            if present and commune.code in seen:
                self._repeated[present] = self._referentiel.nom(present)
            codes |= dict.fromkeys(self._referentiel.unites(commune.code))
            seen.add(commune.code)
        return tuple(codes)

    def figures(self, locale: LocaleLue) -> dict[str, tuple[float, float]]:
        """The bounds of the figures of a local indicator, equal where exact, for the present communes.

        Counts of communes that are now one are added up, to be checked: the file may lack some of them.
        Rates cannot be, and are left aside.
        """
        add_up = locale.nature == "effectif"
        libelle = une_ligne(locale.libelle, _LONGUEUR_LIBELLE)
        groups: defaultdict[str, list[tuple[str, float, float]]] = defaultdict(list)
        for chiffre, low, high in _given(locale):
            if present := self._present(chiffre):
                groups[present].append((chiffre.code, low, high))
        figures = {}
        for present, given in groups.items():
            if present in self._referentiel.villes:
                self._of_cities[present] = self._referentiel.villes[present].nom
                continue
            changed = [code for code, _, _ in given] != [present]
            if changed:
                noted = self._to_check if add_up else self._left
                place = toponyme_commune(self._referentiel[present].nom)
                noted[f"{libelle} {present}"] = f"«\u00a0{libelle}\u00a0» {place.complement}"
            if add_up or not changed:
                figures[present] = sum(low for _, low, _ in given), sum(high for _, _, high in given)
        return figures

    def messages(self) -> list[str]:
        """What to tell the person, one French sentence each."""
        beginnings = {
            "Communes qui ont changé": self._former,
            "Villes ouvertes par leurs arrondissements": self._cities,
            "Chiffres d’une ville entière, laissés de côté faute d’arrondissements": self._of_cities,
            "Codes inconnus, laissés de côté": self._unknown,
            "Communes écrites plusieurs fois dans un scénario, gardées une fois": self._repeated,
            "Chiffres d’anciennes communes additionnés, à vérifier": self._to_check,
            "Taux d’anciennes communes, laissés de côté": self._left,
        }
        return [f"{start}\u00a0: {_listed(told.values())}." for start, told in beginnings.items() if told]

    def _present(self, commune: CommuneLue) -> str | None:
        """The present commune behind that of the file; what differs is noted."""
        code = commune.code
        present = self._referentiel.present(code)
        if present is None:
            nom = une_ligne(commune.nom, _LONGUEUR_NOM)
            self._unknown.setdefault(code, f"{code} ({nom})" if nom else code)
        elif present in self._referentiel.villes:
            self._cities[present] = self._referentiel.villes[present].en_toutes_lettres
        if present is not None and present != code and code not in self._former:
            now = self._referentiel.nom(present)
            self._former[code] = f"{self._old_name(code)} ({code}) est aujourd’hui {now}"
        return present

    def _old_name(self, code: str) -> str:
        return next(each.nom_ancien for each in self._referentiel.anciennes if each.code_ancien == code)


def _given(locale: LocaleLue) -> Iterator[tuple[CommuneLue, float, float]]:
    yield from ((each, each.valeur, each.valeur) for each in locale.par_commune)
    yield from ((each, each.basse, each.haute) for each in locale.bornes)


def _listed(items: Collection[str]) -> str:
    shown = list(items)[: declaration().communes_nommees]
    rest = len(items) - len(shown)
    others = f" et {rest} autre{'s' if rest > 1 else ''}" if rest else ""
    return ", ".join(shown) + others
