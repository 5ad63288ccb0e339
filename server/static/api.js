// Calls to the JSON API. Every failure becomes an Error whose message can be shown.

const BUSY = 429;
const MOST_TRIES = 5;

export async function get(path, signal) {
  return json(await fetch(path, { signal }));
}

export async function post(path, body, signal) {
  return json(await send(path, body, signal));
}

export async function remove(path) {
  const response = await fetch(path, { method: "DELETE" });
  if (!response.ok) {
    await json(response);
  }
}

/** A file as the server offers it under another type than JSON. */
export async function download(path, type) {
  const response = await fetch(path, { headers: { Accept: type } });
  return response.ok ? response.blob() : json(response);
}

/** Yields {name, data} for every server-sent event of the response. */
export async function* events(path, body, signal) {
  const response = await send(path, body, signal);
  if (!response.ok) {
    await json(response);
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const parser = new EventParser();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return;
    }
    yield* parser.feed(value);
  }
}

/** Sends files; ``sent`` gets the share of bytes, ``told`` the events of the server. */
export function upload(files, sent, told) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const parser = new EventParser();
    let read = 0;
    const listen = () => {
      for (const event of parser.feed(request.responseText.slice(read))) {
        told(event);
      }
      read = request.responseText.length;
    };
    request.open("POST", "/api/documents");
    request.setRequestHeader("Accept", "text/event-stream");
    request.upload.addEventListener("progress", (event) => sent(event.loaded / event.total));
    request.addEventListener("progress", () => request.status === 200 && listen());
    request.addEventListener("error", () => reject(new Error("The server cannot be reached.")));
    request.addEventListener("load", () => {
      if (request.status === 200) {
        listen();
        resolve();
      } else {
        reject(failed(request.status, parsed(request.responseText)));
      }
    });
    const form = new FormData();
    for (const file of files) {
      form.append("file", file);
    }
    request.send(form);
  });
}

class EventParser {
  #waiting = "";

  *feed(text) {
    const blocks = (this.#waiting + text).split("\n\n");
    this.#waiting = blocks.pop();
    for (const block of blocks) {
      const event = parse(block);
      if (event) {
        yield event;
      }
    }
  }
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

/** Sends JSON; a server that is busy is asked again when it says so, a few times. */
async function send(path, body, signal) {
  const headers = { "Content-Type": "application/json" };
  const request = { method: "POST", headers, body: JSON.stringify(body), signal };
  for (let tries = 1; ; tries += 1) {
    const response = await fetch(path, request);
    const seconds = Number(response.headers.get("Retry-After"));
    if (response.status !== BUSY || !seconds || tries === MOST_TRIES) {
      return response;
    }
    await new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
    signal?.throwIfAborted();
  }
}

async function json(response) {
  const body = parsed(await response.text());
  if (response.ok && body !== null) {
    return body;
  }
  throw failed(response.status, body);
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function failed(status, body) {
  const error = body?.error ?? { message: `The server answered ${status}.`, hint: "" };
  return Object.assign(new Error(`${error.message} ${error.hint}`.trim()), { code: error.code });
}
