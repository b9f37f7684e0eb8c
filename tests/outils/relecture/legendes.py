"""What stands under charts and tables, read again: captions, words of the charts, notes.

Figures are those of `recalcul`, SQL written apart from the library; every text must be of a known form.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

import pandas as pd

from cpts_geo.analyse.series.forme import Series
from cpts_geo.socle.chemins import BUNDLE
from tests.outils.recalcul import Declaration, Recalcul, connect, declarations, declared_in, recompute
from tests.outils.relecture.calcul import COUVERTURE, communes, noms
from tests.outils.relecture.francais import FINE, NBSP, number
from tests.outils.relecture.lecteur import PLEINE, reads

_N = rf"[+−]?\d[\d{FINE}]*(?:,\d+)?"
_PLUS_DE_99 = 99.0
_MONTREES = 30
_PREMIERE = 2006
_CLASSES = (
    *("0 à 14 ans", "15 à 29 ans", "30 à 44 ans"),
    *("45 à 59 ans", "60 à 74 ans", "75 ans et plus"),
)
_HACHURES = "Une barre hachurée va de la plus basse à la plus haute valeur possible"
# Notes that hold no figure of the territory.
_FIXES = re.compile(
    rf"(?:Source|Seuils|Où le trouver|Licence .*){NBSP}: .*|Références\. .*|Population municipale .*, Insee\."
    r"|Le modèle de projet de santé cite .*|Valeurs nationales de référence .*",
    re.DOTALL,
)
# What is published around a territory: of an EPCI, of a bassin de vie; how many more are.
_AUTOUR = re.compile(rf"(EPCI|bassin de vie) (.*) ({_N})(?:{NBSP}[%€])?")
_ENCORE = re.compile(rf"(\d+){NBSP}autres? (EPCI|bassins? de vie)")
_PUBLIES = {"niveau_vie_median": "niveau_vie_median_2021", "taux_pauvrete": "taux_pauvrete_2021"}


class Figures:
    """Every indicator over some territories, worked out in SQL when it is first asked for."""

    def __init__(self, territoires: Mapping[str, Sequence[str]]) -> None:
        conditions = {nom: f"code in ({', '.join(map(repr, codes))})" for nom, codes in territoires.items()}
        self._base = connect(conditions)
        self._found: dict[str, dict[str, Recalcul]] = {}

    def of(self, item: Declaration, zone: str) -> Recalcul:
        """One indicator over a territory, by its name, or over "D31", "R76", "FR"."""
        code = str(item["code"])
        if code not in self._found:
            self._found[code] = recompute(self._base, item)
        return self._found[code][zone]


@dataclass
class Legendes:
    """The reading of what stands under the charts and tables of one territory.

    No zone bears the name of the territory.
    """

    nom: str
    codes: tuple[str, ...]
    figures: Figures
    lues: list[str] = field(default_factory=list)
    errors: list[tuple[str, str]] = field(default_factory=list)

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The communes of the territory."""
        return communes().loc[list(self.codes)]

    @cached_property
    def departement(self) -> str:
        """The one where most of the inhabitants live."""
        return str(self.rows.groupby("departement")["population"].sum().idxmax())

    @cached_property
    def zones(self) -> dict[str, str]:
        """What charts put side by side: names, each with its key among figures."""
        every = communes()
        region = str(every.loc[every["departement"] == self.departement, "region"].iloc[0])
        named = {self.nom: self.nom, noms("departement")[self.departement]: f"D{self.departement}"}
        # Overseas, the région bears the name of its département, which stands for both.
        named.setdefault(noms("region")[region], f"R{region}")
        return named | {"France": "FR"}

    def wrong(self, text: str, what: str) -> None:
        """Note an error."""
        self.errors.append((text, what))

    def expect(self, text: str, what: str, *, said: object, expected: object) -> None:
        """Note an error when what is said is not what is expected."""
        if said != expected:
            self.wrong(text, f"{what} : {said!r} au lieu de {expected!r}")

    # ---- Charts ------------------------------------------------------------------------------------------

    def read_chart(self, series: Series) -> None:
        """The words of a chart and its caption, or what stands in the place of the chart."""
        texts = [text for text in (series.texte, series.mention, series.absence) if text]
        self.lues += texts
        for text in texts:
            if "'" in text or re.search(r"\d \d{3}\b| [:;%]", text.replace(self.nom, "")):
                self.wrong(text, "typographie")
        if series.code in ("evolution", "etat_civil"):
            self._years(series)
        elif series.code == "pyramide":
            self._pyramid(series)
        elif series.code.startswith("zonage"):
            self._levels(series)
        else:
            self._figures(series)

    def _years(self, series: Series) -> None:
        """Counts by year over the communes known every year, those of a year too few know left out."""
        people = series.code == "evolution"
        own = [_by_year(self.rows, name) for name in (["population"] if people else ["naissances", "deces"])]
        missing = sorted({year for counts, _ in own for year, count in counts.items() if count is None})
        share = min(share for _, share in own)
        drawn = all(any(count is not None for count in counts.values()) for counts, _ in own)
        self.expect(series.absence, "dessin", said=series.connue, expected=drawn)
        left_out = [nom for nom in list(self.zones)[1:] if people and not self._people(nom)[_PREMIERE]]
        expected = [
            *_known_for(share),
            *([f"Non disponible{NBSP}: {_spans(missing)}."] if missing else []),
            *([f"Non dessiné{NBSP}: {', '.join(left_out)}."] if left_out else []),
        ]
        self.expect(
            series.mention, "légende", said=_plain(series.mention), expected=_plain(" ".join(expected))
        )
        if drawn and people:
            self._change(series.texte)
        elif drawn:
            (born, _), (dead, _) = own
            year = max(year for year in born if born[year] is not None and dead[year] is not None)
            counts = (_counted(born[year], "naissance"), _counted(dead[year], "décès", "décès"))
            told = f"En {year}{NBSP}: {counts[0]} et {counts[1]}"
            self.expect(series.texte, "effectifs", said=series.texte, expected=told)

    def _people(self, nom: str) -> dict[int, float | None]:
        """The inhabitants of a zone by year."""
        return _by_year(self.rows, "population")[0] if nom == self.nom else _people_of(self.zones[nom])

    def _change(self, text: str) -> None:
        known = {nom: self._people(nom) for nom in self.zones}
        years = [year for year, count in known[self.nom].items() if count is not None]
        first, last = years[0], years[-1]
        head, _, said = text.partition(f"{NBSP}: ")
        self.expect(text, "années", said=head, expected=f"De {first} à {last}")
        parts = {each.rsplit(" ", 1)[0]: each for each in re.split(r", (?=\D)", said)}
        for nom, counts in known.items():
            label = "Territoire" if nom == self.nom else _plain(nom)
            before, after = counts.get(first), counts.get(last)
            if not before or after is None:
                continue
            found = re.fullmatch(rf"{re.escape(label)} ({_N}){NBSP}%", parts.get(label, ""))
            if not found or not reads(100 * (after / before - 1), number(found[1]), 1):
                self.wrong(text, f"évolution de {label}")

    def _pyramid(self, series: Series) -> None:
        columns = [str(name) for name in self.rows if re.fullmatch(r"(hommes|femmes)_\w+_2019", str(name))]
        known = self.rows[self.rows[columns].notna().all(axis=1)]
        share = _percent(known["population"].sum(), self.rows["population"].sum())
        drawn = share >= COUVERTURE and bool(known[columns].sum().sum())
        self.expect(series.absence, "dessin", said=series.connue, expected=drawn)
        told = " ".join(_known_for(share))
        self.expect(series.mention, "couverture", said=series.mention.endswith(told), expected=True)
        said = "habitants du territoire" in series.mention
        self.expect(series.mention, "couverture", said=said, expected=bool(told))
        heads = tuple(part.partition(f"{NBSP}: ")[0] for part in series.texte.split(f"{NBSP}; "))
        self.expect(series.texte, "classes", said=heads, expected=_CLASSES if drawn else ("",))
        ages = re.findall(rf"({_N}){NBSP}hommes?, ({_N}){NBSP}femmes?", series.texte)
        self.expect(series.texte, "âges", said=len(ages), expected=len(_CLASSES) if drawn else 0)
        if re.search(rf"(?:^|\D)[01]{NBSP}(?:hommes|femmes)", series.texte):
            self.wrong(series.texte, "accord")
        for rank, sex in enumerate(("hommes", "femmes")):
            sums = [known[name].sum() for name in columns if name.startswith(sex)]
            for true, counts in zip(sums, ages, strict=False):
                if not reads(true, number(counts[rank]), 0):
                    self.wrong(series.texte, f"{sex} : {counts[rank]} au lieu de {true}")

    def _levels(self, series: Series) -> None:
        """Shares by level of the professions of a chart of zoning."""
        declared = declared_in("graphiques")["zonages"][series.code]
        said = dict(part.split(f"{NBSP}: ", 1) for part in series.texte.split(f"{NBSP}; "))
        absences = []
        for profession, label in declared["professions"].items():
            named = f"{declared['prefixe']}{profession}_"
            items = {level["nom"]: _item(named + level["code"]) for level in declared["niveaux"]}
            found = {nom: self.figures.of(item, self.nom) for nom, item in items.items() if item}
            absence = _absence(next(iter(found.values())))
            absences.append(absence)
            if absence:
                self.expect(series.texte, label, said=said[label], expected=absence)
                continue
            shares = {nom.lower(): each.bas for nom, each in found.items() if each.bas}
            told = dict(re.findall(rf"([^,]+?) ({_N}){NBSP}%(?:, |$)", said[label]))
            self.expect(series.texte, label, said=set(told), expected=set(shares))
            for nom, value in told.items():
                if not reads(shares.get(nom, math.nan), number(value), 1):
                    self.wrong(series.texte, f"{label}, {nom} : {value} au lieu de {shares.get(nom)}")
        self.expect(series.absence, "dessin", said=series.connue, expected=not all(absences))

    def _figures(self, series: Series) -> None:
        """A chart of indicators: each over each zone in words, and in the caption what is not drawn."""
        codes = declared_in("graphiques")["graphique"][series.code]["indicateurs"]
        items = [item for code in codes if (item := _item(code))]
        causes = series.code == "causes_deces"
        zones = {
            nom: key for nom, key in self.zones.items() if not causes or (key[0] in "DF" and nom != self.nom)
        }
        parts = series.texte.split(f"{NBSP}; ")
        self.expect(series.texte, "indicateurs", said=len(parts), expected=len(items))
        for item, part in zip(items, parts, strict=False):
            self._in_words(item, part, zones)
        if causes:
            nom = noms("departement")[self.departement]
            expected = f"Décès pour 100 000 habitants, taux standardisés. {_plain(nom)}."
            self.expect(series.mention, "légende", said=_plain(series.mention), expected=expected)
        elif series.code == "urgences":
            self._distances(series, items[0])
        else:
            self._not_drawn(series, items, zones)

    def _in_words(self, item: Declaration, text: str, zones: Mapping[str, str]) -> None:
        head = _plain(f"{item['libelle']} ({item['unite']})")
        pattern = ", ".join(f"{re.escape(_plain(nom))} (.*?)" for nom in zones)
        found = re.fullmatch(rf"{re.escape(head)} : {pattern}", _plain(text))
        if not found:
            self.wrong(text, "forme inconnue")
            return
        for key, said in zip(zones.values(), found.groups(), strict=True):
            if problem := _misread(item, self.figures.of(item, key), said):
                self.wrong(text, f"{item['code']}, {key} : {problem}")

    def _distances(self, series: Series, item: Declaration) -> None:
        known = int(self.rows[str(item["numerateur"][0])].notna().sum())
        missing = len(self.rows) - known
        farthest = f"Les {_MONTREES} communes les plus éloignées, sur {known}."
        expected = [
            f"{_cited(item)}.",
            *([farthest] if known > _MONTREES else []),
            *([f"Non disponible dans {_communes(missing)}."] if missing else []),
        ]
        self.expect(series.mention, "légende", said=series.mention, expected=" ".join(expected))
        self.expect(series.absence, "dessin", said=series.connue, expected=bool(known))

    def _not_drawn(self, series: Series, items: Sequence[Declaration], zones: Mapping[str, str]) -> None:
        found = [(nom, item, self.figures.of(item, key)) for nom, key in zones.items() for item in items]
        left_out: dict[str, list[str]] = {}
        for nom, item, figure in found:
            if words := _absence(figure):
                short = item.get("libelle_court") or item["libelle"]
                left_out.setdefault(f"{nom}, {words}", []).append(short)
        said = f"{NBSP}; ".join(f"{why} ({', '.join(names)})" for why, names in left_out.items())
        expected = f"Non dessiné{NBSP}: {said}." if said else ""
        if series.code != "ages_generalistes":
            framed = any(not _absence(figure) and figure.bas != figure.haut for *_, figure in found)
            self.expect(series.mention, "hachures", said=_HACHURES in series.mention, expected=framed)
        written, _, _ = series.mention.partition(f"{' ' * bool(said)}{_HACHURES}")
        self.expect(series.mention, "légende", said=_plain(written), expected=_plain(expected))
        drawn = any(nom == self.nom and not _absence(figure) for nom, _, figure in found)
        self.expect(series.absence, "dessin", said=series.connue, expected=drawn)

    # ---- Tables ------------------------------------------------------------------------------------------

    def read_note(self, note: str) -> bool:
        """A note under a table; false when it is of no known form."""
        if _FIXES.fullmatch(note):
            return True
        label, _, told = note.partition(f"{NBSP}: ")
        item = next((each for each in declarations() if _plain(str(each["libelle"])) == _plain(label)), None)
        if item is None:
            return False
        self.lues.append(note)
        if "département" in told and "entier" in told:
            self._headcount(item, note, told)
        elif item["code"] in _PUBLIES and told.startswith(("EPCI ", "bassin de vie ")):
            self._around(_PUBLIES[str(item["code"])], note, told, int(item["decimales"]))
        elif (expected := self._expected(item)) != told:
            self.wrong(note, f"{expected!r} attendu")
        return True

    def _expected(self, item: Declaration) -> str:
        """What a note says of a figure: for whom it is known, and of which city it is but a part."""
        found, cities = self.figures.of(item, self.nom), _known_whole(item, self.codes)
        if not cities or found.bas is None:
            return _reserve(found)
        named = " et ".join(filter(None, (", ".join(cities[:-1]), cities[-1])))
        reserve = "" if found.couverture >= PLEINE else _reserve(found)
        return f"{NBSP}; ".join(
            filter(None, (reserve, f"estimation{NBSP}: chiffre connu pour {named} en entier"))
        )

    def _around(self, column: str, note: str, told: str, places: int) -> None:
        """What is published for the EPCI and the bassins de vie where most of the inhabitants live."""
        parts = told.split(f"{NBSP}; ")
        for genre, word in (("epci", "EPCI"), ("bassin_vie", "bassin de vie")):
            published = _published_around(genre)[column].dropna()
            codes = [code for code in self.rows[genre].dropna().unique() if code in published.index]
            here = {noms(genre)[str(code)]: published[code] for code in codes}
            said = [each for part in parts if (each := _AUTOUR.fullmatch(part)) and each[1] == word]
            others = [each for part in parts if (each := _ENCORE.fullmatch(part))]
            more = sum(int(each[1]) for each in others if (each[2] == "EPCI") == (word == "EPCI"))
            self.expect(note, f"{word}, nombre", said=len(said) + more, expected=len(here))
            for _, name, value in (each.groups() for each in said):
                true = next(
                    (each for nom, each in here.items() if _plain(name).endswith(_bare(nom))), math.nan
                )
                if not reads(true, number(value), places):
                    self.wrong(note, f"{name} : {value} au lieu de {true}")

    def _headcount(self, item: Declaration, note: str, told: str) -> None:
        """The professionals of whole départements, as Cnam counts them, beside their places of practice."""
        (link,) = (each for each in declared_in("liberaux")["lien"] if each["indicateur"] == item["code"])
        codes = sorted(self.rows["departement"].unique())
        table, every = _headcounts(), communes()
        rows = table[(table["libelle"] == link["profession"]) & table["departement"].isin(codes)]
        counted = float(rows["numerateur"].sum())
        places = float(every.loc[every["departement"].isin(codes), list(item["numerateur"])].sum().sum())
        found = re.search(rf": ({_N}) {re.escape(link['nom'])} \(Cnam 2024\) pour ({_N}) lieux", told)
        if not found:
            self.wrong(note, "forme inconnue")
            return
        self.expect(note, "professionnels", said=number(found[1]), expected=counted)
        self.expect(note, "lieux", said=number(found[2]), expected=places)
        ratio = re.search(r"soit ([\d,]+) par lieu", told)
        if ratio and not reads(counted / places, number(ratio[1]), 2):
            self.wrong(note, f"rapport : {ratio[1]} au lieu de {counted / places}")
        for code in () if "départements du territoire" in told else codes:
            nom = noms("departement")[code]
            self.expect(note, nom, said=_plain(nom) in _plain(told), expected=True)


