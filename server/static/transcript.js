// Highlights a place of the canonical text, for a link that ends in #c=START-END-FINGERPRINT.
// Offsets count code points; JavaScript strings count UTF-16 units. The fingerprint is the one of
// kb/links.py: when the transcript has changed, it finds where the words stand now.

const BASE = 31;
const MODULUS = 2 ** 31 - 1;
const LINE_BREAK = 10;
const GONE =
  "The words that this link led to are not here any more: " +
  "the transcript was changed after the link was made.";

function units(text, codePoints) {
  let unit = 0;
  for (let count = 0; count < codePoints && unit < text.length; count += 1) {
    unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
  }
  return unit;
}

function clear(root) {
  root.querySelector(".gone")?.remove();
  for (const mark of root.querySelectorAll("mark")) {
    const parent = mark.parentNode;
    mark.replaceWith(...mark.childNodes);
    parent.normalize();
  }
}

function highlight(node, from, to) {
  const text = node.textContent;
  const [begin, end] = [units(text, from), units(text, to)];
  const mark = document.createElement("mark");
  mark.textContent = text.slice(begin, end);
  node.replaceChildren(text.slice(0, begin), mark, text.slice(end));
  return mark;
}

/** START-END-FINGERPRINT as numbers; links made by earlier versions have no fingerprint. */
export function parsePlace(written) {
  const place = /^(\d+)-(\d+)(?:-([0-9a-f]{8}))?$/.exec(written);
  return place && {
    start: Number(place[1]),
    end: Number(place[2]),
    fingerprint: place[3] === undefined ? null : parseInt(place[3], 16),
  };
}

/** The code points of the canonical text; what lies between its elements are line breaks. */
function canonicalText(root) {
  const characters = [];
  for (const node of root.querySelectorAll("[data-start]")) {
    let offset = Number(node.dataset.start);
    for (const character of node.textContent) {
      characters[offset] = character.codePointAt(0);
      offset += 1;
    }
  }
  return Array.from(characters, (character) => character ?? LINE_BREAK);
}

/** The starts of all stretches of this length that have the fingerprint. */
function occurrences(characters, length, fingerprint) {
  let highest = 1;
  for (let count = 1; count < length; count += 1) {
    highest = (highest * BASE) % MODULUS;
  }
  const starts = [];
  let hash = 0;
  for (let end = 0; end < characters.length; end += 1) {
    if (end >= length) {
      const gone = (characters[end - length] * highest) % MODULUS;
      hash = (hash - gone + MODULUS) % MODULUS;
    }
    hash = (hash * BASE + characters[end]) % MODULUS;
    if (end >= length - 1 && hash === fingerprint) {
      starts.push(end - length + 1);
    }
  }
  return starts;
}

/** Where the words of a place stand now: nearest to where they stood, or null. */
function current(root, { start, end, fingerprint }) {
  if (fingerprint === null) {
    return { start, end };
  }
  const distance = (other) => Math.abs(other - start);
  const [nearest] = occurrences(canonicalText(root), end - start, fingerprint).sort(
    (one, other) => distance(one) - distance(other),
  );
  return nearest === undefined ? null : { start: nearest, end: nearest + end - start };
}

/** Marks a place inside ``root``; returns the first mark, or what says that it is gone, or null. */
export function show(root, place) {
  clear(root);
  const now = current(root, place);
  return now ? mark(root, now) : tellGone(root);
}

function mark(root, { start, end }) {
  let first = null;
  for (const node of root.querySelectorAll("[data-start]")) {
    const offset = Number(node.dataset.start);
    const length = Array.from(node.textContent).length;
    if (offset < end && offset + length > start) {
      const marked = highlight(node, Math.max(0, start - offset), Math.min(length, end - offset));
      first ??= marked;
    }
  }
  return first;
}

function tellGone(root) {
  const told = document.createElement("p");
  told.className = "gone caveat";
  told.setAttribute("role", "status");
  told.textContent = GONE;
  root.querySelector(".facts").after(told);
  return told;
}
