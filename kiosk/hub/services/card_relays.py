"""A card's talk with the hub through a kiosk, and the one-time proof at its end.

What is remembered between two turns is sealed at rest. A proof belongs to one kiosk and one card, is good once and
for PROOF_LIFE, and only together with a factor of the card's owner: it is spent when that factor is right.
"""

from datetime import datetime, timedelta

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kiosk.domain.identity import CardProof
from kiosk.domain.policy import CardPresent, Proofs
from kiosk.hub.keys import HubKeys
from kiosk.hub.logs import event
from kiosk.hub.services import at_rest, desfire_talk
from kiosk.hub.services.card_keys import CardKeys
from kiosk.hub.services.desfire_talk import Genuine, NotGenuine, Said, Talk, Turn
from kiosk.hub.services.refusal import No
from kiosk.hub.store.card_proof_tables import CardRelay, OneTimeCardProof
from kiosk.hub.store.tables import Kiosk
from kiosk.hub.tokens_made import digest, new_token
from kiosk.wire.card_relay import CardAsk, CardMet, CardNotProven, CardProven, CardRelayed, CardSaid
from kiosk.wire.tickets import CardClaimed, ClaimMade

#: A card lies there for a moment: a talk that takes longer is over.
TALK_LIFE = timedelta(seconds=15)
#: From the card to the PIN or code that goes with it.
PROOF_LIFE = timedelta(minutes=3)
#: Talks of one kiosk at a time; the oldest ends.
MOST_TALKS = 4
LONGEST_UID = 10
_PURPOSE = "card relay"


def begin(
    db: Session, keys: HubKeys, cards: CardKeys | None, kiosk: Kiosk, met: CardMet, now: datetime
) -> CardRelayed | No:
    if len(met.uid) > LONGEST_UID:
        return No(422, "too_long", "a UID is longer than agreed")
    if cards is None:
        return CardNotProven("not_offered")
    db.execute(delete(CardRelay).where(CardRelay.expires_at <= now))
    db.execute(delete(OneTimeCardProof).where(OneTimeCardProof.expires_at <= now))
    mine = select(CardRelay).where(CardRelay.kiosk == kiosk.id).order_by(CardRelay.expires_at.desc(), CardRelay.digest)
    for old in list(db.scalars(mine))[MOST_TALKS - 1 :]:
        db.delete(old)
    return _said(db, keys, kiosk, new_token(), desfire_talk.begin(cards, met.uid), None, now)


def go_on(
    db: Session, keys: HubKeys, cards: CardKeys | None, kiosk: Kiosk, said: CardSaid, now: datetime
) -> CardRelayed | No:
    """Each turn is judged once: the same answer again, or an older one, ends the talk."""
    if len(said.data) > desfire_talk.MOST_DATA:
        return No(422, "too_long", "a card's answer is longer than agreed")
    row = db.get(CardRelay, digest(said.relay), with_for_update=True)
    if row is None or row.kiosk != kiosk.id:
        return CardNotProven("over")
    talk = _opened(keys, row) if row.expires_at > now else None
    if talk is None or talk.turn != said.turn or cards is None:
        db.delete(row)
        return CardNotProven("over")
    return _said(db, keys, kiosk, said.relay, desfire_talk.go_on(cards, talk, said.status, said.data), row, now)


def spend(db: Session, kiosk: Kiosk, token: str, claim: ClaimMade, now: datetime) -> Proofs:
    """What ``token`` proves about the card of ``claim``; once. To be called when a factor of its owner was right."""
    row = db.get(OneTimeCardProof, digest(token), with_for_update=True) if token else None
    if row is None:
        return frozenset()
    db.delete(row)
    mine = row.kiosk == kiosk.id and now < row.expires_at
    if not mine or not isinstance(claim, CardClaimed) or claim.uid.upper() != row.card:
        return frozenset()
    return frozenset({CardPresent(CardProof.C3_HUB_MUTUAL)})


def _said(
    db: Session, keys: HubKeys, kiosk: Kiosk, token: str, said: Said, row: CardRelay | None, now: datetime
) -> CardRelayed:
    if isinstance(said, Turn):
        if row is None:
            row = CardRelay(digest=digest(token), kiosk=kiosk.id, talk=b"", expires_at=now + TALK_LIFE)
            db.add(row)
        row.talk = _sealed(keys, row, said.talk)
        return CardAsk(token, said.talk.turn, said.command, said.data)
    if row is not None:
        db.delete(row)
    if isinstance(said, NotGenuine):
        event("card not genuine", kiosk=kiosk.id, why=said.value)
        return CardNotProven(said.value)
    return _proven(db, kiosk, said, now)


def _proven(db: Session, kiosk: Kiosk, genuine: Genuine, now: datetime) -> CardProven:
    proof = new_token()
    db.add(OneTimeCardProof(digest=digest(proof), kiosk=kiosk.id, card=genuine.name, expires_at=now + PROOF_LIFE))
    event("card genuine", kiosk=kiosk.id)
    return CardProven(genuine.name, proof, int(PROOF_LIFE.total_seconds()))


def _sealed(keys: HubKeys, row: CardRelay, talk: Talk) -> bytes:
    return at_rest.seal(keys, _PURPOSE, row.digest, msgspec.msgpack.encode(talk))


def _opened(keys: HubKeys, row: CardRelay) -> Talk | None:
    opened = at_rest.unseal(keys, _PURPOSE, row.digest, row.talk)
    try:
        return None if opened is None else msgspec.msgpack.decode(opened, type=Talk)
    except msgspec.DecodeError:  # another version of the hub began it
        return None
