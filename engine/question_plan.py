"""A plan of yes/no questions: who is named by which question, and how many bits it takes.

Letters: K outcomes, M questions; plan[m,k] is 1 when question m names outcome k. The plan holds for
every round: a question concerns the outcomes that the answers before it left, and is asked only
where it names some of them and not others, so that its answer tells something. Each answer costs
one bit. Source: Cover and Thomas 2006, 5.7.1.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.distribution import checked_distribution
from engine.relation import relations
from engine.sampling import sample_scores
from engine.shapes import Array, ShapeError
from engine.trace import Trace

RELATIONS = relations("""
same[m,k,j] = (1 if p[j] > 0 else 0) if m == 0 else same[m-1,k,j] * agree[m-1,k,j]
agree[m,k,j] = 1 if plan[m,k] == plan[m,j] else 0
others[m,k] = sum(same[m,k,j] * (1 - agree[m,k,j]) for j)
asked[m,k] = 1 if p[k] > 0 and others[m,k] > 0 else 0
used[m,k] = 0 if m == 0 else used[m-1,k] + asked[m-1,k]
length[k] = used[M,k]
left[k] = sum(same[M,k,j] for j) if p[k] > 0 else 0
term[k] = p[k] * length[k]
average = sum(term[k] for k)
""")


def plan_questions(p: Array, plan: Array) -> Trace:
    """Follow a plan of questions for every outcome that may be hidden.

    p: (K,), a distribution. plan: (M,K), 1 where question m names outcome k, else 0.
    Gives a trace with p, plan; same (M+1,K,K): 1 when, k being hidden, j is still possible after m
    answers; agree (M,K,K): 1 when question m treats k and j alike; others (M,K): how many
    possible outcomes question m would rule out; asked (M,K): 1 where the question tells something
    and is asked; used (M+1,K): the bits used after m questions; length (K), all of them; left (K):
    how many outcomes stay possible at the end, 1 when the plan finds k; term = p·length (K) and
    their sum average. Outcomes that never come have no length.
    Errors: ShapeError; ValueError for a p that is no distribution, and for a plan with other
    numbers than 0 and 1.
    """
    p = checked_distribution("plan_questions", "p", p)
    plan = np.asarray(plan, dtype=np.float64)
    if plan.ndim != 2 or plan.shape[1] != len(p):
        raise ShapeError(
            f"plan_questions: plan must have the shape (M, {len(p)}), a column for each outcome, "
            f"got {plan.shape}"
        )
    if not np.isin(plan, (0, 1)).all():
        raise ValueError("plan_questions: plan must be 1 for an outcome that is named, else 0")
    questions, outcomes = plan.shape
    comes = p > 0
    agree = (plan[:, :, None] == plan[:, None, :]).astype(float)
    same = np.empty((questions + 1, outcomes, outcomes))
    same[0] = comes
    for m in range(questions):
        same[m + 1] = same[m] * agree[m]
    others = (same[:-1] * (1 - agree)).sum(axis=2)
    asked = (comes & (others > 0)).astype(float)
    used = np.vstack([np.zeros(outcomes), np.cumsum(asked, axis=0)])
    term = p * used[-1]
    return Trace(
        operation="a plan of questions",
        arrays={
            "p": p,
            "plan": plan,
            "same": same,
            "agree": agree,
            "others": others,
            "asked": asked,
            "used": used,
            "length": used[-1].copy(),
            "left": np.where(comes, same[-1].sum(axis=1), 0.0),
            "term": term,
            "average": np.asarray(term.sum()),
        },
        relations=RELATIONS,
        constants={"M": questions},
        meanings={
            "p": "the probability of this outcome",
            "plan": "1 when this question names this outcome, 0 when it does not",
        },
    )


def plan_of(words: Sequence[str], questions: int) -> Array:
    """The plan, (questions, K), that asks for code words letter by letter: question m names the
    outcomes whose word has a 1 there. Errors: ValueError for a word longer than that."""
    longest = max(words, key=len, default="")
    if len(longest) > questions:
        raise ValueError(f"plan_of: words must have at most {questions} letters, got {longest!r}")
    return np.array([[float(word[m : m + 1] == "1") for word in words] for m in range(questions)])


def sample_plan(trace: Trace, count: int, seed: int) -> Trace:
    """Play many rounds by the plan of a trace of `plan_questions`.

    Gives the trace of `sample_scores`, in which the score of an outcome is the length that the
    plan needs for it (linked), and expected the plan's average. The hidden outcomes are those of
    `sample_surprise` with the same seed. Errors: as those of `sample_scores`.
    """
    rounds = sample_scores(trace["p"], trace["length"], count, seed)
    rounds.link("score", trace, "length")
    return rounds
