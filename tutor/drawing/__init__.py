"""Drawing of figures as lines of inked text: for the screen, for pipes and for tests alike."""
