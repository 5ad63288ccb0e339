"""Words with which people are reported: verbs of belief, and nouns for what they believe."""

from __future__ import annotations

_TO_RISE = (
    r" [\w’' -]{2,40}? to (?:be|rise|fall|grow|shrink|reach|hit|cost|take|stay|remain|double)\b"
)
_COMES_TO = (
    r"(?:start(?:s|ed)?|began|begins?|c[ao]mes?) to (?:think|believe|expect|say|suspect|assume|"
    r"predict)"
)
_VERBS = (
    r"says?|said|saying|thinks?|thought|thinking|believes?|believed|argues?|argued|predicts?|"
    r"predicted|predicting|estimates?|estimated|guesstimates?|guesstimated|expects?|expected|"
    r"claims?|claimed|writes?|wrote|puts?|gives?|gave|reports?|reported|suggests?|suggested|"
    r"mention(?:s|ed)?|told (?:me|us)|"
    r"told (?:everyone|everybody|people|reporters|investors|parliament|the (?:press|world|senate|"
    r"board|committee|house)|[A-Z]\w+)(?! to\b)|promise[sd]?|"
    r"quote[sd]?(?= (?:an?|me|you|us)\b)|forecasts?|"
    rf"projects(?= that\b|{_TO_RISE})|forecasted|{_COMES_TO}|"
    r"found|finds|find(?= that)|shows|"
    r"reckons?|reckoned|guesses|guessed|insists?(?! on)|insisted(?! on)|warns|warned|"
    r"calculates|calculated|"
    r"proposed|proposes|(?:made|makes|raised) the (?:point|case|claim)|costs it|projected|"
    r"used to (?:say|think|believe|expect|put|tell (?:me|us))|swears?|swore|figured|figures(?= "
    r"(?:it|that|we|AGI)\b)|assumes|assumed|maintains|maintained|"
    r"suspects|suspected|announced|cites|cited|floated|concluded|calculated|calls it|called it|"
    r"keeps? (?:saying|repeating|insisting(?: on)?|"
    r"telling (?:me|us|everyone|everybody|people))|came (?:up|back|out) with|"
    r"(?:is|was|[’']s) (?:\w+ )?(?:convinced|adamant|confident)(?= (?:that|it|AGI|we|they|there|"
    r"you|the)\b)|foresees?|foresaw|anticipates?|anticipated|contends?|contended|"
    r"(?:arrives?|arrived) at|"
    r"(?:going|goes|went)(?=(?:, |: |,? [\"“])(?:[\"“]|I\b|we\b|it\b|you\b|look\b|well\b|no\b|"
    r"AGI\b|"
    r"[0-9]))|"
    r"(?:tells?|telling) (?:me|us|you)|would say|(?:has|had) (?:an?|this|that) (?:\w+ )?estimate"
)
BELIEVES = rf"(?:{_VERBS})"
# "You give them a pension" is no view; "you give it ten percent" is one.
GIVES = r"(?:gives?|gave) (?:them|him|her|me|people|everyone|everybody|someone|somebody|your)\b"
ADVERB = (
    r"(?: (?:also|then|just|definitely|certainly|clearly|initially|originally|recently|once|"
    r"always|actually|basically|kind of|"
    r"currently|famously|publicly|previously|now|has|had|have|"
    r"still|explicitly|really|already|will|would|any day|apparently|reportedly|supposedly|"
    r"allegedly|often|usually|consistently|clearly|openly|privately))*"
)
VIEW = (
    r"(?:median|estimates?|timelines?|probabilit(?:y|ies)|p\(?doom\)?|predictions?|numbers?|"
    r"forecasts?|guess|odds|credence|expectations?|views?|strategy|position|argument|claim|take|"
    r"opinion|belief|(?:answer|date|timing|deadline|point|theory|thesis)(?= (?:is|was)\b)|"
    r"line(?= is\b)|"
    r"figure(?= (?:is|was|for|of|on)\b)|figures)"
)
PEOPLE = (
    r"(?:people|folks|guys|experts|insiders|colleagues|friends|students|officials|markets|unions?|"
    r"doomers|critics|analysts|scientists|respondents|"
    r"[a-z]+(?:ists|icians|icists)|(?:auth|doct|invest|operat|regulat|vend)ors|(?:bank|develop|dock|"
    r"farm|forecast|found|insur|lawy|lead|listen|manag|min|read|report|research|"
    r"superforecast|teach|trad|work)ers|engineers|suppliers)"
)
"""Several people who may hold a view, by what they do."""
SAYING = (
    r"(?:says|said|say(?!,)|saying|thinks?|thought|believes?|believed|argues?|argued|insists?|"
    r"insisted|swears?|swore|reckons?|reckoned|assumes?|assumed|predicts?|predicted|predicting|"
    r"expects?|expected|claimed|claiming|figured|estimated|warns?|warned|writes?|wrote(?: back)?|"
    r"maintains?|maintained|promise[sd]?|suspects?|suspected|announced|stated|suggests?|suggested|"
    r"proposes?|proposed|recommends?|recommended|demands?|demanded|requires|required|projected|"
    r"mention(?:s|ed)?|cites?|cited|floated|calculated|concluded|(?:claims?|estimates?|"
    r"figures?) (?:that|it|we|there|AGI)|"
    rf"projects(?={_TO_RISE})|{_COMES_TO}|"
    r"(?:finds?|found|reports?|reported|projects|notes?|noted|confirm(?:s|ed)?|"
    r"admit(?:s|ted)?|guess(?:es|ed)?|warn) that|"
    r"(?:tells?|told|telling) (?:me|us)(?! (?:an?|the) \w+ (?:about|of)\b)|"
    r"(?:calls?|called|calling|asks?|asked|asking) (?:\w+ )?for|"
    r"keeps? (?:saying|telling (?:me|us)|insisting(?: on)?|claiming)|used to (?:say|think|tell me)|"
    r"(?:came|comes?) (?:up|back|out) with|gets? something like|(?:has|have|had) (?:it|"
    r"AGI)(?= (?:at|in|by|a good)\b)|"
    r"(?:would|will) (?:say|tell you|guess|bet on|go for|settle on)|(?:arrives?|arrived) at|"
    r"foresees?|foresaw|anticipates?|anticipated|contends?|contended|quote[sd]? (?=an?\b|me\b|"
    r"you\b|us\b|[0-9])|(?:puts?|gives?|gave) (?:AGI|doom|(?:it|that) at|"
    r"it (?=(?:about |like |maybe )*\W*$)|(?:the|his|her|their) (?:chance|odds|probability|risk))|"
    r"(?:is|are|was|were|[’']s|[’']re) (?:\w+ )?(?:convinced|adamant|certain|confident|sure|"
    r"hopeful|"
    r"afraid|worried|under the impression|of the (?:opinion|view))"
    r"(?= (?:that|it|AGI|we|there)\b))(?! (?:yes|no|so|stop|hello|sorry|about|to|goodbye)\b)"
)
"""Verbs with which anybody reports what somebody says or believes, whoever that is."""
TAKES = (
    r"(?!(?:reach|get|got|build|built|achiev|mak|made|creat|ship|deliver|hit|develop|invent|finish|"
    r"launch|releas|train|do|did|find|found|was|were|is|are|see|saw|need|want|had|have)[a-z]*\b"
    r"|(?:about|of|for|with|on|by|to|from|like|and|or|that|than|as|at|in|before|after|until|when|"
    r"if|"
    r"because|is|was)\b)"
    r"[a-z]+(?: got)? (?:AGI|it|doom|things|(?:the|this|that|his|her|their) (?:risk|chance|odds|"
    r"probability|date|median|number|cost|price|bill|total)s?(?: (?:of|for) [\w ]{2,24}?)?) "
    r"(?:down )?(?:for|at|in|by|"
    r"around|as|to) "
    r"(?:(?:about|around|like|maybe|roughly|more like) )*$"
)
"""Any verb with which a view is taken, up to its figure: “prices the risk at” (many)."""
