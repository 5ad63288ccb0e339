"""Words with which people are reported: verbs of belief, and nouns for what they believe."""

from __future__ import annotations

_VERBS = (
    r"says?|said|saying|thinks?|thought|thinking|believes?|believed|argues?|argued|predicts?|"
    r"predicted|predicting|estimates?|estimated|guesstimates?|guesstimated|expects?|expected|"
    r"claims?|claimed|writes?|wrote|puts?|gives?|gave|reports?|reported|suggests?|suggested|"
    r"mention(?:s|ed)?|told (?:me|us)|forecasts?|forecasted|found|finds|find(?= that)|shows|"
    r"reckons?|reckoned|guesses|guessed|insists?(?! on)|insisted(?! on)|warns|warned|"
    r"calculates|calculated|"
    r"proposed|proposes|(?:made|makes|raised) the (?:point|case|claim)|costs it|projected|"
    r"swears?|swore|figured|figures(?= (?:it|that|we|AGI)\b)|assumes|assumed|maintains|maintained|"
    r"suspects|suspected|announced|cites|cited|floated|concluded|calculated|calls it|called it|"
    r"keeps? (?:saying|insisting(?: on)?|telling (?:me|us))|came (?:up|back|out) with|"
    r"(?:is|was|[’']s) (?:\w+ )?(?:convinced|adamant|confident)(?= (?:that|it|AGI|we)\b)|"
    r"(?:tells?|telling) (?:me|us|you)|would say|(?:has|had) (?:an?|this|that) (?:\w+ )?estimate"
)
BELIEVES = rf"(?:{_VERBS})"
# "You give them a pension" is no view; "you give it ten percent" is one.
GIVES = r"(?:gives?|gave) (?:them|him|her|me|people|everyone|everybody|someone|somebody|your)\b"
ADVERB = (
    r"(?: (?:also|then|just|initially|originally|recently|once|always|actually|basically|kind of|"
    r"currently|famously|publicly|previously|now|"
    r"still|explicitly|really|already|will|would|any day))*"
)
VIEW = (
    r"(?:median|estimates?|timelines?|probabilit(?:y|ies)|p\(?doom\)?|predictions?|numbers?|"
    r"forecasts?|guess|odds|credence|expectations?|views?|strategy|position|argument|claim|take|"
    r"opinion|belief|answer(?= (?:is|was)\b)|line(?= is\b)|figure(?= (?:is|was|for|of|on)\b)|"
    r"figures)"
)
TAKES = (
    r"(?!(?:reach|get|got|build|built|achiev|mak|made|creat|ship|deliver|hit|develop|invent|finish|"
    r"launch|releas|train|do|did|find|found|was|were|is|are|see|saw|need|want|had|have)[a-z]*\b"
    r"|(?:about|of|for|with|on|by|to|from|like|and|or|that|than|as|at|in|before|after|until|when|if|"
    r"because|is|was)\b)"
    r"[a-z]+(?: got)? (?:AGI|it|doom|things|(?:the|this|that|his|her|their) (?:risk|chance|odds|"
    r"probability|date|median|number)s?(?: (?:of|for) [\w ]{2,24}?)?) (?:down )?(?:for|at|in|by|"
    r"around|as|to) "
    r"(?:(?:about|around|like|maybe|roughly|more like) )*$"
)
"""Any verb with which a view is taken, up to its figure: “prices the risk at” (many)."""
