"""Who someone says they are, as it is sent: the one place where a claim is revealed for the hub."""

from typing import assert_never

from kiosk.domain.identity import CardClaim, Claim, NumberClaim
from kiosk.wire.tickets import CardClaimed, ClaimMade, NumberClaimed


def claim_made(claim: Claim) -> ClaimMade:
    match claim:
        case CardClaim():
            return card_claimed(claim)
        case NumberClaim(number):
            return NumberClaimed(number.reveal())
        case _:
            assert_never(claim)


def card_claimed(claim: CardClaim) -> CardClaimed:
    return CardClaimed(claim.uid.reveal(), int(claim.proof))
