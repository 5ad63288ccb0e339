// The claims page: who said what number about what, as a table, as pictures, side by side.

import { download, get } from "./api.js";
import { placeLink } from "./citations.js";
import { compareView } from "./compare.js";
import { element, failure, field, place, select, speaker } from "./dom.js";
import { addressOf, choices } from "./filters.js";

const PAGE = 25;
const PICTURES = ["timeline", "probability", "compute"];
const SHOWN_FIELDS = ["topic", "document", "holder", "query", "year_from", "year_to"];

export async function showClaims(view, parameters) {
  const [rows, facets] = await Promise.all([choices(), get("/api/claims/facets")]);
  const form = filterForm(rows, facets, parameters);
  const results = element("div", { id: "claims" });
  view.append(
    element("h1", {}, "Claims"),
    element("p", { class: "facts" }, "Numbers that people stake something on, each with the words that state it. They are read by rules: look at the quote before you use one."),
    form,
    results,
  );
  const subject = parameters.get("compare");
  try {
    results.append(...(subject ? [await compareView(subject)] : await list(parameters)));
  } catch (error) {
    results.append(failure(error));
  }
}

function filterForm(rows, facets, parameters) {
  const named = (list) => list.map(({ name, claims }) => ({ value: name, text: `${name} (${claims})` }));
  const year = { inputmode: "numeric", pattern: "\\d{1,4}", size: 6 };
  const submit = (event) => {
    event.preventDefault();
    const path = addressOf("/claims", event.target);
    document.dispatchEvent(new CustomEvent("go", { detail: { path } }));
  };
  return element(
    "form",
    { onsubmit: submit },
    element(
      "div",
      { class: "filters" },
      field("query", "Words", parameters.get("query"), { type: "search" }),
      select("kind", "Kind", named(facets.kinds), parameters.get("kind")),
      select("holder", "Whose belief", named(facets.holders), parameters.get("holder"), "anyone's"),
      select("topic", "Topic", named(facets.topics), parameters.get("topic")),
      select("document", "Document", rows.documents, parameters.get("document")),
      field("year_from", "Years from", parameters.get("year_from"), year),
      field("year_to", "to", parameters.get("year_to"), year),
      field("compare", "Compare on", parameters.get("compare"), { placeholder: "AGI, p(doom)…" }),
    ),
    element("div", { class: "row" }, element("button", {}, "Show")),
  );
}

/** The filters of an address as the API takes them. */
function chosen(parameters, names) {
  const filters = new URLSearchParams();
  for (const name of names) {
    if (parameters.get(name)) {
      filters.set(name, parameters.get(name));
    }
  }
  return filters;
}

async function list(parameters) {
  const filters = chosen(parameters, [...SHOWN_FIELDS, "kind"]);
  const offset = Math.max(0, Number(parameters.get("offset")) || 0);
  const page = new URLSearchParams([...filters, ["limit", PAGE], ["offset", offset]]);
  const { claims, total } = await get(`/api/claims?${page}`);
  if (!total) {
    return [element("p", { class: "facts" }, "No claim fits. Try fewer filters.")];
  }
  const range = `${offset + 1} to ${offset + claims.length} of ${total}`;
  const bar = element(
    "div",
    { class: "bar" },
    element("span", { class: "facts", id: "range" }, range),
    step("← Before", parameters, offset - PAGE, offset > 0),
    step("Next →", parameters, offset + PAGE, offset + PAGE < total),
    csvButton(filters),
  );
  return [picture(parameters), bar, table(claims)];
}

function step(text, parameters, offset, possible) {
  if (!possible) {
    return null;
  }
  const address = new URLSearchParams(parameters);
  address.delete("open");
  address.set("offset", Math.max(0, offset));
  return element("a", { href: `/claims?${address}` }, text);
}

