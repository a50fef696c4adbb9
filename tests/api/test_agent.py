"""What agents do over HTTP: who they are, what they see, and each step of the passage."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from bots.reply import Reply, Understanding, Utterance
from bots.scripted import ScriptedBot
from escalation.model import RuleScorer
from support import handoff, presence, turns
from support.models import Agent, Conversation, Handoff, HolderChange, Inbox, Role
from tests import people
from tests.judgements import escalate
from tests.people import Visitor

SignIn = Callable[[Agent], Client]


@pytest.fixture
def console(ana: Agent, signed_in: SignIn) -> Client:
    """Ana's."""
    return signed_in(ana)


def do(client: Client, visitor: Visitor, step: str, **body: Any) -> Any:
    return client.post(f"/api/conversations/{visitor.conversation}/{step}", body, content_type="application/json")


def another(inbox: Inbox, text: str = "a person please") -> Visitor:
    """Somebody else, who waits."""
    visitor = people.visitor(inbox)
    escalate(visitor.conversation, visitor.says(text))
    return visitor


def listed(client: Client, **query: str) -> list[UUID]:
    return [UUID(row["id"]) for row in client.get("/api/conversations", query).json()["items"]]


def test_one_reads_who_one_is_and_how_much_one_holds(console: Client, ana: Agent, maria: Visitor) -> None:
    handoff.take_over(maria.conversation, ana.pk)
    assert console.get("/api/me").json() == {
        "id": ana.pk,
        "name": "Ana",
        "role": "agent",
        "availability": "available",
        "capacity": 5,
        "load": 1,
    }


def test_an_agent_declares_availability_and_only_in_the_two_words_for_it(console: Client, ana: Agent) -> None:
    answer = console.patch("/api/me", {"availability": "away"}, content_type="application/json")
    assert (answer.status_code, answer.json()["availability"]) == (200, "away")
    wrong = console.patch("/api/me", {"availability": "asleep"}, content_type="application/json")
    assert (wrong.status_code, list(wrong.json()["fields"])) == (400, ["availability"])
    assert Agent.objects.get(pk=ana.pk).availability == "away"


def test_the_lists_show_mine_the_queue_and_what_the_bot_holds(console: Client, ana: Agent, maria: Visitor) -> None:
    waiting = another(maria.inbox)
    mine = another(maria.inbox)
    handoff.accept(mine.conversation, ana.pk)
    maria.says("Where is my order?")
    people.visitor(maria.inbox)  # has not said a word: nothing to watch
    presence.beat(f"{presence.AGENT}{ana.pk}")
    lists = console.get("/api/lists").json()
    ids = {name: [row["id"] for row in lists[name]] for name in ("mine", "queue", "watch")}
    assert ids == {
        "mine": [str(mine.conversation)],
        "queue": [str(waiting.conversation)],
        "watch": [str(maria.conversation)],
    }
    assert lists["queue"][0]["chips"][0]["kind"] == "asked"
    assert lists["queue"][0]["due_at"] > lists["queue"][0]["waiting_since"]
    assert (lists["available"], lists["me"]["load"]) == (1, 1)


def test_the_queue_is_ordered_by_priority_then_age(console: Client, tarnwood: Inbox) -> None:
    first, second, urgent = (another(tarnwood) for _ in range(3))
    Conversation.objects.get(pk=urgent.conversation).handoffs.update(priority=1)
    queue = [row["id"] for row in console.get("/api/lists").json()["queue"]]
    assert queue == [str(visitor.conversation) for visitor in (urgent, first, second)]


def test_conversations_are_those_of_ones_inboxes_the_latest_first(
    console: Client, signed_in: SignIn, maria: Visitor
) -> None:
    later = people.visitor(maria.inbox)
    rival = people.visitor(people.inbox("lakeside"))
    assert listed(console) == [later.conversation, maria.conversation]
    maria.says("Hello")
    assert listed(console) == [maria.conversation, later.conversation]
    ada = people.agent("Ada", role=Role.ADMINISTRATOR)
    assert listed(signed_in(ada)) == [maria.conversation, rival.conversation, later.conversation]


