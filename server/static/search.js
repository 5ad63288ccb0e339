// The search page: passages by meaning and words.

import { post } from "./api.js";
import { quoteItem } from "./citations.js";
import { element, failure, marked } from "./dom.js";
import { addressOf, choices, filterControls, filtersOf } from "./filters.js";

const LIMIT = 20;

export async function showSearch(view, parameters) {
  const rows = await choices();
  const query = parameters.get("q") ?? "";
  const box = element("input", {
    id: "query", name: "q", type: "search", value: query, maxlength: 2000, required: true,
    autocomplete: "off", placeholder: "Words or a thought",
  });
  const submit = (event) => {
    event.preventDefault();
    const path = addressOf("/search", event.target);
    document.dispatchEvent(new CustomEvent("go", { detail: { path } }));
  };
  const form = element(
    "form",
    { onsubmit: submit, role: "search" },
    element("label", { for: "query", class: "heading" }, "Search the transcripts"),
    element("div", { class: "row" }, box, element("button", {}, "Search")),
    filterControls(rows, parameters),
  );
  const results = element("div", { id: "results", "aria-live": "polite" });
  view.append(element("h1", { class: "hidden" }, "Search"), form, results);
  if (query) {
    await find(query, filtersOf(form), results);
  } else {
    box.focus();
  }
}

async function find(query, filters, results) {
  try {
    const reply = await post("/api/search", { query, limit: LIMIT, ...filters });
    const count = reply.hits.length;
    const told = count ? `${count} passages, best first · ${Math.round(reply.took_ms)} ms` : "";
    results.append(element("p", { class: "facts" }, told || "Nothing fits. Try fewer filters."));
    results.append(element("ol", { class: "quotes" }, reply.hits.map((hit) => item(hit, query))));
  } catch (error) {
    results.append(failure(error));
  }
}

function item(hit, query) {
  const node = quoteItem({ ...hit, number: hit.rank, quote: hit.text });
  node.querySelector("blockquote bdi").replaceChildren(...marked(hit.text, query));
  if (hit.topics.length) {
    node.append(element("span", { class: "facts" }, hit.topics.join(", ")));
  }
  return node;
}

