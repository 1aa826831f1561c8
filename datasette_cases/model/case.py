"""A case file as an editor writes it: a chronicle of who did and said what, each with its sources.

The order of the fields is the order of the keys in canonical form.
"""

from __future__ import annotations

from typing import Annotated, Any, Optional, Union

from pydantic import BeforeValidator, ConfigDict, Discriminator, Field, Tag, model_validator

from ..vocabulary import (
    ACT,
    ANSWER,
    BASIS,
    BROUGHT_UNDER,
    CONFIDENCE,
    DEADLINE_KIND,
    DEADLINE_OUTCOME,
    DECISION_STATE,
    FORM,
    MEASURE,
    OUTCOME,
    ROLE,
)  # fmt: skip
from .fields import (
    Amount,
    AnyDate,
    AnyDay,
    Country,
    Flag,
    Known,
    Language,
    Listed,
    OneOf,
    PastDate,
    PastDay,
    Quote,
    Slug,
    Sources,
    Text,
    Url,
    Website,
    Whole,
    problem,
)  # fmt: skip
from .record import Record

ActorId = Annotated[Text, Known("actor")]
AuthorityId = Annotated[Text, Known("authority")]
ComplaintId = Annotated[Text, Known("complaint")]
EntryId = Annotated[Text, Known("entry")]
QuestionId = Annotated[Text, Known("question", "unknown-question")]
RegimeId = Annotated[Text, Known("regime", "unknown-word")]
StatusId = Annotated[Text, Known("status", "unknown-status")]
SubjectId = Annotated[Text, Known("subject", "unknown-subject")]


class Subject(Record):
    """Something of the case that can be lawful or not, with the day from which it can be spoken about."""

    id: Slug = Field(description="`plan-2024`.")
    since: PastDate = Field(description="From when it is known.")
    title: Text = Field(description="As it stands in a sentence: the plan of 2024.")


class KeyDay(Record):
    """A day a reader will want to look at: the board as of that day."""

    date: AnyDay = Field(description="The day.")
    label: Text = Field(description="What happened on it, in a few words.")


class Search(Record):
    """A search for public words and acts. What it did not find is \"nothing found\", not \"nothing said\"."""

    date: PastDay = Field(description="Day of the search.")
    places: Annotated[list[Text], Listed] = Field(description="Where was searched.")
    languages: Annotated[list[Language], Listed] = Field(description="In which languages.")
    authorities: Optional[Annotated[list[AuthorityId], Listed]] = Field(
        None, description="For which authorities; left out: for all that were asked."
    )


class RoleHeld(Record):
    """What an authority is in this case. `receiving`, `board` and `spoke-only` follow from the rest and are not written."""

    authority: AuthorityId = Field(description="The authority.")
    role: Annotated[Text, OneOf(ROLE.only("lead", "presumed-lead", "concerned", "local", "sole", "outside"))] = Field(
        description="The role."
    )
    since: PastDate = Field(description="From when.")
    until: Optional[PastDate] = Field(None, description="First day, month or year on which it no longer held.")
    note: Optional[Text] = Field(None, description="Why we say so.")


class CaseTranslation(Record):
    """The case's own words in another language."""

    title: Optional[Text] = Field(None, description="Title.")
    summary: Optional[Text] = Field(None, description="Summary.")
    subjects: Optional[dict[SubjectId, Text]] = Field(None, description="Titles of subjects, by id.")
    key_days: Optional[dict[Text, Text]] = Field(None, description="Labels of key days, by day.")


class Total(Record):
    """How many complaints there are in all, where a source says so and not all are recorded here."""

    count: Whole = Field(description="The number.")
    date: PastDate = Field(description="As of when.")
    sources: Sources = Field(description="Documents that say so.")


class SourceDetails(Record):
    """What is known of a cited document beyond its address."""

    url: Url = Field(description="The address as cited.")
    title: Optional[Text] = Field(None, description="Its title.")
    language: Optional[Language] = Field(None, description="Its language, where it is not its publisher's.")
    published: Optional[PastDate] = Field(None, description="When it was published.")
    accessed: Optional[PastDay] = Field(None, description="When it was last seen.")
    archived_url: Optional[Website] = Field(None, description="Address of an archived copy.")


class HandledBy(Record):
    """The authority that handles a complaint lodged with another."""

    authority: AuthorityId = Field(description="The authority.")
    since: PastDate = Field(description="From when.")


