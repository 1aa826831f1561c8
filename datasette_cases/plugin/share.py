"""What each page gives to be shared by, and what is made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Mapping, Optional
from urllib.parse import urlencode

from ..i18n import languages
from ..page.case import CasePage
from ..page.cases import CasesPage
from ..render import share as render
from ..render.share import Image, Share
from .config import NAME

if TYPE_CHECKING:
    from .pages import Visit


@dataclass(frozen=True)
class Given:
    """`keeps`: the parameters that change what a page says, in the order of its address; all others only change how."""

    description: Optional[str] = None
    keeps: tuple[str, ...] = ()
    image: Optional[Image] = None
    data: Optional[Mapping[str, Any]] = None


def shared(visit: Visit, path: str, given: Given) -> Share:
    metadata = visit.surroundings.metadata if visit.surroundings else {}

    def in_language(language: Optional[str]) -> str:
        return address(visit, path, given.keeps, language)

    return render.share(
        str(metadata.get("title") or (visit.request.host if visit.config.live else NAME)), given.description, in_language, visit.request.args.get("_lang"), visit.language,
        languages(), given.image, given.data,
    )  # fmt: skip


def address(visit: Visit, path: str, keeps: tuple[str, ...] = (), language: Optional[str] = None) -> str:
    """A whole address, with what this request asked for of `keeps`, and nothing else."""
    asked = {name: visit.request.args[name] for name in keeps if visit.request.args.get(name)}
    given = {**asked, **({"_lang": language} if language else {})}
    whole: str = visit.ds.absolute_url(visit.request, str(visit.ds.urls.path(path)) + (f"?{urlencode(given)}" if given else ""))
    return whole


def of_case(visit: Visit, page: CasePage, images: bool) -> Given:
    """`images`: whether there are PNGs."""
    path, wanted = f"/-/cases/{page.case.id}", visit.request.args.get("_lang")
    keeps = (*(() if page.current else ("as_of",)), *(("as_known",) if page.known else ()))
    formats = [format for format in render.FORMATS if (format != "png" or images) and (format != "ics" or page.current and page.deadlines)]
    description = render.case_description(page, visit.texts)
    data = render.dataset(
        page, visit.texts, visit.surroundings.metadata if visit.surroundings else {},
        lambda end: address(visit, path + end, keeps, wanted), formats, address(visit, "/-/cases"),
    )  # fmt: skip
    image = Image(address(visit, f"{path}/card.png", keeps, wanted), render.card_words(page, visit.texts)) if images else None
    return Given(description, keeps, image, data)


def of_cases(visit: Visit, page: CasesPage, keeps: tuple[str, ...]) -> Given:
    description = visit.texts.gettext("What did each authority do with the same complaint, what must it do next, and how do we know?")
    metadata = visit.surroundings.metadata if visit.surroundings else {}
    whole = not any(visit.request.args.get(name) for name in keeps)
    catalog = render.data_catalog(metadata, visit.texts, description, page.released, address(visit, "/-/cases")) if whole else None
    return Given(description, keeps, data=catalog)
