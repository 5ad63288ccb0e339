"""Whose view it is when nobody is named: "a public estimate", "a guy at the mill, and he told me".

Papers, letters and drafts that say something, averages of surveys, rumours, and people of whom
only what they do is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.claims.extraction.beliefs import ADVERB, BELIEVES, VIEW
from kb.claims.extraction.named import TURNS_TO_OWN, last

Told = tuple[str, str, str]
"""Who, the rule, and the words."""

A_SOURCE = "a source without a name"
A_TEXT = "a text that says it"
A_BODY = "a body of forecasters"

_NO_BELIEVER = (
    r"(?:years?|months?|weeks?|decade|day|world|today|field|models?|system|spring|summer|meters?|"
    r"spreadsheets?|gauges?|sensors?|screens?|clocks?|scales?|dashboards?|machines?|formulas?|"
    r"graphs?|data|tests?|computers?)"
)
_SOURCE = (
    r"(?!(?:my|our) (?:\w+ )?(?:estimate|report|paper|survey|study|poll|forecast|analysis|"
    r"article)s?\b)"
    r"(?:(?i:an?|the|my|our|one|some|this|many|most|other|recent|public|these|those) "
    r"(?:(?-i:[A-Z][\w-]+ )(?:[a-z]+ )?|\w+ )?)?"
    r"(?:estimates?|reports?|papers?|surveys?|stud(?:y|ies)|polls?|forecasts?|analys[ie]s|"
    r"(?:everyone|everybody)(?= (?:at|in) [A-Z]| (?:is|was|keeps) (?:saying|predicting|expecting|"
    r"claiming)\b)|"
    r"articles?|researchers|experts?|scientists|economists|forecasters|people|folks|guys|critics|"
    r"analysts|commentators|companies|someone|somebody|rumou?rs|colleagues?|friends?|"
    r"co-?authors?|superforecasters|(?:prediction |betting )?markets|(?:listener|reader)(?= "
    r"(?:says|writes|wrote|asks|thinks))|"
    r"(?:median |average |typical )?(?:forecaster|researcher|respondent))"
)
_NAMELESS = re.compile(
    rf"(?<![Yy]ou )(?<![Mm]y )(?<![Oo]ur )\b(?P<who>(?i:{_SOURCE}))\b"
    r"(?:(?:(?<=friend)|(?<=friends)|(?<=colleague)|(?<=colleagues)) of (?:mine|ours|his|hers)"
    r"(?: who (?:[\w’']+ ){1,8}?[\w’']+)?"
    r"| (?:on|at|in|from) (?:[A-Z]\w+|(?:the|that|this|an?) (?:[a-z]+ ){0,2}[A-Z]\w+,?|"
    r"(?:the|that|this) [a-z]+)"
    r"|(?: we| they)? (?:surveyed|polled)"
    rf"| who (?:[\w’']+ ){{1,14}}?(?:are|were|is)| that(?= talk))?{ADVERB} "
    rf"(?:{BELIEVES}|ha(?:ve|s) (?:\w+ ){{0,3}}?{VIEW}|(?<=s that )talk(?:ed)? about|"
    r"(?:(?<=estimates )|(?<=forecasts )|(?<=rumors )|(?<=rumours ))(?:are|were)(?= that\b)|"
    r"(?:is|are|was|were) (?:saying|predicting|expecting|claiming|forecasting))\b"
    r"(?!(?<=think) about (?:the|it|this|that|how|what|whether|an? [a-z]+ [a-z]+)\b)"
    r"(?! (?:yes|no|so|stop|go|hello|sorry|down|up|together)\b)"
)
_ABOUT = (
    r"(?:(?:about|surely|like|around|maybe|only|just|roughly|something|over|under|above|below|at|"
    r"in|by|"
    r"an?|the|already|more|less|than)\W+)*"
)
# The clause of the figure, right after a verb of belief: "who says it's 2031", no "who said no".
THE_FIGURE_FOLLOWS = (
    r"(?: (?:last|this) [a-z]+| yesterday| once)?"
    r"(?:,? (?:and|like),? I (?:quote|think|mean|guess))?(?:,? that)?\W+"
    r"(?:(?:it|that|this|AGI|doom)(?:[’'](?:s|ll be|d be)| is| was| will be| takes| comes)\W+"
    r"|there(?:[’'](?:s|ll be)| is| are| was)\W+"
    r"|(?:AGI|doom|we|you|they|it|the [a-z]+)(?:[’'](?:ll|re|ve|d))? "
    r"(?!(?:and|but|or)\b)(?:[a-z]+\W+){1,3}?"
    r"|(?<= that )(?:the|our|their|its|his|her) (?:[a-z]+ ){1,9}?)?"
    rf"{_ABOUT}(?=$|[0-9]|(?:one|two|three|four|five|six|seven|eight|nine|ten|[a-z]+teen|"
    r"(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|half)\b)"
)
_SOMEBODY_WHO = re.compile(
    r"\b(?P<who>(?i:an?|the|this|one|my|our) (?:\w+ )?(?:fellow|guy|man|woman|lady|client|customer|"
    r"boss|friend|colleague|engineer|student|neighbou?r)|people|folks|others|friends|colleagues)"
    r"(?:(?: who (?:(?:[\w’']+ ){1,6}?)?|,[^,.?!]{2,30}, (?:he|she|they) "
    r"|(?: from (?:the )?[\w-]+)? (?:told|tells) (?:me|us)(?: [a-z]+){0,3}, (?:he|she) )"
    rf"{BELIEVES}(?! about){THE_FIGURE_FOLLOWS}"
    rf"| who(?:[’']s| is| was|[’']re| are)(?: still| now)? (?P<at>at)\W+{_ABOUT}$)"
)
IS_VIEW = re.compile(
    r"(?:[\w.-]+ ){0,3}[\w.-]+ ?(?:%|per ?cent\b)|(?:19|20)[0-9]{2}\b(?! [a-z]+s\b)|[Tt]wenty[ -]"
    r"|(?:one|two|three|[0-9]) (?:in|out of) [a-z0-9]+\b|(?:a|an|one) (?:half|third|quarter|"
    r"fifth|tenth)\b"
)
_OWN_FIGURE = re.compile(
    r"\bI(?:[’']m| am|[’']d be) (?:still |now |more |personally |probably )*"
    r"(?:at|around|closer to)\b|\bI(?:[’']d| would)? (?:\w+ )?(?:put|give|have) (?:it|mine|that)\b"
)
_RESPONDENTS = re.compile(
    r"\b(?:[Tt]he|[Aa]) (?:median|mean|average|aggregate|typical)(?: respondent| answer)?\b"
    r"|\b[Tt]he (?:answers?|responses?|estimates?)(?: that)? (?:we|they|I|you) (?:got|get|received)"
    r"\b[^.?!]{0,60}?\b(?:is|was|were|are)\b"
    r"|\b[Ii]f (?:you|we|they) ask(?:ed)? (?:them|people|respondents)\b[^.?!]{0,80}?"
    r"(?:\bthen |, )?\b(?:it|that|they)(?:[’']s| is| was| said| say)\b"
)
_SURVEY = re.compile(r"\b(?:surveys?|surveyed|respondents?|poll|polled|panel)\b", re.IGNORECASE)
_PEOPLE = re.compile(r"\b(?:people|folks|guys|researchers|experts?|critics|analysts)$")
_HEARSAY = re.compile(
    r"\b[Tt]here(?:[’']s| are| is| were| have been| has been) (?:an? |some |these |a lot of |"
    r"many )?(?P<who>(?:public )?(?:estimates?|rumou?rs?|reports?|claims|predictions?|forecasts?|"
    r"surveys?))\b|\b[Tt]he (?P<word>rumou?r|word|consensus) is\b"
    r"|\bheard (?:an? |some |the |this )?(?P<heard>rumou?rs?)\b"
    r"|\bI(?:[’']ve| have)?(?: also)? (?P<told>heard (?:that|it|somewhere|numbers|figures|"
    r"people say)"
    r"|(?:was|been|[’']m|am) told (?!by\b|to\b|off\b)"
    r"|keep hearing|seen (?:people say|estimates|numbers|figures|claims|it (?:put|said)))"
    r"|\b(?P<said>I[’']m told|[Rr]eportedly|[Aa]llegedly|(?:is|are|was|were) (?:rumou?red|said|"
    r"reported) to)\b"
    r"|\b[Tt]he (?P<around>(?:guess|figure|number|estimate|word|story|line)(?: that[’']s| that "
    r"is)? "
    r"(?:going (?:a?round|about)|floating around|doing the rounds))\b"
    r"|\b[Tt]he (?:\w+ )?(?:guess|figure|number|estimate|date|year|word|story|line)(?: that)? "
    r"(?P<by>people|folks|they|insiders|(?:the|my|our|their|his|her) (?:[\w-]+ ){0,2}"
    rf"(?!(?:way|time|moment|{_NO_BELIEVER})\b)[a-z]{{3,}})(?: (?:there|here|at [A-Z]\w+|in the "
    r"\w+))?(?:[’']re)?(?: (?!(?:I|we|you)\b)[a-z]+){1,4}? (?=is\b|was\b)"
)
_STUDY = re.compile(
    r"\b(?:[Tt]here(?:[’']s| is| was)|I (?:just |recently )?(?:saw|read|found|came across)) an? "
    r"(?:\w+ ){0,2}?(?P<what>study|poll|paper|survey|report|preprint|analysis|article|essay|memo|"
    r"estimate|forecast|tweet|post|thread|headline|slide|chart)"
    r"(?: (?:this|last|the other) [a-z]+| yesterday| today)?"
    r"(?: (?:out of|from|in|at|by|of|on|about) [\w’'-]+(?: [\w’'-]+){0,4}?(?=,| that\b| which\b|"
    r" it\b| and\b| \w+ing\b))?"
    r"(?:(?:,? (?:and|where))?,? (?:I think|I believe|I want to say) it was"
    r"|(?:,? (?:and|where))?,?\s+(?:it|that|which|they)"
    r"(?: \w+ly)? (?:says?|said|shows|showed|finds|found|estimates|estimated|puts|put|asked|"
    r"asks|claims|"
    r"claimed|argues|argued|reports|reported|gives|gave|projects|predicts)"
    r"|,? (?:showing|finding|saying|claiming|arguing|estimating|putting|reporting|predicting))\b"
)

_ACCORDING = re.compile(
    r"(?:\b(?:[Aa]ccording to|[Gg]oing by|[Jj]udging by)|\bPer|[,;] per) "
    r"(?!the usual|the norm)"
    r"(?P<who>(?:the|an?|one|some|their|its|his|her|official|recent|most|internal|public|local|"
    r"industry|government) (?:[\w’'-]+ ){0,2}?[a-z-]{3,})"
    r"(?=,| (?:it|that|the|this|we|they|there|you|AGI|about|around|only|almost|nearly|from|of|"
    r"in|on|"
    r"who|which)\b)"
)
_TELLS_IT = re.compile(
    r"\b(?:[Tt]he way|[Aa]s) (?P<who>(?:the|an?|my|our|their|his|her|"
    r"some) (?:[\w-]+ ){0,2}?[a-z]{3,}) "
    r"(?:tells?|sees?|puts?|frames?) it\b"
)
_OFFICIAL = re.compile(
    r"\b(?P<who>(?i:the )?(?:[Oo]fficial|[Pp]ublished|[Pp]ublic|[Gg]overnment|[Ll]eaked|"
    r"[Ii]nternal) "
    rf"(?:figures?|numbers?|data|statistics|accounts|documents|estimates?|forecasts?|dates?|line))"
    rf"{ADVERB} (?:{BELIEVES}|say|put|show|give|suggest|is|are|was|were)\b"
)
_BODY = re.compile(
    r"\b[Tt](?:he|hat|his) (?:[\w-]+ )?(?P<who>community|tournament|pool|crowd|(?:prediction |"
    r"betting )?"
    r"market|consensus|aggregate|platform)(?:[’']s)?"
    r"(?: (?:median|mean|average|forecast|prediction|number|estimate|figure|question|"
    r"price))?(?: (?:for|on) \w+)?"
    r"(?:[’']s| is| was| has| had| says| said| sits| stands| puts| gives)\b"
    r"(?: (?:sitting|it|that|AGI|now|still|currently|at|around|about|in|by|like|maybe))*\W+$"
)
_MEASURED = re.compile(
    r"\b(?P<who>(?:[Aa]n?|[Oo]ne|[Aa]nother|[Tt]his|[Tt]hat|[Tt]he|[Ss]ome) (?:\w+ )?"
    r"(?:study|paper|survey|poll|trial|report)) (?:has|had|saw|measured|recorded|clocked) "
    r"(?!(?:been|to)\b)(?=[a-z][^.?!;,]{2,80}$)"
)
_POSSESSED = re.compile(
    r"\b(?P<who>[Ee]very(?:body|one)|(?:[Tt]he|[Tt]heir|[Hh]is|[Hh]er|[Aa]n?|[Oo]ne|"
    r"(?:[Mm]y|[Oo]ur)(?! (?:\w+ )?(?:teams?|labs?|groups?|company|companies|office|own)\b)) "
    rf"(?:[\w-]+ ){{0,2}}?(?!{_NO_BELIEVER}\b)[a-z]{{3,}})[’']s? (?:[\w-]+ )?{VIEW}"
    r"(?: (?:for|on|of) [^,.?!;]{2,24}?)? (?:is|was|has|had|would be)\b"
    r"(?!.*,\s(?:so|and|but|because|which)\b)"
)
_AMONG = re.compile(
    r"\b(?:idea|view|feeling|sense|belief|wisdom|consensus|expectation|hope|guess|assumption|mood)"
    r"(?: (?:going (?:a?round|about)|doing the rounds|now|these days|right now))?"
    r" (?:among|inside|within|with) (?P<who>(?:the |most |many |my |our )?(?:[\w’'-]+ ){0,2}?"
    r"[\w-]+)(?: (?:now|these days))?,?(?: is| was)? that\b"
    r"|\b[Aa]mong (?P<also>(?:the |most |my |our )?(?:[\w’'-]+ ){0,2}?[\w-]+),? (?:the|their) "
    r"(?:\w+ )?(?:idea|view|feeling|belief|consensus|expectation|guess|median|number|talk) "
    r"(?:is|was)\b"
    r"|\b(?:heard|hear|hearing) (?:it |this |that )?(?:directly |straight )?from "
    r"(?P<third>(?:the |an? |some |my |our )?(?:[\w’'-]+ ){0,3}?[\w-]+)(?: at [A-Z]\w+)?"
    r"(?= (?:is|was) that\b|, (?:it|that|the)\b| that\b)"
)
_EVERYBODY_WHO = re.compile(
    r"\b(?P<who>(?i:everybody|everyone|anybody|anyone) who "
    r"(?:(?!I\b|we\b)[\w’'-]+ ){0,7}?(?!I\b|we\b)[\w’'-]+) "
    r"(?:says|said|thinks|believes|expects|claims|argues|puts|"
    r"(?:will|would|[’']ll) (?:say|tell you))\b"
)
_FURTHER = (
    (_EVERYBODY_WHO, "somebody without a name"),
    (_AMONG, "a view that is shared"),
    (_MEASURED, A_SOURCE),
    (_POSSESSED, "somebody's view"),
    (_ACCORDING, A_SOURCE),
    (_TELLS_IT, "somebody's view"),
    (_OFFICIAL, A_SOURCE),
    (_BODY, A_BODY),
)
IT_REACH = 320
"""Characters before "it says" in which a text is named."""
_TEXTS = (
    r"(?:draft|letter|text|proposal|bill|memo|post|tweet|headline|press release|newsletter|"
    r"document|"
    r"statement|essay|filing|treaty|brochure|website|newspaper|announcement|roadmap|manifesto|"
    r"petition|charter|guidelines|standard|law|contract|leak|article|op-ed|blog|plan|"
    r"(?:system|model) card)"
)
_THE_TEXT = (
    rf"(?:[Tt]he|[Tt]his|[Tt]hat|[Tt]heir|[Ii]ts|[Aa]n?|[Oo]ne|[Hh]is|[Hh]er) "
    rf"(?P<who>(?:[\w’'-]+ ){{0,2}}?{_TEXTS})"
)
_A_TEXT = re.compile(rf"\b{_THE_TEXT}\b")
_TEXT_SAYING = re.compile(
    rf"\b{_THE_TEXT}(?: (?:from|by|of) [\w’'-]+(?: [A-Z]\w+)?)?,? (?:asking|calling|saying|"
    rf"demanding|"
    r"claiming|arguing|proposing|requiring|predicting|promising)\b"
)
_IT_SAYS = re.compile(
    r"\b[Ii]t (?:(?:also|actually|just|only|basically|still) )?(?:says|said|(?:asks|asked|calls|"
    r"called) "
    r"(?:\w+ )?for|demands|demanded|proposes|proposed|requires|required|claims|claimed|predicts|"
    r"predicted|argues|argued)\b"
)


def nameless_sources(before: str) -> Iterator[Told]:
    """Rumours, papers and groups in the words ``before`` a figure, the surest first."""
    if (match := last(_HEARSAY, before)) and not TURNS_TO_OWN.search(before, match.end()):
        if match["by"]:
            who = "people" if match["by"] == "they" else match["by"]
            yield _plain(who, match.group()), A_SOURCE, match.group()
        elif match["told"] or match["around"] or match["said"]:
            yield "hearsay", "something heard", match.group()
        else:
            yield match["who"] or match["word"] or match["heard"], A_SOURCE, match.group()
    if (match := last(_STUDY, before)) and not TURNS_TO_OWN.search(before, match.end()):
        yield match["what"], "a study that is told of", match.group()
    match = last(_NAMELESS, before)
    if match and not _OWN_FIGURE.search(before, match.end()):
        yield _plain(match["who"], match.group()), A_SOURCE, match.group()
    for pattern, rule in _FURTHER:
        match = last(pattern, before)
        if match and not TURNS_TO_OWN.search(before, match.end()):
            groups = match.groupdict()
            who = match["who"] or groups["also"] or groups["third"]
            yield _plain(who, match.group()), rule, match.group()


def texts_that_say(earlier: str, before: str) -> Iterator[Told]:
    """“There was the letter. It asked for six months”: texts that state a figure.

    ``earlier`` are the sentences before that of the figure.
    """
    if (match := last(_IT_SAYS, before)) and not TURNS_TO_OWN.search(before, match.end()):
        told = f"{earlier} {before[: match.start()]}"[-IT_REACH:]
        if text := last(_A_TEXT, told):
            yield text["who"], A_TEXT, match.group()
    match = last(_TEXT_SAYING, before)
    if match and not TURNS_TO_OWN.search(before, match.end()):
        yield match["who"], A_TEXT, match.group()


def nameless_people(before: str, after: str) -> Iterator[Told]:
    """“A guy at the mill who says it's 2031”: people without a name, right before a figure."""
    match = last(_SOMEBODY_WHO, before)
    if match and (not match["at"] or IS_VIEW.match(after)):
        yield _plain(match["who"], match.group()), "somebody without a name", match.group()


def respondents(recent: str, before: str) -> Told | None:
    """“The median was 2047”, where a survey is told of in ``recent`` words or ``before``."""
    average = last(_RESPONDENTS, before)
    if average and (survey := _SURVEY.search(recent + before)):
        words = f"{survey.group()} … {average.group()}"
        return "survey respondents", "an average of a survey", words
    return None


def _plain(who: str, words: str) -> str:
    """“A public estimate” as “public estimate”, “people” with where they are.

    “The Larkfield people” keep their name.
    """
    if of_a_name := re.match(r"[Tt]he (?=[A-Z])", who):
        return who[of_a_name.end() :]
    place = re.search(
        rf"{re.escape(who)} (?P<place>(?:on|at|in|from) "
        r"(?:(?:the|that|this|an?) (?:[a-z]+ ){0,2})?[A-Z]\w+)",
        words,
    )
    articles = (
        r"^(?:an?|this|one) " if _PEOPLE.search(who) else r"^(?:an?|the|this|these|those|one) "
    )
    plain = re.sub(articles, "", who[:1].lower() + who[1:])
    return f"{plain} {place['place']}" if place else plain
