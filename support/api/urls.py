"""The API's addresses."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from support.api import agent, configuration, customer, docs, metrics
from support.api import schemes as _schemes  # noqa: F401  (registers itself)

router = SimpleRouter(trailing_slash=False)
router.register("inboxes", configuration.Inboxes)
router.register("agents", configuration.Agents)
router.register("skills", configuration.Skills)
router.register("policies", configuration.Policies)

urlpatterns = [
    path("widget/<slug:inbox_key>/session", customer.Session.as_view()),
    path("widget/<slug:inbox_key>/messages", customer.Messages.as_view()),
    path("widget/<slug:inbox_key>/state", customer.State.as_view()),
    path("widget/<slug:inbox_key>/stop-waiting", customer.StopWaiting.as_view()),
    path("widget/<slug:inbox_key>/finish", customer.Finish.as_view()),
    path("widget/<slug:inbox_key>/rating", customer.Rating.as_view()),
    path("me", agent.Me.as_view()),
    path("lists", agent.Lists.as_view()),
    path("conversations", agent.Conversations.as_view()),
    path("conversations/<uuid:conversation_id>", agent.Conversation.as_view()),
    path("conversations/<uuid:conversation_id>/messages", agent.Messages.as_view()),
    path("conversations/<uuid:conversation_id>/accept", agent.Accept.as_view()),
    path("conversations/<uuid:conversation_id>/take-over", agent.TakeOver.as_view()),
    path("conversations/<uuid:conversation_id>/hand-back", agent.HandBack.as_view()),
    path("conversations/<uuid:conversation_id>/resolve", agent.Resolve.as_view()),
    *metrics.urls,
    path("", include(router.urls)),
    path("schema", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", docs.docs, name="docs"),
]
