// A plot as a PNG file. The drawing takes its colours from the style sheet, which a picture of its
// own does not have: so a copy is given them as attributes, on the ground it is seen on.

const SCALE = 3; // sharp in print and on a large screen
const DRAWN = ["fill", "stroke", "stroke-width", "stroke-dasharray", "paint-order", "opacity"];
const WRITTEN = ["font-size", "font-weight", "font-family"];
const TITLE = 15; // units of the drawing for a line of the title
const MARGIN = 10;

/** The title in lines that fit into so many units. */
function lines(title, wide) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = "600 12px sans-serif";
  const out = [""];
  for (const piece of title.match(/[\u3400-\u9fff，。、：；]|[^\s\u3400-\u9fff]+\s*|\s+/g) ?? []) {
    if (out.at(-1) && pen.measureText(out.at(-1) + piece).width > wide) out.push("");
    out[out.length - 1] += piece;
  }
  return out;
}

/** The drawing with its title above it, whole in itself. */
function whole(svg, title) {
  const copy = svg.cloneNode(true);
  const parts = [...svg.querySelectorAll("*")];
  [...copy.querySelectorAll("*")].forEach((part, place) => {
    const seen = getComputedStyle(parts[place]);
    const names = part.tagName === "text" ? [...DRAWN, ...WRITTEN] : DRAWN;
    for (const name of names) part.setAttribute(name, seen.getPropertyValue(name));
  });
  const { width, height } = svg.viewBox.baseVal;
  const head = lines(title, width);
  const high = head.length * TITLE + MARGIN;
  const of = (name, values) => {
    const part = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(values)) part.setAttribute(key, value);
    return part;
  };
  const body = of("g", { transform: `translate(0 ${high})` });
  body.append(...copy.childNodes);
  const page = getComputedStyle(svg.closest(".card") ?? document.body);
  const box = { x: -MARGIN, y: -MARGIN, width: width + 2 * MARGIN, height: height + high + 2 * MARGIN };
  copy.append(of("rect", { ...box, fill: page.backgroundColor }), body);
  head.forEach((line, place) => {
    const text = of("text", {
      x: 0, y: 12 + place * TITLE, "font-size": "12px", "font-weight": 600,
      "font-family": page.fontFamily, fill: page.color,
    });
    text.textContent = line;
    copy.append(text);
  });
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("viewBox", `${box.x} ${box.y} ${box.width} ${box.height}`);
  copy.setAttribute("width", box.width * SCALE);
  copy.setAttribute("height", box.height * SCALE);
  return copy;
}

/** Save the plot of a card as a picture when its button is pressed. */
export function savePicture(button) {
  const card = button.closest("[data-plot]");
  const svg = card?.querySelector("svg.plot");
  if (!svg) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const drawing = whole(svg, svg.getAttribute("aria-label"));
    const picture = new Image();
    picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawing.outerHTML)}`;
    await picture.decode();
    const canvas = document.createElement("canvas");
    canvas.width = picture.width;
    canvas.height = picture.height;
    canvas.getContext("2d").drawImage(picture, 0, 0);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `${button.dataset.picture}.png`;
    link.click();
    URL.revokeObjectURL(link.href);
  });
}
