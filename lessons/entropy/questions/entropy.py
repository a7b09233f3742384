"""E2 and E3: expected values, entropy, what it ignores, and the questions behind it."""

from __future__ import annotations

import numpy as np

from engine.expectation import expectation
from engine.huffman import huffman
from engine.information import entropy
from engine.question_plan import plan_questions
from lessons.entropy.questions.drawn import halves, listed, said, tenths
from lessons.kit.answer import Numeric, OneOf
from lessons.kit.question import Draft, Mistake, Redraw, Template, pick


def _expected_goals(rng: np.random.Generator) -> Draft:
    p = tenths(rng, 4)
    goals = np.arange(4.0)
    known = expectation(goals, p)
    best = int(p.argmax())
    terms = " + ".join(f"{k}·{said(p[k])}" for k in range(4))
    return Draft(
        prompt=(
            f"A team scores 0, 1, 2 or 3 goals with the probabilities {listed(p)}. How many does "
            "it score on average?"
        ),
        kind=Numeric(unit="goals", tolerance=0.005),
        truth=float(known["mean"]),
        mistakes=(
            Mistake(
                "skill-times-probability",
                float(3 * p[3]),
                "You took what it can do at best, times the chance of that. The expected value "
                "adds up all outcomes, each times its probability.",
            ),
            Mistake(
                "likeliest-only",
                float(best),
                "That is the likeliest result. The others count too, each by its probability.",
            ),
            Mistake(
                "not-weighed",
                float(goals.mean()),
                "You took the mean of the four results, as if all were equally likely.",
            ),
            Mistake(
                "likeliest-weighed",
                float(best * p[best]),
                "That is one term of the sum. Every outcome gives one.",
            ),
            Mistake(
                "nothing-left-out",
                float(known["mean"] / (1 - p[0])),
                "You left out the matches without a goal. They pull the average down.",
            ),
        ),
        explanation=f"{terms} = {said(known['mean'])}.",
    )


def _entropy_ignores(rng: np.random.Generator) -> Draft:
    share, goals = pick(rng, (0.1, 0.2, 0.3, 0.4, 0.5)), int(rng.integers(2, 7))
    p = np.array([1 - share, share])
    known = float(entropy(p)["H"])
    unlike = expectation(np.array([0.0, goals]), p)
    return Draft(
        prompt=(
            f"Team A scores 0 goals with probability {said(p[0])} and 1 goal with {said(share)}: "
            f"an entropy of {said(known)} bits. Team B scores 0 with {said(p[0])} and {goals} with "
            f"{said(share)}. What is B's entropy?"
        ),
        kind=Numeric(unit="bits", tolerance=0.01),
        truth=float(entropy(p)["H"]),
        mistakes=(
            Mistake(
                "values-multiplied",
                known * goals,
                "You let the goals count. Entropy looks at probabilities alone, and those are the "
                "same.",
            ),
            Mistake(
                "variance",
                float(unlike["variance"]),
                "That is the variance: it does know the goals. Entropy does not.",
            ),
            Mistake(
                "expected-value",
                float(unlike["mean"]),
                "That is the expected number of goals. Entropy is the expected surprise.",
            ),
            Mistake(
                "log-of-goals",
                known + float(np.log2(goals)),
                "More goals are no more surprising here: they come as often as A's single goal.",
            ),
        ),
        explanation=(
            f"Entropy knows only the probabilities {listed(p)}: {said(known)} bits for both. What "
            "tells the two apart is the expected value and the variance."
        ),
    )


def _entropy_of_three(rng: np.random.Generator) -> Draft:
    p = halves(rng)
    known = entropy(p)
    surprises = known["surprise"]
    terms = " + ".join(f"{said(p[k])}·{said(surprises[k])}" for k in range(len(p)))
    return Draft(
        prompt=(
            f"{len(p)} outcomes have the probabilities {listed(p)}. How many bits is their entropy?"
        ),
        kind=Numeric(unit="bits", tolerance=0.005),
        truth=float(known["H"]),
        mistakes=(
            Mistake(
                "surprises-added",
                float(surprises.sum()),
                "You added the surprises. Each counts as often as its outcome comes: times p.",
            ),
            Mistake(
                "plain-mean",
                float(surprises.mean()),
                "You took the plain mean of the surprises. Frequent outcomes count more.",
            ),
            Mistake(
                "as-if-uniform",
                float(known["H_max"]),
                f"That is log2({len(p)}), the entropy if all were equally likely. These are not.",
            ),
            Mistake(
                "in-nats",
                float(entropy(p, "nats")["H"]),
                "That is in nats. Bits take the logarithm to base 2.",
            ),
            Mistake(
                "likeliest-only",
                float(surprises.min()),
                "That is the surprise of the likeliest outcome. The others are part of the "
                "average.",
            ),
        ),
        explanation=f"{terms} = {said(known['H'])} bits.",
    )


