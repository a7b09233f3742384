"""A network that learns to write, character by character, from verse or the learner's own text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.descent import Adam
from engine.information import entropy
from engine.recurrent_init import rnn_parameters
from engine.schedule import Cosine
from engine.sequence import SequenceRun, run_sequence
from engine.sequence_training import DrawnSequences, SequenceState, SequenceTraining
from engine.shapes import Array
from engine.trace import Trace
from engine.writing import write
from lessons.data import verse
from lessons.kit.recording import Recording
from lessons.kit.training import recorded
from lessons.own.file import FileError, Stamp
from lessons.own.sequence_file import load_text

VERSE = "verse"
HIDDEN = 64
RATE = 0.02
UPDATES = 1200
STEPS = 24
"""Characters of the pieces that it learns from."""
BATCH = 16
CLIP = 1.0
TESTED = 0.1
"""The part at the end of the text that is kept back."""
MOST_TESTED = 500
MOST_CHARACTERS = 20_000
MOST_SYMBOLS = 120
"""More characters to tell apart make a step too slow to watch."""
LEAST = 200
MEASURED_EVERY = 25
"""Updates from one test to the next."""
TEST = "test"
SAMPLE = 140
"""Characters that are written to be seen."""

WhichText = str | Stamp


@dataclass(frozen=True, eq=False)
class Corpus:
    """A text, as places of its characters in `symbols`; the end of it is kept back."""

    symbols: str
    learned: NDArray[np.int64]
    kept_back: NDArray[np.int64]
    frequencies: Trace
    """The entropy of the characters by themselves, in nats: what counting alone can reach."""
    note: str = ""

    def one_hot(self, places: NDArray[np.int64]) -> Array:
        """(T,K), or (T,K,N) for places (T,N)."""
        return np.moveaxis(np.eye(len(self.symbols))[places], -1, 1)

    @property
    def first(self) -> int:
        """What a new text begins after: the end of a line, or the first character there is."""
        return max(0, self.symbols.find("\n"))


@lru_cache(maxsize=4)
def corpus(which: WhichText) -> Corpus:
    """The verse, or the text of a file. Errors: FileError."""
    note = ""
    if isinstance(which, Stamp):
        own = load_text(which.path, least=LEAST, most=MOST_CHARACTERS)
        text, note = own.text, own.note
    else:
        text = verse(plain=True)
    symbols = "".join(sorted(set(text)))
    if not 2 <= len(symbols) <= MOST_SYMBOLS:
        raise FileError(
            f"{len(symbols)} different characters stand in this text. Give one with 2 to "
            f"{MOST_SYMBOLS}: each is an input and an output of the network."
        )
    place = {sign: n for n, sign in enumerate(symbols)}
    places = np.array([place[sign] for sign in text])
    kept = min(MOST_TESTED, int(TESTED * len(places)))
    learned = places[:-kept]
    counts = np.bincount(learned, minlength=len(symbols))
    return Corpus(symbols, learned, places[-kept:], entropy(counts / counts.sum(), "nats"), note)


@dataclass(frozen=True)
class Asked:
    """Which training."""

    which: WhichText = VERSE
    hidden: int = HIDDEN
    rate: float = RATE
    seed: int = 0


@lru_cache(maxsize=4)
def training(asked: Asked) -> SequenceTraining:
    """What it is trained on, and how: pieces from anywhere in the learned part."""
    one = corpus(asked.which)
    steps = min(STEPS, len(one.learned) // 2)

    def draw(rng: np.random.Generator) -> tuple[Array, Array]:
        starts = rng.integers(0, len(one.learned) - steps, BATCH)
        pieces = one.learned[starts + np.arange(steps + 1)[:, None]]
        return one.one_hot(pieces[:-1]), pieces[1:]

    return SequenceTraining(
        "rnn",
        DrawnSequences(draw, asked.seed),
        Adam(0.9, 0.99),
        Cosine(asked.rate, UPDATES, asked.rate / 20),
        clip=CLIP,
    )


@lru_cache(maxsize=2)
def recording(asked: Asked) -> Recording[SequenceState]:
    """The training, update by update."""
    one, trains = corpus(asked.which), training(asked)
    size = len(one.symbols)
    parameters = rnn_parameters(
        np.random.default_rng(asked.seed), size, asked.hidden, size, orthogonal_W=True
    )

    def measure(state: SequenceState) -> Mapping[str, float]:
        if state.update % MEASURED_EVERY:
            return {}
        run = surprised(one, state, one.kept_back)
        return {TEST: float(run.loss["mean_loss"])}

    return recorded(trains, parameters, UPDATES, measure)


def surprised(one: Corpus, state: SequenceState, places: NDArray[np.int64]) -> SequenceRun:
    """A state's network reads a text, and at each character says what it expects next."""
    return run_sequence("rnn", state.parameters, one.one_hot(places[:-1]), places[1:])


@lru_cache(maxsize=8)
def sample(asked: Asked, state: SequenceState, temperature: float) -> tuple[str, SequenceRun]:
    """What a state's network writes, always with the same luck, and its run over that text."""
    one = corpus(asked.which)
    luck = np.random.default_rng(asked.seed).random(SAMPLE)
    places = write(state.parameters, one.first, luck, temperature)
    run = surprised(one, state, places)
    run.model.meanings = {
        **run.model.meanings,
        "x": "1 for the character that it has just written, 0 for the others",
    }
    return "".join(one.symbols[place] for place in places[1:]), run
