"""Objects as JavaScript writes them: keys without quotation marks, other quotation marks, commas
before a closing bracket, comments. Lines stay where they are.
"""

from __future__ import annotations

import json
import re

_TOKEN = re.compile(
    r"(?P<string>\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)"
    r"|(?P<comment>//[^\n]*|/\*[^*]*\*+(?:[^/*][^*]*\*+)*/)"
    r"|(?P<key>[A-Za-z_$][\w$]{0,60})(?=\s{0,20}:)"
    r"|(?P<comma>,(?=\s*[\]}]))",
    re.DOTALL,
)  # of which commas can be told only where no comments are left
_ESCAPED = re.compile(r"\\(['`$\n])")


def as_json(text: str) -> str:
    """The same in strict JSON, as far as it is only written otherwise."""
    return _TOKEN.sub(_strict, _TOKEN.sub(_strict, text))


def _strict(found: re.Match[str]) -> str:
    token = found.group()
    if found["string"] and token[0] == '"':
        return token
    if found["string"]:
        inner = _ESCAPED.sub(r"\1", token[1:-1])
        inner = re.sub(r'(?<!\\)"', r"\"", inner)
        return '"' + inner.replace("\n", "\\n") + '"' + "\n" * inner.count("\n")
    if found["key"]:
        return json.dumps(token)
    return "\n" * token.count("\n")
