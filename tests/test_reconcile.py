"""Other people's lists: which authority a text means, and above all which it does not; the service as OpenRefine speaks to it."""

from __future__ import annotations

import json
import re
import shlex
import sqlite3
from pathlib import Path
from typing import Any, Optional
from urllib.parse import urlencode

import pytest
import pytest_asyncio
from datasette.app import Datasette

from datasette_cases.page.reconcile import Index, words
from datasette_cases.plugin import adapter
from datasette_cases.plugin.reconcile import MOST_BYTES, MOST_LETTERS, MOST_QUERIES, _authorities, _country_names

from . import made
from .site import ROOT, built, serve

ADDRESS = "/-/cases/reconcile"
CASE = "meta-ai-training-2024"

# --- which authority a text means -------------------------------------------------------------------------------------

MEANT = {
    # its own names and abbreviations, in any case, with articles, accents, points and what else people add
    "CNIL": "fr-cnil", "La CNIL": "fr-cnil", "cnil (france)": "fr-cnil", "C.N.I.L.": "fr-cnil",
    "COMMISSION NATIONALE DE L’INFORMATIQUE ET DES LIBERTES": "fr-cnil",
    "Autoriteit Persoonsgegevens": "nl-ap", "de Autoriteit Persoonsgegevens (AP)": "nl-ap", "AP, Netherlands": "nl-ap", "AP (NL)": "nl-ap",
    "AEPD": "es-aepd", "Agencia Espanola de Proteccion de Datos": "es-aepd", "Spain: AEPD": "es-aepd", "Spanish Agency for Data Protection": "es-aepd",
    "Garante": "it-gpdp", "Garante per la protezione dei dati personali": "it-gpdp", "Garante Privacy": "it-gpdp", "Italian DPA – Garante": "it-gpdp",
    "Persónuvernd": "is-personuvernd", "Personuvernd": "is-personuvernd", "IMY": "se-imy", "UODO": "pl-uodo", "Urzad Ochrony Danych Osobowych": "pl-uodo",
    "Urząd Ochrony Danych Osobowych (UODO)": "pl-uodo", "A.N.S.P.D.C.P.": "ro-anspdcp", "Úřad pro ochranu osobních údajů": "cz-uoou",
    "ΑΡΧΗ ΠΡΟΣΤΑΣΙΑΣ ΔΕΔΟΜΕΝΩΝ ΠΡΟΣΩΠΙΚΟΥ ΧΑΡΑΚΤΗΡΑ": "gr-hdpa", "Комисия за защита на личните данни": "bg-cpdp",
    "Gegevensbeschermingsautoriteit": "be-apd", "APD": "be-apd", "GBA/APD": "be-apd", "ICO": "uk-ico", "EDPB": "edpb", "EDPS": "edps", "FDPIC": "ch-edoeb",
    "EDOEB": "ch-edoeb", "BfDI": "de-bfdi", "The BfDI (Germany)": "de-bfdi", "HmbBfDI": "de-hh-hmbbfdi", "BayLDA": "de-by-baylda", "BayLfD": "de-by-baylfd",
    "Bayerisches Landesamt fuer Datenschutzaufsicht": "de-by-baylda", "ULD": "de-sh-uld", "APDCAT (Catalonia)": "es-ct-apdcat",
    "Hamburgischer Beauftragter für Datenschutz und Informationsfreiheit": "de-hh-hmbbfdi",
    # a place, and what all of them are called
    "Dutch DPA": "nl-ap", "DPA of the Netherlands": "nl-ap", "Irish data protection commission": "ie-dpc", "Irish Data Protection Commissioner": "ie-dpc",
    "Data Protection Authority of Ireland": "ie-dpc", "Austrian DPA": "at-dsb", "Österreichische Datenschutzbehörde": "at-dsb", "Belgian DPA": "be-apd",
    "Norwegian DPA": "no-datatilsynet", "Danish Data Protection Agency (Datatilsynet)": "dk-datatilsynet", "Swiss data protection authority": "ch-edoeb",
    "Slovak DPA": "sk-uoou", "Czech Data Protection Office": "cz-uoou", "UK Information Commissioner": "uk-ico", "Hellenic DPA": "gr-hdpa",
    "Data protection authority of Hamburg": "de-hh-hmbbfdi", "DPA Baden-Wuerttemberg": "de-bw-lfdi", "Data Protection Authority of Niedersachsen": "de-ni-lfd",
    "Data Protection Authority of Saxony-Anhalt": "de-st-lfd", "German federal DPA": "de-bfdi", "Catalan DPA": "es-ct-apdcat", "Finnish DPA": "fi-tsv",
    # a slip in a word that all share does no harm; initials of other words say nothing new
    "Czech Data Protecton Auhtority": "cz-uoou", "State Data Protection Inspectorate of Lithuania (SDPI)": "lt-vdai",
    # what alone would be several
    "Datatilsynet (Norway)": "no-datatilsynet", "Datatilsynet, DK": None, "Datatilsynet (DK)": "dk-datatilsynet", "CNPD Portugal": "pt-cnpd", "CNPD (LU)": "lu-cnpd",
    "CPDP (Bulgaria)": "bg-cpdp", "LfDI (Rheinland-Pfalz)": "de-rp-lfdi", "LfD Niedersachsen": "de-ni-lfd", "Datainspektionen (Sweden)": "se-imy",
    # ids and websites
    "nl-ap": "nl-ap", "NL-AP": "nl-ap", "https://www.cnil.fr/fr/adresser-une-plainte": "fr-cnil", "autoriteitpersoonsgegevens.nl": "nl-ap",
    "www.garanteprivacy.it": "it-gpdp",
}  # fmt: skip
"""Text → who is meant; None: nobody for certain."""

