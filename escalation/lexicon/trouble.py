"""How customers say that the bot does not help: they repeat themselves, they correct it."""

from __future__ import annotations

from escalation.text import words

# Words that carry no matter of their own, so that two questions are compared by what they are about.
EMPTY: frozenset[str] = frozenset(
    words(
        "a an the i me my mine we our you your u it its this that these those is are was were be been am do does did done have has had can could"
        " will would should may might to of in on at by for from with about as and or but so if then than there here not no yes ok okay please"
        " pls thanks thank hi hello hey just what which who how when where why get got want need im i'm it's i'd i'll don't very much so many also too all any some more"
    )
)
# Says that it was said before.
AGAIN: tuple[str, ...] = (
    r"\b(?:i|i've|i have|we) (?:already|just|have already) (?:said|told|asked|gave|given|sent|did|done|explained|tried|answered)\b",
    r"\b(?:like|as) i (?:\w+ )?(?:said|told|wrote|explained)\b|\bi (?:said|told you)\b|\bi asked (?:you )?(?:about|for|if|how|what|whether)\b",
    r"\blet me (?:try|say|ask|explain)(?: \w+){0,2} (?:again|once more|one more time)\b|\bonce (?:more|again)[,:]|\b(?:asking|telling you|ask|say it) again\b",
    r"\b(?:same|that) (?:answer|thing|reply|message|response) (?:again|twice|as before|over and over)\b|\byou(?:'ve| have)? (?:already )?(?:said|told me|sent me) that\b|\bkeep (?:saying|repeating|sending|telling)\b",
)
# Says that the answer is wrong. The first pattern is an answer, not a correction, when the bot had asked something.
CORRECTIONS: tuple[str, ...] = (
    r"^(?:no|nope|nah)[,.! ]+(?!thank|that'?s (?:all|it|everything|fine|ok)|that (?:is|was|will be) (?:all|it|everything)|problem|worries|need|preference|delay|not (?:now|yet)|i (?:just|only|haven)|more|bye|it'?s (?:ok|fine)|i'?m (?:good|fine|ok))(?:\w+\W+){2}",
    r"\b(?:that|this|it)(?:'s| is|s) (?:wrong|incorrect|not (?:right|correct|it|true|helpful|my))\b|\bthat (?:didn'?t|doesn'?t|does not|did not) (?:help|work|answer)\b",
    r"\b(?:i|we) (?:said|meant|wanted|asked for|never (?:said|asked))\b.{0,80}\bnot\b|\bnot (?:a|the) \w+[,.] (?:i|it'?s)\b",
)
