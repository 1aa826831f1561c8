"""The General Data Protection Regulation, (EU) 2016/679, as a regime: what it asks, and where a procedure can stand."""

from __future__ import annotations

from ..vocabulary import ANSWER, Question, Regime, Vocabulary, Word


def answers(question: str, **labels: str) -> Vocabulary:
    """The answers to one question: the common meanings under this question's labels."""
    return Vocabulary(
        question,
        tuple(
            Word(word.value, labels.get(word.value.replace("-", "_"), word.label), word.meaning, rank=word.rank)
            for word in ANSWER
        ),
    )


LAWFUL = Vocabulary(
    "lawful",
    (
        Word("yes", "Finds it lawful", "Finds no infringement in the subject.", rank=1),
        Word("leaning-yes", "Welcomes changes, no finding", "Signals no obstacle or welcomes changes, without a finding. Where it adds that it approves nothing: no answer.", rank=2),
        Word("mixed", "Finds parts unlawful", "Breach on some points, not on others.", rank=3),
        Word("undecided", "Examining", "Says that it is examining, or that it cannot judge yet.", rank=4),
        Word("leaning-no", "Doubts it is lawful", "Doubts that it is lawful, without a finding. Advice on how to object is no answer.", rank=5),
        Word("no", "Finds it unlawful", "Finds an infringement.", rank=6),
    ),
)

QUESTIONS = (
    Question(
        "lawful", "Is the processing lawful?", "Lawful?",
        "Is the subject lawful? Only from words on lawfulness itself.",
        LAWFUL, "GDPR 5, 6", coloured=True,
    ),
    Question(
        "competent", "Is this authority competent?", "Competent?",
        "Only where the authority says so of itself. Pointing to the lead authority is a role, not an answer.",
        answers("competent", leaning_yes="Leans to yes", leaning_no="Leans to no"), "GDPR 55, 56",
    ),
    Question(
        "urgent", "Is urgent action called for?", "Urgent?",
        "Does the authority act, or see cause to act, by urgency procedure? Ends when the measure ends.",
        answers("urgent", leaning_yes="Leans to yes", leaning_no="Leans to no"), "GDPR 66", ends_with_measure=True,
    ),
    Question(
        "draft", "Does it agree with the lead's draft?", "Agrees with draft?",
        "An objection is no; express agreement is yes. Not objecting is no answer.",
        answers("draft", leaning_yes="Leans to yes", leaning_no="Leans to no", mixed="In part"), "GDPR 60(3)-(6)",
    ),
)  # fmt: skip

PHASES = Vocabulary(
    "phase",
    (
        Word("lodged", "Lodged", "Filed, and nothing known beyond that.", rank=1),
        Word("intake", "Intake", "Being looked at before an examination: who is competent, is it admissible.", rank=2),
        Word("examination", "Examination", "The authority examines.", rank=3),
        Word("cooperation", "Cooperation", "Lead and concerned authorities work on a draft.", rank=4),
        Word("board", "Board", "The matter is before the European Data Protection Board, or waits for what follows from it.", rank=5),
        Word("closed", "Closed", "Over at this authority.", rank=6),
    ),
)

STATUSES = Vocabulary(
    "status",
    (
        Word("lodged", "Lodged", "Filed; no answer known. Receipt confirmed: `acknowledged`.", "GDPR 77(1)", "lodged", 1),
        Word("acknowledged", "Acknowledged", "The authority confirmed receipt, no more. Found complete: `admitted`.", "GDPR 77(2)", "lodged", 2),
        Word("awaiting-complainant", "Waiting for the complainant", "The authority asked the complainant for something.", "GDPR 57(1)(f)", "intake", 3),
        Word("vetting", "Being vetted", "The authority looks whether it may be taken up. Looks into facts: `preliminary-inquiry`.", "GDPR 57(1)(f)", "intake", 4),
        Word("admitted", "Admitted", "Found admissible; the examination has not begun. Begun: `under-investigation`.", "GDPR 57(1)(f)", "intake", 5),
        Word("forwarded-to-lead", "Forwarded to lead", "Handed to the lead authority; the one that received it stays the complainant's contact.", "GDPR 56, 60", "intake", 6),
        Word("competence-disputed", "Competence disputed", "Authorities disagree who is competent. Before the Board: `dispute-resolution`.", "GDPR 65(1)(b)", "intake", 7),
        Word("preliminary-inquiry", "Preliminary inquiry", "First questions, no formal procedure. Formal: `under-investigation`.", "GDPR 57(1)(f)", "examination", 8),
        Word("early-resolution", "Early resolution", "The authority tries for an amicable outcome.", "Regulation 2025/2518, 5", "examination", 9),
        Word("under-investigation", "Under investigation", "A formal investigation is open.", "GDPR 57(1)(f), 58(1)", "examination", 10),
        Word("preliminary-findings", "Preliminary findings", "The authority told the parties what it is minded to find. Submitted to authorities: `draft-decision`.", "Regulation 2025/2518, 19", "examination", 11),
        Word("suspended", "Suspended", "Stopped for the time being, for example until a court rules. For good: `discontinued`.", None, "examination", 12),
        Word("draft-decision", "Draft decision", "A draft lies with the authorities concerned.", "GDPR 60(3)", "cooperation", 13),
        Word("objections", "Objections", "At least one authority objected to the draft.", "GDPR 60(4)", "cooperation", 14),
        Word("revised-draft", "Revised draft", "A draft changed after objections lies with the authorities.", "GDPR 60(5)", "cooperation", 15),
        Word("dispute-resolution", "Dispute resolution", "The Board decides between the authorities.", "GDPR 65", "board", 16),
        Word("board-opinion", "Board opinion", "The Board has been asked for an opinion in this procedure.", "GDPR 64", "board", 17),
        Word("urgency-procedure", "Urgency procedure", "An urgency procedure is open, here or at the Board.", "GDPR 66", "board", 18),
        Word("awaiting-final", "Waiting for the final decision", "The Board has decided; the authority's own decision is to follow.", "GDPR 65(6)", "board", 19),
        Word("decided", "Decided", "Decided by this authority. By the lead for all: `decided-by-lead`.", "GDPR 60(7)-(9)", "closed", 20),
        Word("decided-by-lead", "Decided by lead", "The lead authority's decision ends the matter here too.", "GDPR 60(7)", "closed", 21),
        Word("closed-without-decision", "Closed without decision", "Closed, no decision on the matter. Dropped by the authority's own choice: `discontinued`.", "GDPR 57(1)(f)", "closed", 22),
        Word("discontinued", "Discontinued", "The authority itself dropped what it had begun. The complainant did: `withdrawn`.", None, "closed", 23),
        Word("absorbed", "Absorbed", "Taken into another procedure that goes on.", None, "closed", 24),
        Word("withdrawn", "Withdrawn", "Taken back by the complainant.", None, "closed", 25),
    ),
)

GDPR = Regime(
    id="gdpr", name="General Data Protection Regulation", short="GDPR",
    questions=QUESTIONS, phases=PHASES, statuses=STATUSES, lodged="lodged", decided="decided", closed="closed",
)  # fmt: skip