class Complaint(Record):
    """One filing, or a counted batch, with one authority."""

    id: Slug = Field(description="Unique in the case, also among entries and deadlines: it is the anchor on the page.")
    authority: Optional[AuthorityId] = Field(None, description="With which authority it was lodged; left out if unknown.")
    country: Optional[Country] = Field(None, description="Country of lodging, where the authority is unknown.")
    by: Annotated[list[ActorId], Listed] = Field(description="Who complains.")
    respondents: Optional[Annotated[list[ActorId], Listed]] = Field(
        None, description="Against whom, where not against the case's respondents."
    )
    reference_numbers: Optional[Annotated[list[Text], Listed]] = Field(None, description="The complainant's and the authority's numbers.")
    filed: PastDate = Field(description="When it was lodged.")
    brought_under: Optional[Annotated[Text, OneOf(BROUGHT_UNDER)]] = Field(
        None, description="On which right it rests; left out if unknown."
    )
    articles: Optional[Annotated[list[Text], Listed]] = Field(None, description="Provisions it says were infringed, as `GDPR 6(1)(f)`.")
    count: Whole = Field(1, description="How many complaints this stands for.")
    handled_by: Optional[HandledBy] = Field(None, description="Who handles it now.")
    strand: Optional[Slug] = Field(None, description="Which of several procedures of this authority.")
    confidence: Optional[Annotated[Text, OneOf(CONFIDENCE)]] = Field(None, description="How sure the sources make it.")
    note: Optional[Text] = Field(None, description="What the sources leave open, or where they differ.")
    sources: Sources = Field(description="Documents that say so.")


class Says(Record):
    """The words of an entry."""

    model_config = ConfigDict(json_schema_extra=lambda schema: schema["required"].remove("form"))

    quote: Optional[Quote] = Field(None, description="The exact public words, at most 25.")
    language: Optional[Language] = Field(None, description="Language of the quote.")
    translation: Optional[Text] = Field(None, description="The quote in English.")
    translator: Optional[Text] = Field(None, description="Who translated it; left out: the editors.")
    form: Annotated[Text, OneOf(FORM)] = Field(description="In which form it was said; left out with a decision: `decision`.")
    subject: Optional[SubjectId] = Field(None, description="What the words are about.")
    about: Optional[AuthorityId] = Field(None, description="About which authority the answers are, where not the speaker itself.")
    answers: Optional[dict[QuestionId, Annotated[Text, OneOf(ANSWER)]]] = Field(
        None, description="Answers to the regime's questions, only where the words give them."
    )


class Fine(Record):
    """A fine, in its currency."""

    amount: Optional[Amount] = Field(None, description="Amount, or the lowest of a range; left out if unknown.")
    amount_max: Optional[Amount] = Field(None, description="Highest of a range.")
    currency: Text = Field(description="ISO 4217 code.")
    amount_eur: Optional[Amount] = Field(None, description="In euro, where a source says so.")
    per: Optional[Text] = Field(None, description="For each what, such as `day`.")
    proposed: Flag = Field(False, description="Only proposed.")
    collected: Optional[Amount] = Field(None, description="How much was paid, where a source says so.")


class Measure(Record):
    """A corrective power that was used."""

    kind: Annotated[Text, OneOf(MEASURE)] = Field(description="Which. A fine stands under `fine`.")
    provisional: Flag = Field(False, description="For the time being.")
    proposed: Flag = Field(False, description="Only proposed.")
    since: Optional[AnyDay] = Field(None, description="First day on which it applies; left out: the day of the entry.")
    until: Optional[AnyDay] = Field(None, description="Last day on which it applies.")
    amount: Optional[Amount] = Field(None, description="Of a penalty payment: how much, for each of `per`.")
    currency: Optional[Text] = Field(None, description="ISO 4217 code.")
    per: Optional[Text] = Field(None, description="For each what, such as `day`.")
    collected: Optional[Amount] = Field(None, description="How much was paid, where a source says so.")


class Unnamed(Record):
    """Somebody of whom only the country is known."""

    country: Country = Field(description="ISO 3166-1 code.")


def _by(value: Any) -> Any:
    if isinstance(value, str):
        return [value] if value else value
    if value == []:
        raise problem("empty-value", "found an empty list", "name who it was, or write {country: DE}")
    return value


def _complaints(value: Any) -> Any:
    if value == []:
        raise problem("empty-value", "found an empty list", "write at least one, or all, or leave the key out")
    if isinstance(value, str) and value != "all":
        raise problem("not-a-list", f'found "{value}"', "write a list of complaints, as [nl-noyb], or all")
    return value


