"""hub.toml: every mistake is named with file, line and what to write; nothing is guessed."""

from pathlib import Path

import pytest

from kiosk.domain.policy import Action
from kiosk.hub.cli import main
from kiosk.hub.config import ConfigError, PinHashing, Settings, load
from kiosk.hub.rules import policy_of
from kiosk.words import assets

WRONG = [
    ("databse_url = ''", 1, "not known"),
    ("\n\npublic_url = 'http://it.example.edu'", 3, "https://"),
    ("public_url = 'https://a-name-that-is-much-too-long.example.edu'", 1, "30 characters"),
    ("public_url = 7", 1, "write a text"),
    ("database_url = 'mysql://x'", 1, "postgresql+psycopg://"),
    ("host_names = 'one'", 1, "list of names"),
    ("[pin]\nmemory_kib = 'much'", 2, "whole number"),
    ("# first\n[pin]\niterations = 0", 3, "from 1 to 20"),
    ("[pin]\nlanes = 4", 2, "not known"),
    ("pin = 3", 1, "[pin]"),
    ("cards = 3", 1, "[cards]"),
    ("[cards]\ncapabilities = 'some'", 2, "all, read-only, none"),
    ("[cards]\npayments = 'cash'", 2, "simulated"),
    ("[cards]\nfee = 3", 2, "not known"),
    ("policy = 3", 1, "[[policy]]"),
    ("[[policy]]\naction = 'fly'", 1, "action must be"),
    ("[[policy]]\naction = 'report'\nenough = [[]]\n\n[[policy]]\naction = 'see_tickets'\nenough = [[]]", 5, "reason"),
    ("[[policy]]\naction = 'see_tickets'\nenough = ['pin']", 1, "list of lists"),
    ("[[policy]]\naction = 'see_tickets'\nenough = [['smile']]", 1, "may name"),
    ("public_url = ", 1, "not TOML"),
]


@pytest.mark.parametrize(("text", "line", "fix"), WRONG)
def test_a_mistake_is_named_with_file_line_and_fix(tmp_path: Path, text: str, line: int, fix: str) -> None:
    file = tmp_path / "hub.toml"
    file.write_text(text)
    with pytest.raises(ConfigError) as caught:
        load(file)
    said = str(caught.value)
    assert str(file) in said
    assert f":{line}:" in said or f"line {line}" in said
    assert fix in said
    assert "\n" not in said


def test_a_file_that_is_missing_or_not_utf8_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes(b"# \xff")
    with pytest.raises(ConfigError, match="UTF-8"):
        load(tmp_path / "latin.toml")


def test_the_example_is_what_is_shipped() -> None:
    assert load(assets() / "hub.example.toml") == Settings()
    assert load(None) == Settings()


def test_what_was_loosened_is_listed_with_its_reason_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "hub.toml"
    file.write_text(
        "[[policy]]\naction = 'see_tickets'\nenough = [['pin', 'code']]\n"
        "[[policy]]\naction = 'unlock_account'\nenough = [['pin']]\nreason = 'our readers are broken'\n"
    )
    assert main(["check", "--config", str(file)]) == 0
    said = capsys.readouterr().err
    assert "unlock_account" in said
    assert "our readers are broken" in said
    assert "see_tickets" not in said


def test_everything_can_be_set(tmp_path: Path) -> None:
    file = tmp_path / "hub.toml"
    file.write_text(
        "database_url = 'postgresql+psycopg://hub@db/hub'\npublic_url = 'https://it.example.edu/'\n"
        "host_names = ['hub.example.edu']\n[pin]\nmemory_kib = 128\niterations = 2\n"
        "[[policy]]\naction = 'see_tickets'\nenough = [['pin', 'code']]\n"
        "[[policy]]\naction = 'set_pin'\nenough = [['release_code'], ['code']]\nreason = 'no readers yet'\n"
    )
    settings = load(file)
    assert settings.public_url == "https://it.example.edu"
    assert settings.pin == PinHashing(128, 2)
    assert [rule.loosens for rule in settings.rules] == [False, True]
    assert len(policy_of(settings.rules)[Action.SEE_TICKETS]) == 1
