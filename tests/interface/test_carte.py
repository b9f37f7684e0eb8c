"""The map as streamlit-folium is given it: small, local, and never mounted anew."""

from typing import Any

import pytest
import streamlit_folium

from cpts_geo.interface import carte, script


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    calls: list[dict[str, Any]] = []
    monkeypatch.setattr(streamlit_folium, "_component_func", lambda **arguments: calls.append(arguments))
    return calls


def show(codes: list[str]) -> None:
    carte.show({"selection": {"codes": codes}}, lambda: None, key="carte")


def test_a_changed_selection_does_not_mount_the_map_anew(sent: list[dict[str, Any]]) -> None:
    show([])
    show(["87085"])
    assert sent[0]["key"] == sent[1]["key"]
    assert sent[0]["script"] == sent[1]["script"]
    assert sent[0]["feature_group"] != sent[1]["feature_group"]


def test_the_map_loads_nothing_from_outside(sent: list[dict[str, Any]]) -> None:
    show(["87085"])
    links = [*sent[0]["js_links"], *sent[0]["css_links"]]
    assert links
    assert all(link.startswith(("/leaflet/", "/assets/", "/palette.")) for link in links)
    assert "http" not in sent[0]["script"] + sent[0]["html"]
    assert "//" not in sent[0]["header"]


def test_every_part_of_the_map_is_there(sent: list[dict[str, Any]]) -> None:
    show([])
    ours = [link for link in [*sent[0]["js_links"], *sent[0]["css_links"]] if link.startswith("/assets/")]
    assert len(ours) == len(set(ours)) == 2
    assert all((script.DOSSIER / link.removeprefix(f"{script.adresse()}/")).is_file() for link in ours)


def test_the_map_itself_is_a_few_words(sent: list[dict[str, Any]]) -> None:
    show([])
    assert len(sent[0]["script"]) + len(sent[0]["header"]) + len(sent[0]["html"]) < 500


def test_what_is_said_to_the_map_cannot_be_run_as_script(sent: list[dict[str, Any]]) -> None:
    show(["</script><b>"])
    assert "<" not in sent[0]["feature_group"]
