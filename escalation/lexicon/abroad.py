"""Requests for a person in a few other languages: plain forms only, so that these customers are not held by a bot."""

from __future__ import annotations

ABROAD: tuple[str, ...] = (
    # Spanish
    r"hablar con (?:una? |alg[uú]n |tu |su )?(?:persona|humano|agente|alguien|asesora?|operadora?|ser humano|representante|supervisora?|encargad[oa])",
    r"(?:quiero|necesito|p[aá]s[ae]me con|comun[ií]queme con) (?:una? )?(?:persona|humano|agente|asesora?|operadora?)\b",
    r"(?:que alguien|alguien que|pueden?|podr[ií]an?) me (?:llame|llamen|llamar)|ll[aá]me(?:n)?me\b",
    # French
    r"parler (?:à|a|avec) (?:une? |votre |quelqu'un)(?:vraie? )?(?:personne|humain|agent|conseill\w+|responsable)?",
    r"(?:me|nous) rappeler\b|rappelez[- ](?:moi|nous)",
    # German
    r"mit (?:einem |einer |dem |der |ihrem )?(?:echten |richtigen )?(?:mensch(?:en)?|mitarbeiter(?:in)?|berater(?:in)?|person|agenten|jemand(?:em|en)?)"
    r"(?: \w+){0,2} (?:sprechen|reden|verbinden|verbunden|chatten)",
    r"(?:rufen sie|ruft|kann) mich (?:bitte )?(?:jemand )?(?:zur[uü]ck|an)(?:rufen)?\b",
    # Italian, Portuguese, Dutch
    r"parlare con (?:una? |un'|qualcuno)(?:persona|operatore|operatrice|umano|addetto)?",
    r"falar com (?:uma? |alg[uú][eé]m)(?:pessoa|atendente|humano|agente)?",
    r"(?:spreken|praten) met (?:een |iemand)(?:mens|medewerker|persoon)?|met (?:een |iemand)(?:mens|medewerker|persoon)? (?:spreken|praten)",
)