DOUBTFUL = {
    "Datatilsynet": {"dk-datatilsynet", "no-datatilsynet"}, "CNPD": {"lu-cnpd", "pt-cnpd"}, "CPDP": {"bg-cpdp", "cy-commissioner"},
    "UOOU": {"cz-uoou", "sk-uoou"}, "Datainspektionen": {"fi-ax-datainspektionen", "se-imy"}, "Datenschutzbehörde": {"at-dsb", "be-apd"},
    "Data Protection Authority of Bavaria": {"de-by-baylda", "de-by-baylfd"}, "Bavarian DPA": {"de-by-baylda", "de-by-baylfd"},
    "German DPA": {"de-bfdi", "de-be-blnbdi", "de-by-baylda", "de-hh-hmbbfdi"}, "LfDI": {"de-bw-lfdi", "de-hb-lfdi", "de-mv-lfdi", "de-rp-lfdi"},
    "LfD": {"de-ni-lfd", "de-st-lfd"}, "Information Commissioner": {"uk-ico", "si-ip", "im-ic"}, "AP": {"nl-ap"}, "DI": {"fi-ax-datainspektionen"},
    "Personal Data Protection Office": {"pl-uodo", "cz-uoou"}, "Data Protection Commission": {"ie-dpc"}, "Data Protection Commissioner": {"cy-commissioner"},
    "Autorité de protection des données": {"be-apd"}, "National Commission for Data Protection": {"lu-cnpd"}, "CNIL / AEPD": {"fr-cnil", "es-aepd"},
    # a word that is not understood may be what tells another body
    "Spanish Data Protection Agency (APDCM)": {"es-aepd"}, "Deputy Data Protection Ombudsman": {"fi-tsv"}, "Ufficio studi del Garante": {"it-gpdp"},
    "Northern Ireland DPA": {"ie-dpc"}, "New Jersey DPA": {"je-joic"},
    # it contradicts itself
    "Datatilsynet (Faroe Islands)": {"dk-datatilsynet"}, "Garante (San Marino)": {"it-gpdp"}, "AEPD (Italy)": {"es-aepd"}, "LfDI (Lower Saxony)": {"de-bw-lfdi"},
}  # fmt: skip
"""Text → who is among the candidates, of whom none is a match."""

NOBODY = (
    "",
    "   ",
    "n/a",
    "Unknown",
    "-",
    "Spain",
    "Supreme Court of Spain",
    "Bank of Spain",
    "Turkish DPA",
    "KVKK",
    "DPA",
    "Madrid DPA",
    "example.org",
    "'; drop table",
)


@pytest.fixture(scope="module")
def index(real_db: Path) -> Index:
    connection = sqlite3.connect(real_db)
    return Index(_authorities(connection), _country_names())


def meant(index: Index, text: str, **said: str) -> Optional[str]:
    found = index.match(text, **said)
    assert sum(one.match for one in found) <= 1 and (not found or found[0].match or not any(one.match for one in found))
    return found[0].id if found and found[0].match else None


@pytest.mark.parametrize("text", MEANT)
def test_a_text_that_says_enough_is_matched(index: Index, text: str) -> None:
    assert meant(index, text) == MEANT[text]


