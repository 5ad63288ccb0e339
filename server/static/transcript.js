// Highlights the characters START to END of the canonical text, for a link that ends in
// #c=START-END. Offsets count code points; JavaScript strings count UTF-16 units.

function units(text, codePoints) {
  let unit = 0;
  for (let count = 0; count < codePoints && unit < text.length; count += 1) {
    unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
  }
  return unit;
}

function clear(root) {
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

/** Marks the characters inside ``root``; returns the first mark, or null. */
export function show(root, start, end) {
  clear(root);
  let first = null;
  for (const node of root.querySelectorAll("[data-start]")) {
    const offset = Number(node.dataset.start);
    const length = Array.from(node.textContent).length;
    if (offset < end && offset + length > start) {
      const mark = highlight(node, Math.max(0, start - offset), Math.min(length, end - offset));
      first ??= mark;
    }
  }
  return first;
}
