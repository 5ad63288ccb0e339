"""What a sentence of conversation does: asks, answers, explains, moves on.

The cues are general habits of spoken English interviews, written down by hand; how much each one
tells about who is speaking is fitted (``speaker_weights.json``). Names of people and topics are
left out on purpose, so that the cues mean the same in every conversation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*|\d+")
_QUESTION_END = re.compile(r"\?[\"”'’)]*$")
_LONGEST = 500  # characters; longer sentences are unpunctuated captions
_TRAILING = ("...", "…", "—", "-")

FUNCTION_WORDS = frozenset(
    """
    a about absolutely actually after again against agree ah all already also although always
    am amazing an and another answer any anything are aren't around as ask asked asking at
    audience awesome back basically be because been before being believe between bit both but
    by can can't case certainly come cool could couldn't course curious definitely describe
    did didn't different disagree do does doesn't don't done each either enough even ever
    every everybody everyone everything exactly example explain fair fascinating feel few
    first for from get gets go going gonna good got great guess had has hasn't have haven't
    having he he's hello her here here's hey hi him his hmm how how's huh i i'd i'll i'm i've
    idea if imagine in instance interested interesting into is isn't it it's its just kind
    know later less let let's like listeners literally lot love made make many may maybe me
    mean means mention mentioned might mine mm more most much must my need never nice no nope
    not now obviously of often oh ok okay on one only or other our out over people perhaps
    person please point point's possibly pretty probably question questions quite really
    reason right said same say say's saying says second see seem seems shall she she's should
    shouldn't since so some somebody someone something sometimes sorry sort sound sounds start
    started still stuff super suppose sure take talk talked talking tell than thank thanks
    that that's the their them then there there's these they they're they've thing things
    think third this those though thought through to today told too totally true try trying
    two uh um understand understood unless until up us use used usually very wait want wanted
    was wasn't way we we'd we'll we're we've welcome well went were weren't what what's when
    where whether which while who who's whole whom why will with won't wonder wondering work
    working works would wouldn't wow yeah yep yes yet you you'd you'll you're you've your
    yours
    """.split()
)
"""Words that say how something is said rather than what about; only these become features."""

_CUES = {
    "question with you": r"\b(?:you|your|you're|you've|you'd|you'll)\b[^?.!]*\?",
    "question word": (
        r"^(?:(?:so|and|but|okay|ok|now|then|well|yeah|right|i mean|like|um|uh),? )*(?:what|"
        r"how|why|when|where|who|which)\b.*\?"
    ),
    "do you question": (
        r"\b(?:do|did|are|were|have|had|can|could|would|will|is|was|don't|aren't|haven't) "
        r"(?:you|your)\b[^.!]*\?"
    ),
    "you statement asked": (
        r"^(?:(?:so|and|but|okay|ok|then),? )*(?:you|your|you're|you've|you'd|you'll)\b.*\?"
    ),
    "tag question": r"\b(?:right|correct|yeah|no|huh|is that right|isn't it|don't you think)\?$",
    "question with or": r"\bor\b[^?]{0,80}\?$",
    "question about us": r"\b(?:we|i|they|it)\b[^?]*\?$",
    "quoted question": r"[\"“][^\"”]*\?[\"”]?",
    "curious": (
        r"\b(?:i'm|i am|i'd be|i was|just) (?:\w+ )?(?:curious|wondering)\b|\bi wonder\b|"
        r"\bcurious (?:to|about|if|how|what|why)\b"
    ),
    "asks": (
        r"\b(?:let me|i want(?:ed)? to|i'd like to|i have to|i was (?:going|gonna) to|my|"
        r"another|one|next|last|final|follow[- ]?up|the) (?:ask|question)\b|\bask you\b|"
        r"\basking you\b|\bquestion (?:for you|is|about|i have)\b"
    ),
    "requests": (
        r"\b(?:tell|walk|give|teach|show|help) (?:me|us)\b|\btalk (?:a (?:little )?bit "
        r")?(?:more )?about\b|\bsay more\b|\belaborate\b|\bgo into\b|\b(?:can|could|would) "
        r"you (?:\w+ )?(?:explain|describe|say|talk|tell|give|expand|clarify|define|speak|"
        r"walk|share|just)\b|\bi(?:'d| would) (?:love|like) (?:to (?:hear|know|get|"
        r"understand|talk|ask)|for you|your)\b"
    ),
    "you said": (
        r"\b(?:you|you've|you'd|you were|you're) (?:\w+ )?(?:said|say|saying|mention(?:ed|"
        r"ing)?|wrote|written|talked|described?|describing|suggest(?:ed|ing)?|argued?|"
        r"arguing|pointed|alluded|hinting|told|posed|brought|referring|imagine|envision|"
        r"expect|predict|think|thought|believe|feel|see|find|agree|anticipate)\b"
    ),
    "your view": (
        r"\byour (?:take|view|views|thoughts?|opinion|perspective|sense|point|argument|"
        r"claim|idea|theory|intuition|prediction|timelines?|estimate|company|team|lab|paper|"
        r"papers|book|work|research|approach|product|startup|model|plan|plans|position|"
        r"experience|background|story|customers|robots?|post|blog|talk)\b"
    ),
    "what you": r"\b(?:what|how|why|where|when|whether|if|which|things?|that) you(?:'re|'ve)?\b",
    "restates": (
        r"\b(?:it|that|this) (?:sounds|seems) (?:like|as)\b|\bso (?:basically |essentially |"
        r"it's like |in other words |you|your|the idea|what you|would|is|are|do|does)\b|"
        r"\bif i understand\b|\bto (?:make sure|clarify|push back|steelman)\b|\bplay devil\b"
    ),
    "did not understand": (
        r"\b(?:i'm|i am) not sure i\b|\bi don't (?:quite |really |fully )?(?:understand|get|"
        r"follow|see)\b|\bwhat do you mean\b|\bmeaning\b.*\?|\bdid you say\b"
    ),
    "audience": (
        r"\b(?:audience|listeners?|viewers?|listening|watching|podcast|episode|interview|"
        r"show|subscribe|my guest|our guest|welcome)\b"
    ),
    "praises": (
        r"\b(?:that's|that is|it's|it is|this is|how|what a|sounds|very|really|super|so|"
        r"pretty) (?:a )?(?:really |very |super |so |such |pretty |great |kind of )*(?:an? "
        r")?(?:interesting|fascinating|cool|great|awesome|amazing|exciting|wild|crazy|fun|"
        r"neat|impressive|incredible|nice|wonderful|funny|fantastic|good (?:point|way))\b"
    ),
    "reacts": (
        r"^(?:okay|ok|interesting|wow|cool|great|gotcha|got it|i see|i like|oh|hmm|nice|huh|"
        r"fair|makes sense|that makes sense|awesome|amazing|mm hmm|mm-hmm|hell yeah|right|"
        r"yep|yeah)\b[\w ,]{0,25}[.!]?$"
    ),
    "thanks": r"\bthank(?:s| you)\b|\bbye\b|\bgreat (?:talking|having)\b|\bpleasure\b",
    "moves on": (
        r"\b(?:let's|should we|shall we|can we|i want to|maybe we|before we|going back|"
        r"coming back|switch(?:ing)?|moving on|stepping back|to wrap|last|speaking "
        r"of)\b.*\b(?:talk|start|begin|go|get|move|turn|back|gears|topic|discuss|step|"
        r"jump)\b"
    ),
    "but opening": (
        r"^but (?:then|what|isn't|is|why|how|do|don't|wouldn't|would|couldn't|if|it|you|"
        r"aren't|let|that|i)\b"
    ),
    "so opening": (
        r"^(?:so|and|but|okay|then|now) (?:what|how|why|when|do|does|is|are|would|you|your|"
        r"if|then|then what|in terms)\b"
    ),
    "answer word": (
        r"^(?:yes|yeah|yep|no|nope|right|exactly|absolutely|totally|definitely|certainly|"
        r"sure|of course|correct|true|indeed|100%|oh yeah|oh yes|oh no|mm|well|so|um|uh|"
        r"look)\b"
    ),
    "i think opening": (
        r"^(?:(?:yeah|yes|no|well|so|um|uh|right|okay|oh|and|but|look|honestly|"
        r"personally),? )*i (?:think|would|don't think|do think|guess|mean|believe|don't "
        r"know|feel|agree|disagree|do|could|might|definitely|actually|really|still)\b|"
        r"^(?:(?:yeah|yes|no|well|so),? )*i'd say\b"
    ),
    "answer phrase": (
        r"\b(?:good|great|excellent|interesting|fair|hard|tough) question\b|\bit depends\b|"
        r"\bthat depends\b|\b(?:i|we) (?:have|would) (?:a|two|three|several|some)\b|\bthe "
        r"answer\b|\bto answer\b|\bhere's (?:a|how|the|what|one|my|an)\b|\bone (?:way|thing|"
        r"answer|example|possibility|explanation|of)\b"
    ),
    "own history": (
        r"\b(?:when|while|before|after|since|until) (?:i|we) (?:was|were|went|started|began|"
        r"joined|first|did|got|had|founded|left|came|built|moved|quit|worked)\b|\bi "
        r"remember\b|\bback (?:then|in|when)\b|\bmy (?:co-?founders?|phd|advisor|adviser|"
        r"undergrad|career|background|dad|mom|father|mother|wife|friend|colleagues?|company|"
        r"team|lab|parents|boss|professor|degree|school)\b|\bi (?:grew|studied|graduated|"
        r"founded|co-?founded|started|joined|built|worked|realized|decided|spent|ended up)\b"
    ),
    "we": r"\b(?:we|we've|we're|we'll|we'd)\b",
    "our": r"\bour\b",
    "our company": (
        r"\bour (?:company|team|customers?|product|platform|robots?|system|approach|goal|"
        r"model|models|paper|lab|clients|mission|software|users|work|technology|group|plan|"
        r"strategy|first)\b"
    ),
    "we do": (
        r"\bwe (?:have|do|did|don't|didn't|can|could|built|build|use|used|make|made|wanted|"
        r"want|need|needed|started|found|call|work|try|tried|actually|also|had|got|think|"
        r"believe|were|are|will|just|said|decided|looked)\b"
    ),
    "general you": (
        r"\byou (?:can|have|need|get|go|take|could|don't|do|want|know|just|would|start|put|"
        r"make|use|look|give|try|end|build|run|look|will|might|say|tell|realize|see)\b"
    ),
    "you know": r"\byou know\b",
    "explains": (
        r"\b(?:for example|for instance|let's say|suppose|imagine|that means|which means|in "
        r"other words|because|the reason|basically|essentially|in some sense|what happens|"
        r"the way|the point|turns out|the (?:first|second|third|other) (?:one|thing|is|part|"
        r"reason))\b"
    ),
    "enumerates": (
        r"^(?:(?:and|so|but|then),? )?(?:the )?(?:first|second|third|one|another|next|"
        r"finally|lastly|number)\b"
    ),
    "continues": (
        r"^(?:and|because|which|then|or|that's why|this is|these|those|they|he|she|it|that|"
        r"there|for example|now|also|if)\b"
    ),
    "reports": r"[\"“]|\b(?:said|says|say|like), ",
    "i think": r"\bi (?:think|don't think|guess|believe|feel|mean)\b",
    "i mean": r"\bi mean\b",
    "does not know": r"\bi don't know\b|\bnot sure\b|\bhard to (?:say|know)\b",
    "people think": (
        r"\b(?:people (?:have|say|are|think|might|who)|some people|a lot of people|one "
        r"(?:might|could)|others)\b"
    ),
    "i like": (
        r"\bi (?:like|love|read|saw|heard|noticed|was (?:reading|listening|talking|"
        r"going))\b|\bi've (?:heard|seen|read|been)\b"
    ),
    "laughs": r"\[laugh|\(laugh|haha",
    "number": r"\d|\bpercent\b|\bmillion\b|\bbillion\b",
    "you just said": (
        r"\byou(?:'ve| were)? (?:just|already) (?:said|mentioned|described|talked|pointed|"
        r"posed|gave|told)\b|\bwhat you(?:'re| are| were|'ve| have)? (?:just )?(?:said|"
        r"saying|mentioned|describ\w+|suggest\w+|hinting|talking|getting|arguing|"
        r"proposing)\b|\byou(?:'re| are) (?:\w+ )?(?:saying|suggesting|hinting|arguing|"
        r"implying|proposing|claiming|describing)\b|\bwhen you say\b|\b(?:earlier|before) "
        r"you\b|\byou said\b|\byou (?:also )?(?:mentioned|wrote|talked about|tweeted|"
        r"posted)\b"
    ),
    "would you": (
        r"\b(?:would|do|did|are|were|have) you (?:say|think|agree|see|feel|expect|believe|"
        r"consider|imagine|want|have|find|worry|plan|know|do|ever|get|use|need)\b|"
        r"\byou(?:'re| are) probably\b|\bfor you\b|\bfrom you\b"
    ),
    "sounds like you": (
        r"\b(?:it )?(?:sounds|seems|feels) like (?:you|your|a|the|that|it|this|there)\b|"
        r"\bso (?:you're|you are|your|you've|you have|you think|you would|you'd)\b|\bif "
        r"(?:you're|i'm understanding|i understand|i understood)\b|\byou(?:'re| are) (?:not "
        r")?(?:imagining|worried|optimistic|pessimistic|excited|confident|thinking|looking|"
        r"trying|working|planning|doing)\b"
    ),
    "wants to know": (
        r"\bcurious\b|\bi wonder\b|\bwondering\b|\bi want(?:ed)? to (?:ask|get|go|talk|"
        r"understand|know|push|dig|hear|come|touch|clarify|make sure|double)\b|\bmy "
        r"(?:question|next question|last question|understanding|intuition)\b|\bask(?:ing|"
        r"ed)? (?:you|about)\b|\bquick question\b|\blet me (?:ask|push|try|see|play|"
        r"rephrase|put)\b|\bplanning on\b"
    ),
    "people say": (
        r"\b(?:some|many|a lot of|other|most) people (?:might |would |will |have |are |who "
        r")?(?:say|said|saying|think|argue|ask|talking|worried|watching|listening)\b|"
        r"\bpeople (?:on twitter|watching|listening|have been|who (?:are|don't|aren't))\b|"
        r"\bthe audience\b|\bviewers\b|\blisteners\b"
    ),
    "opens with question": (
        r"^(?:(?:so|and|but|okay|ok|then|now|yeah|well|right|um|uh|i guess|i mean|like|"
        r"also),? )*(?:what|how|why|when|where|which|who|is there|are there|do you|are you|"
        r"is it|is that|is this|does|did|can you|could you|would you|have you|should we|"
        r"""should you|could)\b.*\?[\"”']?$"""
    ),
    "recapitulates": (
        r"^(?:(?:okay|ok|yeah|right|and|but),? )*so (?:basically|essentially|the|it's|it is|"
        r"there's|that's|this|in|if|for|like|i|we|your|you|would|is|are|do|does|did|how|"
        r"what|why|when|was)\b"
    ),
    "acknowledges": (
        r"^(?:okay|ok|gotcha|got it|i see|interesting|makes sense|that makes sense|fair "
        r"enough|cool|nice|wow|awesome|great|perfect|amazing|fascinating|hm+|mm ?hm+|"
        r"uh-huh)\b"
    ),
    "agrees": (
        r"^(?:yeah|yes|yep|right|exactly|absolutely|totally|definitely|certainly|of course|"
        r"sure|correct|indeed|no|nope|not really|not necessarily|not quite|i mean|well|oh "
        r"yeah|oh no|oh yes)\b"
    ),
    "agrees and goes on": (
        r"^(?:yeah|yes|yep|right|exactly|absolutely|definitely|certainly|sure|no|so|"
        r"well)[,.]? (?:yeah,? |no,? |so,? |yes,? )*(?:i|we|it|that|the|there|this|you|and|"
        r"but|they|one|my|our)\b"
    ),
    "own experience": (
        r"\bi (?:was|used to|had|went|got|did|remember|started|came|moved|worked|studied|"
        r"read|learned|wrote|met|thought|realized|felt|tried|found|joined)\b"
    ),
    "we in the past": (
        r"\bwe (?:were|had|did|built|started|went|got|made|found|tried|wanted|decided|"
        r"raised|launched|wrote|published|trained|used|realized|saw|thought|worked)\b"
    ),
    "own view": (
        r"\b(?:i would say|i'd say|i believe|my view|my expectation|in my (?:view|opinion|"
        r"mind)|to me|for me|i personally|the way i (?:think|see)|i do (?:think|believe|"
        r"agree|expect)|i don't think|i fully|i suspect|i expect|what i (?:meant|mean|"
        r"was))\b"
    ),
    "example": (
        r"\b(?:for example|for instance|an example|example of|let's say|let's suppose|"
        r"suppose|imagine|consider|think of|take the case)\b"
    ),
    "reason": (
        r"\b(?:because|the reason|that's why|therefore|which is why|that means|it means|"
        r"turns out|in other words|so that)\b"
    ),
    "rhetorical question": (
        r"^(?:so what|what (?:does|do|did|is) (?:this|that|it) mean|why|how come|what "
        r"happens|and why|right|the question is)\b.*\?"
    ),
    "ends in quoted question": r"[\"“].*\?[\"”]$",
    "you can": (
        r"\byou (?:can|have to|need to|get|go|take|don't|just|want to|put|make|use|give|"
        r"start|end up|say|tell|realize|look at|see|run)\b"
    ),
}
CUES = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _CUES.items()}

HOST_CUES = frozenset(
    {
        "you just said",
        "would you",
        "sounds like you",
        "wants to know",
        "requests",
        "audience",
        "people say",
        "your view",
        "opens with question",
        "question with you",
        "do you question",
        "thanks",
    }
)
"""Cues that are rarer in answers; how many there are nearby is a feature of its own."""


@dataclass(frozen=True)
class Utterance:
    """A sentence of speech and what can be told from its form."""

    text: str

    @cached_property
    def plain(self) -> str:
        """The text with typewriter apostrophes; of an endless sentence, its two ends."""
        text = self.text.replace("’", "'").strip()
        return text if len(text) <= 2 * _LONGEST else f"{text[:_LONGEST]} {text[-_LONGEST:]}"

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Lower-case words and numbers."""
        return tuple(_WORD.findall(self.plain.lower()))

    @cached_property
    def is_question(self) -> bool:
        return bool(_QUESTION_END.search(self.plain))

    @cached_property
    def trails_off(self) -> bool:
        return self.plain.endswith(_TRAILING)

    @cached_property
    def cues(self) -> tuple[str, ...]:
        """Names of the cues that the sentence shows."""
        return tuple(name for name, cue in CUES.items() if cue.search(self.plain))
