// The question page: streams an answer, then shows the quotes that carry it.

import { events, get, post } from "./api.js";

const HISTORY_LENGTH = 6;

const form = document.getElementById("question-form");
const question = document.getElementById("question");
const results = document.getElementById("results");
const history = [];
let running = null;

function element(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) {
    node.className = className;
  }
  node.append(...children);
  return node;
}

function clock(seconds) {
  const whole = Math.floor(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const parts = hours ? [hours, minutes, whole % 60] : [minutes, whole % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}

function place(item) {
  const facts = [item.title, item.section, item.line_start && `line ${item.line_start}`];
  if (item.start_seconds !== null) {
    facts.push(clock(item.start_seconds));
  }
  return facts.filter(Boolean).join(" · ");
}

function quoteItem(item, text, url, number) {
  const link = element("a", "place", place(item));
  link.href = url;
  const speaker = element("span", "speaker", item.speaker ?? "unknown speaker");
  const node = element("li", "quote", element("blockquote", "", text), speaker, " ", link);
  if (number) {
    node.id = `quote-${number}`;
    node.value = number;
  }
  return node;
}

function filters() {
  const chosen = (id) => [document.getElementById(id).value].filter(Boolean);
  return { speakers: chosen("speaker"), documents: chosen("document"), topics: chosen("topic") };
}

function begin(text) {
  running?.abort();
  running = new AbortController();
  const answer = element("div", "answer waiting");
  const article = element("article", "", element("h2", "", text), answer);
  results.prepend(article);
  return { article, answer, signal: running.signal };
}

function fail(answer, error) {
  answer.classList.remove("waiting");
  if (error.name === "AbortError") {
    answer.append(" (stopped)");
  } else {
    answer.classList.add("error");
    answer.textContent = error.message;
  }
}

function showAnswer({ article, answer }, reply) {
  answer.classList.remove("waiting");
  if (reply.abstained) {
    article.classList.add("abstained");
    answer.textContent = reply.answer;
  } else if (reply.sentences.length) {
    answer.replaceChildren(...reply.sentences.map(sentenceNode));
  }
  showQuotes(article, reply.citations, reply.abstained ? "Nearest passages" : "Quotes");
  article.append(element("p", "facts", [reply.mode, reply.model].filter(Boolean).join(" · ")));
}

function showQuotes(article, citations, heading) {
  article.querySelector("section")?.remove();
  if (!citations.length) {
    return;
  }
  const list = element("ol", "quotes");
  list.append(...citations.map((quote) => quoteItem(quote, quote.quote, quote.url, quote.number)));
  article.append(element("section", "", element("h3", "", heading), list));
}

function sentenceNode(sentence) {
  const pieces = sentence.text.split(/\[(\d+)\]/);
  return element("p", "", ...pieces.map((piece, index) => (index % 2 ? mark(piece) : piece)));
}

function mark(number) {
  const link = element("a", "mark", `[${number}]`);
  link.href = `#quote-${number}`;
  link.addEventListener("click", (click) => {
    click.preventDefault();
    const article = link.closest("article");
    article.querySelector(`li[value="${number}"]`)?.scrollIntoView({ block: "center" });
  });
  return link;
}

async function ask() {
  const text = question.value.trim();
  const shown = begin(text);
  const citations = [];
  const body = { question: text, history: history.slice(-HISTORY_LENGTH), stream: true };
  try {
    for await (const { name, data } of events("/api/ask", { ...body, ...filters() }, shown.signal)) {
      if (name === "citation") {
        citations.push(data);
        showQuotes(shown.article, citations, "Quotes");
      } else if (name === "token") {
        shown.answer.append(data.text);
      } else if (name === "answer") {
        showAnswer(shown, data);
        history.push({ question: text, answer: data.answer });
      } else if (name === "error") {
        throw new Error(`${data.error.message} ${data.error.hint}`);
      }
    }
  } catch (error) {
    fail(shown.answer, error);
  }
}

async function search() {
  const text = question.value.trim();
  const shown = begin(text);
  try {
    const reply = await post("/api/search", { query: text, ...filters() }, shown.signal);
    shown.answer.classList.remove("waiting");
    shown.answer.textContent = reply.hits.length ? "" : "Nothing found.";
    const list = element("ol", "quotes");
    for (const hit of reply.hits) {
      const url = `/documents/${hit.document_id}#c=${hit.char_start}-${hit.char_end}`;
      list.append(quoteItem(hit, hit.text, url));
    }
    shown.article.append(list);
  } catch (error) {
    fail(shown.answer, error);
  }
}

function fill(id, rows, value, label) {
  const select = document.getElementById(id);
  for (const row of rows) {
    const option = element("option", "", label(row));
    option.value = value(row);
    select.append(option);
  }
}

async function start() {
  const corpus = document.getElementById("corpus");
  try {
    const [{ documents }, { speakers }, { topics }] = await Promise.all([
      get("/api/documents"),
      get("/api/speakers"),
      get("/api/topics"),
    ]);
    fill("document", documents, (row) => row.id, (row) => row.title);
    fill("speaker", speakers, (row) => row.name, (row) => row.name);
    fill("topic", topics, (row) => row.name, (row) => `${row.name} (${row.passages})`);
    corpus.textContent = `${documents.length} documents, ${speakers.length} speakers`;
  } catch (error) {
    corpus.textContent = error.message;
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});
document.getElementById("search").addEventListener("click", () => {
  if (form.reportValidity()) {
    search();
  }
});
start();
