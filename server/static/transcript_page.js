// The page of one transcript: follows the place in its address.

import { parsePlace, show } from "./transcript.js";

function follow() {
  const place = parsePlace(location.hash.replace(/^#c=/, ""));
  if (place) {
    show(document, place)?.scrollIntoView({ block: "center" });
  }
}

addEventListener("hashchange", follow);
follow();
