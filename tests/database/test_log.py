"""The log: acknowledged means stored, exactly once, in one order."""

from __future__ import annotations

import uuid
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support import handoff, log
from support.models import Inbox, Message, Turn
from support.protocol.parts import Button
from tests import people
from tests.judgements import escalate
from tests.people import Visitor
from tests.threads import at_once


def seqs(visitor: Visitor) -> list[int]:
    return list(Message.objects.filter(conversation=visitor.conversation).order_by("seq").values_list("seq", flat=True))


def test_the_greeting_is_the_first_line(maria: Visitor) -> None:
    [line] = log.since(maria.conversation, 0, "customer")
    assert (line.seq, line.author, line.name, line.body) == (1, "bot", "Tarn", "Hello, I am Tarn, a bot.")


def test_a_repeated_send_gets_the_first_answer_and_changes_nothing(maria: Visitor) -> None:
    first = log.append(maria.conversation, "customer", "a", "Hello")
    again = log.append(maria.conversation, "customer", "a", "Hello")
    assert (first.seq, first.repeated) == (2, False)
    assert (again.seq, again.repeated) == (2, True)
    assert Turn.objects.filter(conversation=maria.conversation).count() == 1


def test_the_same_client_id_with_another_text_is_refused(maria: Visitor) -> None:
    log.append(maria.conversation, "customer", "a", "Hello")
    with pytest.raises(log.Refused) as refused:
        log.append(maria.conversation, "customer", "a", "Good bye")
    assert refused.value.code == "reused_id"


def test_a_customer_cannot_take_the_name_of_the_bots_next_send(maria: Visitor) -> None:
    log.append(maria.conversation, "customer", "turn-1-0", "Hello")
    assert not log.append(maria.conversation, "bot", "turn-1-0", "Hello, too").repeated


def test_the_bot_cannot_speak_in_the_queue(maria: Visitor) -> None:
    escalate(maria.conversation, maria.says("a person please"))
    with pytest.raises(log.Refused) as refused:
        log.append(maria.conversation, "bot", "late", "Let me look that up.")
    assert refused.value.code == "not_holder"


def test_an_agent_who_does_not_hold_it_cannot_write(maria: Visitor, ana, ben) -> None:  # type: ignore[no-untyped-def]
    escalate(maria.conversation, maria.says("a person please"))
    handoff.accept(maria.conversation, ana.pk)
    with pytest.raises(log.Refused):
        handoff.reply(maria.conversation, ben.pk, "x", "Hi")
    assert handoff.reply(maria.conversation, ana.pk, "x", "Hi").seq > 0


def test_nobody_writes_into_a_closed_conversation(maria: Visitor) -> None:
    handoff.finish(maria.conversation)
    with pytest.raises(log.Refused) as refused:
        maria.says("one more thing")
    assert refused.value.code == "closed"


def test_a_missing_conversation_is_said_to_be_missing(tarnwood: Inbox) -> None:
    with pytest.raises(log.Refused) as refused:
        log.append(uuid.uuid4(), "customer", "a", "Hello")
    assert refused.value.code == "missing"


def test_pages_follow_each_other_without_a_gap(maria: Visitor) -> None:
    for number in range(7):
        maria.says(f"line {number}")
    seen: list[int] = []
    while page := log.since(maria.conversation, seen[-1] if seen else 0, "customer", limit=3):
        seen += [line.seq for line in page]
    assert seen == list(range(1, 9))


def test_each_side_sees_the_client_ids_of_its_own_lines_only(maria: Visitor) -> None:
    maria.says("Hello", "mine")
    assert [line.client_id for line in log.since(maria.conversation, 1, "customer")] == ["mine"]
    assert [line.client_id for line in log.since(maria.conversation, 1, "agent")] == [""]


def test_buttons_come_back_as_they_were_stored(maria: Visitor) -> None:
    log.append(maria.conversation, "bot", "b", "Which?", buttons=[Button("This", "/this"), Button("That", "")])
    [line] = log.since(maria.conversation, 1, "customer")
    assert line.buttons == (Button("This", "/this"), Button("That", ""))


def test_one_append_is_one_statement(maria: Visitor) -> None:
    with CaptureQueriesContext(connection) as queries:
        maria.says("Hello")
    assert [query["sql"].split()[0] for query in queries] == ["WITH"]


@pytest.mark.django_db(transaction=True)
def test_the_same_send_ten_times_at_once_is_one_row_and_ten_equal_answers() -> None:
    maria = people.visitor(people.inbox())
    results = at_once([partial(log.append, maria.conversation, "customer", "same", "Hello")] * 10)
    assert {result.seq for result in results if isinstance(result, log.Stored)} == {2}
    assert len([result for result in results if isinstance(result, log.Stored)]) == 10
    assert seqs(maria) == [1, 2]


@pytest.mark.django_db(transaction=True)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    writers=st.lists(
        st.lists(st.sampled_from([f"send {number}" for number in range(6)]), min_size=1, max_size=6),
        min_size=2,
        max_size=6,
    ),
    readers=st.integers(0, 3),
)
def test_seq_is_dense_under_any_interleaving_of_sends_retries_and_readers(
    transactional_db: None, writers: list[list[str]], readers: int
) -> None:
    maria = people.visitor(Inbox.objects.filter(key="dense").first() or people.inbox("dense"))

    def write(sends: list[str]) -> dict[str, int]:
        # The same names from many writers: each repetition is a retry of somebody's send.
        return {send: log.append(maria.conversation, "customer", send, send).seq for send in sends}

    def read() -> list[int]:
        seen: list[int] = []
        for _ in range(20):
            seen += [line.seq for line in log.since(maria.conversation, seen[-1] if seen else 0, "agent", limit=2)]
        return seen

    results = at_once([partial(write, sends) for sends in writers] + [read] * readers)

    failures = [result for result in results if isinstance(result, Exception)]
    assert failures == []
    answers: dict[str, int] = {}
    for result in results[: len(writers)]:
        assert isinstance(result, dict)
        for send, seq in result.items():
            assert answers.setdefault(send, seq) == seq
    stored = seqs(maria)
    assert stored == list(range(1, len(answers) + 2))
    for seen in results[len(writers) :]:
        assert seen == list(range(1, len(seen) + 1))  # type: ignore[arg-type]
