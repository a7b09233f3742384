"""Answers as learners type them, and questions made from seeds."""

from __future__ import annotations

import numpy as np
import pytest

from lessons.kit.answer import AnswerError, InOrder, Kind, Numeric, OneOf, Shape, Sign
from lessons.kit.question import (
    Draft,
    Mistake,
    Question,
    QuestionError,
    Redraw,
    Template,
    faults,
    judge,
    pick,
)

EXACT = Numeric(unit="rows")
ABOUT = Numeric(tolerance=0.01)
ORDER = InOrder(options=("3×3", "1×1", "5×5"))
CHOICE = OneOf(options=("−1 0 1", "1 0 −1", "the same"))


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (EXACT, "12", 12),
        (EXACT, " +12 ", 12),
        (EXACT, "12 rows", 12),
        (EXACT, "1 row", 1),
        (EXACT, "\u22123", -3),
        (EXACT, "\u20133", -3),
        (EXACT, "442,368", 442368),
        (EXACT, "442.368", 442368),
        (EXACT, "442 368", 442368),
        (EXACT, "442\u202f368", 442368),
        (EXACT, "0.125", 0.125),
        (EXACT, "1,234,567", 1234567),
        (ABOUT, "1,234", 1.234),
        (ABOUT, "1.234,5", 1234.5),
        (ABOUT, "1,234.5", 1234.5),
        (ABOUT, ",5", 0.5),
        (ABOUT, "5.", 5),
        (ABOUT, "1e-3", 0.001),
        (ABOUT, "1/9", 1 / 9),
        (ABOUT, "\u22123 / 4", -0.75),
        (Sign(), "+", 1),
        (Sign(), "\u2212", -1),
        (Sign(), "minus", -1),
        (Sign(), "Positive", 1),
        (Sign(), "0", 0),
        (Sign(), "-0,5", -0.5),
        (Shape(), "13x13", (13, 13)),
        (Shape(), "13×12", (13, 12)),
        (Shape(), "13 12", (13, 12)),
        (Shape(), "13 by 12", (13, 12)),
        (Shape(), "13by12", (13, 12)),
        (Shape(), "(13, 12)", (13, 12)),
        (Shape(), "[13,12]", (13, 12)),
        (Shape(), "13*12", (13, 12)),
        (Shape(axes=("channels", "rows", "columns")), "3 × 9 × 7", (3, 9, 7)),
        (Shape(axes=("features",)), "(64,)", (64,)),
        (CHOICE, "2", "1 0 −1"),
        (CHOICE, "2)", "1 0 −1"),
        (CHOICE, "-1 0  1", "−1 0 1"),
        (CHOICE, "THE SAME", "the same"),
        (ORDER, "213", ("1×1", "3×3", "5×5")),
        (ORDER, "2, 1, 3", ("1×1", "3×3", "5×5")),
        (ORDER, "2 < 1 < 3", ("1×1", "3×3", "5×5")),
        (ORDER, "1×1, 3×3, 5×5", ("1×1", "3×3", "5×5")),
    ],
)
def test_a_value_is_read_from_text(kind: Kind, text: str, value: object) -> None:
    assert kind.parse(text) == value


@pytest.mark.parametrize("kind", [EXACT, ABOUT, Sign(), Shape(), CHOICE, ORDER])
@pytest.mark.parametrize(
    "text",
    ["", "   ", "nan", "inf", "-inf", "1e999", "1_000", "1/0", "1/2/3", "two", "9" * 400, "\x1b[2J",
     "1,2,3,x", "٣", "0xff", "aab", "z", "d", "1e308/1e-308", "--3"],
)  # fmt: skip
def test_what_is_no_answer_is_refused_in_a_sentence(kind: Kind, text: str) -> None:
    with pytest.raises(AnswerError) as caught:
        kind.parse(text)
    said = str(caught.value)
    assert said.endswith(".")
    assert said.isprintable()
    assert len(said) < 220


@pytest.mark.parametrize("text", ["13", "13×13×3", "-3×3", "3.5×3"])
def test_a_shape_needs_one_length_for_each_axis(text: str) -> None:
    with pytest.raises(AnswerError, match="rows × columns"):
        Shape().parse(text)


def test_a_tolerance_is_said_and_kept() -> None:
    assert "within 0.01" in ABOUT.takes
    assert ABOUT.same(0.51, 0.5)
    assert not ABOUT.same(0.5102, 0.5)
    assert "10 %" in Numeric(relative=0.1).takes
    assert Numeric(relative=0.1).same(54_000, 58_887)
    assert not EXACT.same(12.001, 12)
    assert EXACT.same(0.1 + 0.2, 0.3)


@pytest.mark.parametrize(
    ("kind", "value"),
    [(EXACT, -1234567.0), (EXACT, 0.125), (ABOUT, 1 / 3), (Shape(), (13, 12)), (CHOICE, "1 0 −1"),
     (ORDER, ("1×1", "3×3", "5×5")), (Sign(), -2.0), (Numeric(relative=0.1), 58887.1)],
)  # fmt: skip
def test_what_is_shown_reads_back(kind: Kind, value: object) -> None:
    assert kind.same(kind.parse(kind.show(value)), value)


