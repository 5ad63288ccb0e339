// The claims on one subject by event and person, and where they do not meet.

import { get } from "./api.js";
import { placeLink } from "./citations.js";
import { element, place, speaker } from "./dom.js";

const KINDS = { contradiction: "They differ", changed_view: "A changed view" };

export async function compareView(subject) {
  const comparison = await get(`/api/compare?${new URLSearchParams({ subject })}`);
  const parts = [element("h2", {}, "On “", element("bdi", {}, subject), "”")];
  if (!comparison.total) {
    parts.push(element("p", { class: "facts" }, "No claims on this. There are some on:"), suggestions(comparison));
  }
  for (const group of comparison.groups) {
    parts.push(element("h3", {}, `${group.event} · ${group.measure}`), ...group.people.map(person));
  }
  if (comparison.differences.length) {
    parts.push(element("h2", {}, "Where they do not meet"), ...comparison.differences.map(difference));
  }
  return element("section", { class: "comparison" }, parts);
}

function suggestions(comparison) {
  const link = ({ subject }) => element("a", { href: `/claims?${new URLSearchParams({ compare: subject })}` }, subject);
  return element("ul", {}, comparison.available.map((row) => element("li", {}, link(row), ` (${row.claims})`)));
}

function person({ holder, views }) {
  return element("article", {}, element("h4", {}, speaker(holder)), element("ul", { class: "views" }, views.map(view)));
}

function view({ figure, superseded, times, claim }) {
  const facts = [superseded && "earlier view", times > 1 && `said ${times} times`, claim.as_of && `as of ${claim.as_of}`];
  return element(
    "li",
    {},
    element("strong", {}, element("bdi", {}, figure)),
    element("span", { class: "facts" }, ` ${facts.filter(Boolean).join(" · ")}`),
    quoted(claim),
  );
}

function difference({ kind, explanations, claims }) {
  return element(
    "article",
    { class: "difference" },
    element("h3", {}, KINDS[kind] ?? kind.replaceAll("_", " ")),
    element("ul", {}, explanations.map((text) => element("li", {}, element("bdi", {}, text)))),
    claims.map(quoted),
  );
}

function quoted(claim) {
  return element(
    "div",
    { class: "quote" },
    element("blockquote", {}, element("bdi", {}, claim.quote)),
    element("div", { class: "origin" }, speaker(claim.speaker), " ", placeLink(claim, { class: "place" }, element("bdi", {}, place(claim)))),
  );
}
