"""The directory's rules, said in both languages, and a new password judged by them at the hub itself."""

from collections.abc import Iterable

from kiosk.domain.accounts import SaidRule
from kiosk.domain.campus import Text
from kiosk.domain.language import Language
from kiosk.domain.password_rules import SHORTEST_PERSONAL, Facts, PasswordRule, RuleId, broken, kinds_of
from kiosk.hub.ports import Password
from kiosk.hub.services.password_strength import is_common, score
from kiosk.hub.store.tables import Person
from kiosk.words import say

#: The last digits of a number are what people are given and remember.
_TAIL = 6


def said(rule: PasswordRule) -> SaidRule:
    def words(language: Language) -> str:
        return say(language, f"password_rules.{rule.id.value}", count=rule.count)

    return SaidRule(
        rule.id.value, rule.count, Text(words(Language.ZH), words(Language.EN)), rule.id is not RuleId.HISTORY
    )


def personal_words(person: Person) -> tuple[str, ...]:
    """What a password of this person must not hold, lower case, longest first: the number and its end, each part of
    the names, and all of them written together."""
    digits = "".join(filter(str.isdigit, person.number))
    parts = person.latin_name.lower().split()
    mailbox = person.email.partition("@")[0].lower()
    found = {person.number.lower(), digits[-_TAIL:], person.name.lower(), *parts, "".join(parts), mailbox}
    usable = [word for word in found if len(word) >= SHORTEST_PERSONAL]
    return tuple(sorted(usable, key=lambda word: (-len(word), word)))


def judge(rules: Iterable[PasswordRule], password: Password, person: Person, words: Iterable[str]) -> frozenset[RuleId]:
    """The rules ``password`` breaks; the directory's history is the directory's to judge."""
    typed, personal = password.reveal(), personal_words(person)
    letters, digits, kinds = kinds_of(map(ord, typed))
    campus = tuple(words)
    facts = Facts(
        length=len(typed),
        letters=letters,
        digits=digits,
        kinds=kinds,
        personal=any(word in typed.lower() for word in personal),
        common=is_common(typed, campus),
        score=score(typed, (*campus, *personal)),
    )
    return broken(rules, facts)
