"""What is sealed in the database opens for its purpose, its owner and its key, and for nothing else."""

from pathlib import Path

from kiosk.hub.keys import HubKeys, open_keys
from kiosk.hub.services.at_rest import is_newest, seal, unseal

PLAIN = "秘密 🔑".encode()


def test_a_sealed_value_is_of_one_purpose_and_one_owner_and_shows_nothing(tmp_path: Path) -> None:
    keys = open_keys(tmp_path)
    sealed = seal(keys, "staff factor", "dong-mei", PLAIN)
    assert PLAIN not in sealed
    assert sealed != seal(keys, "staff factor", "dong-mei", PLAIN), "the same is not seen to be the same"
    assert unseal(keys, "staff factor", "dong-mei", sealed) == PLAIN
    assert unseal(keys, "card relay", "dong-mei", sealed) is None
    assert unseal(keys, "staff factor", "yu-hua", sealed) is None
    for at in range(len(sealed)):
        altered = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
        assert unseal(keys, "staff factor", "dong-mei", altered) is None, at
    for short in (b"", b"\0", sealed[:20], b"\xff" * 40):
        assert unseal(keys, "staff factor", "dong-mei", short) is None


def test_an_older_key_opens_while_it_is_kept_and_the_newest_seals(tmp_path: Path) -> None:
    old, new = open_keys(tmp_path / "old"), open_keys(tmp_path / "new")
    both = HubKeys({**old.private, **new.private}, [*new.public, *old.public])
    before, after = (seal(keys, "staff factor", "dong-mei", PLAIN) for keys in (old, both))
    assert [unseal(both, "staff factor", "dong-mei", sealed) for sealed in (before, after)] == [PLAIN, PLAIN]
    assert [is_newest(both, sealed) for sealed in (before, after)] == [False, True]
    assert unseal(new, "staff factor", "dong-mei", before) is None
