// Words are kept on the server while they are written, so that a closed window loses nothing.
const PAUSE = 1200;

function address(text) {
  return document.querySelector("[data-here]")?.dataset.here.replace(/here\/$/, "draft/")
    ?? (text.closest("form")?.action ?? window.location.pathname).replace(/decline\/$/, "draft/");
}

async function send(text) {
  const token = text.closest("form")?.elements.csrfmiddlewaretoken?.value;
  if (!token) return;
  try {
    await fetch(address(text), {
      method: "POST",
      keepalive: true,
      body: new URLSearchParams({
        csrfmiddlewaretoken: token, place: text.dataset.draft, text: text.value,
      }),
    });
  } catch { /* the next stroke tries again */ }
}

export function keepDraft(text) {
  let waiting = 0;
  let isSent = false;
  text.addEventListener("input", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => send(text), PAUSE);
  });
  // Sending the form keeps the words by itself; a draft that arrived after it would come back.
  text.closest("form")?.addEventListener("submit", () => {
    isSent = true;
    window.clearTimeout(waiting);
  });
  window.addEventListener("pagehide", () => {
    if (waiting && !isSent) send(text);
  });
}
