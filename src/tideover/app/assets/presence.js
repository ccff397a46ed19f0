// Who else has this case open, and whether it moved meanwhile: asked for while the page is looked at.
const EVERY = 15000;

export function watchWhoIsHere() {
  const line = document.querySelector("[data-here]");
  if (!line) return;
  const moved = document.querySelector("[data-moved]");
  window.setInterval(async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(line.dataset.here, { headers: { accept: "application/json" } });
      if (!answer.ok) return;
      const told = await answer.json();
      if (line.textContent !== told.words) line.textContent = told.words;
      if (moved) moved.hidden = String(told.version) === line.dataset.version;
    } catch { /* the line stays as it was */ }
  }, Number(line.dataset.every ?? EVERY));
}
