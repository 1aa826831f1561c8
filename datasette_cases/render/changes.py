"""Changes in words: what changed, in which respect, before and after."""

from __future__ import annotations

from typing import Callable, Optional, Union

from ..i18n import Catalogue
from ..page.changes import Change
from ..page.parts import ActorRef, Correction
from . import locale

FLAGS = {"separately", "context", "provisional", "proposed", "edpb_member"}
COUNTRIES = {"country", "actor_country"}
LANGUAGES = {"language", "languages"}
DAYS = {
    "date", "since", "until", "filed", "handled_since", "published", "from_day", "until_day", "last_day", "start_day", "accessed",
}  # fmt: skip
PROSE = {"summary", "title", "note", "label", "scope", "retracted", "translation"}
"""Columns that are written in English."""


def columns(_: Callable[[str], str]) -> dict[str, str]:
    """Column → what it is called."""
    return {
        "kind": _("kind"), "name": _("name"), "short_name": _("short name"), "name_native": _("name in its own language"),
        "language": _("language"), "country": _("country"), "website": _("site"), "note": _("note"), "names": _("names in other languages"),
        "region": _("region"), "level": _("level"), "edpb_member": _("member of the EDPB"), "languages": _("languages"), "seat": _("seat"),
        "latitude": _("latitude"), "longitude": _("longitude"), "calendar": _("calendar"), "former_names": _("former names"),
        "title": _("title"), "summary": _("summary"), "regime": _("body of law"), "since": _("since"), "date": _("date"), "label": _("what it is called"),
        "places": _("places searched"), "authorities": _("authorities"), "item_type": _("kind of thing"), "item_id": _("thing"),
        "field": _("field"), "text": _("words"), "authority_id": _("authority"), "filed": _("day of filing"),
        "reference_numbers": _("reference numbers"), "brought_under": _("what it rests on"), "articles": _("articles"),
        "count": _("number of complaints"), "handled_by_id": _("who handles it"), "handled_since": _("handled since"), "strand": _("strand"),
        "confidence": _("confidence"), "role": _("role"), "until": _("until"), "actor_country": _("country of who acts"),
        "separately": _("each on its own"), "published": _("day of publication"), "act": _("act"), "status": _("where it stands"),
        "outcome": _("outcome"), "scope": _("what it decides only"), "reference": _("reference"), "context": _("background"),
        "retracted": _("reason of the retraction"), "provisional": _("provisional"), "from_day": _("from"), "until_day": _("up to and including"),
        "amount": _("amount"), "amount_max": _("highest amount"), "currency": _("currency"), "amount_eur": _("amount in euro"),
        "per": _("for each"), "proposed": _("proposed"), "collected": _("collected"), "state": _("what became of it"),
        "by_event_id": _("by which act"), "measures": _("measures"), "quote": _("quotation"), "translation": _("translation"),
        "translator": _("translator"), "form": _("form"), "subject": _("subject"), "replies_to": _("reply to"), "last_day": _("last day"),
        "basis": _("where the day comes from"), "provision": _("provision"), "rule_id": _("rule"), "set_by_event_id": _("set by"),
        "start_day": _("day on which it starts"), "complaint_id": _("complaint"), "closed_by_event_id": _("settled by"),
        "url": _("address"), "archived_url": _("archived copy"), "host": _("web host"), "publisher": _("publisher"),
        "accessed": _("day on which it was read"), "respondents": _("respondents"), "topics": _("topics"),
        "complainants": _("complainants"), "sources": _("sources"), "actors": _("who acts"), "addressees": _("addressees"),
        "complaints": _("complaints"), "affects": _("whose procedures it moves"), "ends": _("what it ends"),
    }  # fmt: skip


class Told:
    """For one page in one language."""

    def __init__(self, texts: Catalogue) -> None:
        self._, self.language = texts.gettext, texts.language
        self.columns = columns(texts.gettext)

    def thing(self, change: Change) -> str:
        """What changed, as a reader knows it; by its id where it is gone."""
        _, table = self._, change.table
        given = {"name": change.name, "who": self.names(change.actors), "when": self.when(change), "title": change.title}
        if table == "complaints":
            return (_("Complaint with %(who)s, %(when)s") if given["when"] else _("Complaint %(name)s")) % given
        if table == "deadlines":
            return (_("Deadline: %(title)s") if change.title else _("Deadline %(name)s")) % given
        if table == "cases":
            return _("The case itself")
        if table == "case_subjects":
            return _("Subject %(name)s") % given
        if table in ("key_days", "searches"):
            day = {"day": locale.day(change.name, self.language)}
            return (_("Key day, %(day)s") if table == "key_days" else _("Search of %(day)s")) % day
        if table == "translations":
            return _("Translation: %(language)s") % {"language": locale.language_name(change.name, self.language)}
        if table == "roles":
            return _("Role of %(who)s") % {"who": given["who"] or change.name}
        if table in ("actors", "authorities"):
            return str(given["who"] or change.name)
        if table == "sources":
            return _("Document %(name)s") % {"name": change.url or change.name}
        return (_("Entry of %(who)s, %(when)s") if given["who"] and given["when"] else _("Entry %(name)s")) % given

    def column(self, change: Union[Change, Correction]) -> str:
        """In which respect; empty where the thing as such has come or gone."""
        if change.question_label:
            about = f" ({change.about.short_name})" if change.about else ""
            return change.question_label + about
        column = self.columns.get(change.column, change.column) if change.column else ""
        return ", ".join(filter(None, (change.measure_label, column)))

    def before(self, change: Union[Change, Correction]) -> str:
        return self.value(change, change.old, change.old_label)

    def after(self, change: Union[Change, Correction]) -> str:
        return self.value(change, change.new, change.new_label)

    def value(self, change: Union[Change, Correction], text: Optional[str], label: Optional[str]) -> str:
        """A value as it is read; nothing is said to be nothing."""
        column = change.column
        if text is None:
            return self._("nothing")
        if column in FLAGS:
            return {"0": self._("no"), "1": self._("yes")}.get(text, text)
        if column in COUNTRIES:
            return locale.country(text, self.language)
        if column in LANGUAGES:
            return ", ".join(locale.language_name(code, self.language) for code in (label or text).split(", "))
        if change.table == "complaints" and column is None and label:
            who, _, day = label.rpartition(", ")
            return f"{who}, {locale.day(day, self.language)}"
        return locale.day(text, self.language) if column in DAYS else label or text

    def language_of(self, change: Change) -> Optional[str]:
        """The language of the values, where they are prose."""
        if change.table == "translations":
            return change.name
        return "en" if change.column in PROSE or (change.column is None and change.table in ("events", "statements", "deadlines")) else None

    def prose(self, change: Union[Change, Correction]) -> bool:
        """Whether the values are sentences of ours, in English."""
        return change.column in PROSE

    def sentence(self, change: Change) -> str:
        """The whole of it, but for its kind."""
        thing, column = self.thing(change), self.column(change)
        if change.reason:
            return f"{thing}: {change.reason}"
        if change.column is None:
            return f"{', '.join(filter(None, (thing, column)))}: {self.before(change) if change.new is None else self.after(change)}"
        if change.kind == "source-added":
            return f"{thing}: {self.after(change)}"
        return f"{thing}, {column}: {self.before(change)} → {self.after(change)}"

    def when(self, change: Change) -> str:
        if not (change.date and change.date_precision and change.date_end):
            return ""
        return locale.when(change.date, change.date_precision, change.date_end, self.language)

    def names(self, actors: list[ActorRef]) -> str:
        return ", ".join(actor.short_name or locale.country(actor.country, self.language) for actor in actors)