@pytest.mark.parametrize("text", DOUBTFUL)
def test_a_text_that_may_mean_several_or_another_is_not_matched(index: Index, text: str) -> None:
    assert meant(index, text) is None
    assert DOUBTFUL[text] <= {one.id for one in index.match(text)}


@pytest.mark.parametrize("text", NOBODY)
def test_a_text_that_means_none_finds_none(index: Index, text: str) -> None:
    assert index.match(text) == []


def test_every_authority_is_matched_by_its_own_names_with_its_country(index: Index) -> None:
    for one in index.authorities.values():
        for name in (one.name, *one.names, one.short_name):
            assert meant(index, name, country=one.country or "") == one.id, name


def test_a_name_that_two_bear_never_matches_either(index: Index) -> None:
    names: dict[tuple[str, ...], set[str]] = {}
    for one in index.authorities.values():
        for name in (*one.names, *one.former, one.short_name):
            names.setdefault(words(name), set()).add(one.id)
    shared = {name: ids for name, ids in names.items() if len(ids) > 1}
    assert len(shared) >= 4
    for name in shared:
        assert meant(index, " ".join(name)) is None, name


@pytest.mark.parametrize(
    ("text", "said", "id"),
    [
        ("Data Protection Authority", {"country": "Ireland"}, "ie-dpc"),
        ("National Commission for Data Protection (CNPD)", {"country": "LUXEMBOURG"}, "lu-cnpd"),
        ("Information Commissioner", {"country": "Slovenia "}, "si-ip"),
        ("Datatilsynet", {"country": "NO"}, "no-datatilsynet"),
        ("Datatilsynet", {"country": "Dänemark"}, "dk-datatilsynet"),
        ("AP", {"country": "THE NETHERLANDS"}, "nl-ap"),
        ("DPA", {"country": "Czech Republic"}, "cz-uoou"),
        ("DPA", {"country": "Germany"}, None),
        ("ICO", {"country": "UK"}, "uk-ico"),
        ("ICO", {"country": "Isle of Man"}, None),
        ("CNIL", {"country": "Italy"}, None),
        ("CNIL", {"country": "Freedonia"}, None),
        ("nl-ap", {"country": "Spain"}, None),
        ("Datatilsynet", {"website": "https://www.datatilsynet.no/en/"}, "no-datatilsynet"),
        ("CNIL", {"website": "https://example.org/"}, None),
    ],
)
def test_what_is_said_beside_the_text_has_to_hold_too(index: Index, text: str, said: dict[str, str], id: Optional[str]) -> None:
    assert meant(index, text, **said) == id


def test_a_site_within_another_needs_its_path(index: Index) -> None:
    assert index.match("https://www.vlaanderen.be/") == []
    assert meant(index, "https://www.vlaanderen.be/vlaamse-toezichtcommissie/contact") == "be-vlg-vtc"
    assert index.match("https://www.vlaanderen.be/vlaamse-toezichtcommissies") == []
    assert meant(index, "https://notcnil.fr/") is None and meant(index, "services.cnil.fr") == "fr-cnil"


# --- the service ------------------------------------------------------------------------------------------------------


@pytest_asyncio.fixture
async def site(real_db: Path) -> Datasette:
    return await serve(real_db)


async def ask(site: Datasette, queries: Any, **more: Any) -> Any:
    return await site.client.post(ADDRESS, data={"queries": queries if isinstance(queries, str) else json.dumps(queries)}, **more)


@pytest.mark.asyncio
async def test_the_manifest_says_what_there_is(site: Datasette) -> None:
    response = await site.client.get(ADDRESS)
    manifest = response.json()
    assert response.status_code == 200 and response.headers["content-type"].startswith("application/json")
    assert manifest["versions"] == ["0.2"] and manifest["defaultTypes"] == [
        {"id": "authority", "name": "Authority"},
        {"id": "case", "name": "Case"},
    ]
    assert {"name", "identifierSpace", "schemaSpace"} <= manifest.keys()
    for id, page in (("nl-ap", "/-/authorities/nl-ap"), (CASE, f"/-/cases/{CASE}")):
        shown = await site.client.get(manifest["view"]["url"].replace("{{id}}", id).partition("localhost")[2])
        assert shown.status_code == 302 and shown.headers["location"] == page
    assert (await site.client.get(f"{ADDRESS}/nobody")).status_code == 404