@cache
def _published_around(genre: str) -> pd.DataFrame:
    file = {"epci": "epci", "bassin_vie": "bassins"}[genre]
    return pd.read_parquet(BUNDLE / f"{file}.parquet").set_index("code")


@cache
def _headcounts() -> pd.DataFrame:
    declared = declared_in("liberaux")
    table = pd.read_parquet(BUNDLE / "departements.parquet")
    kept = (table["theme"] == declared["theme"]) & (table["annee"] == declared["annee"])
    return pd.DataFrame(table[kept])


def _item(code: str) -> Declaration | None:
    return next((each for each in declarations() if each["code"] == code), None)


# ---- Words -----------------------------------------------------------------------------------------------


def _plain(text: str) -> str:
    return text.replace("'", "’").replace(NBSP, " ").replace(FINE, " ")


def _bare(nom: str) -> str:
    """A name without its article: "Le Havre" is said "du Havre"."""
    return re.sub(r"^(?:Les? |La |L’)", "", _plain(nom))


def _absence(found: Recalcul) -> str:
    """What stands in the place of a figure that is not given."""
    if found.bas is None and found.communes_masquees:
        return "non connu, secret statistique"
    if found.bas is None and found.couverture >= PLEINE:
        return "sans objet"
    if not _is_covered(found):
        return _for_so_many(found.couverture_encadree)
    return "non disponible" if found.bas is None else ""


