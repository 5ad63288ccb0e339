// The documents page: what is stored, adding to it, removing from it.

import { get, remove, upload } from "./api.js";
import { element, failure, speaker } from "./dom.js";

export async function showDocuments(view) {
  const list = element("div", { id: "documents" });
  view.append(element("h1", {}, "Documents"), dropZone(() => fill(list)), list);
  await fill(list);
}

async function fill(list) {
  const { documents } = await get("/api/documents");
  const words = documents.length ? `${documents.length} transcripts` : "No transcripts yet.";
  const rows = documents.map((row) => card(row, () => fill(list)));
  list.replaceChildren(element("p", { class: "facts" }, words), ...rows);
}

function card(row, changed) {
  const facts = [row.date, row.format, `${row.turns} turns`, `${row.claims} claims`];
  const people = row.speakers.map(({ name, role }) =>
    element("li", {}, speaker(name), role ? element("span", { class: "facts" }, ` ${role}`) : null),
  );
  return element(
    "article",
    { class: "document" },
    element("h2", {}, element("a", { href: `/documents/${encodeURIComponent(row.id)}` }, element("bdi", {}, row.title))),
    element("p", { class: "facts" }, facts.filter(Boolean).join(" · ")),
    element("ul", { class: "people" }, people),
    element("button", { type: "button", class: "quiet danger", onclick: () => confirmDelete(row, changed) }, "Delete…"),
  );
}

function confirmDelete(row, changed) {
  const problem = element("div");
  const dialog = element("dialog", { "aria-labelledby": "delete-title" });
  const close = () => dialog.close();
  const act = async () => {
    try {
      await remove(`/api/documents/${encodeURIComponent(row.id)}`);
      close();
      await changed();
    } catch (error) {
      problem.replaceChildren(failure(error));
    }
  };
  dialog.append(
    element("h2", { id: "delete-title" }, "Delete “", element("bdi", {}, row.title), "”?"),
    element("p", {}, `Its ${row.passages} passages and ${row.claims} claims go, too. The file it was read from stays where it is.`),
    problem,
    element(
      "div",
      { class: "row" },
      element("button", { type: "button", class: "danger", onclick: act }, "Delete"),
      element("button", { type: "button", class: "quiet", onclick: close, autofocus: true }, "Keep"),
    ),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function dropZone(changed) {
  const picker = element("input", { type: "file", multiple: true, id: "files", class: "hidden" });
  const state = element("div", { class: "upload", "aria-live": "polite" });
  const zone = element(
    "div",
    { class: "drop" },
    picker,
    element("label", { for: "files", class: "button" }, "Choose files"),
    element("span", {}, " or drop transcripts here: text, Markdown, captions, JSON, HTML, PDF, Word, EPUB …"),
    state,
  );
  const take = (files) => files.length && send([...files], state, changed);
  picker.addEventListener("change", () => {
    take(picker.files);
    picker.value = "";
  });
  for (const name of ["dragenter", "dragover"]) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.add("over");
    });
  }
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    take(event.dataTransfer.files);
  });
  return zone;
}

async function send(files, state, changed) {
  const bar = element("progress", { max: 1, value: 0, "aria-label": "Progress" });
  const words = element("p", {}, "Sending…");
  state.replaceChildren(bar, words);
  const sent = (share) => {
    bar.value = share * 0.2;
  };
  const told = ({ name, data }) => {
    if (name === "file") {
      words.textContent = `Reading ${data.name} (${data.number} of ${data.files})`;
    } else if (name === "embedded") {
      words.textContent = `Indexing: ${data.passages} of ${data.total} passages`;
      bar.value = 0.2 + 0.8 * (data.passages / data.total);
    } else if (name === "report") {
      state.replaceChildren(...report(data));
    } else if (name === "error") {
      state.replaceChildren(failure(new Error(`${data.error.message} ${data.error.hint}`)));
    }
  };
  try {
    await upload(files, sent, told);
  } catch (error) {
    state.replaceChildren(failure(error));
  }
  await changed();
}

function report({ documents, refused }) {
  const added = documents.map((row) => element("li", {}, "Added ", element("bdi", {}, row.title)));
  const turned = refused.map((row) =>
    element("li", { class: "error" }, "Refused ", element("bdi", {}, row.source), `: ${row.reason} ${row.hint}`),
  );
  return [element("ul", {}, added, turned)];
}
