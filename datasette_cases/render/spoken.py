"""One thing of the chronicle in a few words: who, what, when. The timeline's marks are called so, and its table says the same."""

from __future__ import annotations

from typing import Iterable

from ..i18n import Catalogue
from ..page.facts import NothingFound
from ..page.parts import ActorRef, Deadline, Item
from . import locale


def name(actor: ActorRef, texts: Catalogue) -> str:
    if actor.id:
        return actor.short_name or actor.id
    if not actor.country:
        return texts.gettext("not known who")
    return texts.gettext("an authority in %(country)s, not known which") % {"country": locale.country(actor.country, texts.language)}


def names(actors: Iterable[ActorRef], texts: Catalogue) -> str:
    return ", ".join(name(actor, texts) for actor in actors)


def who(item: Item, texts: Catalogue) -> str:
    by = names(item.actors, texts) or texts.gettext("not known who")
    return f"{by} → {name(item.addressee, texts)}" if item.addressee else by


def what(item: Item, texts: Catalogue) -> str:
    """The act or the form of the words, each answer, and the status it led to."""
    parts = [item.act_label or item.form_label or ""]
    if item.complaint and item.complaint.count > 1:
        parts = [texts.ngettext("%(n)s complaint", "%(n)s complaints", item.complaint.count) % {"n": item.complaint.count}]
    for answer in item.answers:
        about = f" ({name(answer.about, texts)})" if answer.about else ""
        parts.append(f"{answer.question_label} {answer.label}{about}")
    if item.status:
        parts.append(f"{texts.gettext('Status:')} {item.status_label}")
    if item.outcome:
        parts.append(f"{texts.gettext('Outcome:')} {item.outcome_label}")
    if item.retracted:
        parts.append(texts.gettext("retracted"))
    return "; ".join(parts)


def when(item: Item, texts: Catalogue) -> str:
    return locale.when(item.date, item.date_precision, item.date_end, texts.language)


def sentence(item: Item, texts: Catalogue) -> str:
    return f"{who(item, texts)}: {what(item, texts)}, {when(item, texts)}"


def last_day(deadline: Deadline, texts: Catalogue) -> str:
    """The last day as stated, else as reckoned."""
    if deadline.last_day:
        return locale.when(deadline.last_day, deadline.last_day_precision or "day", deadline.last_day_end or "", texts.language)
    return locale.day(deadline.reckoned_day, texts.language)


def outcome(deadline: Deadline, texts: Catalogue) -> str:
    return texts.gettext("passed, nothing known") if deadline.passed else deadline.outcome_label or ""


def due(deadline: Deadline, texts: Catalogue) -> str:
    by = names(deadline.actors, texts)
    return f"{deadline.kind_label}, {last_day(deadline, texts)}: {deadline.title}{f' ({by})' if by else ''}; {outcome(deadline, texts)}"


def nothing_found(found: NothingFound, texts: Catalogue) -> str:
    """The one sentence with numbers that a case page has."""
    _ = texts.gettext
    if found.asked == 1 and found.number:
        text = (
            _("As of %(day)s nothing public was found of the one authority asked.")
            if found.searched
            else _("As of %(day)s nothing public is known of the one authority asked.")
        )
    elif found.asked == 1:
        text = _("As of %(day)s something public is known of the one authority asked.")
    elif found.number == 0:
        text = _("As of %(day)s something public is known of each of the %(asked)s authorities asked.")
    elif found.searched:
        text = _("As of %(day)s nothing public was found of %(n)s of the %(asked)s authorities asked.")
    else:
        text = _("As of %(day)s nothing public is known of %(n)s of the %(asked)s authorities asked.")
    return text % {"day": locale.whole_day(found.day, texts.language), "n": found.number, "asked": found.asked}
