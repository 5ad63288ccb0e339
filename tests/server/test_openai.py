"""The OpenAI-compatible calls, with the clients that people use: ``openai`` and ``llm``."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import httpx
import openai
import pytest

from kb.knowledge_base import KnowledgeBase
from server.app import create_app
from server.chores import chore_reply
from server.openai_shapes import ApiErrorReply, ChatChunk, ChatReply, tokens_of

QUESTION = "How many H100s fit into forty megawatts, according to Ngozi Okwuosa?"
OFF_TOPIC = "Which goalkeeper won the 1986 football world cup final?"
MODEL = "alignment-kb-extractive"


def user(text: str) -> dict[str, str]:
    return {"role": "user", "content": text}


@pytest.fixture(scope="module")
def base_url(client) -> str:
    return f"{str(client.base_url).rstrip('/')}/v1"


@pytest.fixture(scope="module")
def ai(base_url):
    with openai.OpenAI(base_url=base_url, api_key="any", max_retries=0) as ai:
        yield ai


@pytest.fixture(scope="module")
def answer(client) -> dict:
    """What ``/api/ask`` says to the same question."""
    return client.post("/api/ask", json={"question": QUESTION, "mode": "extractive"}).json()


@pytest.fixture(scope="module")
def completion(ai):
    return ai.chat.completions.create(model=MODEL, messages=[user(QUESTION)], temperature=0.2)


def test_models_are_listed_and_told_one_by_one(ai):
    names = ["alignment-kb", "alignment-kb-extractive"]
    assert names == [model.id for model in ai.models.list()]
    assert names[0] == ai.models.retrieve(names[0]).id


def test_the_content_links_every_quote_to_its_place(client, completion, answer):
    message = completion.choices[0].message
    assert ("assistant", "stop") == (message.role, completion.choices[0].finish_reason)
    for citation in answer["citations"]:
        link = f"[[{citation['number']}]]({str(client.base_url).rstrip('/')}{citation['url']})"
        assert link in message.content
    page = client.get(answer["citations"][0]["url"])
    assert page.status_code == 200


def test_annotations_say_where_in_the_content_the_links_stand(completion):
    message = completion.choices[0].message
    assert message.annotations
    for annotation in message.annotations:
        cited = annotation.url_citation
        link = message.content[cited.start_index : cited.end_index]
        assert link.startswith("[[")
        assert link.endswith(f"]({cited.url})")


def test_the_whole_answer_stands_under_one_key(client, completion, answer):
    extension = completion.model_extra["kb"]
    assert answer["answer"] == extension["answer"]
    base = str(client.base_url).rstrip("/")
    assert [base + each["url"] for each in answer["citations"]] == [
        each["url"] for each in extension["citations"]
    ]
    ChatReply.model_validate(completion.model_dump())


def test_usage_counts_words_and_marks(completion):
    usage = completion.usage
    assert tokens_of(QUESTION) == usage.prompt_tokens
    assert tokens_of(completion.choices[0].message.content) == usage.completion_tokens
    assert usage.prompt_tokens + usage.completion_tokens == usage.total_tokens


def test_a_stream_tells_the_same_as_the_whole(ai, completion):
    chunks = list(
        ai.chat.completions.create(
            model=MODEL,
            messages=[user(QUESTION)],
            stream=True,
            stream_options={"include_usage": True},
        )
    )
    for chunk in chunks:
        ChatChunk.model_validate(chunk.model_dump())
    deltas = [chunk.choices[0].delta for chunk in chunks if chunk.choices]
    assert completion.choices[0].message.content == "".join(d.content or "" for d in deltas)
    assert "assistant" == deltas[0].role
    assert chunks[0].model_extra["kb"]["citations"], "the quotes come before the text"
    assert completion.choices[0].message.model_dump()["annotations"] == deltas[-1].annotations
    assert completion.usage == chunks[-1].usage


def test_a_stream_ends_as_clients_expect(client):
    body = {"model": MODEL, "messages": [user(QUESTION)], "stream": True}
    reply = client.post("/v1/chat/completions", json=body)
    assert reply.headers["content-type"].startswith("text/event-stream")
    assert "no-store" == reply.headers["cache-control"]
    assert reply.text.endswith("data: [DONE]\n\n")


def test_the_async_client_works_as_well(base_url, completion):
    async def ask() -> str:
        async with openai.AsyncOpenAI(base_url=base_url, api_key="any") as ai:
            stream = await ai.chat.completions.create(
                model=MODEL, messages=[user(QUESTION)], stream=True
            )
            return "".join([c.choices[0].delta.content or "" async for c in stream if c.choices])

    assert completion.choices[0].message.content == asyncio.run(ask())


def test_an_abstention_says_so_and_lists_the_nearest_passages_apart(ai):
    reply = ai.chat.completions.create(model=MODEL, messages=[user(OFF_TOPIC)])
    content = reply.choices[0].message.content
    assert reply.model_extra["kb"]["abstained"]
    assert content.startswith("The transcripts do not say.\n\n**Nearest passages")


def test_a_follow_up_is_understood_from_the_messages_before(ai, client):
    first = "What does Ngozi Okwuosa say about forty megawatts?"
    then = "Why does she say so?"
    reply = ai.chat.completions.create(model=MODEL, messages=[user(first)])
    said = reply.choices[0].message.content
    messages = [
        {"role": "system", "content": "You are a pirate."},
        user(first),
        {"role": "assistant", "content": said},
        {"role": "user", "content": [{"type": "text", "text": then}]},
    ]
    follow_up = ai.chat.completions.create(model=MODEL, messages=messages).model_extra["kb"]
    plain = client.post("/api/ask", json={"question": first, "mode": "extractive"}).json()
    history = [{"question": first, "answer": plain["answer"]}]
    body = {"question": then, "history": history, "mode": "extractive"}
    assert client.post("/api/ask", json=body).json()["answer"] == follow_up["answer"]


def test_of_a_long_message_its_question_is_answered(ai):
    """Whoever pastes an article asks below it; the article itself is not searched."""
    pasted = "The kettle was cold, and nobody knew who had left it there. " * 60
    long, short = (
        ai.chat.completions.create(model=MODEL, messages=[user(text)]).model_extra["kb"]
        for text in (f"{pasted}\n\n{QUESTION}", QUESTION)
    )
    assert short["answer"] == long["answer"]


def test_filters_go_under_one_key(ai):
    people = {"speakers": ["Abena Frimpong"]}
    reply = ai.chat.completions.create(
        model=MODEL, messages=[user("When will AI do half the tasks?")], extra_body={"kb": people}
    )
    citations = reply.model_extra["kb"]["citations"]
    assert {"Abena Frimpong"} == {citation["speaker"] for citation in citations}


@pytest.mark.parametrize("stream", [False, True])
def test_a_frontends_request_for_a_title_gets_an_empty_object(ai, stream):
    """No quotes for a chore: the frontend keeps its default."""
    chore = user("### Task:\nGenerate a concise, 3-5 word title.\n" + "history " * 2_000)
    reply = ai.chat.completions.create(model=MODEL, messages=[chore], stream=stream)
    if stream:
        content = "".join(chunk.choices[0].delta.content or "" for chunk in reply if chunk.choices)
    else:
        content = reply.choices[0].message.content
    assert "{}" == content


TITLE_PROMPTS = {
    "LibreChat": (
        "Provide a concise, 5-word-or-less title for the conversation, using title case "
        f"conventions. Only return the title itself.\n\nConversation:\nUser: {QUESTION}\nAI: In"
    ),
    "NextChat": (
        "Please generate a four to five word title summarizing our conversation without any "
        "lead-in, punctuation or additional text."
    ),
    "big-AGI": (
        "Analyze the given short conversation (every line is truncated) and extract a concise chat "
        f"title that summarizes it in a couple of words.\n```\nUser: {QUESTION}\n```"
    ),
    "a summary": (
        "Summarize the discussion briefly in 200 words or less to use as a prompt for future "
        "context."
    ),
}


@pytest.mark.parametrize("prompt", TITLE_PROMPTS.values(), ids=TITLE_PROMPTS)
def test_a_title_in_plain_words_is_the_first_question(ai, prompt):
    """Other frontends show whatever comes as the title of the chat: quotes would stand there."""
    messages = [user(QUESTION), {"role": "assistant", "content": "In 2031."}, user(prompt)]
    reply = ai.chat.completions.create(model=MODEL, messages=messages)
    assert QUESTION == reply.choices[0].message.content


@pytest.mark.parametrize(
    "question",
    ["Summarize the discussion of sleds in a few words", "Give the title of the chat on tides"],
)
def test_a_question_about_titles_and_summaries_is_a_question(question):
    assert chore_reply(question, ()) is None


def test_a_question_below_a_frontends_instructions_is_answered(client, ai):
    """Open WebUI puts what it found elsewhere into the message; only the question counts."""
    prompt = (
        "### Task:\nRespond to the user query using the provided context.\n\n<context>\n"
        f"{'Unrelated words. ' * 300}\n</context>\n\n<user_query>\n{QUESTION}\n</user_query>\n"
    )
    plain = ai.chat.completions.create(model=MODEL, messages=[user(QUESTION)])
    wrapped = ai.chat.completions.create(model=MODEL, messages=[user(prompt)])
    assert plain.choices[0].message.content == wrapped.choices[0].message.content


def test_a_picture_shown_earlier_does_not_end_the_chat(ai):
    """Only the message that asks must be text: frontends send the whole chat again each time."""
    picture = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AA=="}}
    earlier = {"role": "user", "content": [{"type": "text", "text": "Who is this?"}, picture]}
    messages = [earlier, {"role": "assistant", "content": "No idea."}, user(QUESTION)]
    reply = ai.chat.completions.create(model=MODEL, messages=messages)
    assert reply.model_extra["kb"]["citations"]


def test_half_a_character_is_read_as_none(client):
    """JSON can hold half of a pair of code units; no text can."""
    body = '{"messages": [{"role": "user", "content": "\\ud800 When will AI do half the tasks?"}]}'
    reply = client.post(
        "/v1/chat/completions", content=body, headers={"Content-Type": "application/json"}
    )
    assert 200 == reply.status_code
    assert reply.json()["kb"]["citations"]


@pytest.mark.parametrize(
    ("change", "error", "told"),
    [
        ({"model": "gpt-4"}, openai.NotFoundError, "Use one of: alignment-kb"),
        ({"messages": []}, openai.BadRequestError, "messages"),
        ({"messages": [user("  ")]}, openai.BadRequestError, "Write what you want to know"),
        ({"n": 2}, openai.BadRequestError, "n: "),
        ({"extra_body": {"kb": {"date_from": "soon"}}}, openai.BadRequestError, "date_from"),
        (
            {"messages": [{"role": "user", "content": [{"type": "image_url"}]}]},
            openai.BadRequestError,
            "image_url",
        ),
    ],
)
def test_what_cannot_be_answered_is_refused_as_clients_expect(ai, change, error, told):
    request = {"model": MODEL, "messages": [user(QUESTION)]} | change
    with pytest.raises(error) as refused:
        ai.chat.completions.create(**request)
    assert told in refused.value.message
    ApiErrorReply.model_validate(refused.value.response.json())


def test_without_the_right_key_nothing_is_answered(settings, serve):
    with KnowledgeBase(settings) as knowledge_base:
        app = create_app(settings.model_copy(update={"api_key": "right"}), knowledge_base)
        app.state.service.load()
        with serve(app) as address:
            wrong = openai.OpenAI(base_url=f"{address}/v1", api_key="wrong", max_retries=0)
            with wrong, pytest.raises(openai.AuthenticationError) as refused:
                wrong.models.list()
            assert "authentication_error" == refused.value.body["type"]
            with openai.OpenAI(base_url=f"{address}/v1", api_key="right") as right:
                assert right.models.list().data


def test_links_begin_with_the_address_that_is_set(settings, serve):
    public = settings.model_copy(update={"public_url": "https://kb.example.org/talks"})
    with KnowledgeBase(public) as knowledge_base:
        app = create_app(public, knowledge_base)
        app.state.service.load()
        body = {"messages": [user(QUESTION)]}
        with serve(app) as address:
            reply = httpx.post(f"{address}/v1/chat/completions", json=body, timeout=60).json()
    assert "](https://kb.example.org/talks/documents/" in reply["choices"][0]["message"]["content"]


@pytest.mark.slow
@pytest.mark.parametrize("options", [[], ["--no-stream"]])
def test_the_llm_command_asks_the_transcripts(base_url, completion, tmp_path, options):
    models = [{"model_id": "kb", "model_name": MODEL, "api_base": base_url}]
    (tmp_path / "extra-openai-models.yaml").write_text(json.dumps(models), encoding="utf-8")
    command = [str(Path(sys.executable).with_name("llm")), "-m", "kb", "--key", "any", *options]
    finished = subprocess.run(
        [*command, QUESTION],
        env=os.environ | {"LLM_USER_PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert 0 == finished.returncode, finished.stderr
    assert completion.choices[0].message.content == finished.stdout.rstrip("\n")


def test_of_a_very_long_chat_the_end_is_read(client):
    """A frontend sends all that was said, however long the conversation has become."""
    past = [{"role": role, "content": "Hello."} for role in ("user", "assistant")] * 600
    messages = [*past, {"role": "user", "content": "How many H100s does Tidewrack have?"}]
    body = {"model": "alignment-kb-extractive", "messages": messages}
    reply = client.post("/v1/chat/completions", json=body)
    assert reply.status_code == 200
    assert "24,000" in reply.json()["choices"][0]["message"]["content"]
