"""What an indicator is worth over a set of communes, doubts included."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Resultat:
    """One indicator over a set of communes, in the unit of the indicator; None is missing, never zero.

    When cells are masked, the truth lies between `borne_basse` and `borne_haute` (as far as the communes with
    figures go) and `valeur` is the middle of the two; otherwise the three are equal. For a range (`etendue`)
    the bounds are the lowest and the highest commune and there is no value. `effectif` is the count behind
    the value, framed in the same way. `couverture` is the share (%) of the inhabitants who live where the
    figure is exactly known, `couverture_encadree` of those who live where it is known or framed.
    `trop_incertain` says that masked cells leave nothing to say, for their bounds are too far apart to inform
    or nobody is surely there to divide by: there is then neither value nor bound. `sans_objet` says that all
    is known, and that there is nothing to divide by.
    `publie` tells a figure published for the whole zone, or made of its published totals, from one added up
    from communes; `par_departements` one added up from départements, with the published totals of those that
    allow it. `non_repartis` counts those that the source has in the zone and in none of its communes.
    `villes` are the names of the cities of which the figure of an arrondissement is but a part, for the
    source knows the city as a whole.
    """

    valeur: float | None
    borne_basse: float | None
    borne_haute: float | None
    effectif: float | None
    effectif_bas: float | None
    effectif_haut: float | None
    couverture: float
    communes_masquees: int
    communes_manquantes: int
    couverture_encadree: float
    trop_incertain: bool = False
    sans_objet: bool = False
    publie: bool = False
    par_departements: bool = False
    non_repartis: float = 0.0
    villes: tuple[str, ...] = ()

    @property
    def encadre(self) -> bool:
        """Whether masked cells leave a doubt about the value."""
        return self.valeur is not None and self.borne_basse != self.borne_haute

    @property
    def exacte(self) -> float | None:
        """The value when nothing leaves it in doubt: the middle of two bounds is no figure."""
        return self.valeur if self.borne_basse == self.borne_haute else None
