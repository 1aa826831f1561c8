"""Days by which, or on which, somebody acts."""

from .word import Vocabulary, Word

DEADLINE_KIND = Vocabulary(
    "deadline_kind",
    (
        Word("deadline", "Deadline", "A last day by which somebody has to act, or can act."),
        Word("milestone", "Milestone", "An announced day on which something starts or ends."),
    ),
)

BASIS = Vocabulary(
    "basis",
    (
        Word("announced", "Announced", "A party said so itself."),
        Word("demanded", "Demanded", "A party asks it of another."),
        Word("set", "Set", "An authority or court ordered or required it."),
        Word("reckoned", "Reckoned", "Follows from the law; the working is shown."),
    ),
)

DEADLINE_OUTCOME = Vocabulary(
    "deadline_outcome",
    (
        Word("open", "Open", "Nothing is known of what became of it. Once the day is past: \"passed, nothing known\"."),
        Word("met", "Met", "Done by the last day; an announced day kept."),
        Word("late", "Late", "Done after the last day."),
        Word("missed", "Missed", "Not done by the last day, and a source proves it."),
        Word("extended", "Extended", "A later last day took its place."),
        Word("lapsed", "Lapsed", "The day passed, and with it the possibility or the measure; nobody owed an act."),
        Word("moot", "Moot", "It lost its object."),
        Word("called-off", "Called off", "Whoever announced or set it took it back."),
        Word("not-reckonable", "Not reckonable", "The law sets a period, but its start is not known, or no calendar reaches its end."),
    ),
)
