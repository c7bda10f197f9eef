"""[sign_in] in hub.toml: off until it is there, and every mistake named by its line."""

from pathlib import Path

import pytest

from kiosk.hub.config import ConfigError, load
from kiosk.hub.sign_in_settings import SecretSent, SignInKind

PUBLIC = 'public_url = "https://it.example.edu"\n'
ISSUER = "https://sso.example.edu/realms/c/"
OIDC = f'[sign_in]\nkind = "oidc"\nissuer = "{ISSUER}"\nclient = "kiosk"\nclient_secret_file = "s"\n'
CAS = '[sign_in]\nkind = "cas"\nurl = "https://cas.example.edu/cas/"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "s").write_text("secret\n")
    (tmp_path / "s").chmod(0o600)
    return tmp_path


def settings(folder: Path, text: str) -> object:
    file = folder / "hub.toml"
    file.write_text(text)
    return load(file).sign_in


def test_without_the_table_nobody_signs_in_by_phone(folder: Path) -> None:
    assert settings(folder, PUBLIC) is None


def test_what_is_written_is_what_counts(folder: Path) -> None:
    oidc = settings(folder, PUBLIC + OIDC + 'claim = "employee"\nsecret_sent = "post"\nscope = "openid profile"\n')
    cas = settings(folder, PUBLIC + CAS)
    assert (oidc.kind, oidc.url) == (SignInKind.OIDC, "https://sso.example.edu/realms/c/")  # type: ignore[attr-defined]
    assert (oidc.claim, oidc.secret_sent, oidc.scope) == ("employee", SecretSent.POST, "openid profile")  # type: ignore[attr-defined]
    assert (cas.kind, cas.url, cas.claim) == (SignInKind.CAS, "https://cas.example.edu/cas", "user")  # type: ignore[attr-defined]
    assert "secret" not in repr(oidc).replace("secret_sent", "").replace("secret=", "")


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        (OIDC, 1, "sign_in"),
        (PUBLIC + '[sign_in]\nkind = "saml"\n', 3, "sign_in.kind"),
        (PUBLIC + "[sign_in]\n", 2, "sign_in.kind"),
        (PUBLIC + OIDC.replace("https://sso", "http://sso"), 4, "sign_in.issuer"),
        (PUBLIC + OIDC.replace('client = "kiosk"', 'client = ""'), 5, "sign_in.client"),
        (
            PUBLIC + OIDC.replace('client_secret_file = "s"', 'client_secret_file = "none"'),
            6,
            "sign_in.client_secret_file",
        ),
        (PUBLIC + OIDC + 'scope = "profile"\n', 7, "sign_in.scope"),
        (PUBLIC + OIDC + 'claim = ""\n', 7, "sign_in.claim"),
        (PUBLIC + OIDC + 'secret_sent = "url"\n', 7, "sign_in.secret_sent"),
        (PUBLIC + OIDC + "answer_within = 99\n", 7, "sign_in.answer_within"),
        (PUBLIC + OIDC + 'url = "https://x"\n', 7, "sign_in.url"),
        (PUBLIC + CAS.replace("https", "http"), 4, "sign_in.url"),
        (PUBLIC + CAS + 'client = "x"\n', 5, "sign_in.client"),
    ],
)
def test_a_mistake_is_named_by_its_line(folder: Path, text: str, line: int, key: str) -> None:
    with pytest.raises(ConfigError) as error:
        settings(folder, text)
    assert f"hub.toml:{line}: {key}:" in str(error.value)


@pytest.mark.parametrize("action", ["reset_password", "activate_account"])
def test_no_campus_can_make_the_password_a_proof_for_its_own_reset(folder: Path, action: str) -> None:
    rule = f'[[policy]]\naction = "{action}"\nenough = [["pin", "code"], ["campus_sign_in", "pin"]]\nreason = "r"\n'
    with pytest.raises(ConfigError, match="same password"):
        settings(folder, rule)
