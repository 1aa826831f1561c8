"""Who appears in cases: authorities, other actors; and who publishes what we cite."""

from __future__ import annotations

from typing import Annotated, Optional

from pydantic import Field

from ..vocabulary import ACTOR_KIND, AUTHORITY_LEVEL, SOURCE_KIND
from .fields import AnyDate, Country, Degrees, Flag, Language, Listed, OneOf, Slug, Sources, Text, Website
from .record import Record


class Name(Record):
    """A name in one language."""

    language: Language = Field(description="ISO 639 code of the language.")
    name: Text = Field(description="The name in that language.")


class FormerName(Record):
    """A name the authority had before, or the body it replaced."""

    name: Text = Field(description="The former name.")
    until: Optional[AnyDate] = Field(None, description="Last day, month or year of that name.")


class Calendar(Record):
    """Public holidays at the seat, as the package `holidays` names them."""

    country: Country = Field(description="ISO 3166-1 code.")
    subdivision: Optional[Text] = Field(None, description="The package's code of the part of the country.")

    @property
    def key(self) -> str:
        """`NL`, or `DE-HH`."""
        return "-".join(filter(None, (self.country, self.subdivision)))


class Authority(Record):
    """A public body that supervises. Only the id is a key: display abbreviations are not unique (CNPD twice)."""

    id: Slug = Field(
        description="Country code, region where there is one, usual abbreviation: `nl-ap`. Never changed, also when the name is."
    )
    name: Text = Field(description="Name in English.")
    names: Annotated[list[Name], Listed] = Field(description="Its own names for itself, first the one used most.")
    short_name: Text = Field(description="Usual abbreviation, as shown on a board.")
    kind: Annotated[Text, OneOf(ACTOR_KIND.only("authority", "board"))] = Field(
        "authority", description="`authority`, or `board` for a body in which authorities sit together."
    )
    country: Optional[Country] = Field(None, description="ISO 3166-1 code; left out for bodies of the Union.")
    region: Optional[Text] = Field(None, description="ISO 3166-2 code of the part of the country it supervises.")
    level: Annotated[Text, OneOf(AUTHORITY_LEVEL)] = Field(description="Of the Union, national or regional.")
    edpb_member: Flag = Field(description="Whether it sits in the European Data Protection Board, with or without a vote.")
    languages: Annotated[list[Language], Listed] = Field(description="Languages it works in.")
    website: Optional[Website] = Field(None, description="Its website.")
    seat: Optional[Text] = Field(None, description="Town of its seat.")
    latitude: Optional[Degrees] = Field(None, description="Degrees north, of the town.")
    longitude: Optional[Degrees] = Field(None, description="Degrees east, of the town.")
    calendar: Optional[Calendar] = Field(
        None, description="Public holidays at its seat; left out for bodies of the Union, which have their own."
    )
    former_names: Optional[Annotated[list[FormerName], Listed]] = Field(None, description="What it was called before, for finding it.")
    note: Optional[Text] = Field(None, description="What a reader should know about it.")
    sources: Sources = Field(description="Documents that show it.")


class Actor(Record):
    """Anybody else who acts: complainants, respondents, courts, boards, others."""

    id: Slug = Field(description="`noyb`, `meta-platforms-ireland`, `cjeu`; national ones begin with the country code.")
    kind: Annotated[Text, OneOf(ACTOR_KIND.only("board", "court", "complainant", "respondent", "other"))] = Field(
        description="What it is. Authorities stand in authorities.yml."
    )
    name: Text = Field(description="Its name, in English where it has an English one.")
    short_name: Optional[Text] = Field(None, description="Name as shown on a timeline; the name, if left out.")
    name_native: Optional[Name] = Field(None, description="Its own name, where that is not the name given.")
    country: Optional[Country] = Field(None, description="ISO 3166-1 code; left out for bodies of the Union and for nobody's country.")
    website: Optional[Website] = Field(None, description="Its website.")
    note: Optional[Text] = Field(None, description="What a reader should know about it.")


class Publisher(Record):
    """Who stands behind a web host. Says once what all its documents are."""

    host: Text = Field(description="Web host without a leading `www.`.")
    name: Text = Field(description="The publisher's name.")
    kind: Annotated[Text, OneOf(SOURCE_KIND)] = Field(description="What its documents are as a source.")
    language: Optional[Language] = Field(None, description="Language of its documents; left out where they have several.")


class Authorities(Record):
    """`authorities.yml`."""

    authorities: Annotated[list[Authority], Listed] = Field(description="All authorities, the Union's first, then by country.")


class Actors(Record):
    """`actors.yml`."""

    actors: Annotated[list[Actor], Listed] = Field(description="All other actors, in order of id.")


class Publishers(Record):
    """`publishers.yml`."""

    publishers: Annotated[list[Publisher], Listed] = Field(description="All publishers, in order of host.")
