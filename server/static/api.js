// Calls to the JSON API. Every failure becomes an Error whose message can be shown.

export async function get(path) {
  return json(await fetch(path));
}

export async function post(path, body, signal) {
  return json(await send(path, body, signal));
}

/** Yields {name, data} for every server-sent event of the response. */
export async function* events(path, body, signal) {
  const response = await send(path, body, signal);
  if (!response.ok) {
    await json(response);
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let waiting = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return;
    }
    waiting += value;
    const blocks = waiting.split("\n\n");
    waiting = blocks.pop();
    for (const block of blocks) {
      const event = parse(block);
      if (event) {
        yield event;
      }
    }
  }
}

function send(path, body, signal) {
  const headers = { "Content-Type": "application/json" };
  return fetch(path, { method: "POST", headers, body: JSON.stringify(body), signal });
}

async function json(response) {
  const body = await response.json().catch(() => null);
  if (response.ok && body !== null) {
    return body;
  }
  const error = body?.error ?? { message: `The server answered ${response.status}.`, hint: "" };
  throw new Error(`${error.message} ${error.hint}`.trim());
}

function parse(block) {
  let name = "";
  const data = [];
  for (const line of block.split("\n")) {
    if (line.startsWith("event: ")) {
      name = line.slice(7);
    } else if (line.startsWith("data: ")) {
      data.push(line.slice(6));
    }
  }
  return data.length ? { name, data: JSON.parse(data.join("\n")) } : null;
}
