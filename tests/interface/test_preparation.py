"""What is read ahead: in order, in quiet, never at the cost of those who wait."""

import asyncio
import gc
import time
from threading import Event, Thread

import pytest
from starlette.types import Message

from cpts_geo.interface.preparation import Preparation, SignesDeVie, keep_loaded

CALME = 0.05


def preparing(preparation: Preparation) -> Thread:
    thread = Thread(target=preparation.run_steps, daemon=True)
    thread.start()
    return thread


def test_the_first_step_waits_for_nobody_and_the_others_for_a_page() -> None:
    done: list[str] = []
    first = Event()

    def premiere() -> None:
        done.append("page")
        first.set()

    preparation = Preparation(
        premiere, lambda: [lambda: done.append("a"), lambda: done.append("b")], CALME, 30
    )
    thread = preparing(preparation)
    assert first.wait(5)
    time.sleep(4 * CALME)
    assert done == ["page"]
    preparation.signal()
    thread.join(5)
    assert done == ["page", "a", "b"]


def test_nothing_is_done_while_a_browser_speaks() -> None:
    done: list[str] = []
    preparation = Preparation(lambda: None, lambda: [lambda: done.append("a")], 0.3, 0)
    thread = preparing(preparation)
    for _ in range(20):
        preparation.signal()
        time.sleep(0.02)
    assert done == []
    thread.join(5)
    assert done == ["a"]


def test_a_step_that_fails_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []

    def broken() -> None:
        raise FileNotFoundError("voisins.parquet")

    Preparation(broken, lambda: [broken, lambda: done.append("b")], 0, 0).run_steps()
    assert done == ["b"]
    assert caplog.text.count("FileNotFoundError: voisins.parquet") == 2


def test_what_is_left_is_given_up_when_the_server_stops() -> None:
    done: list[str] = []
    preparation = Preparation(lambda: None, lambda: [lambda: done.append("a")], 30, 30)
    thread = preparing(preparation)
    preparation.stop()
    thread.join(5)
    assert not thread.is_alive()
    assert done == []


def test_what_is_kept_is_visited_by_the_collector_no_more() -> None:
    kept = [[number] for number in range(1000)]
    keep_loaded()
    try:
        visited = {id(each) for each in gc.get_objects()}
        assert not visited & {id(each) for each in kept}
    finally:
        gc.unfreeze()


def test_every_message_in_and_out_is_a_sign_of_life() -> None:
    signs: list[str] = []

    class Noted(Preparation):
        def signal(self) -> None:
            signs.append("signe")

    async def app(_scope: object, receive: object, send: object) -> None:
        await receive()  # type: ignore[operator]
        await send({"type": "http.response.start"})  # type: ignore[operator]

    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(SignesDeVie(app, Noted(lambda: None, list))({"type": "http"}, receive, send))
    assert len(signs) == 2
    assert sent == [{"type": "http.response.start"}]
