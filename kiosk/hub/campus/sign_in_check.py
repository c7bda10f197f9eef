"""Whether the campus's sign-in page that hub.toml names will let people in: way, what it says about itself, client,
address to come back to.

Nobody signs in: a code or ticket nobody gave out is tried, and its refusal says whether this hub is known.
"""

import json
import secrets
from collections.abc import Generator, Iterator
from urllib.parse import urlencode, urlsplit

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from kiosk.hub.campus.cas import read
from kiosk.hub.campus.certificate_check import Way, certificate
from kiosk.hub.campus.https_line import Answer, HttpsLine, NoAnswer
from kiosk.hub.campus.oidc import ALGORITHMS, MOST_OF_ANSWER, Provider, ask_for_tokens, challenge_of, discovered
from kiosk.hub.checked import Finding, Level, found
from kiosk.hub.sign_in_settings import SignInKind, SignInSettings

_NOBODYS = "a-code-nobody-gave-out"


def check_sign_in(settings: SignInSettings, back: str) -> Iterator[Finding]:
    """``back``: the address the campus's system has to let phones come back to."""
    if settings.kind is SignInKind.SIMULATED:
        yield found(Level.NOTE, "simulated", "kind")
        return
    at = "issuer" if settings.kind is SignInKind.OIDC else "url"
    trusted = yield from _certificate(settings, settings.url, at)
    if not trusted:
        return
    line = HttpsLine(settings.ca, settings.answer_within, settings.connections, MOST_OF_ANSWER)
    if settings.kind is SignInKind.OIDC:
        yield from _oidc(line, settings, back)
    else:
        yield from _cas(line, settings, back)


def _certificate(settings: SignInSettings, url: str, at: str) -> Generator[Finding, None, bool]:
    parts = urlsplit(url)
    way = Way(parts.hostname or "", parts.port or 443, settings.ca, at, "ca" if settings.ca else at, {"url": url})
    return (yield from certificate(way))


# -- OpenID Connect -------------------------------------------------------------------------------------------
def _oidc(line: HttpsLine, settings: SignInSettings, back: str) -> Iterator[Finding]:
    provider = discovered(line, settings.url)
    if isinstance(provider, NoAnswer):
        yield found(Level.BAD, "no_answer", "issuer", url=settings.url, why=provider.detail or provider.why)
        return
    if isinstance(provider, str):
        yield found(Level.BAD, provider, "issuer", url=settings.url)
        return
    yield found(Level.GOOD, "discovered", url=settings.url)
    places = {urlsplit(url).netloc: url for url in (provider.jwks_uri, provider.token_endpoint)}
    for url in (url for place, url in places.items() if place != urlsplit(settings.url).netloc):
        yield from _certificate(settings, url, "issuer")
    yield from _able(settings, provider)
    yield from _keys(line, provider)
    yield from _client(line, settings, provider, back)
    yield from _redirect(line, settings, provider, back)


def _able(settings: SignInSettings, provider: Provider) -> Iterator[Finding]:
    """As far as the provider says it."""
    challenges, algorithms = provider.code_challenge_methods_supported, provider.id_token_signing_alg_values_supported
    if "S256" not in challenges:
        yield found(Level.NOTE, "no_pkce")
    if algorithms and not set(algorithms) & set(ALGORITHMS):
        yield found(Level.BAD, "no_algorithm", "issuer", theirs=", ".join(algorithms))
    way = f"client_secret_{settings.secret_sent.value}"
    if way not in provider.token_endpoint_auth_methods_supported:
        theirs = ", ".join(provider.token_endpoint_auth_methods_supported)
        yield found(Level.BAD, "secret_sent", "secret_sent", theirs=theirs)


def _keys(line: HttpsLine, provider: Provider) -> Iterator[Finding]:
    answer = line.ask("GET", provider.jwks_uri)
    try:
        sound = isinstance(answer, Answer) and bool(KeySet.import_key_set(json.loads(answer.body)).keys)
    except (JoseError, LookupError, TypeError, ValueError, AttributeError, RecursionError):
        sound = False
    if not sound:
        yield found(Level.BAD, "no_keys", "issuer", url=provider.jwks_uri)


def _client(line: HttpsLine, settings: SignInSettings, provider: Provider, back: str) -> Iterator[Finding]:
    body = prepare_token_request(
        "authorization_code", redirect_uri=back, code=_NOBODYS, code_verifier=secrets.token_urlsafe(32)
    )
    answer = ask_for_tokens(line, settings, provider, body)
    error = _error(answer)
    if error == "invalid_grant":
        yield found(Level.GOOD, "client_known", client=settings.client)
    else:
        why = error or (answer.why if isinstance(answer, NoAnswer) else str(answer.status))
        yield found(Level.BAD, "client_unknown", "client", client=settings.client, why=why)


def _error(answer: Answer | NoAnswer) -> str:
    try:
        said = json.loads(answer.body) if isinstance(answer, Answer) else {}
        return str(said.get("error", ""))
    except (ValueError, AttributeError, RecursionError):
        return ""


def _redirect(line: HttpsLine, settings: SignInSettings, provider: Provider, back: str) -> Iterator[Finding]:
    """Asked to show nothing (prompt=none), a provider that knows the address leads back there with an error."""
    url = prepare_grant_uri(
        provider.authorization_endpoint,
        client_id=settings.client,
        response_type="code",
        redirect_uri=back,
        scope=settings.scope,
        state=secrets.token_urlsafe(16),
        nonce=secrets.token_urlsafe(16),
        code_challenge=challenge_of(secrets.token_urlsafe(32)),
        code_challenge_method="S256",
        prompt="none",
    )
    answer = line.ask("GET", str(url))
    if isinstance(answer, Answer) and answer.location.startswith(f"{back}?"):
        yield found(Level.GOOD, "back_known", back=back)
    elif isinstance(answer, Answer) and 400 <= answer.status < 500:
        yield found(Level.BAD, "back_unknown", "client", back=back)
    else:
        yield found(Level.NOTE, "back_unsure", back=back)


# -- CAS ------------------------------------------------------------------------------------------------------
def _cas(line: HttpsLine, settings: SignInSettings, back: str) -> Iterator[Finding]:
    service = f"{back}?state={_NOBODYS}"
    query = urlencode({"service": service, "ticket": f"ST-{_NOBODYS}"})
    answer = line.ask("GET", f"{settings.url}/p3/serviceValidate?{query}")
    if isinstance(answer, NoAnswer):
        yield found(Level.BAD, "no_answer", "url", url=settings.url, why=answer.detail or answer.why)
        return
    if read(answer.body) is None:
        yield found(Level.BAD, "no_cas", "url", url=settings.url)
        return
    yield found(Level.GOOD, "cas", url=settings.url)
    page = line.ask("GET", f"{settings.url}/login?{urlencode({'service': service})}")
    refused = isinstance(page, Answer) and 400 <= page.status < 500
    if refused or b"_SERVICE" in answer.body:  # INVALID_SERVICE, UNAUTHORIZED_SERVICE
        yield found(Level.BAD, "back_unknown", "url", back=back)
    else:
        yield found(Level.GOOD, "service_known", back=back)
