"""Free text on the real on-screen keyboard."""

from kiosk.services.views import DetailsPage, NotePage, Screen
from kiosk.tour import sight
from kiosk.tour.reporting import STUDENT, choose, handed_in, submit, uid
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
    for n in range(4):
        k=sight.keys(walker.world.root)
        name = "SymbolModeKey" if n==0 else "ChangeLanguageKey" if n==2 else [x for x in k if x.startswith("Symbol") or "/" in x or "Mode" in x][0]
        walker.touch_one_of(lambda: sight.keys(walker.world.root), name)
        import time
        t=time.monotonic()
        walker.world.until(lambda: time.monotonic()-t>0.5,"")
        walker.see("x",lambda:True)
        print(n, name, sorted(sight.keys(walker.world.root)))
        for kk,i in sight.keys(walker.world.root).items():
            if "Key" in kk: print("   ",kk, i.property("displayText"), i.property("keyType"))


def contact(walker: Walker) -> None:
    pass
