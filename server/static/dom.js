// Small helpers for making elements. Text of others always goes in as text, never as markup.

/** An element with attributes and children; a function named onX becomes a listener of x. */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      node.addEventListener(name.slice(2), value);
    } else if (value === true) {
      node.setAttribute(name, "");
    } else if (value !== false && value !== null && value !== undefined) {
      node.setAttribute(name, value);
    }
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

export function clock(seconds) {
  const whole = Math.floor(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${two(minutes)}:${two(whole % 60)}`;
}

/** Where something stands: title, section, line, time. */
export function place(item) {
  const facts = [item.title, item.section, item.line_start && `line ${item.line_start}`];
  if (item.start_seconds !== null && item.start_seconds !== undefined) {
    facts.push(clock(item.start_seconds));
  }
  return facts.filter(Boolean).join(" · ");
}

const COLOURS = 12;

/** The colour class of a name, the same here and in server/pages.py. */
export function colour(name) {
  let sum = 0;
  for (const character of name) {
    sum = (sum * 31 + character.codePointAt(0)) % 9973;
  }
  return `voice-${sum % COLOURS}`;
}

/** A speaker's name in the speaker's colour. */
export function speaker(name) {
  return name
    ? element("bdi", { class: `speaker ${colour(name)}` }, name)
    : element("span", { class: "speaker unknown" }, "unknown speaker");
}

const KINDS = {
  editorial: "editorial text", quotation: "quoted", comment: "a reader's comment", fiction: "fiction",
};
const SURE = 0.9;

/** What a reader must know of whose words these are; null when somebody simply said them. */
export function caveat(item) {
  const doubt = item.speaker && item.speaker_confidence < 1;
  const speaker = doubt && (item.speaker_confidence >= SURE ? "speaker inferred" : "speaker uncertain");
  const notes = [KINDS[item.kind], speaker, item.voiced && "perhaps not their own view"];
  const told = notes.filter(Boolean).join(", ");
  return told ? element("span", { class: "caveat" }, ` (${told})`) : null;
}

/** A select with a first option for "no choice". */
export function select(name, label, rows, chosen, any = "any") {
  const options = rows.map(({ value, text }) =>
    element("option", { value, selected: value === chosen }, text),
  );
  const control = element("select", { name }, element("option", { value: "" }, any), options);
  return element("label", {}, element("span", {}, label), control);
}

export function field(name, label, value, attributes = {}) {
  const control = element("input", { name, value: value ?? "", autocomplete: "off", ...attributes });
  return element("label", {}, element("span", {}, label), control);
}

export function failure(error) {
  return element("p", { class: "error", role: "alert" }, error.message);
}

/** Text with the words of a query marked. */
export function marked(text, query) {
  const words = (query.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []).map((word) =>
    word.replace(/(?:ing|ed|es|s)$/, ""),
  );
  if (!words.length) {
    return [text];
  }
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join("|")})[\\p{L}\\p{N}]*`, "giu");
  const parts = [];
  let done = 0;
  for (const match of text.matchAll(pattern)) {
    parts.push(text.slice(done, match.index), element("mark", {}, match[0]));
    done = match.index + match[0].length;
  }
  return [...parts, text.slice(done)];
}