def twice(rng: np.random.Generator) -> Draft:
    number = pick(rng, (0, 1, 2, 3, 4))
    if number == 3:
        raise Redraw
    return Draft(
        prompt=f"What is {number} doubled?",
        kind=Numeric(),
        truth=2.0 * number,
        mistakes=(
            Mistake("squared", float(number**2), "You squared it."),
            Mistake("added-two", number + 2.0, "You added two."),
            Mistake("squared-again", float(number**2), "You never read this."),
        ),
        explanation=f"{number} + {number}.",
    )


TWICE = Template("twice", "Doubling", ("D1",), twice)


def with_number(number: int) -> Question:
    return next(q for q in map(TWICE.question, range(99)) if f"is {number} doubled" in q.prompt)


def test_the_same_seed_asks_the_same_again() -> None:
    assert [TWICE.question(seed) for seed in range(20)] == [TWICE.question(n) for n in range(20)]


def test_fresh_numbers_differ_and_come_from_a_later_seed() -> None:
    for seed in range(30):
        question = TWICE.question(seed)
        other = TWICE.fresh(question)
        assert other.seed > seed
        assert other.prompt != question.prompt


def test_a_template_draws_again_until_the_numbers_will_do() -> None:
    prompts = {TWICE.question(seed).prompt for seed in range(60)}
    # 2 has no mistake that leads elsewhere, 3 is refused by the template.
    assert prompts == {f"What is {n} doubled?" for n in (0, 1, 4)}


def test_mistakes_that_lead_to_the_truth_or_to_the_same_are_left_out() -> None:
    assert [mistake.id for mistake in with_number(0).mistakes] == ["added-two"]
    assert [mistake.id for mistake in with_number(4).mistakes] == ["squared", "added-two"]


def test_a_mistake_that_reads_like_the_truth_where_it_is_shown_is_left_out() -> None:
    def make(rng: np.random.Generator) -> Draft:
        # 5.386 is shown as 5.39, which is taken for 5.4.
        near = Mistake("near", 5.386, "Near.")
        return Draft("How far?", ABOUT, 5.4, (near, Mistake("far", 3.0, "Far.")), "So.")

    template = Template("far", "Far", ("D1",), make)
    assert [mistake.id for mistake in template.question(0).mistakes] == ["far"]
    assert list(faults(template, [0])) == []


def test_an_answer_is_judged_with_what_led_to_it() -> None:
    question = with_number(4)
    right = judge(question, "8")
    assert (right.right, right.misconception, right.truth) == (True, "", "8")
    squared = judge(question, "16")
    assert (squared.right, squared.misconception) == (False, "squared")
    assert squared.message == "You squared it."
    new = judge(question, "7")
    assert (new.right, new.misconception, new.message) == (False, "", "Not 7.")
    with pytest.raises(AnswerError):
        judge(question, "eight")


def choose(rng: np.random.Generator) -> Draft:
    wrong = tuple(Mistake(name, name, f"Not {name}.") for name in ("west", "north", "south"))
    return Draft("Where does the sun rise?", OneOf(), "east", wrong, "It does.")


def test_options_are_the_truth_and_the_mistakes_in_a_drawn_order() -> None:
    template = Template("sun", "Sunrise", ("D1",), choose)
    orders = {template.question(seed).kind.options for seed in range(200)}  # type: ignore[attr-defined]
    assert len(orders) == 24
    assert {frozenset(order) for order in orders} == {frozenset({"east", "west", "north", "south"})}
    assert list(faults(template, range(50))) == []
    with pytest.raises(QuestionError, match="the same numbers"):
        template.fresh(template.question(0))


def test_an_order_is_never_shown_as_its_own_answer() -> None:
    def make(rng: np.random.Generator) -> Draft:
        turned = Mistake("turned", ("c", "b", "a"), "The other way round.")
        return Draft("In order?", InOrder(), ("a", "b", "c"), (turned,), "So.")

    template = Template("abc", "Order", ("D1",), make)
    for seed in range(50):
        assert template.question(seed).kind.options != ("a", "b", "c")  # type: ignore[attr-defined]


def test_faults_name_the_template_the_seed_and_what_is_wrong() -> None:
    def wordy(rng: np.random.Generator) -> Draft:
        return Draft("why " * 70, Numeric(), 1 / 3, (Mistake("m", 2.0, "Two."),), "")

    found = list(faults(Template("wordy", "Wordy", ("D1",), wordy), [5]))
    assert found[0] == "wordy, seed 5: the prompt has 70 words; 60 are enough"
    assert any("no explanation" in said for said in found)
    assert any("judged wrong" in said for said in found)


def test_a_template_without_good_numbers_is_at_fault() -> None:
    def never(rng: np.random.Generator) -> Draft:
        raise Redraw

    template = Template("never", "Never", (), never)
    assert list(faults(template, range(5))) == ["never: no good numbers in 200 draws for seed 0"]
    with pytest.raises(QuestionError, match="a seed is 0 or more"):
        template.question(-1)
