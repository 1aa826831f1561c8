"""Where in a case file things stand: for an editor who wants to go there."""

from __future__ import annotations

from typing import Iterator

from .read import LISTS
from .syntax import Place
from .tree import Path, Tree, child, lists


class Places:
    """The places of a case file's items (by id), documents (by address), and of whoever takes part (by id or country)."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.items: dict[str, Place] = {}
        self.documents: dict[str, Place] = {}
        self.people: dict[str, Place] = {}
        for path, source in lists(tree.values, "sources"):
            self._note(self.documents, child(source, "url"), (*path, "url"))
        for name in sorted(LISTS):
            for path, item in lists(tree.values, name):
                self._note(self.items, child(item, "id"), path)
                for number, url in enumerate(child(item, "sources") or ()):
                    self._note(self.documents, url, (*path, "sources", number))
        for path, who in self._who():
            self._note(self.people, who, path)

    def item(self, name: str) -> Place:
        """Of a complaint, entry or deadline; of what the law adds to a complaint, the complaint's."""
        return self.items.get(name) or self.items.get(name.partition("--")[0]) or self.start

    def document(self, url: str) -> Place:
        """Where more is said of a document; else where it is cited first."""
        return self.documents.get(url, self.start)

    def person(self, name: str) -> Place:
        """Where somebody's complaint stands, else its role, else its first entry."""
        return self.people.get(name, self.start)

    def key(self, name: str) -> Place:
        """Of a key of the case itself."""
        return self.tree.keys.get((name,), self.start)

    @property
    def start(self) -> Place:
        return self.tree.keys.get(("id",), Place(1, 1))

    def _note(self, kind: dict[str, Place], name: object, path: Path) -> None:
        if isinstance(name, str):
            kind.setdefault(name, self.tree.places[path])

    def _who(self) -> Iterator[tuple[Path, object]]:
        values = self.tree.values
        for path, complaint in lists(values, "complaints"):
            yield path, child(complaint, "authority") or child(complaint, "country")
            yield path, child(child(complaint, "handled_by"), "authority")
        for path, role in lists(values, "roles"):
            yield path, child(role, "authority")
        for path, entry in lists(values, "entries"):
            by = child(entry, "by")
            for name in by if isinstance(by, list) else [by, child(by, "country")]:
                yield path, name
