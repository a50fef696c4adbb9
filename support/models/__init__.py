"""What is stored, one noun per file."""

from support.models.agent import Agent, Availability, Role, Skill
from support.models.assessment import Assessment
from support.models.assignment import Assignment
from support.models.conversation import Conversation, Disposition, Holder
from support.models.customer import Customer
from support.models.handoff import Handoff, HandoffState
from support.models.holder_change import Cause, HolderChange
from support.models.inbox import Inbox
from support.models.message import Author, Message
from support.models.policy import Policy
from support.models.presence import Presence
from support.models.rating import Rating
from support.models.turn import Turn, TurnState

__all__ = [
    "Agent",
    "Assessment",
    "Assignment",
    "Author",
    "Availability",
    "Cause",
    "Conversation",
    "Customer",
    "Disposition",
    "Handoff",
    "HandoffState",
    "Holder",
    "HolderChange",
    "Inbox",
    "Message",
    "Policy",
    "Presence",
    "Rating",
    "Role",
    "Skill",
    "Turn",
    "TurnState",
]