def _is_covered(found: Recalcul) -> bool:
    nobody = not found.couverture_encadree and not found.communes_manquantes
    return nobody or found.couverture_encadree >= COUVERTURE


def _for_so_many(share: float) -> str:
    if math.floor(share):
        return f"connu pour {math.floor(share)}{NBSP}% des habitants seulement"
    return f"connu pour moins de 1{NBSP}% des habitants" if share else "non disponible"


def _reserve(found: Recalcul) -> str:
    """What a note says of a figure that does not stand for everyone."""
    masked, missing = _communes(found.communes_masquees), _communes(found.communes_manquantes)
    if found.bas is None and found.communes_masquees:
        return f"secret statistique dans {masked}{NBSP}; fourchette trop large pour informer"
    if found.bas is None:
        return "chiffre non publié pour ce territoire"
    if not _is_covered(found):
        return _for_so_many(found.couverture_encadree)
    reasons = [
        *([f"secret statistique dans {masked}"] if found.communes_masquees else []),
        *([f"non disponible dans {missing}"] if found.communes_manquantes else []),
        *([f"exact pour {_nearly(found.couverture)} des habitants"] if found.couverture_encadree else []),
    ]
    return f"{NBSP}; ".join(reasons)


def _nearly(share: float) -> str:
    """A share without decimals, never 100 % when someone is missing."""
    if _PLUS_DE_99 < share < PLEINE:
        return f"plus de 99{NBSP}%"
    return f"{math.floor(share + 0.5)}{NBSP}%"


