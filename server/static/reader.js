// The transcript beside the page. Its text is the server's page of the document, which holds every
// word escaped; nothing of it is run. ?open=DOCUMENT.PLACE in the address keeps it open.

import { element, failure } from "./dom.js";
import { parsePlace, show } from "./transcript.js";

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

/** Opens the place that an address like /documents/ID#c=START-END-FINGERPRINT names. */
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
  const [, id, written] = /^(.+)\.(.+)$/.exec(parameters.get("open") ?? "") ?? [];
  const place = parsePlace(written);
  if (!place) {
    hide();
    return;
  }
  page.href = `/documents/${encodeURIComponent(id)}#c=${written}`;
  panel.hidden = false;
  columns.classList.add("split");
  view.inert = covers.matches;
  if (id !== open) {
    await load(id);
  }
  if (id !== open || panel.hidden) {
    return; // another one was opened, or this one closed, meanwhile
  }
  reveal(place);
  panel.focus({ preventScroll: true });
}

/** Marks a place and scrolls the panel to it, but not the page beside it. */
function reveal(place) {
  const mark = show(text, place);
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
  const place = parsePlace(link?.getAttribute("href").replace("#c=", ""));
  if (place) {
    event.preventDefault();
    reveal(place);
  }
});

document.getElementById("reader-close").addEventListener("click", closeReader);
covers.addEventListener("change", () => {
  view.inert = covers.matches && readerIsOpen();
});
