"""Blend two checkpoints of one network, one of them trained on from the other: often better than both.

    python -m limpid.blend START.pt TRAINED.pt OUT.pt --share 0.65

Every number becomes (1 - share) * START + share * TRAINED: Wortsman et al., "Robust fine-tuning of zero-shot models",
arXiv 2109.01903, section 3. OUT carries TRAINED's training record, with the share in it. A share above 1 goes further the way
that training went (Ilharco et al., arXiv 2212.04089); judge it on pictures that no share was chosen by.
"""

import argparse
from pathlib import Path

from .export.checkpoint import State, load_checkpoint
from .records import blended
from .trainer import write_whole


# Half as far again as the training went; beyond, nothing vouches for the weights.
MOST = 1.5


def blend(start: State, trained: State, share: float) -> State:
    """`share` of `trained`, 0 to 1.5, the rest of `start`. Raises ValueError when names or shapes differ."""
    if not 0 <= share <= MOST:
        raise ValueError(f"share must lie between 0 and {MOST}, not {share}")
    for name in start.keys() | trained.keys():
        if name not in start or name not in trained or start[name].shape != trained[name].shape:
            raise ValueError(f"the checkpoints are not of one network: tensor {name} differs")
    return {name: start[name].lerp(value, share) for name, value in trained.items()}


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("start", type=Path)
    ask.add_argument("trained", type=Path)
    ask.add_argument("out", type=Path)
    ask.add_argument("--share", type=float, required=True, help="of TRAINED, 0 to 1.5")
    options = ask.parse_args()
    try:
        start, trained = load_checkpoint(options.start), load_checkpoint(options.trained)
        state = blend(start["model"], trained["model"], options.share)
    except (ValueError, FileNotFoundError) as problem:
        raise SystemExit(f"error: {problem}") from problem
    record = blended(trained, options.share)
    weights = {name: value.half() for name, value in state.items()}
    write_whole({**trained, "model": weights, "record": record}, options.out)
    print(f"{options.out}: {options.share:g} of {options.trained}, {1 - options.share:g} of {options.start}")


if __name__ == "__main__":
    main()
