// The evidence viewer works by links alone; this turns, enlarges and marks without a new page.
const sheet = document.querySelector("[data-sheet]");
const frame = document.querySelector("[data-viewer]");
const turn = document.querySelector("[data-turn]");
let quarter = 0;

// A turned sheet keeps its box, so it is moved back into it and the box gets the turned height.
function lay() {
  const wide = sheet.offsetWidth;
  const high = sheet.offsetHeight;
  const isOnSide = quarter % 2 === 1;
  const scale = isOnSide ? wide / high : 1;
  const moves = [[0, 0], [high * scale, 0], [wide, high], [0, wide * scale]];
  const [x, y] = moves[quarter];
  sheet.style.transform = quarter
    ? `translate(${x}px, ${y}px) rotate(${quarter * 90}deg) scale(${scale})` : "";
  sheet.style.marginBottom = isOnSide ? `${wide * scale - high}px` : "";
}

function enlarge(link) {
  sheet.dataset.zoom = link.dataset.zoomTo;
  for (const each of document.querySelectorAll("[data-zoom-to]")) each.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
  lay();
}

function choose(code) {
  let found = null;
  for (const spot of document.querySelectorAll("[data-spot]")) {
    const isIt = spot.dataset.spot === code;
    spot.classList.toggle("spot-chosen", isIt);
    if (isIt) found = spot;
  }
  if (!found) return false;
  const place = found.getBoundingClientRect();
  const around = frame.getBoundingClientRect();
  frame.scrollTo({
    top: frame.scrollTop + place.top - around.top - around.height / 3,
    left: frame.scrollLeft + place.left - around.left - around.width / 4,
  });
  frame.scrollIntoView({ block: "nearest" });
  return true;
}

if (sheet && frame) {
  if (turn) {
    turn.hidden = false;
    turn.addEventListener("click", () => {
      quarter = (quarter + 1) % 4;
      lay();
    });
  }
  for (const link of document.querySelectorAll("[data-zoom-to]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      enlarge(link);
    });
  }
  for (const link of document.querySelectorAll("[data-spot-of]")) {
    link.addEventListener("click", (event) => {
      if (choose(link.dataset.spotOf)) event.preventDefault();
    });
  }
}
