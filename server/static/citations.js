// Quotes with their places, the numbers that point to them, and the box that shows a quote.

import { caveat, element, place, speaker } from "./dom.js";
import { openReader } from "./reader.js";

const tip = document.getElementById("tip");
const LEAVING_MS = 200; // long enough to move the pointer onto the box

let leaving = 0;

/** A link that opens the transcript beside the page, and works as a plain link, too. */
export function placeLink(item, attributes, ...children) {
  const open = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    hideTip();
    openReader(item.url);
  };
  return element("a", { href: item.url, onclick: open, ...attributes }, ...children);
}

/** The number of a quote inside an answer; it shows the quote while it is pointed at. */
export function mark(number, quote) {
  if (!quote) {
    return `[${number}]`;
  }
  const label = `Quote ${number}, ${quote.speaker ?? "unknown speaker"}`;
  const link = placeLink(quote, { class: "mark", "aria-label": label }, String(number));
  for (const name of ["mouseenter", "focus"]) {
    link.addEventListener(name, () => showTip(link, quote));
  }
  link.addEventListener("mouseleave", leave);
  link.addEventListener("blur", hideTip);
  return link;
}

function leave() {
  leaving = setTimeout(hideTip, LEAVING_MS);
}

function showTip(link, quote) {
  hideTip();
  tip.replaceChildren(
    element("blockquote", {}, element("bdi", {}, quote.quote)),
    speaker(quote.speaker),
    caveat(quote) ?? "",
    element("span", { class: "place" }, " ", element("bdi", {}, place(quote))),
  );
  tip.hidden = false;
  link.setAttribute("aria-describedby", "tip");
  const anchor = link.getBoundingClientRect();
  const width = Math.min(420, document.documentElement.clientWidth - 24);
  tip.style.width = `${width}px`;
  const left = Math.min(anchor.left, document.documentElement.clientWidth - width - 12);
  tip.style.left = `${Math.max(12, left) + scrollX}px`;
  const below = anchor.bottom + 8 + tip.offsetHeight < innerHeight;
  const top = below ? anchor.bottom + 8 : Math.max(8, anchor.top - tip.offsetHeight - 8);
  tip.style.top = `${top + scrollY}px`;
}

/** Hides the quote that is shown; whether there was one. */
export function hideTip() {
  clearTimeout(leaving);
  const was = !tip.hidden;
  tip.hidden = true;
  document.querySelector('[aria-describedby="tip"]')?.removeAttribute("aria-describedby");
  return was;
}

/** A quote as a list item: the words, who says them, where, and a button that copies all that. */
export function quoteItem(quote, words = quote.quote) {
  return element(
    "li",
    { class: "quote", value: quote.number },
    element("blockquote", {}, element("bdi", {}, words)),
    element(
      "div",
      { class: "origin" },
      speaker(quote.speaker),
      caveat(quote),
      " ",
      placeLink(quote, { class: "place" }, element("bdi", {}, place(quote))),
      copyButton(quote),
    ),
  );
}

function copyButton(quote) {
  const button = element("button", { type: "button", class: "copy" }, "Copy");
  button.addEventListener("click", async () => {
    const who = quote.speaker ?? "Unknown speaker";
    const link = new URL(quote.url, location.href);
    const text = `“${quote.quote ?? quote.text}” — ${who}, ${place(quote)}. ${link}`;
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not allowed here";
    }
    setTimeout(() => (button.textContent = "Copy"), 1500);
  });
  return button;
}

/** Puts the focus on the next or previous quote's place; false when there is none. */
export function moveThroughQuotes(step) {
  const links = [...document.querySelectorAll("#view a.place")];
  if (!links.length) {
    return false;
  }
  const current = links.indexOf(document.activeElement);
  const next = current < 0 ? (step > 0 ? 0 : links.length - 1) : current + step;
  links[Math.max(0, Math.min(links.length - 1, next))].focus();
  return true;
}

tip.addEventListener("mouseenter", () => clearTimeout(leaving));
tip.addEventListener("mouseleave", leave);