def _shape(value: Any) -> str:
    return "text" if isinstance(value, str) else "map" if isinstance(value, dict) else "list"


By = Annotated[
    Union[Annotated[list[ActorId], Tag("list")], Annotated[Unnamed, Tag("map")], Annotated[Text, Tag("text")]],
    Discriminator(_shape), BeforeValidator(_by),
]  # fmt: skip
"""`nl-ap`, `[de-bb-lda, de-be-blnbdi]` or `{country: DE}`."""

WhichComplaints = Annotated[
    Union[Annotated[list[ComplaintId], Tag("list")], Annotated[str, Tag("text")]], Discriminator(_shape), BeforeValidator(_complaints)
]
"""`[nl-noyb]`, or `all`."""


def _decisions(value: Any) -> Any:
    if value == []:
        raise problem("empty-value", "found an empty list", "name the decision, or leave the key out")
    return [value] if isinstance(value, str) and value else value


WhichDecisions = Annotated[
    Union[Annotated[list[EntryId], Tag("list")], Annotated[Text, Tag("text")]], Discriminator(_shape), BeforeValidator(_decisions)
]
"""`dpc-decides`, or `[dpc-on-facebook, dpc-on-instagram]`."""


class Entry(Record):
    """One act, or words, or both, of one actor or several together, on one day."""

    @property
    def decisions(self) -> list[str]:
        """Of which decisions `decision_state` is the state: those named, else this one."""
        return [*self.decision] if isinstance(self.decision, list) else [self.id]

    @model_validator(mode="before")
    @classmethod
    def _words_of_a_decision(cls, values: Any) -> Any:
        """A decision speaks in the form of one, unless its words have another."""
        says = values.get("says") if isinstance(values, dict) else None
        if isinstance(says, dict) and values.get("act") == "decision" and "form" not in says:
            return {**values, "says": {**says, "form": "decision"}}
        return values

    id: Slug = Field(description="Unique in the case; stable: it is the anchor on the page.")
    date: PastDate = Field(description="When. A partial date stays partial; its note says why these bounds.")
    published: Optional[PastDate] = Field(None, description="When it became public, where that is another day.")
    by: By = Field(description="Who: an actor, several who act or speak together, or `{country: DE}`.")
    separately: Flag = Field(False, alias="each", description="Each of several did the same on its own; they did not act together.")
    to: Optional[Annotated[list[ActorId], BeforeValidator(_by)]] = Field(None, description="To whom it is addressed.")
    affects: Optional[Annotated[list[AuthorityId], Listed]] = Field(
        None, description="Whose procedures it moves, where not the actor's own."
    )
    act: Optional[Annotated[Text, OneOf(ACT)]] = Field(None, description="What was done.")
    regime: Optional[RegimeId] = Field(None, description="Another regime than the case's.")
    strand: Optional[Slug] = Field(None, description="Which of several procedures of this authority.")
    context: Flag = Field(False, description="Background: on the timeline only, never on the board.")
    summary: Text = Field(description="What happened, in our own words, as it could be told on that day. One or two sentences.")
    says: Optional[Says] = Field(None, description="What was said.")
    complaints: Optional[WhichComplaints] = Field(
        None, description="Which complaints it is about, or `all` of this authority's; left out: unknown."
    )
    status: Optional[StatusId] = Field(None, description="Where the procedure stands afterwards, if the source shows it.")
    outcome: Optional[Annotated[Text, OneOf(OUTCOME)]] = Field(None, description="What came out of it.")
    scope: Optional[Text] = Field(None, description="What a decision decides, where it does not decide everything.")
    measures: Optional[Annotated[list[Measure], Listed]] = Field(None, description="Corrective powers used.")
    fine: Optional[Fine] = Field(None, description="A fine.")
    decision_state: Optional[Annotated[Text, OneOf(DECISION_STATE)]] = Field(None, description="What this makes of a decision.")
    decision: Optional[WhichDecisions] = Field(None, description="Of which decision, or of which several; left out: of this one.")
    of_measures: Optional[Annotated[list[Annotated[Text, OneOf(MEASURE)]], Listed]] = Field(
        None, description="Of which of the decision's measures, where not of the decision as a whole."
    )
    ends: Optional[Annotated[list[EntryId], Listed]] = Field(None, description="Earlier entries whose answers or measures it ends.")
    ends_answers: Optional[Annotated[list[QuestionId], Listed]] = Field(
        None, description="Which of their answers alone; left out: all of them, and the measures."
    )
    replies_to: Optional[EntryId] = Field(None, description="The entry it answers.")
    respondents: Optional[Annotated[list[ActorId], Listed]] = Field(
        None, description="About whom, where not about all of the case's respondents."
    )
    reference: Optional[Text] = Field(None, description="Its file or case number.")
    confidence: Optional[Annotated[Text, OneOf(CONFIDENCE)]] = Field(None, description="How sure the sources make it.")
    note: Optional[Text] = Field(None, description="What the sources leave open, or where they differ. May know what came later.")
    retracted: Optional[Text] = Field(None, description="Why we no longer say this. It stays on the page, struck, and counts for nothing.")
    sources: Sources = Field(description="Documents that say so.")


