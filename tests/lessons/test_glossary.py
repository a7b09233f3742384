"""The glossary: read with clear errors, and of the cnn lesson: true to its steps."""

from __future__ import annotations

import re

import pytest

from lessons.catalog import labs, lesson, lessons
from lessons.cnn.predictions import PREDICTIONS
from lessons.cnn.questions import QUESTIONS
from lessons.kit.figure import Formula, Table
from lessons.kit.glossary import (
    GlossaryError,
    Term,
    find,
    glossary,
    missing_steps,
    parse_glossary,
)

GOOD = """
["feature map"]
says = "What a filter writes."
step = "cnn/slide"
also = ["map"]

["stride"]
says = "How far the window moves."
step = "cnn/size"
"""


def test_terms_are_read_in_order() -> None:
    assert parse_glossary("g.toml", GOOD) == (
        Term("feature map", "What a filter writes.", "cnn/slide", ("map",)),
        Term("stride", "How far the window moves.", "cnn/size"),
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[", "g.toml: "),
        ('a = "b"', "'a' stands outside of a table"),
        ('[a]\nstep = "cnn/x"', "'a' needs says"),
        ('[a]\nsays = " "\nstep = "cnn/x"', "'a' needs says"),
        ('[a]\nsays = 3\nstep = "cnn/x"', "'a' needs says"),
        ('[a]\nsays = "b"', "'a' needs step"),
        ('[a]\nsays = "b"\nstep = "slide"', "'a' needs step"),
        ('[a]\nsays = "b"\nstep = "/slide"', "'a' needs step"),
        ('[a]\nsays = "b"\nstep = "c/d"\nalso = "e"', "'a' takes also"),
        ('[a]\nsays = "b"\nstep = "c/d"\nmore = 1', "unknown key 'more'"),
        ('[a]\nsays = "' + "b " * 46 + '"\nstep = "c/d"', "says 46 words; 45 are enough"),
        ('[a]\nsays = "b"\nstep = "c/d"\n[b]\nsays = "b"\nstep = "c/d"\nalso = ["A"]',
         "'A' names both 'a' and 'b'"),
        ('[a]\nsays = "b"\nstep = "c/d"\nalso = ["a"]', "'a' names both"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(text: str, says: str) -> None:
    with pytest.raises(GlossaryError) as caught:
        parse_glossary("g.toml", text)
    assert str(caught.value).startswith("g.toml: ")
    assert says in str(caught.value)


def test_a_step_that_is_not_there_is_named() -> None:
    terms = parse_glossary("g.toml", GOOD)
    assert list(missing_steps(terms, {"cnn": ("slide", "size")})) == []
    ((term, said),) = missing_steps(terms, {"cnn": ("slide",)})
    assert (term.name, said) == ("stride", "'stride' names 'cnn/size'; the steps are slide")
    assert "which is not there" in next(missing_steps(terms, {}))[1]


def test_finding_a_term_takes_names_beginnings_and_parts() -> None:
    terms = glossary("cnn")
    assert [term.name for term in find(terms, "MAP")][:2] == ["feature map", "signed map"]
    assert find(terms, " fully  connected ")[0].name == "dense layer"
    assert find(terms, "str")[0].name == "stride"
    assert find(terms, "zebra") == ()


def test_a_lesson_without_a_glossary_has_no_terms() -> None:
    assert glossary("data") == ()


@pytest.mark.parametrize("lesson_id", [one.id for one in lessons()])
def test_every_step_that_a_term_names_is_there(lesson_id: str) -> None:
    steps = {one.id: one.step_ids for one in lessons()}
    assert list(missing_steps(glossary(lesson_id), steps)) == []


def seen_in_cnn() -> str:
    """Everything that a learner of the lesson reads, in small letters."""
    texts = [step.title + "\n" + step.prose for step in lesson("cnn").steps]
    texts += lesson("cnn").objectives.values()
    for lab in labs("cnn").values():
        texts += [lab.title, *(control.label for control in lab.controls)]
        texts += [control.takes for control in lab.controls]
        for panel in lab.film(lab.defaults).at(0).panels:
            texts.append(panel.title)
            if isinstance(panel, Formula):
                texts += [part for line in panel.lines for part in line if isinstance(part, str)]
            if isinstance(panel, Table):
                texts += panel.head
    texts += [prediction.prompt for prediction in PREDICTIONS]
    for template in QUESTIONS:
        question = template.question(1)
        texts += [question.prompt, question.explanation, *(m.message for m in question.mistakes)]
    return "\n".join(texts).lower()


def test_every_term_is_met_in_the_lesson() -> None:
    seen = seen_in_cnn()
    terms = glossary("cnn")
    assert len(terms) >= 20
    for term in terms:
        assert any(re.search(rf"\b{re.escape(name)}s?\b", seen) for name in term.names) or (
            any(term.name in other.says for other in terms if other is not term)
        ), f"{term.name!r} is not met in the lesson"