def _known_whole(item: Declaration, codes: Sequence[str]) -> list[str]:
    """The cities of which a territory has some arrondissements, whose figure is but that of the city."""
    cities = communes()["ville"].dropna()
    columns = {*item["numerateur"], *item.get("moins", ()), *item.get("denominateur", ())}
    shared = pd.read_parquet(BUNDLE / "partages.parquet")
    known = set(shared.loc[shared["colonne"].isin(columns), "ville"])
    chosen = cities[cities.index.isin(list(codes))].value_counts()
    partial = [str(code) for code, count in chosen.items() if count < (cities == code).sum()]
    return [noms("ville")[code] for code in sorted(partial) if code in known]


def _cited(item: Declaration) -> str:
    """The short name of the source of an indicator, which bears its vintage."""
    (source,) = (each for each in declared_in("sources")["source"] if each["code"] == item["source"])
    return str(source["citation_courte"])


def _known_for(share: float) -> Iterator[str]:
    if share < PLEINE and share:
        yield f"Chiffres connus pour {_nearly(share)} des habitants du territoire."


def _communes(count: int) -> str:
    return _counted(count, "commune")


def _misread(item: Declaration, found: Recalcul, said: str) -> str:
    """What is wrong in the words of a figure; empty when they are right."""
    if absence := _absence(found):
        return "" if said == _plain(absence) else f"{said!r} au lieu de {absence!r}"
    parts = [each.replace(" ", "") for each in said.split(" à ")]
    if not all(re.fullmatch(_N, each) for each in parts):
        return f"{said!r} n’est pas un nombre"
    low, high, places = number(parts[0]), number(parts[-1]), int(item["decimales"])
    right = reads(found.bas or 0.0, low, places) and reads(found.haut or 0.0, high, places)
    return "" if right and len(parts) in (1, 2) else f"{said} au lieu de {found.bas} à {found.haut}"


