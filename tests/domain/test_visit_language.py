"""Which language a visit speaks: the one that was touched, the house's where nobody has chosen."""

import pytest

from kiosk.domain.language import Language
from kiosk.domain.visit import Visit, after
from kiosk.domain.visit_events import CardTapped, Ended, LanguageChanged, Started, UseOtherCard

from .visits import CARD, OTHER_CARD

HOUSES = pytest.mark.parametrize("house", list(Language))


def at_house(house: Language) -> Visit:
    return Visit(language=house, house=house)


@HOUSES
def test_a_card_at_the_start_screen_begins_in_the_language_of_the_house(house: Language) -> None:
    assert after(at_house(house), CardTapped(CARD), 0.0).language is house


@HOUSES
def test_a_touch_begins_in_the_language_that_was_touched(house: Language) -> None:
    assert after(at_house(house), Started(house.other), 0.0).language is house.other


@HOUSES
def test_the_next_visitor_does_not_inherit_a_chosen_language(house: Language) -> None:
    visit = at_house(house)
    for event in (Started(house), LanguageChanged(house.other), Ended()):
        visit = after(visit, event, 0.0)
    assert visit.language is house
    assert after(visit, CardTapped(CARD), 1.0).language is house


@HOUSES
def test_the_owner_of_the_other_card_begins_in_the_language_of_the_house(house: Language) -> None:
    visit = after(at_house(house), CardTapped(CARD), 0.0)
    for event in (LanguageChanged(house.other), CardTapped(OTHER_CARD), UseOtherCard()):
        visit = after(visit, event, 10.0)
    assert visit.language is house
