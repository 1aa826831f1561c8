"""Words about our own records: how exact a day is, what a source is, what an item is."""

from .word import Vocabulary, Word

DATE_PRECISION = Vocabulary(
    "date_precision",
    (
        Word("day", "Day", "The day is known."),
        Word("month", "Month", "Only the month is known; `date_end` is its last day."),
        Word("year", "Year", "Only the year is known; `date_end` is its last day."),
        Word("interval", "Interval", "One day from `date` to `date_end`, not known which."),
    ),
)

SOURCE_KIND = Vocabulary(
    "source_kind",
    (
        Word("official", "Official", "An authority, a board, a legislature or a government speaks for itself."),
        Word("court", "Court", "A court, or a publisher of full judgments and decisions."),
        Word("party", "Party", "A party to the case speaks for itself."),
        Word("press", "Press", "A newspaper, broadcaster or news site."),
        Word("reference", "Reference", "A database, law firm, blog or archive that gathers what others said."),
    ),
)

ITEM_TYPE = Vocabulary(
    "item_type",
    (
        Word("event", "Act", "An act with a date."),
        Word("statement", "Statement", "What an actor said."),
        Word("complaint", "Complaint", "A filing, or a counted batch."),
        Word("deadline", "Deadline", "A last day or a milestone."),
    ),
)
