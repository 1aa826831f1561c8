"""The record as catalogues of data know it: DCAT-AP, in JSON-LD. Pure: whoever asks says what files there are and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Optional

from .about import About

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
AUTHORITY = "http://publications.europa.eu/resource/authority"
MEDIA = "https://www.iana.org/assignments/media-types"
PACKAGE = "https://specs.frictionlessdata.io/data-package/"
KEYWORDS = ("data protection", "supervisory authorities", "complaints", "GDPR")


@dataclass(frozen=True)
class File:
    """One way to have the data. `access`: where a person finds it; `download`: the file itself; null: there is no single one."""

    key: str
    title: str
    access: str
    download: Optional[str] = None
    media_type: Optional[str] = None
    format: Optional[str] = None
    packed: Optional[str] = None
    conforms_to: Optional[str] = None
    bytes: Optional[int] = None
    sha256: Optional[str] = None


def sqlite(access: str, download: str, **more: Any) -> File:
    return File("sqlite", "One SQLite file", access, download, "application/vnd.sqlite3", **more)


def package(access: str, download: str, **more: Any) -> File:
    return File("csv", "CSV in a data package (zip)", access, download, "text/csv", "CSV", "application/zip", PACKAGE, **more)


def lines(access: str, download: Optional[str], **more: Any) -> File:
    return File("jsonl", "JSON Lines", access, download, None, "JSON", **more)


def description(about: About, itself: str, home: str, files: list[File], public: bool = True) -> dict[str, Any]:
    """`itself`: the address of this description; `home`: of the pages. `public`: anybody may have the files."""
    publisher = _without_nothing(
        {
            "@id": about.publisher_url or f"{itself}#publisher",
            "@type": "foaf:Agent",
            "foaf:name": about.publisher or about.title,
            "foaf:homepage": _link(about.publisher_url),
        }
    )
    common = {
        "dct:title": _english(about.title),
        "dct:description": _english(about.description),
        "dct:publisher": publisher,
        "dct:language": _link(f"{AUTHORITY}/language/ENG"),
        "dct:issued": _day(about.first),
        "dct:modified": _day(about.released),
    }
    dataset = {
        "@id": f"{itself}#dataset",
        "@type": "dcat:Dataset",
        **common,
        "dct:publisher": _link(publisher["@id"]),
        "dct:identifier": f"{itself}#dataset",
        "dcat:version": str(about.release),
        "dcat:theme": [_link(f"{AUTHORITY}/data-theme/JUST"), _link(f"{AUTHORITY}/data-theme/GOVE")],
        "dcat:keyword": [_english(word) for word in KEYWORDS],
        "dct:accrualPeriodicity": _link(f"{AUTHORITY}/frequency/IRREG"),
        "dct:accessRights": _link(f"{AUTHORITY}/access-right/{'PUBLIC' if public else 'RESTRICTED'}"),
        "dcat:landingPage": _link(home),
        "dcat:distribution": [_distribution(about, itself, file) for file in files],
    }
    return {
        "@context": CONTEXT,
        "@id": f"{itself}#catalog",
        "@type": "dcat:Catalog",
        **common,
        **_licensed(about),
        "foaf:homepage": _link(home),
        "dcat:themeTaxonomy": _link(f"{AUTHORITY}/data-theme"),
        "dcat:dataset": [dataset],
    }


def _distribution(about: About, itself: str, file: File) -> dict[str, Any]:
    checksum = {"@type": "spdx:Checksum", "spdx:algorithm": _link("http://spdx.org/rdf/terms#checksumAlgorithm_sha256")}
    return _without_nothing(
        {
            "@id": f"{itself}#{file.key}",
            "@type": "dcat:Distribution",
            "dct:title": _english(file.title),
            "dcat:accessURL": _link(file.access),
            "dcat:downloadURL": _link(file.download),
            "dcat:mediaType": _link(file.media_type and f"{MEDIA}/{file.media_type}"),
            "dct:format": _link(file.format and f"{AUTHORITY}/file-type/{file.format}"),
            "dcat:packageFormat": _link(file.packed and f"{MEDIA}/{file.packed}"),
            "dct:conformsTo": _link(file.conforms_to),
            "dcat:byteSize": None if file.bytes is None else {"@value": str(file.bytes), "@type": "xsd:nonNegativeInteger"},
            "spdx:checksum": file.sha256 and {**checksum, "spdx:checksumValue": {"@value": file.sha256, "@type": "xsd:hexBinary"}},
            **_licensed(about),
            "dct:issued": _day(about.first),
            "dct:modified": _day(about.released),
        }
    )


def _licensed(about: About) -> dict[str, Any]:
    if not about.licence_url:
        return {}
    return {"dct:license": _without_nothing({"@id": about.licence_url, "@type": "dct:LicenseDocument", "dct:title": about.licence})}


def _english(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "en"}


def _day(iso: str) -> dict[str, str]:
    return {"@value": iso, "@type": "xsd:date"}


def _link(address: Optional[str]) -> Optional[dict[str, str]]:
    return {"@id": address} if address else None


def _without_nothing(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
