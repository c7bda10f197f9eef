"""Directories the contract is run against. Another one is added by its name and a function that sets it up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.accounts import AccountState
from kiosk.hub.builtin.directory import BuiltinDirectory
from kiosk.hub.ports import Directory, DirectoryAccount, Password
from tests.hub.conftest import World


@dataclass(frozen=True)
class Campus:
    """A directory with somebody in every state; ``password`` is everybody's who has one."""

    directory: Directory
    numbers: dict[AccountState, str]
    password: Password
    clock: Callable[[], datetime]
    move: Callable[..., None]
    sign_in: Callable[[str, Password], bool]

    def account(self, state: AccountState) -> DirectoryAccount:
        found = self.directory.find(self.numbers[state], self.clock())
        assert isinstance(found, DirectoryAccount)
        assert found.state is state
        return found

    def login(self, state: AccountState) -> str:
        return self.account(state).login


def builtin(world: World) -> Campus:
    directory = BuiltinDirectory(world.store, world.hasher)
    return Campus(
        directory,
        {
            AccountState.ACTIVE: "20230114287",
            AccountState.LOCKED: "20230520164",
            AccountState.MUST_CHANGE: "T2016633",
            AccountState.EXPIRED: "20211257268",
            AccountState.NEVER_ACTIVATED: "20231368574",
            AccountState.DISABLED: "20221035426",
            AccountState.PROTECTED: "T2013744",
        },
        Password("yunlu-Sample-26"),
        world.clock,
        world.move,
        lambda login, password: directory.sign_in(login, password, "wifi", world.now),
    )


DIRECTORIES: dict[str, Callable[[World], Campus]] = {"builtin": builtin}