class Deadline(Record):
    """A last day by which somebody has to act, or an announced day."""

    id: Slug = Field(description="Unique in the case.")
    kind: Annotated[Text, OneOf(DEADLINE_KIND)] = Field("deadline", description="A deadline, or a milestone.")
    title: Text = Field(description="What is to be done or begins.")
    actors: Annotated[list[ActorId], Listed] = Field(description="Who has to act or announced it.")
    addressees: Optional[Annotated[list[ActorId], Listed]] = Field(None, description="To whom the act is owed.")
    last_day: Optional[AnyDate] = Field(None, description="The last day, as stated. A month or year stays one.")
    basis: Optional[Annotated[Text, OneOf(BASIS.only("announced", "demanded", "set"))]] = Field(
        None, description="Where the stated day comes from."
    )
    rule: Optional[Text] = Field(None, description="The time limit it is reckoned by; then the last day may be left out.")
    starts_with: Optional[EntryId] = Field(None, description="With a rule: the entry on whose day the period starts.")
    start_day: Optional[AnyDate] = Field(None, description="With a rule: the day the period starts, where no entry has it.")
    extended: Flag = Field(False, description="With a rule that knows one: the extension was used.")
    stopped: Optional[Whole] = Field(None, description="With a rule: for how many whole days the clock stood still.")
    provision: Optional[Text] = Field(None, description="The provision it rests on, as a source says; left out: that of the rule.")
    set_by: Optional[EntryId] = Field(None, description="The entry that announced, demanded or set it: from then on it is known.")
    complaint: Optional[ComplaintId] = Field(None, description="The complaint it belongs to; with a rule, its filing starts the period.")
    outcome: Annotated[Text, OneOf(DEADLINE_OUTCOME)] = Field("open", description="What became of it.")
    closed_by: Optional[EntryId] = Field(None, description="The entry that settled it.")
    note: Optional[Text] = Field(None, description="What the sources leave open, or where they differ.")
    sources: Sources = Field(description="Documents that say so.")


class Case(Record):
    """A case file: one matter before several authorities."""

    id: Slug = Field(description="The file's name without `.yml`.")
    title: Text = Field(description="Title, in English.")
    summary: Text = Field(description="Two to four sentences, in our own words.")
    translations: Optional[dict[Language, CaseTranslation]] = Field(None, description="Title and summary in other languages.")
    regime: RegimeId = Field(description="The body of law.")
    topics: Optional[Annotated[list[Slug], Listed]] = Field(None, description="What it is about, for finding it.")
    respondents: Annotated[list[ActorId], Listed] = Field(description="Who is complained of.")
    subjects: Optional[Annotated[list[Subject], Listed]] = Field(
        None, description="What words can be about, where there are several things."
    )
    roles: Optional[Annotated[list[RoleHeld], Listed]] = Field(None, description="What authorities are in this case.")
    key_days: Optional[Annotated[list[KeyDay], Listed]] = Field(None, description="Days a reader will want to look at.")
    searches: Optional[Annotated[list[Search], Listed]] = Field(None, description="Searches for public words and acts.")
    total: Optional[Total] = Field(None, description="All complaints, where more are known than recorded.")
    sources: Optional[Annotated[list[SourceDetails], Listed]] = Field(None, description="More about documents cited below.")
    complaints: Optional[Annotated[list[Complaint], Listed]] = Field(None, description="Filings, in order of day.")
    entries: Optional[Annotated[list[Entry], Listed]] = Field(None, description="Acts and words, in order of day.")
    deadlines: Optional[Annotated[list[Deadline], Listed]] = Field(None, description="Last days and milestones, in order of day.")