def test_conversations_are_filtered_by_holder_and_an_unknown_one_is_named(console: Client, maria: Visitor) -> None:
    waiting = another(maria.inbox)
    assert listed(console, holder="queue") == [waiting.conversation]
    assert listed(console, holder="bot") == [maria.conversation]
    assert listed(console, holder="agent") == []
    wrong = console.get("/api/conversations", {"holder": "ghost"})
    assert (wrong.status_code, wrong.json()["code"]) == (400, "invalid")
    assert "bot, queue, agent, nobody" in wrong.json()["detail"]


def the_story(maria: Visitor) -> None:
    """The bot answers once, misses once, and Maria asks for a person."""
    known = Understanding("order_status", 0.9)
    lost = Understanding(None, 0.2, fallback=True)
    bot = ScriptedBot(
        [
            Reply((Utterance("TW-48213 is on its way."),), known, slots={"order_number": "TW-48213"}),
            Reply((Utterance("Sorry?"),), lost, slots={"order_number": "TW-48213"}),
            Reply((Utterance("Hm."),), known, slots={"order_number": "TW-48213"}),
        ]
    )
    for text in ("Where is my order TW-48213?", "It should be gift wrapped 🎁", "🙏 Let me talk to a human please"):
        maria.says(text)
        claim = turns.claim()
        assert claim
        turns.take(claim, bot, RuleScorer())


def test_a_case_tells_what_it_is_about_what_was_tried_and_who_held_it(console: Client, maria: Visitor) -> None:
    the_story(maria)
    case = console.get(f"/api/conversations/{maria.conversation}").json()
    assert (case["holder"], case["agent"], case["mine"], case["bot"]) == ("queue", None, False, "Tarn")
    assert case["goal"] == {"text": "Where is my order TW-48213?", "sources": [2]}
    assert [(tried["outcome"], tried["sources"]) for tried in case["tried"]][:2] == [
        ("ok", [2, 3]),
        ("fallback", [4, 5]),
    ]
    assert case["slots"] == [{"name": "order_number", "value": "TW-48213"}]
    assert [(stretch["holder"], stretch["cause"]) for stretch in case["track"]] == [
        ("bot", "opened"),
        ("queue", "escalated"),
    ]
    assert case["track"][0]["until"] == case["track"][1]["since"]
    assert case["track"][1]["until"] is None
    assert [turn["outcome"] for turn in case["turns"]] == ["replied", "replied", "escalated"]
    assert [score["seq"] for score in case["scores"]] == [2, 4, 6]


def test_a_case_gives_the_reasons_with_shares_that_add_up_and_evidence_in_utf_16(
    console: Client, maria: Visitor
) -> None:
    the_story(maria)
    why = console.get(f"/api/conversations/{maria.conversation}").json()["why"]
    assert (why["seq"], why["state"], why["taken_over"], why["policy"]) == (6, "waiting", False, 1)
    asked = why["reasons"][0]
    assert (asked["number"], asked["kind"], asked["hard"]) == (1, "asked", True)
    assert why["base"] + sum(reason["share"] for reason in why["reasons"]) == pytest.approx(why["score"])
    bodies = {line["seq"]: line["body"] for line in messages(console, maria)}
    span, stored = asked["evidence"][0], Handoff.objects.get().reasons[0]["evidence"][0]
    text = bodies[span["seq"]]
    units = text.encode("utf-16-le")[2 * span["start"] : 2 * span["end"]]
    assert units.decode("utf-16-le") == text[stored["start"] : stored["end"]]
    assert span["start"] > stored["start"]  # the emoji before it counts twice in JavaScript


def messages(client: Client, visitor: Visitor, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/api/conversations/{visitor.conversation}/messages", query).json()[
        "items"
    ]
    return found


def test_the_log_shows_each_author_by_name_and_only_ones_own_client_ids(
    console: Client, ana: Agent, maria: Visitor
) -> None:
    maria.says("Hello", client_id="hers")
    handoff.take_over(maria.conversation, ana.pk)
    assert do(console, maria, "messages", client_id="mine", body="Hi, I am Ana.").json() == {
        "client_id": "mine",
        "seq": 4,
    }
    lines = [(line["author"], line["name"], line["client_id"]) for line in messages(console, maria)]
    guest = Conversation.objects.get(pk=maria.conversation).customer.name
    assert lines == [("bot", "Tarn", ""), ("customer", guest, ""), ("system", "", ""), ("agent", "Ana", "mine")]
    assert [line["seq"] for line in messages(console, maria, after=3)] == [4]


