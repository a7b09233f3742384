"""Fixtures that run a test once for every operation, network and trace of `cases`."""

from __future__ import annotations

import pytest

from engine.trace import Trace
from tests.engine.cases import CASES, NETWORKS, OTHER_TRACES, Case, NetworkCase
from tests.engine.recurrent_cases import RECURRENT_CASES, RECURRENT_TRACES

ALL_OTHER_TRACES = {**OTHER_TRACES, **RECURRENT_TRACES}


@pytest.fixture(params=(*CASES, *RECURRENT_CASES), ids=lambda case: case.name)
def case(request: pytest.FixtureRequest) -> Case:
    """One operation."""
    found: Case = request.param
    return found


@pytest.fixture(params=NETWORKS, ids=lambda case: case.name)
def network_case(request: pytest.FixtureRequest) -> NetworkCase:
    """One network."""
    found: NetworkCase = request.param
    return found


@pytest.fixture(params=ALL_OTHER_TRACES)
def other_trace(request: pytest.FixtureRequest) -> Trace:
    """One trace of what has no gradient."""
    return ALL_OTHER_TRACES[request.param]()
