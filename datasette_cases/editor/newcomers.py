"""Actors and publishers that are not known yet: named by an answer, added to their files with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Callable, Iterable
from urllib.parse import urlsplit

import click
from pydantic import BaseModel

from ..model.actor import Actor, Publisher
from ..model.case import Case, Unnamed
from ..model.fields import Context, host_key
from ..source.read import Library
from ..vocabulary import ACTOR_KIND, SOURCE_KIND, Vocabulary
from . import rules
from .ask import Question, Refused, asked
from .place import with_actor, with_publisher
from .tracker import EditorError, Tracker
from .write import Change

KINDS = ACTOR_KIND.only("complainant", "respondent", "court", "board", "other")


def meanings(vocabulary: Vocabulary) -> dict[str, str]:
    return {word.value: word.meaning for word in vocabulary}


@dataclass
class Newcomers:
    """Who is known, and who joins. `asking`: whether somebody can be asked about one who is not known. `known`: what else answers
    may refer to."""

    tracker: Tracker
    library: Library
    asking: bool
    known: Context = field(default_factory=Context)
    actors: dict[str, dict[str, Any]] = field(default_factory=dict)
    publishers: dict[str, dict[str, Any]] = field(default_factory=dict)

    def context(self) -> Context:
        """What an answer may refer to: what is known, and those who joined."""
        actors = (self.library.actor_ids or frozenset()) | self.actors.keys()
        hosts = (self.library.hosts or frozenset()) | self.publishers.keys()
        ids = {**self.known.ids, "actor": actors, "authority": self.library.authority_ids or frozenset()}
        return Context(ids, hosts, self.known.released)

    def words(self) -> dict[str, str]:
        """Ids of actors, each with its name."""
        known = {one.id: one.name for one in self.library.authorities} | {one.id: one.name for one in self.library.actors}
        return dict(sorted({**known, **{key: actor["name"] for key, actor in self.actors.items()}}.items()))

    def join(self, actors: Iterable[tuple[str, str, str]], publishers: Iterable[tuple[str, str, str]]) -> None:
        """Add those that were given as options: id or host, kind, name. EditorError: one of them cannot stand."""
        try:
            for actor in actors:
                self._add_actor(*actor)
            for publisher in publishers:
                self._add_publisher(*publisher)
        except Refused as refusal:
            raise EditorError(f"--actor, --publisher: {refusal}. Nothing was written") from None

    def reader(self, model: type[BaseModel], key: str) -> Callable[[str], list[str]]:
        """Reads ids of actors, with commas between; offers to add who is not known."""

        def read(answer: str) -> list[str]:
            for actor_id in answer.replace(",", " ").split():
                self._meet(actor_id)
            return rules.listed(model, self.context(), key)(answer)

        return read

    def who(self, model: type[BaseModel], key: str) -> Callable[[str], Any]:
        """Reads ids of actors, or the capital letters of a country of which an unnamed one is."""
        ids = self.reader(model, key)

        def read(answer: str) -> Any:
            if not re.fullmatch("[A-Z]{2}", answer.strip()):
                return ids(answer)
            rules.require(Unnamed, Context(), country=answer.strip())
            return {"country": answer.strip()}

        return read

    def sources(self, model: type[BaseModel]) -> Callable[[str], list[str]]:
        """Reads addresses of documents, with spaces between; offers to add publishers that are not known."""

        def read(answer: str) -> list[str]:
            rules.listed(model, Context(), "sources", " ")(answer)
            for address in answer.split():
                self._meet_publisher(host_key(urlsplit(address).hostname or ""))
            return rules.listed(model, self.context(), "sources", " ")(answer)

        return read

    def changes(self) -> list[Change]:
        """actors.yml and publishers.yml with those who joined, where any did."""
        changes = []
        for name, joined, put in (("actors.yml", self.actors, with_actor), ("publishers.yml", self.publishers, with_publisher)):
            if joined:
                before = (self.tracker.data / name).read_bytes()
                after = before.decode("utf-8-sig")
                for item in joined.values():
                    after = put(after, item)
                changes.append(Change(self.tracker.data / name, before, after))
        return changes

    def _meet(self, actor_id: str) -> None:
        if not self.asking or actor_id in self.words():
            return
        rules.require(Actor, Context(), id=actor_id)
        try:
            rules.require(Case, self.context(), respondents=[actor_id])
        except Refused as refusal:
            click.echo(f"  {refusal}")
        if not click.confirm(f"  Add {actor_id} as a new actor, to actors.yml?", default=False):
            raise Refused(f'"{actor_id}" was not added; write another, or ? to see all')
        kind = asked(Question("kind", "  What it is", rules.text(Actor, Context(), "kind"), meanings(KINDS)))
        self._add_actor(actor_id, kind, asked(Question("name", "  Its name, in English where it has an English one")))

    def _add_actor(self, actor_id: str, kind: str, name: str) -> None:
        rules.require(Actor, Context(), id=actor_id, kind=kind, name=name)
        if actor_id in self.words():
            raise Refused(f'found "{actor_id}", which is known already; leave it out')
        self.actors[actor_id] = {"id": actor_id, "kind": kind, "name": name}

    def _meet_publisher(self, host: str) -> None:
        if not self.asking or host in (self.context().hosts or ()):
            return
        click.echo(f"  The host {host} has no publisher yet.")
        if not click.confirm(f"  Add {host}, to publishers.yml?", default=True):
            raise Refused(f"{host} was not added; write the address of another document")
        name = asked(Question("name", "  Name of the publisher"))
        kind = asked(Question("kind", "  What its documents are", rules.text(Publisher, Context(), "kind"), meanings(SOURCE_KIND)))
        self._add_publisher(host, kind, name)

    def _add_publisher(self, host: str, kind: str, name: str) -> None:
        rules.require(Publisher, Context(), host=host, kind=kind, name=name)
        if host_key(host) in (self.context().hosts or ()):
            raise Refused(f'found "{host}", which has a publisher already; leave it out')
        self.publishers[host_key(host)] = {"host": host_key(host), "name": name, "kind": kind}
