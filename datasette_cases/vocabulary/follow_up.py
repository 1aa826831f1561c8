"""What an editor may want to look at again, and why."""

from .word import Vocabulary, Word

REASON = Vocabulary(
    "reason",
    (
        Word("deadline-open", "Deadline passed, nothing known", "A last day that somebody stated is over, and nothing is known of what became of it. What the law alone sets is not among them."),
        Word("search-old", "Old search", "The latest search for public words and acts is more than 90 days old, or none was ever written down."),
        Word("nothing-found", "Asked, nothing found", "A complaint was lodged with the authority, and no public word or act of it is known."),
        Word("status-unchanged", "Status unchanged for a year", "What is open with the authority has stood where it stands for a year."),
        Word("no-official-source", "No official source", "No document cited for the entry comes from an authority, another official body or a court."),
        Word("single-source", "Single source", "The editors marked it so: a second account is wanted."),
        Word("no-quotation", "Answer without quotation", "Words that answer a question are not quoted, so that a reader cannot judge the answer by them."),
        Word("not-archived", "Source without a copy", "A document is cited of which no archived copy is recorded."),
        Word("stated-and-reckoned-differ", "Stated and reckoned day differ", "A last day is stated, and the law sets another one."),
    ),
)  # fmt: skip
