// The transcript beside the page. Its text is the server's page of the document, which holds every
// word escaped; nothing of it is run. ?open=DOCUMENT.START-END in the address keeps it open.

import { element, failure } from "./dom.js";
import { show } from "./transcript.js";

const panel = document.getElementById("reader");
const text = document.getElementById("reader-text");
const page = document.getElementById("reader-page");
const columns = document.querySelector(".columns");
const view = document.getElementById("view");
const covers = matchMedia("(max-width: 60rem)");
let open = null;
let returnTo = null;

export function readerIsOpen() {
  return !panel.hidden;
}

/** Opens the place that an address like /documents/ID#c=START-END names. */
export function openReader(url) {
  const { pathname, hash } = new URL(url, location.href);
  const id = decodeURIComponent(pathname.split("/").pop());
  returnTo = document.activeElement;
  const address = new URL(location.href);
  address.searchParams.set("open", `${id}.${hash.replace("#c=", "")}`);
  history.pushState(null, "", address);
  return restoreReader(address.searchParams);
}

export function closeReader() {
  const address = new URL(location.href);
  address.searchParams.delete("open");
  history.pushState(null, "", address);
  hide();
  returnTo?.focus();
}

/** Shows what the address says, or nothing. */
export async function restoreReader(parameters) {
  const wanted = /^(.+)\.(\d+)-(\d+)$/.exec(parameters.get("open") ?? "");
  if (!wanted) {
    hide();
    return;
  }
  const [, id, start, end] = wanted;
  page.href = `/documents/${encodeURIComponent(id)}#c=${start}-${end}`;
  panel.hidden = false;
  columns.classList.add("split");
  view.inert = covers.matches;
  if (id !== open) {
    await load(id);
  }
  if (id !== open || panel.hidden) {
    return; // another one was opened, or this one closed, meanwhile
  }
  reveal(Number(start), Number(end));
  panel.focus({ preventScroll: true });
}

/** Marks a place and scrolls the panel to it, but not the page beside it. */
function reveal(start, end) {
  const mark = show(text, start, end);
  if (mark) {
    const offset = mark.getBoundingClientRect().top - panel.getBoundingClientRect().top;
    panel.scrollTop += offset - panel.clientHeight / 3;
  }
}

async function load(id) {
  open = id;
  text.replaceChildren(element("p", { class: "facts" }, "Loading…"));
  try {
    const response = await fetch(`/documents/${encodeURIComponent(id)}`);
    if (!response.ok) {
      throw new Error("This transcript is not there any more.");
    }
    const parsed = new DOMParser().parseFromString(await response.text(), "text/html");
    if (id !== open) {
      return;
    }
    const transcript = parsed.querySelector("main.transcript");
    text.replaceChildren(...[...transcript.childNodes].map((node) => document.adoptNode(node)));
  } catch (error) {
    if (id === open) {
      open = null;
      text.replaceChildren(failure(error));
    }
  }
}

function hide() {
  panel.hidden = true;
  view.inert = false;
  columns.classList.remove("split");
}

// The outline's links lead to places of the transcript; inside the panel they scroll it.
text.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#c="]');
  const place = link && /^#c=(\d+)-(\d+)$/.exec(link.getAttribute("href"));
  if (place) {
    event.preventDefault();
    reveal(Number(place[1]), Number(place[2]));
  }
});

document.getElementById("reader-close").addEventListener("click", closeReader);
covers.addEventListener("change", () => {
  view.inert = covers.matches && readerIsOpen();
});
