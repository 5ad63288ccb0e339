// The frame: which page is shown for which address, the theme, the keys.

import { showAsk, stopAnswer } from "./ask.js";
import { hideTip, moveThroughQuotes } from "./citations.js";
import { showClaims } from "./claims.js";
import { showDocuments } from "./documents.js";
import { element, failure } from "./dom.js";
import { closeReader, readerIsOpen, restoreReader } from "./reader.js";
import { showSearch } from "./search.js";

const PAGES = {
  "/": { name: "ask", title: "Ask the transcripts", show: showAsk },
  "/search": { name: "search", title: "Search the transcripts", show: showSearch },
  "/claims": { name: "claims", title: "Claims", show: showClaims },
  "/documents": { name: "documents", title: "Documents", show: showDocuments },
};

const RETRY_MS = 1500;

const view = document.getElementById("view");
let shown = null;

/** Shows the page of the current address; the reader alone when only that changed. */
async function route() {
  const address = new URL(location.href);
  const page = PAGES[address.pathname] ?? PAGES["/"];
  const wanted = pageKey(address);
  hideTip();
  if (wanted !== shown) {
    shown = wanted;
    document.title = page.title;
    for (const link of document.querySelectorAll("header nav a")) {
      const current = link.dataset.page === page.name;
      current ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current");
    }
    view.replaceChildren();
    try {
      await page.show(view, address.searchParams);
    } catch (error) {
      if (error.code === "loading") {
        view.replaceChildren(element("p", { class: "facts" }, "The models are being loaded…"));
        setTimeout(again, RETRY_MS);
        return;
      }
      view.append(failure(error));
    }
  }
  await restoreReader(address.searchParams);
}

/** Shows the page anew, because the server was not ready for it. */
function again() {
  shown = null;
  route();
}

/** What of an address decides about the page: all but the open transcript. */
function pageKey(address) {
  const rest = new URLSearchParams(address.searchParams);
  rest.delete("open");
  return `${address.pathname}?${rest}`;
}

/** Goes to an address inside the app; ``remember`` false when the page shows it already. */
export function go(path, { render = true } = {}) {
  history.pushState(null, "", path);
  if (!render) {
    shown = pageKey(new URL(location.href));
    return;
  }
  route();
}

document.addEventListener("go", (event) => go(event.detail.path, event.detail));

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
  if (!link || !plain || link.origin !== location.origin || link.target || link.hash === "#view") {
    return;
  }
  if (link.pathname in PAGES && !event.defaultPrevented) {
    event.preventDefault();
    go(link.pathname + link.search);
    view.focus({ preventScroll: true });
  }
});

addEventListener("popstate", route);

document.getElementById("theme-button").addEventListener("click", () => {
  const root = document.documentElement;
  root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
  localStorage.setItem("theme", root.dataset.theme);
  document.dispatchEvent(new CustomEvent("theme"));
});

const help = document.getElementById("help");
document.getElementById("help-button").addEventListener("click", () => help.showModal());

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea");
  if (event.key === "Escape" && !help.open) {
    hideTip() || (readerIsOpen() ? closeReader() : stopAnswer());
  }
  if (typing || event.ctrlKey || event.metaKey || event.altKey || help.open) {
    return;
  }
  if (event.key === "/") {
    event.preventDefault();
    view.querySelector("input")?.focus();
  } else if (event.key === "?") {
    help.showModal();
  } else if ((event.key === "j" || event.key === "ArrowDown") && moveThroughQuotes(1)) {
    event.preventDefault();
  } else if ((event.key === "k" || event.key === "ArrowUp") && moveThroughQuotes(-1)) {
    event.preventDefault();
  }
});

route();
