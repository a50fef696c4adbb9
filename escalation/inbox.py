"""A score as one inbox sees it: its own teams are asked for by name, its own limits make failures hard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from escalation.failure import failed_among, failed_in_row
from escalation.findings import Finding, Kind
from escalation.model import Score
from escalation.policy import Policy
from escalation.requests import named_team
from escalation.seen import Seen, whole
from escalation.transcript import Transcript
from escalation.wording import finding


def limited(score: Score, transcript: Transcript, policy: Policy) -> Score:
    """The score with what only the inbox's policy knows.

    A request for one of its teams joins the findings, unless a request was found already. Failures that reach its limits become hard;
    a limit over another number of turns than the scorer looks at brings its own finding.
    """
    last = transcript.last
    if last.author != "customer" or last.seq <= transcript.boundary:
        return score
    known = score.joined_by(tuple(finding(seen) for seen in _more(score, transcript, policy)))
    return replace(known, findings=tuple(_hardened(found, policy) for found in known.findings))


def _more(score: Score, transcript: Transcript, policy: Policy) -> Iterator[Seen]:
    if not any(found.kind == Kind.ASKED for found in score.findings):
        team = named_team(transcript.last, policy.teams)
        if team:
            yield team
    rules = {found.rule for found in score.findings}
    if transcript.last.seq not in transcript.views or "failed_among" in rules:
        return
    failures, turns = policy.fallbacks_window
    several = failed_among(transcript, turns)
    if failures <= len(several) and len(several) > len(failed_in_row(transcript)):
        yield Seen("failed_among", len(several), whole(several))


def _hardened(found: Finding, policy: Policy) -> Finding:
    limit = policy.limit(found.rule)
    reached = limit is not None and found.value is not None and found.value >= limit
    return replace(found, hard=True) if reached else found
