"""What a line of a ticket's history says to the desk."""

from kiosk.hub.services.desk_ticket import Seen
from kiosk.words import Speaker, table


def step_words(say: Speaker, step: Seen) -> str:
    """A step this program does not know is told by its code."""
    kind, _, rest = step.what.partition(":")
    if kind == "state":
        return say("queue.step_state", state=say(f"queue.state_{rest}"))
    if kind == "read_article":
        return say("queue.step_read_article", article=rest)
    if kind == "priority":
        return say("queue.step_priority", priority=rest)
    key = f"step_{step.what.replace(':', '_')}"
    return say(f"queue.{key}") if key in table(say.language, "queue") else step.what
