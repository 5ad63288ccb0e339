// The page of one transcript: follows the place in its address.

import { show } from "./transcript.js";

function follow() {
  const place = /^#c=(\d+)-(\d+)$/.exec(location.hash);
  if (place) {
    show(document, Number(place[1]), Number(place[2]))?.scrollIntoView({ block: "center" });
  }
}

addEventListener("hashchange", follow);
follow();
