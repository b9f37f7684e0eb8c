from cpts_geo.indicateurs.citations import load_manifest, load_sources_citees

# Where they were published is not known: no address is made up.
SANS_ADRESSE = {"frr_2025"}


def test_every_source_of_the_manifest_can_be_cited() -> None:
    cited = load_sources_citees()
    assert list(cited) == [entry["code"] for entry in load_manifest()["sources"]]
    for each in cited.values():
        assert each.producteur
        assert each.licence
        assert each.adresse.startswith("https://") or each.code in SANS_ADRESSE, each.code
        assert not each.adresse or each.code not in SANS_ADRESSE, each.code


def test_a_vintage_is_said_once() -> None:
    edition = {"citation_courte": "BPE 2024 (Insee)", "millesime": "2024"}
    source = load_sources_citees()["bpe_2024"].model_copy(update=edition)
    assert source.citation_datee == "BPE 2024 (Insee)"
    assert (
        source.model_copy(update={"millesime": "mars 2026"}).citation_datee == "BPE 2024 (Insee), mars 2026"
    )
    for each in load_sources_citees().values():
        assert each.citation_datee.count(each.millesime) == 1
