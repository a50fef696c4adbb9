"""Faults: the real processes are hurt while both sides talk, and what everybody saw is held against the log."""
