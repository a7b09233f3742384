"""Runs learner's code in a process of its own, and judges what comes back.

check.py judges, files.py reads a learner's file; process.py is our side of the run. keeper.py and
learner.py are the two processes of a run: the keeper, which outlives everything that the code
starts and sweeps it away, and under it the learner's, which raises fence.py around itself.
"""
