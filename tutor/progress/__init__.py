"""What the learner did: an append-only log of events, and everything that can be told from it."""
