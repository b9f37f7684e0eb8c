"""The scope of a figure: its vintage, its geography, who is counted and who is left out."""

from collections.abc import Iterable, Mapping
from typing import Self

from cpts_geo.indicateurs.citations import SourceCitee
from cpts_geo.socle.declarations import Declare


class ChampStatistique(Declare):
    """What belongs to an indicator rather than to its source, which may feed many.

    `millesime` is that of the figure, `geographie` where it is known and as of when, `compte` who or what is
    counted, `sans` who is left out. `citation` names the source shortly, with its year, where several come
    under one; `note` is what else a reader must know. A text may hold "{millesime}" and "{geographie}", which
    are those of the source (a newer edition brings its own), what the build found in its data (see
    `SourceCitee.mots`), and the code of any source, which stands for its short citation.
    """

    millesime: str = ""
    geographie: str = ""
    compte: str = ""
    sans: str = ""
    citation: str = ""
    note: str = ""

    def completed(self, others: Iterable["ChampStatistique"]) -> "ChampStatistique":
        """This scope, what it does not say being said by the first of the others that does."""
        scopes = (self, *others)
        return ChampStatistique(
            **{
                name: next((text for each in scopes if (text := getattr(each, name))), "")
                for name in ChampStatistique.model_fields
            }
        )

    def told(self, source: SourceCitee, sources: Mapping[str, SourceCitee]) -> Self:
        """The same, its words filled with those of its source and of the others.

        Raises:
            ValueError: a text holds a word that is no source; in French.
        """
        words = {code: each.citation_courte for code, each in sources.items()}
        words |= {"millesime": source.millesime, "geographie": source.geographie, **dict(source.mots)}
        try:
            told = {name: getattr(self, name).format_map(words) for name in ChampStatistique.model_fields}
        except KeyError as error:
            raise ValueError(f"Champ qui cite une source inconnue\u00a0: {error}.") from error
        return self.model_copy(update=told)


class ChampsDeclares(Declare):
    """The scopes declared once for several indicators: by the code of a source, or by a name they ask for."""

    champ: Mapping[str, ChampStatistique]
