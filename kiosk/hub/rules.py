"""A campus's own rules in hub.toml: which action needs what. Tightening is free, loosening needs a reason."""

from dataclasses import dataclass

from kiosk.domain.identity import CardProof
from kiosk.domain.policy import NOT_BY_SIGN_IN, SHIPPED, Action, CardPresent, Factor, Policy, Proof, Proofs, ReleaseCode

_FACTORS: dict[str, Proof] = {
    "pin": Factor.PIN,
    "code": Factor.CODE,
    "campus_sign_in": Factor.CAMPUS_SIGN_IN,
    "card": CardPresent(CardProof.C0_UID),
    "genuine_card": CardPresent(CardProof.C2_MUTUAL),
}
_KEYS = {"action", "enough", "reason"}


@dataclass(frozen=True, slots=True)
class Rule:
    """``enough``: any one of the sets is enough."""

    action: Action
    enough: tuple[Proofs, ...]
    reason: str = ""

    @property
    def loosens(self) -> bool:
        """Whether some way here would not have been enough as shipped."""
        return not all(any(_covers(way, shipped) for shipped in SHIPPED[self.action]) for way in self.enough)


def read_rule(table: object) -> Rule | str:
    """The rule of one ``[[policy]]`` table, or what to write instead."""
    if not isinstance(table, dict) or set(table) - _KEYS:
        return "a [[policy]] table holds action, enough and reason"
    if table.get("action") not in list(Action):
        return f"action must be one of: {', '.join(Action)}"
    action, enough, reason = Action(table["action"]), table.get("enough"), table.get("reason", "")
    known = {**_FACTORS, "release_code": ReleaseCode(action)}
    if not isinstance(enough, list) or not enough or not all(isinstance(way, list) for way in enough):
        return 'enough must be a list of lists, such as [["pin"], ["code", "card"]]'
    if any(not isinstance(name, str) or name not in known for way in enough for name in way):
        return f"enough may name: {', '.join(known)}"
    if action in NOT_BY_SIGN_IN and any("campus_sign_in" in way for way in enough):
        return f"campus_sign_in never counts for {action}: it is the same password"
    if not isinstance(reason, str):
        return "reason must be a text"
    rule = Rule(action, tuple(frozenset(known[name] for name in way) for way in enough), reason.strip())
    if rule.loosens and not rule.reason:
        return f'{action} becomes easier than shipped: give a reason = "…"'
    return rule


def policy_of(rules: tuple[Rule, ...]) -> Policy:
    return {**SHIPPED, **{rule.action: rule.enough for rule in rules}}


def _covers(way: Proofs, shipped: Proofs) -> bool:
    return all(any(_is_at_least(shown, need) for shown in way) for need in shipped)


def _is_at_least(shown: Proof, need: Proof) -> bool:
    if isinstance(shown, CardPresent) and isinstance(need, CardPresent):
        return shown.level >= need.level
    return shown == need
