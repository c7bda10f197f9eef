"""``python -m tests.sim --seeds N --first K``: runs seeds, says what broke and the command that replays it."""

import argparse
import sys
from contextlib import nullcontext

from tests.sim.planted import FAULTS
from tests.sim.simulation import Wanted, ground, run


def main(arguments: list[str]) -> int:
    """Exit status 0 all rules held, 1 one did not, 2 usage."""
    parser = argparse.ArgumentParser(prog="python -m tests.sim", description="Kiosks and a hub in virtual time.")
    parser.add_argument("--seeds", type=int, default=12, help="how many")
    parser.add_argument("--first", type=int, default=1, help="the first of them")
    parser.add_argument("--hours", type=float, default=24.0, help="simulated hours of each")
    parser.add_argument("--kiosks", type=int, default=0, help="0: as the seed has it, 3 to 50")
    parser.add_argument("--trace", type=argparse.FileType("w", encoding="utf-8"), help="a file for all that happens")
    parser.add_argument("--plant", choices=[*FAULTS, ""], default="", help="a mistake to be found")
    wanted = parser.parse_args(arguments)
    broken, failed = 0, 0
    with ground() as made, FAULTS.get(wanted.plant, nullcontext)():
        for seed in range(wanted.first, wanted.first + wanted.seeds):
            outcome = run(made, seed, Wanted(wanted.hours, wanted.kiosks), wanted.trace)
            print(
                f"seed {seed}: {outcome.acts} acts, {outcome.saved} saved, {outcome.requests} requests,"
                f" {outcome.events} events, trace {outcome.trace}, {outcome.seconds:.1f} s",
                flush=True,
            )
            if outcome.broken:
                print(f"seed {seed} BROKEN: {outcome.broken}", flush=True)
                broken, failed = broken + 1, failed or seed
    if broken:
        print(f"make sim SEEDS=1 FIRST={failed}" + (f" PLANT={wanted.plant}" if wanted.plant else ""))
        return 1
    print(f"{wanted.seeds} seeds, {wanted.seeds * wanted.hours:.0f} simulated hours, {broken} broken")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
