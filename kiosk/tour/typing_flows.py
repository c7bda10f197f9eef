"""Free text on the real on-screen keyboard."""

from kiosk.services.views import DetailsPage, Screen
from kiosk.tour import sight
from kiosk.tour.reporting import STUDENT, choose, uid
from kiosk.tour.walker import Walker

PINYIN = "wangyedabukai"
MEANT = "网页打不开"


def note_pinyin(walker: Walker) -> None:
    """Pinyin, one candidate picked; what is typed reaches the hub and stays nowhere here."""
    walker.begin_with_card(uid(STUDENT))
    choose(walker)
    row = walker.page(DetailsPage).note
    walker.touch(row.title if row else "")
    walker.arrive(Screen.NOTE, lambda: bool(sight.keys(walker.world.root)))
    print(sorted(sight.keys(walker.world.root)))


def contact(walker: Walker) -> None:
    pass