@pytest.mark.asyncio
async def test_a_batch_is_answered_the_same_by_get_and_post(site: Datasette) -> None:
    batch = {
        "q0": {"query": "Dutch DPA", "type": "authority", "limit": 3},
        "q1": {"query": "Datatilsynet", "type": ["authority"]},
        "q2": {"query": "Datatilsynet", "properties": [{"pid": "country", "v": {"id": "Q20", "name": "Norway"}}]},
        "q3": {"query": "nobody at all"},
        "q4": {"query": "Meta: training AI on Facebook and Instagram posts", "type": "case"},
        "q5": {"query": "CNIL", "type": "river"},
    }
    posted, got = await ask(site, batch), await site.client.get(f"{ADDRESS}?{urlencode({'queries': json.dumps(batch)})}")
    answer = posted.json()
    assert posted.status_code == got.status_code == 200 and answer == got.json()
    assert list(answer) == list(batch)
    assert answer["q0"]["result"] == [
        {
            "id": "nl-ap", "name": "Dutch Data Protection Authority", "description": "AP, Autoriteit Persoonsgegevens, NL",
            "type": [{"id": "authority", "name": "Authority"}], "score": 100.0, "match": True,
        }
    ]  # fmt: skip
    assert [(one["id"], one["match"]) for one in answer["q1"]["result"]] == [("dk-datatilsynet", False), ("no-datatilsynet", False)]
    assert [(one["id"], one["match"]) for one in answer["q2"]["result"]] == [("no-datatilsynet", True)]
    assert answer["q3"] == answer["q5"] == {"result": []}
    first = answer["q4"]["result"][0]
    assert (first["id"], first["match"], first["type"][0]["id"]) == (CASE, True, "case")
    assert not any(one["match"] for one in answer["q4"]["result"][1:])


@pytest.mark.asyncio
async def test_cases_are_found_by_id_title_and_translation_and_matched_only_by_the_whole(site: Datasette) -> None:
    batch = {
        "id": {"query": CASE},
        "nl": {"query": "Meta: AI trainen met berichten van Facebook en Instagram"},
        "part": {"query": "meta ai training", "type": "case"},
    }
    answer = (await ask(site, batch)).json()
    assert [(one["id"], one["match"]) for one in answer["id"]["result"][:1]] == [(CASE, True)]
    assert [(one["id"], one["match"]) for one in answer["nl"]["result"][:1]] == [(CASE, True)]
    assert CASE in [one["id"] for one in answer["part"]["result"]] and not any(one["match"] for one in answer["part"]["result"])


@pytest.mark.asyncio
async def test_two_cases_of_one_title_are_both_candidates(tmp_path: Path) -> None:
    folder = made.folder(tmp_path / "data", 2)
    for path in (folder / "cases").glob("*.yml"):
        path.write_text(re.sub(r'title: "Acme.*"', 'title: "Acme: the posts"', path.read_text(encoding="utf-8")), encoding="utf-8")
    site = await serve(built(folder, tmp_path / "cases.db"))
    answer = (await ask(site, {"q": {"query": "ACME the posts"}})).json()
    assert [(one["id"], one["match"]) for one in answer["q"]["result"]] == [("acme-0", False), ("acme-1", False)]


@pytest.mark.parametrize(
    "queries",
    [
        "", "[]", "no json", "[" * 50_000, '{"q": "CNIL"}', '{"q": {"query": 3}}', '{"q": {"query": "x", "limit": "many"}}', '{"q": {"query": "x", "type": 3}}',
        '{"q": {"query": "x", "properties": [3]}}', '{"q": {"query": "x", "properties": {"pid": "country"}}}',
        json.dumps({"q": {"query": "x" * (MOST_LETTERS + 1)}}), json.dumps({str(number): {"query": "x"} for number in range(MOST_QUERIES + 1)}),
    ],
)  # fmt: skip
@pytest.mark.asyncio
async def test_what_is_no_batch_is_refused_as_json(site: Datasette, queries: str) -> None:
    response = await ask(site, queries)
    assert response.status_code == 400
    assert response.json()["ok"] is False and response.json()["error"].startswith("queries: expected")


@pytest.mark.asyncio
async def test_limits_are_kept_and_odd_ones_do_no_harm(site: Datasette) -> None:
    for limit, most in ((1, 1), (0, 1), (-5, 1), (3.7, 3), (1e300, 50), (10_000, 50)):
        answer = (await ask(site, {"q": {"query": "German DPA", "limit": limit}})).json()
        assert 1 <= len(answer["q"]["result"]) <= most
    assert len((await ask(site, {"q": {"query": "German DPA"}})).json()["q"]["result"]) == 5
    assert (await ask(site, '{"q": {"query": "CNIL", "limit": NaN}}')).status_code == 400
    assert (await ask(site, '{"q": {"query": "CNIL", "limit": Infinity}}')).status_code == 200


