"""Three trainings side by side: from the same weights, on the same data, with other batches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from time import thread_time

from engine.descent import Momentum, Plain
from engine.schedule import Constant
from engine.training import State, Training, evaluate
from lessons.descent.problems import TASKS, Task
from lessons.kit.control import Settings
from lessons.kit.recording import Recording

RUNS = ("batch", "mini-batch", "stochastic")
SLICES = {"tumours": 8, "digits": 24, "sunspots": 8}
"""An epoch has so many moments where a moment is a number of examples."""
EPOCHS = {"tumours": 10, "digits": 3, "sunspots": 10}
UPDATES = 120
"""Moments of a race in which a moment is an update of each run."""
ORDER_SEED = 1
LARGEST = 1e6
"""A run whose batch loss is not below this has diverged; it goes no further."""


@dataclass(frozen=True, eq=False)
class Standings:
    """Where every run of a race stands."""

    moment: int
    runs: Mapping[str, State]
    seconds: Mapping[str, float]
    """How long this machine's processor has computed each run. Measured: it differs from time to
    time, and nothing else depends on it."""

    @property
    def nbytes(self) -> int:
        """The bytes of its arrays."""
        return sum(state.nbytes for state in self.runs.values())


@dataclass(frozen=True)
class Entry:
    """What a race is run with; two races with the same entry are the same."""

    data: str
    each: str
    batch: int
    rate: float
    momentum: float
    seed: int = ORDER_SEED


GHOSTS = ("none", "half the rate", "twice the rate", "other momentum", "another order")
"""What a race may be held against: the same one, with one thing changed."""


def entry(settings: Settings) -> Entry:
    """The race that the settings ask for."""
    return Entry(
        settings["data"],
        settings["each"],
        int(settings["batch"]),
        settings["rate"],
        settings["momentum"],
    )


def ghost_of(race: Entry, ghost: str) -> Entry | None:
    """The race behind it."""
    match ghost:
        case "half the rate":
            return replace(race, rate=race.rate / 2)
        case "twice the rate":
            return replace(race, rate=race.rate * 2)
        case "other momentum":
            return replace(race, momentum=0.0 if race.momentum else 0.9)
        case "another order":
            return replace(race, seed=race.seed + 1)
    return None


def task_of(race: Entry) -> Task:
    """The network and the data."""
    return TASKS[race.data]()


@lru_cache(maxsize=16)
def trainings(race: Entry) -> dict[str, Training]:
    """The training of each run, by its name."""
    task = task_of(race)
    count = task.x.shape[-1]
    rule = Momentum(race.momentum) if race.momentum else Plain()
    sizes = dict(zip(RUNS, (count, race.batch, 1), strict=True))
    return {
        name: Training(task.x, task.target, size, rule, Constant(race.rate), race.seed)
        for name, size in sizes.items()
    }


def moments(race: Entry) -> int:
    """The number of the last moment."""
    return EPOCHS[race.data] * SLICES[race.data] if race.each == "examples" else UPDATES


def diverged(state: State) -> bool:
    """Whether a run has left all bounds."""
    return state.diverged or (state.loss is not None and not state.loss < LARGEST)


def goal(race: Entry, moment: int) -> int:
    """How many examples each run may have used at a moment that is a number of examples."""
    count = int(task_of(race).x.shape[-1])
    return moment * count // SLICES[race.data]


class Race:
    """One race, perhaps with another one behind it as a ghost. Curves are called by run and by what
    they are over: "mini-batch examples", "mini-batch train"; a ghost's have a * in front."""

    def __init__(self, race: Entry, ghost: Entry | None = None) -> None:
        self.race = race
        self.parts: dict[str, tuple[Entry, str, Training]] = {}
        for mark, one in (("", race), ("*", ghost)):
            if one is not None:
                for name, training in trainings(one).items():
                    self.parts[mark + name] = (one, name, training)

    def start(self) -> Standings:
        """Before the first update."""
        network = task_of(self.race).network
        runs = {key: training.start(network) for key, (_, _, training) in self.parts.items()}
        return Standings(0, runs, dict.fromkeys(runs, 0.0))

    def advance(self, standings: Standings) -> Standings:
        """One moment on: an update of every run, or as many as its examples allow. A run that has
        diverged stays where it is."""
        moment = standings.moment + 1
        runs, seconds = {}, {}
        for key, (one, _, training) in self.parts.items():
            state, before = standings.runs[key], thread_time()
            last = state.update + 1
            if one.each == "examples":
                allowed = goal(one, moment)
                epochs, rest = divmod(allowed, training.batches.count)
                last = epochs * training.batches.per_epoch + rest // training.batch_size
            while state.update < last and not diverged(state):
                state = training.advance(state)
            runs[key] = state
            seconds[key] = standings.seconds[key] + thread_time() - before
        return Standings(moment, runs, seconds)

    def measure(self, standings: Standings) -> dict[str, float]:
        """The numbers of the curves."""
        task = task_of(self.race)
        found = {}
        for key, state in standings.runs.items():
            if diverged(state):
                continue
            batches = self.parts[key][2].batches
            found[f"{key} updates"] = float(state.update)
            found[f"{key} examples"] = float(batches.examples_seen(state.update))
            found[f"{key} seconds"] = standings.seconds[key]
            found[f"{key} train"] = evaluate(state.network, task.x, task.target).loss
            found[f"{key} test"] = evaluate(state.network, task.x_test, task.target_test).loss
        return found

    def ended(self, standings: Standings) -> str:
        """What to say when no run is left to go on."""
        own = [state for key, state in standings.runs.items() if not key.startswith("*")]
        if all(diverged(state) for state in own):
            return "All three have diverged. A smaller learning rate helps."
        return ""

    def said(self, standings: Standings) -> str:
        """Which runs have diverged, and with which update; empty where none has."""
        words = [
            f"{key} with update {state.update}"
            for key, state in standings.runs.items()
            if diverged(state) and not key.startswith("*")
        ]
        return f". Diverged: {', '.join(words)}. A smaller rate helps." if words else ""


@lru_cache(maxsize=4)
def raced(race: Entry, ghost: Entry | None = None) -> tuple[Race, Recording[Standings]]:
    """A race and its recording; the same one for the same entries."""
    one = Race(race, ghost)
    recording = Recording(
        one.start(),
        one.advance,
        moments(race),
        nbytes=lambda standings: standings.nbytes,
        measure=one.measure,
        ended=one.ended,
    )
    return one, recording
