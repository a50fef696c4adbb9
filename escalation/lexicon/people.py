"""Words for people and teams, and how customers ask for them. Fragments of patterns; ``requests`` puts them together."""

from __future__ import annotations

# Spellings that were seen count as the word.
PERSON = (
    r"(?:humans?(?: beings?)?|hooman|humen|hum[na]{2}|person|persn|perosn|preson|agents?|agnts?|agnets?|aget|reps?|represent\w+|repres\w+"
    r"|operators?|advis[eo]rs?|managers?|mangers?|supervisors?|staff(?: members?)?|members? of (?:your |the )?(?:staff|team)"
    r"|employees?|colleagues?|specialists?|consultants?|associates?|workers?"
    r"|customer (?:services?|support|care|relations)|(?:tech|technical|live) (?:support|chat)"
    r"|one of (?:your |the )?(?:team|lot|colleagues|people|agents|staff|humans))\b"
)
SOMEONE = r"(?:some ?one|some ?body|anyone|any ?body|sum1|some1)\b"
# Not persons of ours: "the estate agent", "a delivery person" have other words before them and match nothing.
LIKE = (
    r"(?:(?:real|live|actual|human|proper|normal|other|different|another|single|living|breathing|physical|senior|qualified|good"
    r"|non[- ]?robotic|customer|service|services|support|care|bank|sales|account|branch|call cent(?:er|re)|damn|bloody|f\w+ing)[ ,]+)*"
)
DET = r"(?:(?:an?|the|your|ur|our|another|any|some|one of your|one of the) )?"
BOT = r"(?:(?:chat ?|ro)?bots?|machines?|computers?|a\.?i\b|virtual (?:agent|assistant)s?|automat\w+(?: \w+)?|artificial intelligence)\b"
DEPARTMENT = (
    r"(?:billing|sales|accounts|accounting|finance|payments?|returns?|refunds?|complaints?|fraud|retention|legal|security"
    r"|(?:customer |tech |technical |it )?support|customer (?:services?|care|relations)|warranty|shipping|deliver(?:y|ies)|dispatch"
    r"|reservations?|bookings?|claims?|front desk|reception|housekeeping|concierge|management|head office|the branch)"
)
GROUP = r"(?:team|department|dept|desk|office|people|guys|staff|folks|lot)\b"

TALK = r"(?:talk|speak|spe?k|tlk|tak|chat|converse|discuss (?:this|it|that))(?:ing)?(?: directly| live| now)? (?:to|too|with|w|2)"
PASS = (
    r"(?:(?:transfer|connect|pass|put|hand|patch|forward|redirect|switch|refer|route|direct|link) (?:me|us|my call|this chat)"
    r"|(?:connected|transferred|passed|put|handed)(?: through)?|(?:escalate|hand|pass|forward)(?: this| it| that)?)"
    r"(?: on| over| through| thru| straight| back| up| directly)* ?(?:to|with|2|onto|in touch with|in contact with)"
)
FETCH = r"(?:(?:get|give|send|find|fetch|bring|grab|assign) (?:me|us)(?: to| over to)?|gimm?i?e(?: to)?|get|give)"
WANT = r"(?:want|wanna|need|prefer|demand|require|request|(?:would|'d|i'd|id) (?:like|rather have))"
REACH = r"(?:reach|contact|get (?:a )?hold of|get (?:through|on) to|get in touch with|speak)"
FILLER = (
    r"(?:please|pls+|plz+|plse|now|asap|right now|thanks|thank you|thx|ty|hi|hello|hey|ok(?:ay)?|just|yes|yeah|yep|no[,.!]|nope|sorry|an?|the|your"
    r"|real|live|actual|immediately|i said|say|give|need|want|to|with|chat|talk|speak|for|me)"
)
# What goes before a request and takes it back.
NEGATED = (
    r"(?:(?:(?:don'?t|dnt|didn'?t|doesn'?t|won'?t|wouldn'?t)(?! (?:you|i|we|they)\b)|do not|does not|did not|no need|needn'?t|need not|refuse|no longer"
    r"|not(?! (?:working|helping|helpful|good|useful|what|right|getting|resolved|enough|answer\w*)\b)|never(?! mind)|without|rather than|instead of"
    r"|before|unless)(?: \w+){0,4}|\bno(?: more)?) ?$"
)
# "Am I talking to a person?", "do I have to speak to someone?", "after talking to an agent": no request.
ASIDE = (
    r"\b(?:am i|was i|were you|are you|is this|i was|i've been|i have been|do (?:i|we) (?:have|need) to|should i|will i (?:have|need) to"
    r"|would i have to|did i|after|when|while|been|already|i'd have to|you can|you could|people can)(?: \w+)? ?$"
)
CLAUSE = r"[.,;:!?()\n]|\b(?:but|so|and|because|please|pls|just|let me|lemme|can i|could i|may i|can you|could you|i want|i need|i'd like|i would like|i wanna)\b"
