"""What people type besides letters: sixty symbols of more than ten scripts, and what only machines write."""

from functools import cache
from itertools import zip_longest

from cpts_geo.documents.dossier import Dossier
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.projet.donnees_locales import DonneeLocale
from cpts_geo.projet.projet import Projet, Scenario
from cpts_geo.projet.territoire import Territoire
from tests.outils.dossiers import JOUR, VILLE

SYMBOLES = (
    *(
        "✅",
        "👉",
        "📞",
        "❗",
        "🏥",
        "👨‍⚕️",
        "🇫🇷",
        "❤️",
        "1️⃣",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "👋🏽",
        "a🏽",
    ),  # emoji, joined, coloured, flags
    *("⁃", "✔", "✗", "★", "☎", "☐", "♿", "⚕", "❶", "➜"),  # signs
    *("→", "⇒", "↗", "⟶"),
    *("∑", "√", "∞", "≠", "𝔸", "²"),
    *("─", "╔", "█", "▲"),
    *("𝄞", "♪", "🂡"),
    *("漢", "字", "仮", "カ", "한글"),
    *("صحة", "بِ", "בריאות", "สุขภาพ", "स्वास्थ्य", "স্বাস্থ্য", "ஆரோக்கியம்"),
    *("Здоровье", "Ёж", "Υγεία", "ἄνθρωπος", "Առողջ", "ჯანმრთელობა", "ጤና"),
    *("e\u0301", "n\u0303\u0323\u0331", "a\u0e34", "漢\u0301", "\u0301", "\u20e3"),
)
# Nobody types them, but they come with what is copied: left out of a name before any document is made.
INVISIBLES = (
    "\ue000",
    "\ud800",
    "\udfff",
    "\ufffe",
    "\U0010ffff",
    "\x00",
    "\x1b",
    "\u2028",
    "\u202e",
    "\ufeff",
)


@cache
def symboles() -> Dossier:
    """Two scenarios and local figures, whose every text is made of these."""
    said = " ".join((*SYMBOLES, *INVISIBLES))
    lines = "\n".join((*SYMBOLES, *INVISIBLES))
    scenarios = (
        Scenario(1, Territoire(f"CPTS {said}", VILLE.codes), "vert", lines),
        Scenario(2, Territoire(said[::-1], VILLE.codes[:1]), "bleu"),
    )
    pairs = [" ".join(pair) for pair in zip_longest(SYMBOLES[::2], SYMBOLES[1::2], fillvalue="")]
    locales = tuple(
        DonneeLocale(f"{each} {rank}", each, "effectif", each, each, par_scenario=((1, 12.5),))
        for rank, each in enumerate((*pairs, "".join(INVISIBLES)))
    )
    return Dossier.open_projet(Projet(scenarios, 1, locales), JOUR, donnees())