@pytest.mark.asyncio
async def test_a_body_that_is_too_large_is_not_read_to_its_end(site: Datasette) -> None:
    response = await site.client.post(ADDRESS, data={"queries": "x" * (MOST_BYTES + 1)})
    assert response.status_code == 413 and response.json()["ok"] is False


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
@pytest.mark.asyncio
async def test_other_methods_are_not_allowed(site: Datasette, method: str) -> None:
    response = await site.client.request(method, ADDRESS)
    assert response.status_code == 405 and response.headers["allow"] == "GET, HEAD, POST"


@pytest.mark.asyncio
async def test_a_program_with_a_cookie_of_the_site_may_ask(site: Datasette) -> None:
    """Datasette 0.65 asks for a token as soon as there is a cookie; the queries change nothing."""
    response = await ask(site, {"q": {"query": "CNIL"}}, cookies={"ds_actor": "x"})
    assert response.status_code == 200 and response.json()["q"]["result"][0]["id"] == "fr-cnil"


@pytest.mark.asyncio
async def test_what_a_browser_posts_from_elsewhere(site: Datasette) -> None:
    """Datasette 1.0 itself refuses it; the docs say so."""
    response = await ask(site, {"q": {"query": "CNIL"}}, headers={"sec-fetch-site": "cross-site", "origin": "https://example.org"})
    assert response.status_code == (403 if adapter.V1 else 200)


@pytest.mark.asyncio
async def test_the_examples_of_the_docs_answer_as_they_say(site: Datasette) -> None:
    """Each curl is asked as curl would, and what stands below it is what it answers."""
    text = (ROOT / "docs" / "reconcile.md").read_text(encoding="utf-8")
    examples = re.findall(r"```bash\n(curl [^\n]+)\n```\n(?:\n```json\n(.*?)```)?", text, re.DOTALL)
    assert len(examples) == text.count("curl ") == 4
    for command, expected in examples:
        _, address, *options = shlex.split(command)
        path = address.removeprefix("http://127.0.0.1:8001")
        if not options:
            assert (await site.client.get(path)).json()["versions"] == ["0.2"]
            continue
        assert options[0] == "--data-urlencode" and len(options) == 2
        assert (await ask(site, options[1].removeprefix("queries="))).json() == json.loads(expected)


@pytest.mark.asyncio
async def test_suggestions_begin_like_what_was_typed(site: Datasette) -> None:
    async def suggested(kind: str, prefix: str) -> list[str]:
        return [one["id"] for one in (await site.client.get(f"{ADDRESS}/suggest/{kind}?{urlencode({'prefix': prefix})}")).json()["result"]]

    assert await suggested("entity", "datatil") == ["dk-datatilsynet", "no-datatilsynet"]
    assert "nl-ap" in await suggested("entity", "autoriteit pers")
    assert CASE in await suggested("entity", "training facebook")
    assert await suggested("entity", "") == [] and await suggested("entity", "zzz") == []
    assert await suggested("property", "c") == ["country"] and await suggested("type", "") == ["authority", "case"]


@pytest.mark.asyncio
async def test_who_may_not_see_the_tables_gets_nothing(real_db: Path) -> None:
    site = await serve(real_db, configuration={"databases": {"cases": {"tables": {"authorities": {"allow": {"id": "root"}}}}}})
    for response in (await ask(site, {"q": {"query": "CNIL"}}), await site.client.get(ADDRESS)):
        assert response.status_code == 403 and "cnil" not in response.text.lower()
    assert (await site.client.get(f"{ADDRESS}/suggest/entity?prefix=cnil")).status_code == 403
    assert (await site.client.get(f"{ADDRESS}/nl-ap")).status_code == 403


@pytest.mark.asyncio
async def test_the_addresses_are_those_of_the_site(real_db: Path) -> None:
    site = await serve(real_db, settings={"base_url": "/data/"})
    manifest = (await site.client.get("/-/cases/reconcile")).json()
    assert manifest["view"]["url"].endswith("/data/-/cases/reconcile/{{id}}")
    assert manifest["suggest"]["entity"]["service_url"].endswith("/data/-/cases/reconcile")