def test_a_reply_is_the_holders_alone_and_its_repetition_changes_nothing(
    console: Client, signed_in: SignIn, ana: Agent, ben: Agent, maria: Visitor
) -> None:
    early = do(console, maria, "messages", client_id="1", body="Hi")
    assert (early.status_code, early.json()["code"]) == (409, "not_holder")
    handoff.take_over(maria.conversation, ana.pk)
    other = do(signed_in(ben), maria, "messages", client_id="1", body="Hi")
    assert (other.status_code, other.json()["code"]) == (409, "not_holder")
    first, again = (do(console, maria, "messages", client_id="1", body="Hi") for _ in range(2))
    assert first.json() == again.json()
    changed = do(console, maria, "messages", client_id="1", body="Bye")
    assert (changed.status_code, changed.json()["code"]) == (409, "reused_id")
    assert [line["author"] for line in messages(console, maria)] == ["bot", "system", "agent"]


def test_accepting_gives_the_case_to_one_and_the_others_the_name_of_the_one(
    console: Client, signed_in: SignIn, ben: Agent, tarnwood: Inbox
) -> None:
    waiting = another(tarnwood)
    won = do(console, waiting, "accept")
    assert (won.status_code, won.json()["holder"], won.json()["agent"], won.json()["mine"]) == (
        200,
        "agent",
        "Ana",
        True,
    )
    lost = do(signed_in(ben), waiting, "accept")
    assert (lost.status_code, lost.json()) == (
        409,
        {"code": "taken", "detail": "Ana holds this conversation now.", "holder": "agent", "agent": "Ana"},
    )


def test_taking_over_is_for_what_the_bot_holds(console: Client, maria: Visitor) -> None:
    taken = do(console, maria, "take-over").json()
    assert (taken["holder"], taken["mine"], taken["why"]["taken_over"]) == ("agent", True, True)
    again = do(console, maria, "take-over")
    assert (again.status_code, again.json()["code"], again.json()["agent"]) == (409, "taken", "Ana")
    waiting = do(console, another(maria.inbox), "take-over")
    assert (waiting.status_code, waiting.json()["holder"], waiting.json()["agent"]) == (409, "queue", None)


def test_an_agent_at_capacity_gets_no_more(signed_in: SignIn, tarnwood: Inbox) -> None:
    cleo = signed_in(people.agent("Cleo", tarnwood, capacity=1))
    assert do(cleo, another(tarnwood), "accept").status_code == 200
    for step, visitor in (("accept", another(tarnwood)), ("take-over", people.visitor(tarnwood))):
        answer = do(cleo, visitor, step)
        assert (answer.status_code, answer.json()["code"]) == (409, "at_capacity")
        assert "1 of 1" in answer.json()["detail"]


def test_handing_back_tells_the_bot_what_it_should_know(
    console: Client, signed_in: SignIn, ana: Agent, ben: Agent, maria: Visitor
) -> None:
    assert do(console, maria, "hand-back").status_code == 409
    handoff.take_over(maria.conversation, ana.pk)
    assert do(signed_in(ben), maria, "hand-back").json()["agent"] == "Ana"
    long = do(console, maria, "hand-back", note="x" * 2001)
    assert (long.status_code, list(long.json()["fields"])) == (400, ["note"])
    back = do(console, maria, "hand-back", note="Express, tomorrow").json()
    assert (back["holder"], back["mine"], back["why"]["state"]) == ("bot", False, "handed_back")
    assert HolderChange.objects.get(cause="handed_back").note == "Express, tomorrow"


def test_resolving_closes_with_a_word_of_the_agents(console: Client, ana: Agent, maria: Visitor) -> None:
    handoff.take_over(maria.conversation, ana.pk)
    for wrong in ({}, {"disposition": "finished"}, {"disposition": "quiet"}, {"disposition": "great"}):
        answer = do(console, maria, "resolve", **wrong)
        assert (answer.status_code, list(answer.json()["fields"])) == (400, ["disposition"])
    done = do(console, maria, "resolve", disposition="solved").json()
    assert (done["holder"], done["disposition"], done["agent"]) == ("nobody", "solved", None)
    assert done["closed_at"]
    again = do(console, maria, "resolve", disposition="spam")
    assert (again.status_code, again.json()["detail"]) == (409, "This conversation has ended (solved).")


def test_a_conversation_that_does_not_exist_is_not_found(console: Client) -> None:
    answer = console.get(f"/api/conversations/{uuid4()}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
