"""How a procedure, a decision and a deadline come out: three different things."""

from .word import Vocabulary, Word

OUTCOME = Vocabulary(
    "outcome",
    (
        Word("upheld", "Upheld", "The complaint or claim is granted."),
        Word("partly-upheld", "Partly upheld", "Granted in part."),
        Word("infringement", "Infringement found", "An infringement is found, without or beyond a complaint."),
        Word("no-infringement", "No infringement found", "Examined, and no infringement found."),
        Word("rejected", "Rejected", "Turned down on the merits."),
        Word("dismissed", "Dismissed", "Turned down without a finding on the merits, where the source does not say inadmissible."),
        Word("inadmissible", "Inadmissible", "Turned down because it could not be brought, or not in this way."),
        Word("refused", "Refused to act", "Manifestly unfounded or excessive.", "GDPR 57(4)"),
        Word("settled", "Settled", "Settled between the parties."),
        Word("remedied", "Remedied", "The respondent did what was asked, and the authority left it there."),
    ),
)

MEASURE = Vocabulary(
    "measure",
    (
        Word("58-2-a", "Warning", "Warning that intended processing is likely to infringe.", "GDPR 58(2)(a)"),
        Word("58-2-b", "Reprimand", "Reprimand for an infringement.", "GDPR 58(2)(b)"),
        Word("58-2-c", "Order to grant a request", "Order to comply with a data subject's request.", "GDPR 58(2)(c)"),
        Word("58-2-d", "Order to comply", "Order to bring processing into compliance.", "GDPR 58(2)(d)"),
        Word("58-2-e", "Order to tell people", "Order to communicate a breach to the people affected.", "GDPR 58(2)(e)"),
        Word("58-2-f", "Limitation or ban", "Temporary or definitive limitation, including a ban on processing.", "GDPR 58(2)(f)"),
        Word("58-2-g", "Order to rectify or erase", "Order to rectify, erase or restrict data.", "GDPR 58(2)(g)"),
        Word("58-2-h", "Certification withdrawn", "Withdrawal of a certification.", "GDPR 58(2)(h)"),
        Word("fine", "Fine", "Administrative fine. For each day of delay: `penalty-payment`.", "GDPR 58(2)(i), 83"),
        Word("suspension-of-transfers", "Transfers suspended", "Suspension of data flows to a third country.", "GDPR 58(2)(j)"),
        Word("penalty-payment", "Penalty payment", "A sum due for each day or case of not obeying. Not a fine."),
        Word("other", "Other measure", "A measure under another law, in the words of the summary."),
    ),
)

DECISION_STATE = Vocabulary(
    "decision_state",
    (
        Word("appealable", "Open to appeal", "Notified, and the time to appeal has not run out."),
        Word("under-appeal", "Under appeal", "An appeal is pending; the decision has effect."),
        Word("stayed", "Stayed", "Its effect is suspended, for the time being."),
        Word("upheld", "Left standing", "A court left it as it was."),
        Word("amended", "Amended", "Changed, by the authority or a court."),
        Word("partly-annulled", "Partly annulled", "A court annulled a part."),
        Word("annulled", "Annulled", "A court or the authority set it aside."),
        Word("final", "Final", "No ordinary appeal is open any more."),
    ),
)

CONFIDENCE = Vocabulary(
    "confidence",
    (
        Word("confirmed", "Confirmed", "An official source says it, or two that do not depend on each other."),
        Word("single-source", "Single source", "One account only, or several that go back to one."),
        Word("uncertain", "Uncertain", "The sources leave doubt; the note says which."),
        Word("inferred", "Inferred", "The source is clear, but that it belongs here is our inference; the summary says from what."),
    ),
)
