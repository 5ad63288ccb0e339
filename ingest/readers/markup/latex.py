r"""LaTeX: ``\speaker{Name} text``, ``\item[Name:] text``, ``\textbf{Name:} text``, macros.

A command whose arguments are people who come back says who speaks, whatever it is called.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict

from ingest.names import is_name
from ingest.readers.dates import written_date
from ingest.readers.markup.translated import SNIFFED, come_back, label, read_as_markdown
from ingest.transcript import Reading, SourceFile

FORMAT = "LaTeX"

_LATEX = re.compile(r"^[ \t]*\\(?:documentclass\b|begin\{|section\*?\{|chapter\*?\{)", re.MULTILINE)
_CALLS = re.compile(
    r"^[ \t]*\\(?P<command>[a-zA-Z]{1,30})\*?\{(?P<name>[^{}\n]{1,60})\}", re.MULTILINE
)
_CALL = re.compile(r"\\(?P<command>[a-zA-Z]{1,30})\*?\{(?P<name>[^{}]{1,60})\}:?\s*(?P<rest>.*)")
_ITEM = re.compile(r"\\item\s*\[(?P<name>[^\[\]]{1,80})\]\s*(?P<rest>.*)")
_ITEMS = re.compile(r"\\item\s{0,4}\[(?P<name>[^\[\]\n]{1,80})\]")
_PLAIN_ITEM = re.compile(r"\\item\b\s*")
_MACRO = re.compile(
    r"\\(?:(?:re|provide)?newcommand\*?|def|DeclareRobustCommand)\s*\{?\\(?P<key>[a-zA-Z]{1,30})\}?"
    r"\s*\{(?P<body>[^\n]{1,200})\}"
)
_MACRO_USE = re.compile(r"\\(?P<key>[a-zA-Z]{1,30})(?:\{\})?:?(?:\s+(?P<rest>.*)|)")
_SECTION = re.compile(
    r"\\(?P<kind>part|chapter|(?:sub){0,2}section)\*?\s*\{(?P<title>.{1,500})\}.*"
)
_LEVELS = {"part": 1, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4}
_FACT = re.compile(r"\\(?P<key>title|date)\s*\{(?P<value>[^\n]{1,300})\}")
_COMMENT = re.compile(r"(?<!\\)%.*")
_CITED = re.compile(r"\\(?:footnote|label|cite\w{0,10}|vspace|hspace|index)\*?\{[^{}]{0,1000}\}")
_LINKED = re.compile(r"\\href\{[^{}]{0,500}\}\{([^{}]{0,300})\}")
_BOLD = re.compile(r"\\(?:textbf|textsc|textsf)\{([^{}]{1,200})\}")
_SIZED = re.compile(r"\{\\(?:bf|bfseries|sc|scshape|sffamily)\s+([^{}]{1,200})\}")
_STYLED = re.compile(
    r"\\(?:emph|textit|textrm|texttt|text|enquote|underline|mbox|url)\{([^{}]{1,500})\}"
)
_STRUCTURE = re.compile(
    r"\\(?:begin|end|documentclass|usepackage|maketitle|tableofcontents|newpage|clearpage|author"
    r"|newcommand|renewcommand|providecommand|def|DeclareRobustCommand|setlength|noindent"
    r"|bigskip|medskip|smallskip|par|hrule|centering|pagestyle|input|include|title|date)\b.*"
)
_LEADING = re.compile(r"\\(?:noindent|par|bigskip|medskip|smallskip|indent)\b\s*")
_ACCENTS = {"'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303",
            "c": "\u0327", "v": "\u030c", "H": "\u030b", "k": "\u0328", "r": "\u030a",
            "=": "\u0304"}  # fmt: skip
_ACCENT = re.compile(r"\\(?:(?P<mark>['`^\"~=])\{?(?P<letter>[A-Za-z])\}?"
                     r"|(?P<named>[cvHkr])\{(?P<letter2>[A-Za-z])\})")  # fmt: skip
_LETTERS = {"ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "aa": "å",
            "AA": "Å", "oe": "œ", "i": "i", "euro": "€", "pounds": "£", "ldots": "…", "dots": "…",
            "textellipsis": "…", "LaTeX": "LaTeX", "TeX": "TeX", "textendash": "–",
            "textemdash": "—", "textquotedblleft": "“", "textquotedblright": "”",
            "textbackslash": "\\\\", "S": "§", "copyright": "©"}  # fmt: skip
_LETTER = re.compile(r"\\([a-zA-Z]{1,20})(?:\{\}|\s?(?![a-zA-Z{]))")
_THIN = re.compile(r"\\[,;:!]")
_ESCAPED = re.compile(r"\\([%&$#_{}])")
_COMMAND = re.compile(r"\\[a-zA-Z]{1,30}\*?")
_SIGNS = (("\\\\", " "), ("``", "“"), ("''", "”"), ("---", "—"), ("--", "–"), ("~", "\u00a0"))
_NOT_SPEAKERS = frozenset(
    "textbf textit textsc textsf emph section subsection subsubsection chapter part title author "
    "date begin end documentclass usepackage label input include pagestyle paragraph".split()
)


def sniff(source: SourceFile) -> bool:
    """Commands of LaTeX at the start of lines, or one whose arguments are people who come back."""
    text = source.text[:SNIFFED]
    return _LATEX.search(text) is not None or bool(_speaking(text))


def read(source: SourceFile) -> Reading:
    facts: dict[str, str] = {}
    people = _people(source.text)
    commands = _speaking(source.text)
    talk = come_back(_inline(found["name"]) for found in _ITEMS.finditer(source.text))
    lines: list[str] = []
    has_body = "\\begin{document}" in source.text
    for printed in source.text.split("\n"):
        line = _LEADING.sub("", _COMMENT.sub("", printed).strip())
        found = _FACT.match(line)
        if found:
            facts.setdefault(found["key"], _inline(found["value"].split("}")[0]).strip())
        if has_body:
            has_body = "\\begin{document}" not in line
            lines.append("")
        elif "\\end{document}" in line:
            break
        else:
            lines.append(_line(line, people, commands, talk=talk))
    return read_as_markdown(
        source,
        "\n".join(lines),
        FORMAT,
        title=facts.get("title") or None,
        date=written_date(facts.get("date", "")),
    )


def _people(text: str) -> dict[str, str]:
    r"""Whom macros name: ``\newcommand{\ada}{\speaker{Ada Vale}}``."""
    people = {}
    for macro in _MACRO.finditer(text):
        body = _COMMAND.sub("", macro["body"]).replace("{", "").replace("}", "")
        name = body.strip().rstrip(": ~")
        if is_name(name):
            people[macro["key"]] = name
    return people


def _speaking(text: str) -> frozenset[str]:
    """The commands whose arguments are people who come back."""
    names: dict[str, list[str]] = defaultdict(list)
    for call in _CALLS.finditer(text):
        if call["command"] not in _NOT_SPEAKERS:
            names[call["command"]].append(_inline(call["name"]).rstrip(": "))
    return frozenset(command for command, found in names.items() if come_back(found))


def _line(line: str, people: dict[str, str], commands: frozenset[str], *, talk: bool) -> str:
    section = _SECTION.fullmatch(line)
    if section:
        return f"{'#' * _LEVELS[section['kind']]} {_inline(section['title']).replace('**', '')}"
    item = _ITEM.fullmatch(line)
    if item and not talk:
        return f"- {_inline(item['name'])} {_inline(item['rest'])}"
    if item:
        return label(_inline(item["name"]).replace("**", ""), _inline(item["rest"]))
    call = _CALL.fullmatch(line)
    if call and call["command"] in commands:
        rest = call["rest"]
        inner = rest[1:-1] if rest[:1] + rest[-1:] == "{}" else rest
        return label(_inline(call["name"]), _inline(inner))
    use = _MACRO_USE.fullmatch(line)
    if use and use["key"] in people:
        return label(people[use["key"]], _inline(use["rest"] or ""))
    return "" if _STRUCTURE.fullmatch(line) else _inline(_PLAIN_ITEM.sub("- ", line))


def _inline(text: str) -> str:
    text = _LINKED.sub(r"\1", _CITED.sub("", text))
    text = _STYLED.sub(r"\1", _BOLD.sub(r"**\1**", _SIZED.sub(r"**\1**", text)))
    text = _ACCENT.sub(_accented, text)
    text = _LETTER.sub(lambda found: _LETTERS.get(found[1], found.group()), text)
    text = _ESCAPED.sub(r"\1", _THIN.sub("", text))
    for sign, meant in _SIGNS:
        text = text.replace(sign, meant)
    return _COMMAND.sub("", text).replace("{", "").replace("}", "").strip()


def _accented(found: re.Match[str]) -> str:
    letter = found["letter"] or found["letter2"]
    return unicodedata.normalize("NFC", letter + _ACCENTS[found["mark"] or found["named"]])
