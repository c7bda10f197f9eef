"""Headphones are plugged in: what stands on the screen is heard."""

from kiosk.services.spoken import spoken
from kiosk.services.views import Screen
from kiosk.tour.reporting import choose, handed_in, submit
from kiosk.tour.walker import Walker


def report_by_ear(walker: Walker) -> None:
    """Each page says its title, the last one the number; with the headphones speech goes."""
    walker.begin_by_ear()
    _heard(walker, walker.say("screen.home_hello"))
    choose(walker)
    _heard(walker, walker.say("report.category"))
    submit(walker)
    walker.arrive(Screen.ANSWER)
    _heard(walker, walker.say("answer.title"))
    walker.touch(walker.say("answer.look"))
    reference = handed_in(walker)
    _heard(walker, reference)
    walker.world.do("headphones off")
    walker.see("the kiosk silent again", lambda: not walker.view.ear.on)


def _heard(walker: Walker, text: str) -> None:
    words = " ".join(piece.text for piece in spoken(text, walker.language))

    def said() -> bool:
        return any(words in utterance.text for utterance in walker.world.drawer.speech.since(0)[1])

    walker.world.until(said, f"“{words}” spoken")
