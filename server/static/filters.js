// The choices that restrict a question or a search: speaker, document, topic, dates.

import { get } from "./api.js";
import { element, field, select } from "./dom.js";

/** What there is to choose from. */
export async function choices() {
  const [{ documents }, { speakers }, { topics }] = await Promise.all([
    get("/api/documents"),
    get("/api/speakers"),
    get("/api/topics"),
  ]);
  return {
    documents: documents.map((row) => ({ value: row.id, text: row.title })),
    speakers: speakers.map((row) => ({ value: row.name, text: row.name })),
    topics: topics.map((row) => ({ value: row.name, text: `${row.name} (${row.passages})` })),
  };
}

/** The controls, set to what an address says. */
export function filterControls(rows, parameters) {
  const date = { inputmode: "numeric", placeholder: "2024 or 2024-05", size: 12 };
  const pattern = "\\d{4}(-\\d{2}(-\\d{2})?)?";
  return element(
    "div",
    { class: "filters" },
    select("speaker", "Speaker", rows.speakers, parameters.get("speaker"), "anyone"),
    select("document", "Document", rows.documents, parameters.get("document")),
    select("topic", "Topic", rows.topics, parameters.get("topic")),
    field("from", "From", parameters.get("from"), { ...date, pattern }),
    field("to", "To", parameters.get("to"), { ...date, pattern }),
  );
}

/** The filters of a form as the API takes them. */
export function filtersOf(form) {
  const value = (name) => form.elements[name]?.value.trim() ?? "";
  const list = (name) => [value(name)].filter(Boolean);
  return {
    speakers: list("speaker"),
    documents: list("document"),
    topics: list("topic"),
    date_from: value("from") || null,
    date_to: value("to") || null,
  };
}

/** The address of a page with what its form holds. */
export function addressOf(path, form) {
  const entries = [...new FormData(form)].filter(([, value]) => value.trim());
  const parameters = new URLSearchParams(entries);
  return `${path}${entries.length ? "?" : ""}${parameters}`;
}
