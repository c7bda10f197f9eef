"""Time that runs out, a hub that goes away, and the page that says what happens to personal data."""

from kiosk.domain.language import Language
from kiosk.domain.visit_limits import Context, idle_limit, warning_length
from kiosk.services.views import DetailsPage, DoneKind, Overlay, PrivacyPage, Screen
from kiosk.tour.report_flows import BACK_ONLINE
from kiosk.tour.reporting import STUDENT, choose, handed_in, submit, uid
from kiosk.tour.walker import Walker
from kiosk.words import say


def hub_down(walker: Walker) -> None:
    """The hub dies in the middle of a form: the report is kept, and delivered once it is back."""
    walker.begin_with_card(uid(STUDENT))
    choose(walker)
    walker.world.hub.kill()
    submit(walker)
    handed_in(walker, DoneKind.SAVED)
    walker.touch(walker.say("done.again"))
    walker.arrive(Screen.HOME)
    walker.touch(walker.say("home.tickets"))
    walker.arrive(Screen.UNAVAILABLE)
    walker.end()
    walker.world.hub.start()
    walker.world.pass_time(BACK_ONLINE)
    walker.see("the strip's “everything has been sent”", lambda: walker.view.strip.kind == "sent")


def timeout(walker: Walker) -> None:
    """Nobody there: a warning that one touch answers, then another one, then nothing is left."""
    walker.begin_with_card(uid(STUDENT))
    choose(walker)
    aids = walker.aids
    warning = warning_length(Context.ORDINARY, aids)
    walker.world.pass_time(idle_limit(Context.ORDINARY, aids, went_on=False) - warning + 1)
    walker.asked(Overlay.WARNING)
    walker.touch(walker.say("question.warning_stay"))
    walker.see("the form again", lambda: walker.view.question.kind is Overlay.NONE)
    walker.check(walker.page(DetailsPage).symptom == "no-picture", "the choice was lost with the warning")
    walker.world.pass_time(idle_limit(Context.ORDINARY, aids, went_on=True) - warning + 1)
    walker.asked(Overlay.WARNING)
    walker.world.pass_time(warning)
    walker.arrive(Screen.ATTRACT)


def privacy(walker: Walker) -> None:
    """What happens to personal data can be read before anything is given."""
    walker.arrive(Screen.ATTRACT)
    walker.touch(" · ".join(say(language, "screen.privacy_link") for language in Language))
    walker.arrive(Screen.PRIVACY)
    if walker.view.look.language is not walker.language:
        walker.switch_language(walker.language)
    short = walker.page(PrivacyPage)
    walker.check(bool(short.lines), "nothing is said about personal data")
    walker.touch(short.more)
    walker.see("the long notice", lambda: len(walker.page(PrivacyPage).lines) > len(short.lines))
    walker.touch(walker.say("privacy.done"))
    walker.see("the short one again", lambda: walker.page(PrivacyPage) == short)
    walker.touch(walker.say("privacy.done"))
    walker.arrive(Screen.HOME)
