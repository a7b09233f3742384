"""How many weights a recurrent network has, and of which shapes.

Letters: D inputs, H hidden units, K outputs.
"""

from __future__ import annotations

import numpy as np

from engine.relation import relations
from engine.shapes import check_whole
from engine.trace import Trace

RELATIONS = relations("""
joined = H + D
gate_weights = H * joined
gate_biases = H
gate = gate_weights + gate_biases
lstm_cell = 4 * gate
rnn_cell = H*D + H*H + H
ratio = lstm_cell / rnn_cell
read_out = K*H + K
lstm = lstm_cell + read_out
rnn = rnn_cell + read_out
""")


def recurrent_cost(inputs: int, hidden: int, outputs: int) -> Trace:
    """The weights and biases of an LSTM and of an RNN of the same sizes.

    Gives a trace of scalars: D, H, K; joined, the length of [h[t-1]; x[t]]; gate_weights and
    gate_biases of one gate (or of the candidate), and gate, their sum; lstm_cell and rnn_cell, what
    is used at every step, and ratio; read_out, W_z and b_z; lstm and rnn, all together.
    Errors: ValueError for sizes that are no whole numbers of at least 1.
    """
    for name, size in (("inputs", inputs), ("hidden", hidden), ("outputs", outputs)):
        check_whole("recurrent_cost", name, size, 1)
    gate = hidden * (hidden + inputs) + hidden
    rnn_cell = hidden * inputs + hidden * hidden + hidden
    read_out = outputs * hidden + outputs
    numbers = {
        "D": inputs,
        "H": hidden,
        "K": outputs,
        "joined": hidden + inputs,
        "gate_weights": hidden * (hidden + inputs),
        "gate_biases": hidden,
        "gate": gate,
        "lstm_cell": 4 * gate,
        "rnn_cell": rnn_cell,
        "ratio": 4 * gate / rnn_cell,
        "read_out": read_out,
        "lstm": 4 * gate + read_out,
        "rnn": rnn_cell + read_out,
    }
    return Trace(
        operation="the size of a recurrent network",
        arrays={name: np.array(float(number)) for name, number in numbers.items()},
        relations=RELATIONS,
        meanings={
            "D": "how many numbers the input has, as you chose",
            "H": "how many hidden units there are, as you chose",
            "K": "how many outputs there are, as you chose",
        },
    )
