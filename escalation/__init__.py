"""Escalation: a transcript goes in, a decision with its reasons comes out. Pure: no clock, no network, no database."""
