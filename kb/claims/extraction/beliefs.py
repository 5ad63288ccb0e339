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
    r"opinion|belief|figure(?= (?:is|was|for|of|on)\b)|figures)"
)
