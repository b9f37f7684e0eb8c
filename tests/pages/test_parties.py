"""Parts of a page that run alone: none stands in another the first time that the page is drawn.

Asked to run again at once, the outer one loses what has not been sent of it, and the inner one does not: its
place would be unknown to the browser, which gives up the whole page.
"""

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.testing.v1 import AppTest

from cpts_geo.interface.echange import Dessin
from cpts_geo.interface.session import Session
from cpts_geo.projet.historique import Historique
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle.chemins import ROOT

PAGES = ("carte", "rapport", "comparer", "exporter", "sources")
HELD = Projet.nouveau(Territoire("Un", ("87085", "19272"))).with_territoires([Territoire("Deux", ("87050",))])


def nested(messages: list[ForwardMsg]) -> list[tuple[int, ...]]:
    """Places in the page of what a part has drawn inside another part."""
    parts = {
        tuple(message.metadata.delta_path): message.delta.fragment_id
        for message in messages
        if message.HasField("delta")
    }
    return [
        place
        for place, part in parts.items()
        if any(parts.get(place[:depth], "") not in {"", part} for depth in range(len(place)))
    ]


@pytest.mark.parametrize("page", PAGES)
def test_no_part_stands_in_another_in_the_first_run(monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    sent: list[ForwardMsg] = []
    monkeypatch.setattr(ForwardMsgQueue, "_before_enqueue_msg", staticmethod(sent.append))
    app = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=60)
    app.session_state["session"] = Session(Dessin(Historique(HELD)))
    app.run()
    assert not app.exception
    assert sent, "something is drawn"
    assert nested(sent) == []
