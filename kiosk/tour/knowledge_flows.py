"""Finding out by oneself: with four letters, by topic, without network, and where it does not help."""

from functools import partial

from kiosk.offline.places import Places
from kiosk.services.views import (
    ArticlePage,
    CategoryPage,
    DetailsPage,
    Screen,
    SearchPage,
    TopicPage,
    TopicsPage,
)
from kiosk.tour import sight
from kiosk.tour.report_flows import BACK_ONLINE, NOTICED
from kiosk.tour.reporting import handed_in, submit
from kiosk.tour.typing_flows import keys, write
from kiosk.tour.walker import Walker

LETTERS = "wifi"
WANTED = "wifi"
NOWHERE = "uvvi"  # no word and no first letters: none of them begins a syllable
ACTION = "baoxiu"
OFFLINE = "vpn"


def find_wifi(walker: Walker) -> None:
    """Four letters, one touch on the answer; the code to take along stands beside it.

    Whoever types with four keys stops as soon as the answer stands first.
    """
    walker.begin()
    if walker.by_keys:
        _search_page(walker)
        for count, letter in enumerate(LETTERS, 1):
            write(walker, letter)
            walker.see(f"answers to {LETTERS[:count]}", partial(_answered, walker, LETTERS[:count]))
            if WANTED in walker.page(SearchPage).rows[0].id:
                break
    else:
        _search(walker, LETTERS)
    first = walker.page(SearchPage).rows[0]
    walker.check(WANTED in first.id, f"the first answer to {LETTERS} is {first.id}")
    _read(walker, first.title)
    walker.check(bool(walker.page(ArticlePage).qr), "the article cannot be taken along")


def article_solved(walker: Walker) -> None:
    """By its topic; the slip is printed, and solved ends the visit."""
    walker.begin()
    _topics(walker)
    walker.touch(walker.page(TopicsPage).topics[0].title)
    walker.arrive(Screen.TOPIC, lambda: bool(walker.page(TopicPage).rows))
    _read(walker, walker.page(TopicPage).rows[1].title)
    walker.touch(walker.page(ArticlePage).slip)
    walker.see("the slip printed", lambda: walker.page(ArticlePage).slip == walker.say("article.printed"))
    walker.receipt()
    walker.touch(walker.page(ArticlePage).solved)
    walker.arrive(Screen.ATTRACT)


def article_stuck(walker: Walker) -> None:
    """It did not help: what the article is about is not asked again."""
    walker.begin()
    _topics(walker)
    walker.touch(walker.page(TopicsPage).topics[0].title)
    walker.arrive(Screen.TOPIC, lambda: bool(walker.page(TopicPage).rows))
    _read(walker, walker.page(TopicPage).rows[0].title)
    walker.touch(walker.page(ArticlePage).stuck)
    if walker.aids.large or walker.aids.reach:  # there a known outage is asked about before the form
        walker.arrive(Screen.OUTAGE)
        walker.touch(walker.say("outage.not_mine"))
    walker.arrive(Screen.DETAILS)
    walker.check(walker.page(DetailsPage).symptom != "", "the article's matter is asked again")
    submit(walker)
    walker.arrive(Screen.ANSWER)
    walker.touch(walker.say("answer.look"))
    handed_in(walker)


def nothing_found(walker: Walker) -> None:
    """Says so, and leads to a report."""
    walker.canaries.append(NOWHERE)
    walker.begin()
    _search_page(walker)
    write(walker, NOWHERE)
    walker.see("that nothing was found", lambda: NOWHERE in walker.page(SearchPage).empty_title)
    button = walker.page(SearchPage).report
    walker.touch(button if button in sight.controls(walker.world.root) else walker.page(SearchPage).empty_title)
    walker.arrive(Screen.CATEGORY, lambda: bool(walker.page(CategoryPage).groups))


def search_action(walker: Walker) -> None:
    """What can be done here at once stands first and opens its flow."""
    walker.begin()
    _search(walker, ACTION)
    direct = walker.page(SearchPage).direct
    walker.check(len(direct) == 1, f"{ACTION} offers nothing to do at once")
    walker.touch(direct[0].title)
    walker.arrive(Screen.CATEGORY, lambda: bool(walker.page(CategoryPage).groups))


def search_offline(walker: Walker) -> None:
    """All of it without network; that it helped is counted once the line is back."""
    here = Places(walker.world.places.folder).articles
    walker.world.until(here.exists, "this kiosk's articles")
    walker.world.do("net off")
    walker.world.pass_time(NOTICED)
    walker.world.until(lambda: walker.view.strip.kind == "offline", "the strip's “no network”")
    walker.begin()
    _search(walker, OFFLINE)
    _read(walker, walker.page(SearchPage).rows[0].title)
    walker.touch(walker.page(ArticlePage).solved)
    walker.arrive(Screen.ATTRACT)
    walker.world.do("net on")
    walker.world.pass_time(BACK_ONLINE)
    walker.see("the strip's “everything has been sent”", lambda: walker.view.strip.kind == "sent")


def _search_page(walker: Walker) -> None:
    walker.touch(walker.say("home.search"))
    walker.arrive(Screen.SEARCH, lambda: bool(keys(walker)))


def _search(walker: Walker, letters: str) -> None:
    _search_page(walker)
    write(walker, letters)
    walker.see(f"answers to {letters}", lambda: _answered(walker, letters))


def _answered(walker: Walker, letters: str) -> bool:
    page = walker.page(SearchPage)
    return page.text.casefold() == letters and bool(page.rows) and not page.busy


def _topics(walker: Walker) -> None:
    walker.touch(walker.say("home.knowledge"))
    walker.arrive(Screen.TOPICS, lambda: bool(walker.page(TopicsPage).topics) and bool(walker.page(TopicsPage).helpful))


def _read(walker: Walker, title: str) -> None:
    walker.touch(title)
    walker.arrive(Screen.ARTICLE, lambda: bool(walker.page(ArticlePage).parts))
