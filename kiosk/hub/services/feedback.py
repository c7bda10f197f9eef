"""A ``feedback`` operation: counted, tied to no person and no visit."""

from kiosk.domain.plain_text import clean
from kiosk.domain.queueable import Mark
from kiosk.hub.services.doing import Doing, read
from kiosk.hub.services.refusal import No
from kiosk.hub.store.tables import FeedbackMark
from kiosk.wire.feedback import MAX_ABOUT, Feedback, FeedbackAnswer


def mark(doing: Doing) -> FeedbackAnswer | No:
    feedback = read(doing, Feedback, ("about", MAX_ABOUT))
    if isinstance(feedback, No):
        return feedback
    if feedback.mark not in list(Mark):
        return No(422, "malformed", f"mark must be one of: {', '.join(Mark)}")
    about = clean(feedback.about, MAX_ABOUT, lines=False)
    doing.db.add(
        FeedbackMark(
            op=doing.context.op, about=about, mark=feedback.mark, language=feedback.language, received_at=doing.now
        )
    )
    return FeedbackAnswer(doing.now)
