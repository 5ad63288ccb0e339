// The question page: a conversation whose answers stream in, each with the quotes that carry it.

import { events, get } from "./api.js";
import { mark, quoteItem } from "./citations.js";
import { element, failure } from "./dom.js";
import { choices, filterControls, filtersOf } from "./filters.js";

const HISTORY_LENGTH = 6;

let history = [];
let running = null;

export async function showAsk(view, parameters) {
  history = [];
  stopAnswer();
  const box = element("input", {
    id: "question", name: "q", type: "text", maxlength: 2000, required: true, autocomplete: "off",
    placeholder: "Who said what, when, and how sure were they?",
  });
  const fresh = element("button", { type: "button", class: "quiet", hidden: true }, "New conversation");
  const stop = element("button", { type: "button", class: "quiet", hidden: true }, "Stop");
  const more = element("details", { class: "more" }, element("summary", {}, "Only in…"));
  const form = element(
    "form",
    {},
    element("label", { for: "question", class: "heading" }, "Ask the transcripts"),
    element("div", { class: "row" }, box, element("button", { type: "submit" }, "Ask"), stop, fresh),
    more,
  );
  const examples = element("div", { class: "examples" });
  const answers = element("div", { id: "answers" });
  view.append(element("h1", { class: "hidden" }, "Ask"), form, examples, answers);

  const put = async (question) => {
    box.value = "";
    examples.hidden = true;
    fresh.hidden = false;
    stop.hidden = false;
    await ask(question, filtersOf(form), answers, () => put(question));
    stop.hidden = running === null;
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const question = box.value.trim();
    if (history.length === 0) {
      const path = `/?${new URLSearchParams({ q: question })}`;
      document.dispatchEvent(new CustomEvent("go", { detail: { path, render: false } }));
    }
    put(question);
  });
  stop.addEventListener("click", stopAnswer);
  fresh.addEventListener("click", () => {
    document.dispatchEvent(new CustomEvent("go", { detail: { path: "/" } }));
    view.querySelector("input")?.focus();
  });
  const rows = await choices();
  more.append(filterControls(rows, parameters));
  if (!rows.documents.length) {
    examples.append(empty());
    return;
  }
  const asked = parameters.get("q");
  if (asked) {
    await put(asked);
  } else {
    box.focus();
    await offer(examples, box, form);
  }
}

/** Ends the answer that is being made; whether there was one. */
export function stopAnswer() {
  running?.abort();
  const was = running !== null;
  running = null;
  return was;
}

function empty() {
  return element(
    "p",
    { class: "facts" },
    "There are no transcripts yet. ",
    element("a", { href: "/documents" }, "Add some"),
    ", or run kb ingest.",
  );
}

async function offer(examples, box, form) {
  const { questions } = await get("/api/examples");
  if (!examples.isConnected || examples.hidden || !questions.length) {
    return;
  }
  const use = (question) => () => {
    box.value = question;
    form.requestSubmit();
  };
  const buttons = questions.map((question) =>
    element("li", {}, element("button", { type: "button", onclick: use(question) }, question)),
  );
  examples.append(element("h2", {}, "For example"), element("ul", {}, buttons));
}

async function ask(question, filters, answers, again) {
  stopAnswer();
  running = new AbortController();
  const mine = running;
  const words = element("div", { class: "answer waiting", "aria-live": "polite", "aria-busy": "true" });
  const article = element("article", {}, element("h2", {}, element("bdi", {}, question)), words);
  answers.prepend(article);
  const quotes = new Map();
  const body = { question, history: history.slice(-HISTORY_LENGTH), stream: true, ...filters };
  let said = "";
  let complete = false;
  try {
    for await (const { name, data } of events("/api/ask", body, mine.signal)) {
      if (name === "citation") {
        quotes.set(data.number, data);
      } else if (name === "token") {
        said += data.text;
        words.replaceChildren(...paragraphs(said, quotes));
      } else if (name === "answer") {
        finish(article, words, data);
        complete = true;
        history.push({ question, answer: data.answer });
      } else if (name === "error") {
        throw new Error(`${data.error.message} ${data.error.hint}`);
      }
    }
    if (!complete) {
      throw new Error("The connection ended before the answer did.");
    }
  } catch (error) {
    const stopped = error.name === "AbortError";
    words.append(stopped ? element("p", { class: "facts" }, "Stopped.") : failure(error));
    words.append(retry(article, again));
  } finally {
    words.classList.remove("waiting");
    words.removeAttribute("aria-busy");
    if (running === mine) {
      running = null;
    }
  }
}

function retry(article, again) {
  const act = () => {
    article.remove();
    again();
  };
  return element("button", { type: "button", class: "quiet", onclick: act }, "Ask again");
}

function finish(article, words, answer) {
  const quotes = new Map(answer.citations.map((quote) => [quote.number, quote]));
  const made = paragraphs(answer.answer, quotes);
  words.replaceChildren(...made);
  if (answer.mode === "generated") {
    made.at(-1).prepend(element("span", { class: "badge" }, "written by the model, checked"), " ");
  }
  if (answer.abstained) {
    article.classList.add("abstained");
    words.prepend(element("span", { class: "sign", "aria-hidden": "true" }, "∅"));
  }
  if (answer.citations.length) {
    const heading = answer.abstained ? "Nearest passages, which do not answer it" : "Quotes";
    const list = element("ol", { class: "quotes" }, answer.citations.map((quote) => quoteItem(quote)));
    article.append(element("section", {}, element("h3", {}, heading), list));
  }
  article.append(element("p", { class: "facts" }, told(answer)));
}

function told(answer) {
  const seconds = ((answer.timings_ms.total ?? 0) / 1000).toFixed(2);
  const how =
    answer.mode === "generated"
      ? `quotes, and a sentence by ${answer.model} that passed the check`
      : "extractive: the speakers' own words, no model wrote any of it";
  return `${answer.abstained ? "nothing found" : how} · ${seconds} s`;
}

/** The text as paragraphs, with the numbers of quotes as links to them. */
function paragraphs(text, quotes) {
  return text.split(/\n+/).map((line) => {
    const pieces = line.split(/\[(\d+)\]/);
    const nodes = pieces.map((piece, at) => (at % 2 ? mark(Number(piece), quotes.get(Number(piece))) : piece));
    return element("p", { dir: "auto" }, nodes);
  });
}
