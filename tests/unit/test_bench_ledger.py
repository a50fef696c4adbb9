"""The ledger finds what was lost, doubled, reordered or never answered."""

from __future__ import annotations

from tests.bench.ledger import Faults, Ledger, behind, total

NOTHING = Faults(lost=0, doubled=0, reordered=0, unanswered=0, refused=0)


def two_messages() -> Ledger:
    """Both acknowledged and seen."""
    ledger = Ledger()
    for number, name in enumerate(("a", "b"), start=1):
        ledger.write(name, chat=0, due=number)
        ledger.accept(name, number, at=number + 0.1)
        ledger.see(name, number, at=number + 0.2)
    return ledger


STORED = [("a", 1), ("b", 2)]


def test_nothing_is_wrong_with_what_is_stored_as_it_was_acknowledged_and_seen_once() -> None:
    ledger = two_messages()
    assert ledger.settled
    assert ledger.faults(STORED) == NOTHING


def test_a_message_that_was_acknowledged_and_is_not_in_the_table_is_lost() -> None:
    assert two_messages().faults([("a", 1)]).lost == 1


def test_a_message_that_is_stored_under_another_number_than_acknowledged_is_lost() -> None:
    assert two_messages().faults([("a", 1), ("b", 3)]).lost == 1


def test_a_message_that_the_other_side_never_saw_is_lost() -> None:
    ledger = two_messages()
    ledger.write("c", chat=0, due=3)
    ledger.accept("c", 3, at=3.1)
    assert not ledger.settled
    assert ledger.faults([*STORED, ("c", 3)]).lost == 1


def test_a_message_that_nobody_answered_is_not_lost_but_counted() -> None:
    ledger = two_messages()
    ledger.write("c", chat=0, due=3)
    found = ledger.faults(STORED)
    assert (found.lost, found.unanswered) == (0, 1)


def test_a_message_that_is_stored_twice_is_doubled() -> None:
    assert two_messages().faults([*STORED, ("a", 3)]).doubled == 1


def test_a_message_that_is_seen_twice_is_doubled() -> None:
    ledger = two_messages()
    ledger.see("a", 3, at=5)
    assert ledger.faults(STORED).doubled == 1


def test_a_second_acknowledgement_counts_only_when_it_names_another_number() -> None:
    ledger = two_messages()
    ledger.accept("a", 1, at=9)
    assert ledger.faults(STORED) == NOTHING
    assert ledger.entries["a"].accepted == 1.1
    ledger.accept("a", 7, at=9)
    assert ledger.faults(STORED).doubled == 1


def test_a_line_that_is_seen_after_a_later_one_is_reordered() -> None:
    ledger = Ledger()
    for seq, name in ((2, "b"), (1, "a")):
        ledger.write(name, chat=0, due=0)
        ledger.accept(name, seq, at=1)
        ledger.see(name, seq, at=2)
    assert ledger.faults(STORED).reordered == 1


def test_the_order_of_one_chat_says_nothing_about_another() -> None:
    ledger = Ledger()
    for chat, seq, name in ((0, 2, "b"), (1, 1, "a")):
        ledger.write(name, chat, due=0)
        ledger.accept(name, seq, at=1)
        ledger.see(name, seq, at=2)
    assert ledger.faults(STORED) == NOTHING


def test_lines_of_other_measurements_are_passed_over() -> None:
    ledger = two_messages()
    ledger.see("of another", 3, at=3)
    assert ledger.faults([*STORED, ("of another", 3), ("of another", 4)]) == NOTHING


def test_a_refused_message_keeps_the_time_at_which_it_was_due() -> None:
    ledger = Ledger()
    ledger.write("a", chat=0, due=1)
    ledger.refuse("a")
    ledger.accept("a", 1, at=5)
    ledger.see("a", 1, at=6)
    assert ledger.faults([("a", 1)]) == Faults(lost=0, doubled=0, reordered=0, unanswered=0, refused=1)
    assert ledger.after(1)[0].due == 1


def test_the_warm_up_is_left_out_by_when_a_message_was_due() -> None:
    assert [entry.due for entry in two_messages().after(2)] == [2]


def test_one_swap_is_one_line_behind_and_one_latecomer_is_one_too() -> None:
    assert behind([1, 2, 3]) == 0
    assert behind([1, 3, 2, 4]) == 1
    assert behind([2, 3, 4, 1]) == 1


def test_faults_of_several_measurements_add_up() -> None:
    assert total([Faults(1, 2, 3, 4, 5), Faults(1, 1, 1, 1, 1)]) == Faults(2, 3, 4, 5, 6)
    assert total([]) == NOTHING