function csvButton(filters) {
  const save = async () => {
    const blob = await download(`/api/claims?${filters}`, "text/csv");
    const link = element("a", { href: URL.createObjectURL(blob), download: "claims.csv", target: "_self" });
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return element("button", { type: "button", class: "quiet", onclick: save }, "Save as CSV");
}

/** A picture of the claims; the kind of the table's filter, else one that can be chosen. */
function picture(parameters) {
  const fixed = PICTURES.find((kind) => kind === parameters.get("kind"));
  if (parameters.get("kind") && !fixed) {
    return null;
  }
  const image = element("img", { alt: "" });
  image.addEventListener("error", () => (image.alt = "There are no such claims to draw."));
  const draw = (kind) => {
    const filters = chosen(parameters, SHOWN_FIELDS);
    filters.set("kind", kind);
    filters.set("theme", document.documentElement.dataset.theme);
    image.src = `/api/claims/plot.svg?${filters}`;
    image.alt = `The ${kind} claims of the table as a picture; the table has the same figures`;
    image.dataset.kind = kind;
  };
  const buttons = (fixed ? [fixed] : PICTURES).map((kind) =>
    element("button", { type: "button", class: "quiet", onclick: () => draw(kind) }, kind),
  );
  const details = element(
    "details",
    { class: "picture" },
    element("summary", {}, "As a picture"),
    fixed ? null : element("div", { class: "row" }, buttons),
    image,
  );
  details.addEventListener("toggle", () => details.open && !image.dataset.kind && draw(fixed ?? PICTURES[0]));
  document.addEventListener("theme", () => image.dataset.kind && draw(image.dataset.kind));
  return details;
}

function table(claims) {
  const head = ["Figure", "About", "Who", "Where"].map((text) => element("th", { scope: "col" }, text));
  return element(
    "div",
    { class: "wide", tabindex: "0", role: "region", "aria-label": "Claims" },
    element(
      "table",
      {},
      element("thead", {}, element("tr", {}, head)),
      element("tbody", {}, claims.map(row)),
    ),
  );
}

function row(claim) {
  return element(
    "tr",
    { class: claim.superseded_by ? "superseded" : null },
    element("td", {}, element("strong", {}, element("bdi", {}, claim.figure)), element("div", { class: "facts" }, marks(claim))),
    element("td", {}, element("bdi", {}, claim.subject), element("div", { class: "facts" }, claim.topic ?? "")),
    element("td", {}, speaker(claim.claimant ?? claim.speaker), reported(claim)),
    element("td", {}, placeLink(claim, { class: "place" }, element("bdi", {}, place(claim))), explanation(claim)),
  );
}

function reported(claim) {
  const said = claim.claimant && claim.claimant !== claim.speaker && claim.speaker;
  return said ? element("div", { class: "facts" }, "as told by ", element("bdi", {}, claim.speaker)) : null;
}

function marks(claim) {
  const facts = [claim.kind, claim.comparator === "~" && "about", claim.hedge && `“${claim.hedge}”`];
  for (const name of ["negated", "conditional", "asked", "fiction"]) {
    facts.push(claim[name] && name);
  }
  facts.push(claim.superseded_by && "changed later", claim.as_of && `as of ${claim.as_of}`);
  return facts.filter(Boolean).join(" · ");
}

/** Why the fields of a claim are what they are, fetched when somebody wants to know. */
function explanation(claim) {
  const details = element("details", { class: "why" }, element("summary", {}, "Quote and reasons"));
  details.addEventListener("toggle", async () => {
    if (!details.open || details.children.length > 1) {
      return;
    }
    details.append(element("blockquote", {}, element("bdi", {}, claim.quote)));
    try {
      const { reasons } = await get(`/api/claims/${encodeURIComponent(claim.id)}`);
      const items = reasons.map((reason) =>
        element("div", {}, element("dt", {}, `${reason.field}: ${reason.value}`), element("dd", {}, element("bdi", {}, `${reason.rule}${reason.words ? ` — “${reason.words}”` : ""}`))),
      );
      details.append(element("dl", {}, items));
    } catch (error) {
      details.append(failure(error));
    }
  });
  return details;
}