def _counted(count: float | None, one: str, many: str = "") -> str:
    whole = round(count or 0.0)
    spaced = f"{whole:,}".replace(",", FINE)
    return f"{spaced}{NBSP}{many or one + 's' if whole > 1 else one}"


def _spans(years: Sequence[int]) -> str:
    starts = [year for year in years if year - 1 not in years]
    ends = [year for year in years if year + 1 not in years]
    return ", ".join(str(a) if a == b else f"{a} à {b}" for a, b in zip(starts, ends, strict=True))


# ---- Counts by year --------------------------------------------------------------------------------------


def _by_year(rows: pd.DataFrame, prefix: str) -> tuple[dict[int, float | None], float]:
    """Counts of the communes known in all the years that enough of them know, and their share of people."""
    names = {int(str(name)[-4:]): str(name) for name in rows if re.fullmatch(rf"{prefix}_20\d\d", str(name))}
    people = rows["population"]
    shares = {year: _percent(people[rows[name].notna()].sum(), people.sum()) for year, name in names.items()}
    kept = [names[year] for year, share in shares.items() if share >= COUVERTURE]
    known = rows[rows[kept].notna().all(axis=1)]
    share = _percent(known["population"].sum(), people.sum()) if kept else max(shares.values())
    given = kept if share >= COUVERTURE else []
    counts = {year: float(known[name].sum()) if name in given else None for year, name in names.items()}
    return dict(sorted(counts.items())), share


@cache
def _people_of(key: str) -> dict[int, float | None]:
    every = communes()
    column = {"D": "departement", "R": "region"}.get(key[0])
    return _by_year(every[every[column] == key[1:]] if column else every, "population")[0]


def _percent(part: float, whole: float) -> float:
    return 100 * float(part) / float(whole) if whole else 0.0
