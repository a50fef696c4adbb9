"""Sensitive matters, each with what looks like it and is not. A pattern names the matter; its exceptions blank the look-alikes first."""

from __future__ import annotations

from collections.abc import Mapping

KIN = (
    r"(?:mum|mom|mother|mam|dad|father|husband|wife|partner|son|daughter|child|baby|brother|sister|gran\w*|nan|nana|grandad|grandpa|uncle|aunt"
    r"|girlfriend|boyfriend|fianc[eé]e?|parents?|best friend)"
)

MATTERS: Mapping[str, tuple[str, ...]] = {
    "self_harm": (
        r"\b(?:kill(?:ing)?|hurt(?:ing)?|harm(?:ing)?|cut(?:ting)?) myself\b|\bself[- ]harm\w*|\bsuicid\w+",
        r"\b(?:end|take|taking|ending) my (?:own )?life\b|\bi (?:want|wanna) (?:to )?die\b|\bbetter off dead\b|\b(?:don'?t|do not) want to (?:live|be alive|be here any ?more)\b",
    ),
    "danger": (
        r"\b(?:caught|catch(?:es|ing)?|is on|was on|set) fire\b|\bburst into flames\b|\bexplod\w+|\bsmoke (?:is )?(?:coming|pouring)|\b(?:it|charger|battery|plug|socket|cable) (?:is |was |started )?(?:smoking|sparking|melting)",
        r"\belectrocut\w+|\belectric shock\b|\b(?:smell(?:s|ing)?|smelt) (?:of )?gas\b|\bgas (?:leak|smell)\b|\bcarbon monoxide\b",
        r"\ballergic reaction\b|\banaphyla\w+|\b(?:i|he|she|we|they|child|son|daughter|baby) (?:\w+ )?(?:got|was|were|is|been) (?:badly |seriously )?(?:injured|burn(?:ed|t)|poisoned)\b|\bchok(?:ed|ing) on\b",
        r"\bin danger\b|\b(?:he|she|they)(?:'s| is|'re| are)? (?:threaten|follow|stalk|attack)\w* me\b|\bcall (?:an ambulance|999|911|112)\b",
    ),
    "fraud": (
        r"\bfraud\w*|\bscam(?:med|mer|mers|ming)?\b|\bphish\w+|\bidentity theft\b|\bstole my (?:identity|card|details|money|account)\b",
        r"\b(?:someone|somebody|stranger|thief|hacker|person|they|fellow)(?: else)?(?: \w+){0,2} (?:used|using|hacked|stole|stolen|cloned|got into|logged in(?:to)?|taken|spent|accessed)(?: \w+)? (?:my|money|our|the)\b(?: \w+)?",
        r"\bunauthori[sz]ed (?:transactions?|payments?|charges?|access|purchases?|withdrawals?|log ?ins?|orders?)",
        r"\b(?:don'?t|do not|didn'?t|did not|never) (?:recogni[sz]e|make|made|authori[sz]ed?|order(?:ed)?) (?:this|that|the|these|those|a|any of (?:this|these)) (?:\w+ )?(?:transactions?|payments?|charges?|purchases?|withdrawals?|debits?)\b",
        r"\b(?:account|card|email|phone) (?:was|is|has been|got|been|have been) (?:\w+ )?(?:hacked|compromised|cloned)\b|\b(?:got|been|was) hacked\b",
        r"\b(?:told|gave|given|shared|sent)(?: \w+){0,2} (?:the |my )?(?:otp|pin|one[- ]time (?:code|password)|security code)\b",
        r"\b(?:money|£|\$|€|\d[\d,.]*)(?: \w+)? (?:is |was |has |have )?(?:gone|vanished|disappeared|stolen|missing) from (?:my|our) (?:\w+ )?account",
    ),
    "legal": (
        r"\b(?:my|our|a|an|the) (?:lawyers?|solicitors?|attorneys?)\b|\blawyer(?:ing)? up\b|\blegal (?:action|proceedings|steps)\b|\bletter before (?:action|claim)\b",
        r"\b(?:i'?ll|i will|going to|gonna|we'?ll|will|i can|i could) (?:sue|be suing)\b|\bsuing\b|\bsmall claims?\b|\b(?:take|see|taking|seeing) (?:you|this|them|it|u) (?:all |lot )?(?:to|in) (?:court|tribunal)\b",
        r"\bombudsman\b|\btrading standards\b|\bregulators?\b|\bconsumer (?:protection|rights act)\b|\b(?:report|reporting|complain|complaint|complaining)(?: \w+){0,3} to (?:the )?(?:fca|ftc|ico|bbb|ofgem|ofcom|cfpb|police|press|authorities)\b|\bcitizens advice\b|\bbreach of contract\b",
    ),
    "privacy": (
        r"\bgdpr\b|\bdata (?:breach|leak)\b|\bsubject access\b|\bright to (?:be forgotten|erasure)\b|\barticle 1[57]\b|\bdata protection (?:officer|authority|commissioner|law)\b",
        r"\b(?:someone else'?s|a stranger'?s|another (?:customer|person|user)'?s|somebody else'?s|other people'?s) (?:\w+ )?(?:data|details|orders?|account|passport|address|name|information|invoice|bill|documents?|letter|phone|email|records?)\b",
        r"\b(?:leaked|exposed|published|sold|gave away|shared) (?:all )?(?:my|our) (?:\w+ )?(?:data|details|information|address|email)\b",
    ),
    "bereavement": (
        rf"\b(?:my|our)(?: \w+)? {KIN}(?:'s)? (?:has |have |had |just |recently |suddenly |sadly )*(?:died|passed(?: away| on)?|is dying|was killed|death)\b",
        rf"\bmy late {KIN}\b|\bdeath (?:of my|certificate|in (?:the|my|our) family)\b|\b(?:my|our|the|his|her|a|to|for) funeral\b|\bbereave\w+|\b(?:i'?m|i am) (?:a )?widow\w*|\bdeceased\b|\blost my (?:\w+ )?{KIN}\b",
    ),
    "health": (
        r"\binsulin\b|\bglucose (?:sensors?|monitors?)\b|\btype (?:1|one)\b|\bepi-?pens?\b|\bdialysis\b|\b(?:oxygen|feeding|breathing) (?:tank|supply|tube|machine|concentrator)\b|\bventilator\b|\blife support\b|\bpacemaker\b",
        r"\b(?:run|running|ran) out of (?:my |his |her |the )?(?:medic\w+|meds|tablets|inhalers?|pills)\b|\bneed(?:s)? (?:it|this|them|these|that) (?:\w+ )?to (?:breathe|live|survive)\b|\bmedical(?:ly)? (?:emergency|vulnerable|dependent|dependant)\b",
        r"\bterminal(?:ly)? (?:ill|cancer|illness)\b|\b(?:i have|i've got|has|diagnosed with|have) (?:\w+ )?(?:cancer|dementia|alzheimer\w*)\b|\bchemo(?:therapy)?\b|\bhospice\b|\bpalliative\b|\bmiscarriage\b",
    ),
    "hardship": (
        r"\b(?:can'?t|cannot|can not|couldn'?t) (?:even )?afford (?:to (?:eat|heat|live|feed)|food|rent|heating|my (?:rent|bills|mortgage)|medic\w+)|\bbailiffs?\b|\bevict\w+|\bhomeless\b|\bfood bank\b|\bbankrupt\w*",
        r"\blost my job\b|\bmade redundant\b|\bno (?:heating|food|hot water|electricity|power)\b(?: \w+){0,6} (?:bab\w+|child\w*|kids?|newborn|elderly|toddler|days)\b",
        r"\b(?:domestic|sexual) (?:abuse|violence)\b|\babusive (?:ex|partner|husband|wife|boyfriend|girlfriend)\b|\bi(?:'m| am) (?:housebound|vulnerable)\b|\bpower of attorney\b",
    ),
}

# Looks like the matter and is not: blanked before the patterns above are tried.
LOOKALIKES: tuple[str, ...] = (
    r"\b(?:smoke|gas leak|carbon monoxide|fire) (?:detectors?|alarms?|sensors?|extinguishers?|pit|blanket)",
    r"\bfraud (?:protection|prevention|alerts?|cover|insurance|policy)|\b(?:is|are) (?:this|you|it|they|your \w+) (?:a |not a )?(?:scam|fraud|phishing)\w*",
    r"\bnot (?:a |going to |planning to |talking )?(?:scam|fraud|su(?:e|ing)|legal action)\w*|\b(?:no|without) (?:lawyers?|legal action)",
    r"\b(?:i'm|i am|i work as|as) (?:a|an) (?:lawyer|solicitor|attorney|regulator)\b|\b(?:voltage|gas|pressure|window) regulators?",
    r"\b(?:film|movie|book|song|series|novel|game|documentary|episode) (?:about|on|where|called|named)\b[^.!?]*",
    r"\b(?:funeral|black|mourning) (?:outfit|dress|suit|flowers?|tie|attire)",
    r"\bsuicide squad\b|\btype (?:1|one) (?:error|plug|charger|connector|cable)",
)
