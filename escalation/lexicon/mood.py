"""Words for mood. VADER's lexicon was made for tweets; these tables fit it to support chats."""

from __future__ import annotations

from collections.abc import Mapping

from escalation.text import words

# What a customer writes about, not how the customer feels about it.
TOPICS: frozenset[str] = frozenset(
    words(
        "problem problems issue issues lost missing cancel canceled cancelled cancelling cancellation damage damaged broken broke stolen charge"
        " charged charges debt pay paid payment fail failed fails failing failure error errors block blocked stop stopped alert fire emergency dispute"
        " disputes fraud penalty kill died dead death sick ill hospital help helped helping like want please share shared secure security"
        " number value free credit credits save saved interest certain true yes ok okay sure gift safe protect trust benefit leave late delay delayed"
        " wrong no low lower cut shot hard hell return join joined top fresh best care exchange clear adjust fees demand legal solution solve"
        " solved resolve resolved opportunity party special cool casual natural original strong warm chance commit agree accept"
        " accepted accepting apology hope worth grand fine ready exclusive award arrested rejected reject refused refuse warning"
        " unable forgot grant smart interested pretty forgotten confused confusing confusion"
    )
)

# Support slang and plain complaint that VADER does not know or weighs too lightly; its scale is -4 to 4.
ADDED: Mapping[str, float] = {
    "rubbish": -2.4,
    "appalling": -3.0,
    "fuming": -3.0,
    "livid": -3.0,
    "unacceptable": -2.8,
    "nonsense": -2.0,
    "clueless": -2.2,
    "shambles": -2.4,
    "shambolic": -2.6,
    "incompetent": -2.8,
    "unhelpful": -2.2,
    "pointless": -2.2,
    "joke": -1.8,
    "wtf": -2.8,
    "ffs": -2.8,
    "smh": -1.6,
    "argh": -1.8,
    "ugh": -1.8,
    "grr": -1.6,
    "pouting": -2.6,
    "cheers": 1.8,
    "ta": 1.4,
    "thx": 1.5,
    "tysm": 2.0,
    "ace": 1.8,
    "mint": 1.8,
    "sorted": 1.4,
    "perfect": 2.7,
}

# VADER turns the word after a "no" round; these are good manners.
POLITE_NO = r"\bno(?=[,.!]? (?:thanks?|thank|thx|ty|problem|prob|probs|worries|rush|hurry|bother)\b)"

# Said to or about the bot and the service. The customer has had enough of this chat.
FED_UP: tuple[str, ...] = (
    r"\b(?:this is|we're|you're|it's|that's) (?:going|getting|leading) (?:us |me )?(?:nowhere|in circles|round in circles)",
    r"\b(?:wast(?:e|ing|ed)|lost) (?:of )?(?:my|enough|too much|so much)? ?time\b",
    r"\b(?:you(?:'re| are)?|u|it'?s|it is|bot is) (?:not|n't|never) (?:even )?(?:listening|understanding|helping|reading|answering|getting it|helpful|any help|following)",
    r"\b(?:you|u|it) (?:don'?t|do not|didn'?t|did not|never|can'?t|aren'?t) (?:even )?(?:listen|understand|follow|get it|read|answer|help(?:ing)? me)\b",
    r"\b(?:that|this)(?:'s| is|s)? (?:not|isn'?t) (?:what|the question) i (?:asked|said|meant|want|wanted|need)|\bnot what i (?:asked|said|meant)\b",
    r"\bi (?:haven'?t|didn'?t) (?:asked?|say|said) (?:that|them|about|anything)",
    r"\bno idea what (?:you're|you are|ur) (?:talking|referring|on)|\bmakes? no sense\b|\bthose (?:two )?can'?t both be\b|\byou contradict",
    r"\b(?:useless|stupid|dumb|terrible|awful|idiotic|hopeless|rubbish|crap|shit\w*) (?:\w+ )?(?:bot|robot|chatbot|machine|thing|service|app|company|support)\b",
    r"\b(?:bot|robot|chatbot|service|support|this) is (?:\w+ )?(?:useless|stupid|dumb|a joke|hopeless|rubbish|terrible|ridiculous|frustrating|infuriating)",
    r"\b(?:sick|tired|fed up) (?:of|with) (?:this|you|your|being|having|it|waiting)",
    r"\bhow (?:many|much) (?:more )?times\b|\b(?:third|fourth|fifth|3rd|4th|5th|tenth|umpteenth|nth) time (?:i|that|now|this)",
    r"\bstill (?:nothing|no (?:answer|reply|response|refund|help)|not (?:working|fixed|resolved|sorted|what))\b",
    r"\bgetting (?:all |it all |everything |me )?wrong\b|\bnot working at all\b|\bare you (?:lot |people |guys )?(?:mental|kidding|serious|joking|having a laugh|stupid|deaf)",
    r"\byou(?:'re| are) (?:all |so |just |completely |absolutely |utterly )?(?:useless|hopeless|incompetent|a joke|a disgrace)\b|\bi hate (?:you|this|your)\b",
    r"\bi(?:'m| am) (?:so |just |really |absolutely )?(?:furious|livid|fuming|outraged)\b|\bworst (?:\w+ ){0,2}ever\b",
    r"\b(?:this|that|it)(?:'s| is) (?:just )?(?:a |an )?(?:absolute |complete |total |utter )?(?:scandal|disgrace|disgraceful|outrage|outrageous|unacceptable|shambles)\b",
    r"\bhow hard (?:can|is) it\b|\bwhat a joke\b|\bjust (?:answer|read) (?:me|the|my|what)\b|\b(?:no ?one|nobody) (?:is )?(?:helps?|listens?|helping|listening|cares?|reads?)\b",
)
# The customer gives up or threatens to leave.
LEAVING: tuple[str, ...] = (
    r"\bi(?:'ll| will|'m going to| am going to|'m gonna)? (?:just |simply )?(?:go|going|switch|switching|move|moving|take my business) (?:to |elsewhere|over to )?(?:a |the |another |your )?(?:competitors?|elsewhere|somewhere else|different (?:provider|company|bank|shop))",
    r"\b(?:use|try|join|buy from|go with|going with) (?:the |a |your |another )?competit\w+",
    r"\b(?:tak(?:e|ing)|mov(?:e|ing)) (?:my|our) (?:business|custom|money|account) (?:elsewhere|somewhere)",
    r"\bi(?:'ll| will|'m| am)(?: \w+){0,2} (?:pull(?:ing)?|clos(?:e|ing)|cancel(?:l?ing)?) (?:the|my|our|all|every\w*)(?: \w+)? (?:house|accounts?|subscriptions?|polic(?:y|ies)|contracts?|memberships?|plans?|cars?|lot)\b",
    r"\bi(?:'ll| will) (?:just )?cancel and\b",
    r"\b(?:never|not) (?:ordering|buying|shopping|using|order|buy|shop|use|coming|come|booking|book)(?: \w+){0,4} again\b",
    r"\b(?:i give up|i'm done|im done|i am done|done with (?:you|this|your))\b|\b(?:never ?mind|forget (?:it|about it)),? (?:i'll|i will|this|you|then|useless)|^(?:just )?forget it[.! ]*$",
    r"\b(?:lost|losing|lose) (?:a|me as a|another) customer\b|\bone[- ]star review|\bbad review\b",
)
