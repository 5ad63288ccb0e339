"""`kb mcp` as a process: an assistant talks to it over standard input and output."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import anyio
from mcp import Client
from mcp.client.stdio import StdioServerParameters

from kb.knowledge_base import KnowledgeBase
from kb.settings import Settings
from kb.shapes import hit_shape

ROOT = Path(__file__).parents[2]
MCP = [sys.executable, "-m", "cli.main", "mcp", "--data-dir"]
INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}


def start(data_dir: Path) -> subprocess.Popen:
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    environment = os.environ | {"KB_LLM": "none"}
    return subprocess.Popen([*MCP, str(data_dir)], text=True, env=environment, cwd=ROOT, **pipes)


def test_an_assistant_finds_and_asks_what_the_knowledge_base_does(data_dir):
    command, *arguments = [*MCP, str(data_dir)]
    environment = {"KB_LLM": "none", "PYTHONPATH": str(ROOT)}
    program = StdioServerParameters(command=command, args=arguments, env=environment, cwd=ROOT)

    async def story():
        async with Client(program) as assistant:
            names = [tool.name for tool in (await assistant.list_tools()).tools]
            found = await assistant.call_tool("search", {"query": "megawatts", "limit": 3})
            asked = await assistant.call_tool("ask", {"question": "Who counts H100s?"})
            return names, found.structured_content["hits"], asked.structured_content

    names, hits, answer = anyio.run(story)
    with KnowledgeBase(Settings(data_dir=data_dir, llm="none")) as knowledge_base:
        expected = [hit_shape(hit) for hit in knowledge_base.search("megawatts", 3)]
        said = knowledge_base.answer("Who counts H100s?").answer
    assert ["search", "ask", "claims", "compare", "get_transcript"] == names
    assert [hit["text"] for hit in expected] == [hit["text"] for hit in hits]
    assert [hit["url"] for hit in expected] == [hit["url"] for hit in hits]
    assert said == answer["answer"]


def test_it_ends_with_its_input_and_prints_only_the_protocol(data_dir):
    with start(data_dir) as server:
        printed, errors = server.communicate(json.dumps(INITIALIZE) + "\n", timeout=120)
    assert server.returncode == 0, errors
    assert errors == ""
    lines = [json.loads(line) for line in printed.splitlines()]
    assert ["alignment-kb"] == [line["result"]["serverInfo"]["name"] for line in lines]


def test_an_interrupt_ends_it_though_its_input_is_open(data_dir):
    with start(data_dir) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write(json.dumps(INITIALIZE) + "\n")
        server.stdin.flush()
        server.stdout.readline()
        server.send_signal(signal.SIGINT)
        server.wait(timeout=60)
    assert server.returncode == 130


def test_a_search_on_the_command_line_does_not_load_the_protocol(data_dir):
    program = (
        "import sys\n"
        "from cli.main import app\n"
        f"app(['--data-dir', {str(data_dir)!r}, 'search', 'megawatts'], standalone_mode=False)\n"
        "print('mcp' in sys.modules, 'mcp_types' in sys.modules, file=sys.stderr)"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert result.stderr.splitlines()[-1] == "False False"