def _most_unpredictable(rng: np.random.Generator) -> Draft:
    even = rng.permutation(np.array(pick(rng, ((0.4, 0.3, 0.3), (0.3, 0.3, 0.2, 0.2)))))
    rare = pick(rng, (0.01, 0.02, 0.03))
    many = rng.permutation(np.array([1 - 4 * rare, *[rare] * 4]))
    coin = np.array(pick(rng, ((0.5, 0.5), (0.4, 0.6), (0.6, 0.4))))
    sure = rng.permutation(np.array(pick(rng, ((0.99, 0.01), (0.98, 0.01, 0.01)))))
    bits = {tuple(p): float(entropy(p)["H"]) for p in (even, many, coin, sure)}
    truth = max(bits, key=lambda p: bits[p])
    if truth != tuple(even):
        raise Redraw
    return Draft(
        prompt="Four distributions. Whose outcome is the hardest to predict?",
        kind=OneOf(),
        truth=listed(even),
        mistakes=(
            Mistake(
                "half-is-most",
                listed(coin),
                "Near a half is the most for two outcomes: at most 1 bit. More outcomes that are "
                "nearly alike have more.",
            ),
            Mistake(
                "many-outcomes",
                listed(many),
                "It has most outcomes, but one of them nearly always comes.",
            ),
            Mistake(
                "certain-is-most",
                listed(sure),
                "There you nearly know what comes. Entropy is smallest where one outcome is "
                "certain.",
            ),
        ),
        explanation="In bits: " + "; ".join(f"{said(bits[p])} for {listed(p)}" for p in bits) + ".",
    )


def _questions_needed(rng: np.random.Generator) -> Draft:
    p = -np.sort(-tenths(rng, int(rng.integers(3, 5))))
    code = huffman(p)
    truth, bits = float(code.trace["average"]), float(code.trace["H"])
    one_by_one = plan_questions(p, np.eye(len(p) - 1, len(p)))
    if truth - bits < 0.02:
        raise Redraw
    lengths = listed(code.trace["length"])
    return Draft(
        prompt=(
            f"A hidden outcome is to be found by yes/no questions. The probabilities are "
            f"{listed(p)}. How many questions does the best plan need on average?"
        ),
        kind=Numeric(unit="questions", tolerance=0.005),
        truth=truth,
        mistakes=(
            Mistake(
                "entropy-itself",
                bits,
                "That is the entropy. No plan goes below it, but a question is whole: here the "
                "best plan stays a little above.",
            ),
            Mistake(
                "all-alike",
                float(entropy(p)["H_max"]),
                "That is log2 of the number of outcomes, as if all were equally likely.",
            ),
            Mistake(
                "one-by-one",
                float(one_by_one["average"]),
                "You asked for one outcome after the other. Naming several at once can be better.",
            ),
            Mistake(
                "worst-case",
                float(code.trace["length"].max()),
                "That is the longest way. Frequent outcomes are found sooner.",
            ),
            Mistake(
                "not-weighed",
                float(code.trace["length"].mean()),
                "You took the plain mean. Frequent outcomes count more.",
            ),
        ),
        explanation=(
            f"Joining the two rarest again and again gives {lengths} questions; weighed by the "
            f"probabilities, {said(truth)}. H is {said(bits)}."
        ),
    )


TEMPLATES = (
    Template("expected-goals", "The expected value", ("E2",), _expected_goals),
    Template("entropy-ignores", "What entropy ignores", ("E2", "E3"), _entropy_ignores),
    Template("entropy-of-three", "The entropy of a few", ("E3",), _entropy_of_three),
    Template("most-unpredictable", "The hardest to predict", ("E3",), _most_unpredictable),
    Template("questions-needed", "Yes or no", ("E3",), _questions_needed),
)
