"""The labs of the rnn lesson: what they claim holds, by closed forms and by plain loops."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.trace import Trace
from engine.writing import write
from lessons.data import verse
from lessons.kit.control import SettingError
from lessons.kit.figure import Curves, Figure, Formula, Matrix, Number, Table, Timeline
from lessons.kit.film import Film, Recorded
from lessons.kit.lab import Lab
from lessons.kit.prediction import focus, panel
from lessons.own.file import FileError
from lessons.rnn import forecaster, writer
from lessons.rnn.chain import CHAIN
from lessons.rnn.forecasting import FORECAST
from lessons.rnn.leads import LEADS
from lessons.rnn.order import FORECASTS, ORDER
from lessons.rnn.unrolled import UNROLLED
from lessons.rnn.writing import WRITER


def film(lab: Lab, **given: Any) -> Film:
    return lab.film(lab.settings(given))


def last(lab: Lab, **given: Any) -> Figure:
    one = film(lab, **given)
    return one.at(one.length - 1)


def model(figure: Figure) -> Trace:
    return focus(figure).trace


# Unrolled -------------------------------------------------------------------------------------


def test_the_rows_are_those_of_a_plain_loop() -> None:
    figure = last(UNROLLED, steps=12, hidden=3)
    trace = model(figure)
    h = np.zeros(3)
    for t in range(12):
        a = trace["U"] @ trace["x"][t] + trace["W"] @ h + trace["b"]
        h = np.tanh(a)
        assert trace["a"][t] == pytest.approx(a)
        assert trace["h"][t] == pytest.approx(h)
        assert trace["y"][t] == pytest.approx(trace["V"] @ h + trace["c"])
    labels = [row.label for row in panel(figure, Timeline, "time").rows]
    assert labels == ["x", "a0", "a1", "a2", "h0", "h1", "h2", "y", "next", "loss"]


def test_forwards_and_backwards_are_written_step_by_step() -> None:
    there, back = film(UNROLLED, steps=40), film(UNROLLED, steps=40, way="backwards")
    assert there.length == back.length == 40
    for n in (0, 7, 39):
        forwards, backwards = (panel(one.at(n), Timeline, "time") for one in (there, back))
        assert (forwards.written, forwards.current) == ((0, n + 1), n)
        assert (backwards.written, backwards.current) == ((39 - n, 40), 39 - n)


def test_the_gradient_of_a_weight_is_the_sum_of_what_the_steps_add() -> None:
    back = film(UNROLLED, way="backwards", steps=12)
    so_far = [panel(back.at(n), Matrix, "W").view.array for n in range(12)]
    trace = model(back.at(0))
    before = np.vstack([trace["h_0"], trace["h"][:-1]])
    parts = trace["da"][:, :, None] * before[:, None]
    assert so_far[0] == pytest.approx(parts[-1])
    assert so_far[4] == pytest.approx(parts[-5:].sum(axis=0))
    assert so_far[-1] == pytest.approx(trace["dW"])


def test_a_gradient_has_two_sources_and_stops_at_a_cut() -> None:
    trace = model(last(UNROLLED, way="backwards", steps=12, cut="cut 4"))
    assert trace["dh"] == pytest.approx(trace["dh_from_y"] + trace["dh_from_next"])
    stopped = np.flatnonzero(np.abs(trace["dh_from_next"]).max(axis=1) == 0)
    assert stopped.tolist() == [3, 7, 11]
    whole = model(last(UNROLLED, way="backwards", steps=12))
    assert whole["h"] == pytest.approx(trace["h"])
    assert whole["dV"] == pytest.approx(trace["dV"])
    assert not np.allclose(whole["dW"], trace["dW"])


def test_no_weight_knows_how_long_the_sequence_is() -> None:
    short, long = (model(last(UNROLLED, steps=steps)) for steps in (5, 60))
    for name in ("U", "W", "b", "V", "c"):
        assert (short[name] == long[name]).all()
    assert long["h"][:5] == pytest.approx(short["h"])


def test_numbers_and_weights_of_the_learner_s_own() -> None:
    given = model(last(UNROLLED, steps=3, x="1 -2 0.5", cells="0 0 / 0 0"))
    assert given["x"][:, 0].tolist() == [1.0, -2.0, 0.5]
    assert given["h"] == pytest.approx(np.tanh(given["x"] * given["U"][:, 0]))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"x": "1 2 3"}, "Your x has 3 numbers, and there are 10 steps: give as many."),
        ({"x": "1 2", "sequence": "text"}, "change the text itself"),
        ({"cells": "1 0 0 / 0 1 0 / 0 0 1"}, "Your W has 3 rows, and there are 2 hidden units"),
        ({"sequence": "text", "text": "a"}, "two characters is the shortest"),
        ({"sequence": "file"}, "There is no table of your own yet"),
    ],
)
def test_what_does_not_go_together_is_said(given: dict[str, str], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        film(UNROLLED, **given)


def test_every_change_of_what_is_read_puts_typed_numbers_back() -> None:
    typed = {**UNROLLED.settings({"x": " ".join(["1"] * 10), "cells": "1 0 / 0 1"})}
    for name, value in (("sequence", "lynx"), ("text", "abc"), ("file", "/a.csv"), ("column", "b")):
        changed = UNROLLED.changed(typed, name, value)
        assert changed["x"] == changed["cells"] == ()
    assert UNROLLED.changed(typed, "steps", 11)["x"] == ()
    assert UNROLLED.changed(typed, "hidden", 3)["cells"] == ()


@pytest.mark.parametrize(
    "text", ["hello", "日本語日", "नमस्ते", "שלום", "😀😀!", "a b  c", "ää", "  "]
)
def test_a_line_in_any_script_is_read(text: str) -> None:
    for way in ("forwards", "backwards"):
        figure = last(UNROLLED, text=text, sequence="text", way=way)
        timeline = panel(figure, Timeline, "time")
        assert len(timeline.ticks) == len(UNROLLED.control("text").parse(text)) - 1
        assert all(tick.strip() for tick in timeline.ticks)


def test_trained_weights_say_the_word() -> None:
    figure = last(UNROLLED, sequence="text", text="hello", weights="trained")
    loss = panel(figure, Timeline, "time").rows[4].view.trace
    assert loss["p"].argmax(axis=1).tolist() == loss["target"].argmax(axis=1).tolist()
    assert float(loss["mean_loss"]) < 1.0


# Order and forecasts --------------------------------------------------------------------------


def errors(figure: Figure) -> dict[str, float]:
    found = {}
    for label, *_, off in panel(figure, Table, "errors").rows:
        assert isinstance(label, str) and isinstance(off, Number)
        found[label] = off.element.value
    return found


def test_order_is_what_the_forecasts_live_on() -> None:
    mean, today, network = (errors(last(ORDER))[label] for label in FORECASTS.values())
    assert network < 0.65 * today < 0.65 * mean
    mean, today, network = (errors(last(ORDER, shuffle=True))[one] for one in FORECASTS.values())
    assert today > 1.2 * mean
    assert network == pytest.approx(mean, rel=0.2)


def test_the_baselines_are_what_their_names_say() -> None:
    trace = forecaster.reading("sunspots", False)
    skip = forecaster.learned_steps(trace)
    x, following = trace["x"][skip:, 0], trace["target"][skip:, 0]
    found = errors(last(ORDER))
    assert found[FORECASTS["mean"]] == pytest.approx(np.sqrt((following**2).mean()))
    assert found[FORECASTS["today"]] == pytest.approx(np.sqrt(((x - following) ** 2).mean()))
    # Nothing of the part that is kept back goes into the scale.
    assert trace["x"][: skip + 1].mean() == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_forecast_of_sunspots_beats_tomorrow_is_today(seed: int) -> None:
    found = kept_back(last(FORECAST, seed=seed))
    assert found[FORECASTS["network"]] < 0.65 * found[FORECASTS["today"]]


def kept_back(figure: Figure) -> dict[str, float]:
    return {
        str(label): off.element.value
        for label, off, _ in panel(figure, Table, "errors").rows
        if isinstance(off, Number)
    }


@pytest.mark.parametrize("company", ["MSFT", "IBM", "AMZN"])
def test_share_prices_are_told_as_they_are(company: str) -> None:
    found = kept_back(last(FORECAST, series=company))
    assert found[FORECASTS["network"]] > 0.95 * found[FORECASTS["today"]]
    rows = panel(last(FORECAST, series=company), Table, "errors").rows
    learned = {str(row[0]): row[2] for row in rows}
    network, today = (learned[FORECASTS[name]] for name in ("network", "today"))
    assert isinstance(network, Number) and isinstance(today, Number)
    assert network.element.value < today.element.value


def test_a_training_is_the_same_again_and_its_curves_end_at_the_moment() -> None:
    one = film(FORECAST)
    assert isinstance(one, Recorded)
    forecaster.recording.cache_clear()
    again = film(FORECAST)
    figures = one.at(50), again.at(50)
    first, second = (panel(figure, Curves, "rms").series[0] for figure in figures)
    assert first.y.tolist() == second.y.tolist()
    assert first.x.tolist() == [float(n) for n in range(0, 51, 5)]
    assert again.ready == 51


# The long chain -------------------------------------------------------------------------------


def test_in_silence_the_gradient_meets_w_alone() -> None:
    trace = model(last(CHAIN, radius=1.6, loudness=0.0))
    rnn_W = trace.sources["dh"].trace["W"]
    back = trace.sources["dh"].trace["dh"][-1]
    for _ in range(49):
        back = rnn_W.T @ back
    assert trace["dh_norm"][0] == pytest.approx(np.sqrt((back**2).sum()))
    assert trace["tanh_part"].tolist() == [1.0] * 50
    assert trace["left"][0] > 1e6


def test_what_is_left_is_the_part_of_tanh_times_the_part_of_w() -> None:
    for radius in (0.5, 1.0, 3.0):
        trace = model(last(CHAIN, radius=radius))
        assert trace["left"] == pytest.approx(trace["tanh_part"] * trace["W_part"])
        assert (trace["tanh_factor"] <= 1).all()


def number(figure: Figure, name: str) -> float:
    for line in panel(figure, Formula, "numbers").lines:
        for part in line:
            if isinstance(part, Number) and part.element.name == name:
                return part.element.value
    raise AssertionError(name)


def test_it_vanishes_below_one_and_clipping_does_not_help() -> None:
    for radius in (0.5, 0.7, 0.9):
        plain, clipped = (
            last(CHAIN, radius=radius, clip=clip) for clip in ("no clipping", "clip 1")
        )
        assert model(plain)["left"][0] < 0.01
        assert number(clipped, "scale") <= 1
        assert number(plain, "scale") == 1
        assert number(clipped, "clipped_share") == pytest.approx(number(plain, "share"), rel=1e-9)


def test_the_highway_keeps_more_than_the_chain() -> None:
    rows = panel(last(LEADS, bias=3), Table, "paths").rows
    plain, gated = (row[2] for row in rows[:2])
    assert isinstance(plain, Number) and isinstance(gated, Number)
    assert gated.element.value > 1e6 * plain.element.value


# Writing --------------------------------------------------------------------------------------


def test_samples_turn_from_noise_into_words() -> None:
    words = {word for word in verse(plain=True).split() if len(word) > 2}
    one = film(WRITER)
    assert isinstance(one, Recorded)
    one.recording.reach(writer.UPDATES)

    text = writer.corpus("verse")

    def share(number: int) -> float:
        """How many of the longer words that it writes stand in the verse."""
        u = np.random.default_rng(0).random(800)
        places = write(one.recording.state(number).parameters, text.first, u, 0.5)
        written = "".join(text.symbols[place] for place in places).split()
        found = [word for word in written if len(word) > 2]
        return sum(word in words for word in found) / len(found)

    assert share(0) < 0.02
    assert share(writer.UPDATES) > 0.6
    loss, test = (one.recording.curve(name, writer.UPDATES)[1] for name in ("loss", "test"))
    counted = float(text.frequencies["H"])
    assert loss[0] == pytest.approx(np.log(28), rel=0.02)
    assert loss[-20:].mean() < 0.5 * counted
    assert test[-1] < 0.85 * counted


def test_a_sample_is_the_same_again() -> None:
    one = film(WRITER)
    lines = panel(one.at(30), Formula, "sample").lines
    writer.sample.cache_clear()
    assert panel(film(WRITER).at(30), Formula, "sample").lines[:2] == lines[:2]
    assert panel(film(WRITER, seed=1).at(30), Formula, "sample").lines[:2] != lines[:2]


# The learner's own ----------------------------------------------------------------------------


def test_a_table_of_the_learner_s_own(tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    wave = np.sin(np.arange(60) / 3)
    table.write_text("day,wave\n" + "".join(f"{n},{v}\n" for n, v in enumerate(wave)))
    trace = model(last(UNROLLED, sequence="file", file=str(table), steps=5))
    assert trace["x"][:, 0] == pytest.approx(((wave - wave.mean()) / wave.std())[:5])
    named = {"series": "file", "file": str(table), "column": "wave"}
    assert errors(last(ORDER, **named))[FORECASTS["network"]] < 0.5
    assert film(FORECAST, **named).length == forecaster.UPDATES + 1


BAD_TABLES = {
    "empty": (b"", "there are no numbers in it"),
    "words": (b"a,b\nc,d\n" * 20, "is no finite number"),
    "nan": (b"v\n" + b"1\n2\n" * 15 + b"nan\n", ":32: 'nan' is no finite number"),
    "constant": (b"7\n" * 40, "is the same, 7"),
    "short": (b"1\n2\n3\n", "3 numbers are too few"),
    "still-at-first": (b"7\n" * 40 + b"8\n9\n", "the first 31 values are all the same"),
    "large": (b"1\n1e300\n" * 20, "is larger than 1e+15"),
}


@pytest.mark.parametrize("name", BAD_TABLES)
@pytest.mark.parametrize("lab", [ORDER, FORECAST], ids=lambda lab: lab.name)
def test_a_bad_table_gets_a_sentence(tmp_path: Path, lab: Lab, name: str) -> None:
    data, says = BAD_TABLES[name]
    table = tmp_path / "own.csv"
    table.write_bytes(data)
    with pytest.raises(ValueError, match=f"(?i){says}".replace("+", r"\+")):
        film(lab, series="file", file=str(table))


def test_a_huge_table_and_escape_bytes_are_read_as_far_as_is_said(tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text("\x1b[31mvalue\x1b[0m\n" + "".join(f"{n % 17}\n" for n in range(30_000)))
    figure = last(UNROLLED, sequence="file", file=str(table))
    assert panel(figure, Timeline, "time").title == "Of a longer series, the first 1000 numbers."
    assert "\x1b" not in model(figure).meanings["x"]


def test_a_text_of_the_learner_s_own(tmp_path: Path) -> None:
    path = tmp_path / "own.txt"
    path.write_text("\x1b]0;title\x07猫が好き。\n犬も好き。\n" * 30)
    figure = film(WRITER, text="file", file=str(path)).at(3)
    written = "".join(str(line[0]) for line in panel(figure, Formula, "sample").lines)
    assert "\x1b" not in written
    assert set("猫犬") & set(written)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "there is no text in it"),
        ("too short", "Give at least 200 characters"),
        ("a" * 300, "1 different characters stand in this text"),
        ("".join(chr(0x4E00 + n) for n in range(400)), "400 different characters"),
    ],
)
def test_a_bad_text_gets_a_sentence(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "own.txt"
    path.write_text(text)
    with pytest.raises(FileError, match=says):
        film(WRITER, text="file", file=str(path))


def test_settings_out_of_range_name_their_control() -> None:
    with pytest.raises(SettingError, match="steps takes a whole number from 1 to 60"):
        UNROLLED.settings({"steps": 61})
    with pytest.raises(SettingError, match="text takes"):
        UNROLLED.settings({"text": "a" * 61})
