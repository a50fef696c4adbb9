"""The terminal customer's side of a conversation."""

from collections.abc import Sequence

from support.demo.terminal.chat import Chat
from support.demo.terminal.typed import Say
from support.protocol.customer import (
    Accepted,
    Heartbeat,
    Hello,
    Lines,
    Refused,
    Resync,
    Send,
    State,
    Welcome,
)
from support.protocol.parts import AuthorName, Button, CustomerState, Line

BOT = CustomerState("bot", None, None, None, False)
WAITING = CustomerState("queue", None, 1, None, False)


def line(seq: int, author: AuthorName, client_id: str = "", buttons: Sequence[Button] = ()) -> Line:
    return Line(seq, author, "Tarn", f"line {seq}", "2026-11-09T10:02:00Z", "", client_id, tuple(buttons))


def lines(*items: Line) -> Lines:
    return Lines(items, more=False)


def welcome(seq: int, state: CustomerState = BOT) -> Welcome:
    return Welcome(1, "c", "Tarnwood", "Tarn", seq, 20, state)


def begun(echo: bool = False) -> Chat:
    chat = Chat(echo=echo)
    chat.take(welcome(1))
    chat.take(lines(line(1, "bot")))
    return chat


def test_it_is_here_when_the_log_is_read_to_the_end_that_the_welcome_named() -> None:
    chat = Chat(echo=False)
    assert not chat.here
    chat.take(welcome(2))
    chat.take(lines(line(1, "bot")))
    assert not chat.here
    chat.take(lines(line(2, "bot")))
    assert chat.here
    assert chat.heartbeat_s == 20


def test_a_message_is_kept_until_it_is_accepted() -> None:
    chat = begun()
    assert chat.say(Say("Hi", "/greet"), "m1") == Send("m1", "Hi", "/greet")
    assert list(chat.pending) == ["m1"]
    chat.take(Accepted("m1", 2))
    assert not chat.pending


def test_after_a_reconnect_unacknowledged_messages_are_sent_again_in_order_under_their_names() -> None:
    chat = begun()
    first, second = chat.say(Say("one"), "m1"), chat.say(Say("two"), "m2")
    assert chat.hello() == Hello(1, 1)
    assert chat.take(welcome(1)).send == [first, second]


def test_a_refused_message_comes_back_with_the_reason() -> None:
    chat = begun()
    chat.say(Say("Hi"), "m1")
    shown = chat.take(Refused("m1", "closed", "This chat has ended.")).show
    assert shown == ["-- Not sent: This chat has ended.\n    Your text: Hi"]
    assert not chat.pending


def test_lines_that_are_known_are_not_shown_again() -> None:
    chat = begun()
    assert chat.take(lines(line(1, "bot"))).show == []
    assert chat.take(lines(line(1, "bot"), line(2, "bot"))).show == ["Tarn (bot): line 2"]


def test_a_gap_is_asked_for_and_not_skipped() -> None:
    chat = begun()
    turn = chat.take(lines(line(3, "bot")))
    assert turn.show == []
    assert turn.send == [Hello(1, 1)]
    assert chat.seq == 1


def test_a_heartbeat_beyond_the_known_end_asks_for_the_rest() -> None:
    chat = begun()
    assert chat.take(Heartbeat(1)).send == []
    assert chat.take(Heartbeat(2)).send == [Hello(1, 1)]


def test_a_resync_starts_the_log_again() -> None:
    chat = begun()
    chat.take(Resync())
    assert chat.take(lines(line(1, "bot"))).show == ["Tarn (bot): line 1"]


def test_own_lines_are_shown_only_where_no_keyboard_has_shown_them() -> None:
    for echo, shown in ((False, []), (True, ["you: line 2"])):
        chat = begun(echo=echo)
        chat.say(Say("Hi"), "m1")
        assert chat.take(lines(line(2, "customer", "m1"))).show == shown


def test_own_lines_of_another_window_are_shown() -> None:
    assert begun().take(lines(line(2, "customer", "elsewhere"))).show == ["you: line 2"]


def test_the_choices_are_those_of_the_last_line_and_end_with_an_answer() -> None:
    chat = begun()
    yes = Button("Yes", "/affirm")
    assert chat.take(lines(line(2, "bot", buttons=[yes]))).show[-1] == "    [1] Yes"
    assert chat.choices == (yes,)
    chat.say(Say("Yes", "/affirm"), "m1")
    assert not chat.choices


def test_the_bot_owes_an_answer_until_a_line_follows_the_message() -> None:
    chat = begun()
    assert not chat.owed
    chat.say(Say("Hi"), "m1")
    assert chat.owed
    chat.take(Accepted("m1", 2))
    chat.take(lines(line(2, "customer", "m1")))
    assert chat.owed
    chat.take(lines(line(3, "bot")))
    assert not chat.owed


def test_nobody_owes_an_answer_at_once_while_the_customer_waits_in_line() -> None:
    chat = begun()
    chat.take(State(WAITING))
    chat.say(Say("Hi"), "m1")
    chat.take(Accepted("m1", 2))
    chat.take(lines(line(2, "customer", "m1")))
    assert not chat.owed


def test_a_state_is_said_once() -> None:
    chat = begun()
    assert chat.take(State(WAITING)).show == ["-- Number 1 in line. A person joins when one is free."]
    assert chat.take(State(WAITING)).show == []
    assert chat.take(State(BOT)).show == ["-- Tarn, our bot, answers now."]
