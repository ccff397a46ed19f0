// The borrower's pages work without this file; it makes them quicker: a file is sent the moment
// it is chosen, answers are kept while they are typed, and a row is added in place.

import { offerPasskey } from "./passkey.js";
import { savePicture } from "./pictures.js";

const SAVE_AFTER = 1500; // milliseconds without a key

/** A fresh idempotency key, also where the page is not served over TLS. */
function freshKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const SMALLER_ABOVE = 4_000_000; // bytes; below it the original is sent as it is
const EDGE_MAX = 2400; // pixels: small print of a certificate stays readable
const AGAIN_AFTER = 4000; // milliseconds, where the browser does not tell that it is online

/** A large photo as a smaller JPEG; anything else, or one that cannot be read here, as it is. */
async function smaller(file) {
  if (file.size <= SMALLER_ABOVE || !/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, EDGE_MAX / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.88));
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
  } catch {
    return file;
  }
}

const PART = 256 * 1024; // bytes: a cut costs one part, and a slow line shows that it moves

/** Send a file as soon as it is chosen; what the server says stands beside it. */
function sendOnChoice(form) {
  const input = form.querySelector("input[type=file]");
  const state = form.querySelector("[data-upload-state]");
  form.dataset.scripted = "";
  const say = (words, tone) => {
    state.textContent = words;
    state.className = `upload-state ${tone}`;
  };
  const refused = (answer) => {
    const words = answer?.words ?? "";
    say(words ? `${form.dataset.again}: ${words}` : form.dataset.again, "attention");
    finish();
  };
  const finish = () => {
    input.value = "";
    form.elements.key.value = freshKey();
  };
  // Parts go one after the other. After a cut the server is asked how far the file has come, and
  // it goes on from there; all under one key, so it arrives once.
  const send = (file, body, at) => {
    const part = at === null ? null : file.slice(at, at + PART);
    if (part) body.set("file", part, file.name);
    else body.delete("file");
    if (file.size > PART) {
      body.set("size", file.size);
      body.set("at", at ?? 0);
    }
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.onprogress = (event) => {
      if (!part || !event.lengthComputable) return;
      const sent = at + (event.loaded / event.total) * part.size;
      if (sent < file.size) say(`${form.dataset.sending} ${Math.floor((sent / file.size) * 100)}%`, "soft");
      else say(form.dataset.checking, "soft");
    };
    request.onerror = () => {
      say(form.dataset.offline, "attention");
      whenOnline(() => send(file, body, file.size > PART ? null : 0));
    };
    request.onload = () => {
      const answer = request.response;
      if (!answer) {
        finish();
        return say(form.dataset.signedOut, "attention");
      }
      const isComing = answer.state === "coming" && answer.received !== at;
      if (isComing) return send(file, body, answer.received);
      if (request.status !== 200) return refused(answer);
      finish();
      say(answer.words, "passed");
      redrawFiles(form.closest("[data-need]"));
    };
    request.send(body);
  };
  input.addEventListener("change", async () => {
    if (!input.files.length) return;
    const [chosen] = input.files;
    if (chosen.size > SMALLER_ABOVE) say(form.dataset.smaller, "soft");
    const body = new FormData(form);
    const file = await smaller(chosen);
    say(`${form.dataset.sending} 0%`, "soft");
    send(file, body, 0);
  });
}

/** Do something once the network is back, at the latest when it has been tried long enough. */
function whenOnline(again) {
  let timer = 0;
  const go = () => {
    clearTimeout(timer);
    removeEventListener("online", go);
    again();
  };
  addEventListener("online", go);
  timer = setTimeout(go, AGAIN_AFTER);
}

/** Show the list of files of one document as the server has it; nothing else on the page moves. */
async function redrawFiles(shelf) {
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  const fresh = page.querySelector(`[data-need="${shelf.dataset.need}"] [data-files]`);
  if (fresh) shelf.querySelector("[data-files]").replaceWith(fresh);
}

/** Keep answers while they are typed. A wrong answer is only spoken about on the way forward. */
function keepTyping(form) {
  const state = form.querySelector("[data-autosave-state]");
  let timer = 0;
  const keep = async () => {
    const body = new FormData(form);
    body.set("key", freshKey());
    try {
      const answer = await fetch(location.href, {
        method: "POST",
        body,
        headers: { "X-Autosave": "1" },
      });
      if (answer.redirected) state.textContent = form.dataset.signedOut;
      else if (answer.ok) state.textContent = (await answer.json()).words;
    } catch {
      state.textContent = form.dataset.offline;
      whenOnline(keep);
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, SAVE_AFTER);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
}

const TIMES_A_YEAR = { weekly: 52, fortnightly: 26, quarterly: 4, yearly: 1 };

/** Show at once what an amount comes to in a month; the server counts it again, to the fen. */
function showWorkings(event) {
  const box = event.target.closest?.("[data-often]");
  if (!box) return;
  const typed = box.querySelector("input").value.normalize("NFKC").replace(/[¥,，\s]/g, "");
  const times = TIMES_A_YEAR[box.querySelector("select").value];
  const shown = box.querySelector("[data-workings]");
  if (!times || !/^\d{1,12}(\.\d{0,2})?$/.test(typed)) {
    shown.textContent = "";
    return;
  }
  const [yuan, fen = ""] = typed.split(".");
  const minor = BigInt(yuan + fen.padEnd(2, "0"));
  const month = (minor * BigInt(times) * 2n + 12n) / 24n; // half up
  const many = times > 1 ? ` × ${times}` : "";
  shown.textContent = `¥${inYuan(minor)}${many} ÷ 12 = ¥${inYuan(month)}`;
}

/** 123456 fen as 1,234.56. */
function inYuan(minor) {
  const text = minor.toString().padStart(3, "0");
  return `${text.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",")}.${text.slice(-2)}`;
}

/** Add an empty row in place by copying the last one. */
function addRow(button) {
  const rows = button.form.querySelector(`[data-rows=${button.dataset.addRow}]`);
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const last = rows.lastElementChild;
    const count = rows.children.length;
    const copy = last.cloneNode(true);
    for (const element of copy.querySelectorAll("[id],[name],[for],[aria-describedby]")) {
      for (const attribute of ["id", "name", "for", "aria-describedby"]) {
        const value = element.getAttribute(attribute);
        if (value) element.setAttribute(attribute, value.replaceAll(`-${count - 1}-`, `-${count}-`));
      }
    }
    clear(copy);
    const legend = copy.querySelector("legend");
    if (legend) legend.textContent = legend.textContent.replace(String(count), String(count + 1));
    rows.append(copy);
    copy.querySelector("input, select").focus();
  });
}

/** Empty a copied row: no value, no tick, nothing said to be wrong. */
function clear(row) {
  for (const input of row.querySelectorAll("input")) {
    if (input.type === "checkbox") input.checked = false;
    else input.value = "";
    input.removeAttribute("aria-invalid");
  }
  for (const shown of row.querySelectorAll("[data-workings]")) shown.textContent = "";
  for (const error of row.querySelectorAll(".field-error")) error.remove();
  for (const field of row.querySelectorAll(".field-wrong")) field.classList.remove("field-wrong");
  for (const details of row.querySelectorAll("details")) details.open = false;
}

/** A second tap while the first is on its way does nothing; the server would ignore it too. */
function tapOnce(button) {
  button.form.addEventListener("submit", (event) => {
    if (button.dataset.tapped) event.preventDefault();
    button.dataset.tapped = "1";
  });
  addEventListener("pageshow", () => delete button.dataset.tapped);
}

/** Count the reading time down on the link that leads on; the server refuses before its end too. */
function waitToRead(link) {
  const words = link.textContent;
  const href = link.getAttribute("href");
  const ends = performance.now() + Number(link.dataset.wait) * 1000;
  const tick = () => {
    const left = Math.ceil((ends - performance.now()) / 1000);
    if (left > 0) {
      link.textContent = link.dataset.waiting.replace("{n}", left);
      setTimeout(tick, 250);
      return;
    }
    link.textContent = words;
    link.setAttribute("href", href);
    link.removeAttribute("aria-disabled");
  };
  link.removeAttribute("href");
  link.setAttribute("role", "link");
  link.setAttribute("aria-disabled", "true");
  tick();
}

/** The slider shows the row of its length at once: the table holds every figure already. */
function exploreLengths(card) {
  const slider = card.querySelector(".slider");
  card.querySelector("form").dataset.scripted = "";
  const show = () => {
    const row = card.querySelector(`[data-row="${slider.value}"]`);
    if (!row) return;
    for (const place of card.querySelectorAll("[data-reading]")) {
      const cell = row.querySelector(`[data-cell="${place.dataset.reading}"]`);
      place.replaceChildren(...Array.from(cell.childNodes, (node) => node.cloneNode(true)));
    }
    const [line, dot] = card.querySelector("[data-chosen]").children;
    line.setAttribute("x1", row.dataset.x);
    line.setAttribute("x2", row.dataset.x);
    line.setAttribute("y1", row.dataset.y);
    dot.setAttribute("cx", row.dataset.x);
    dot.setAttribute("cy", row.dataset.y);
    slider.setAttribute("aria-valuetext", reading(row));
    const propose = document.querySelector("[data-propose]");
    if (propose) propose.href = propose.href.replace(/\d+$/, slider.value);
  };
  slider.addEventListener("input", show);
  show();
}

/** A row of the table as a screen reader says it. */
function reading(row) {
  const heads = row.closest("table").querySelectorAll("thead th");
  return Array.from(row.children, (cell, at) => `${heads[at].textContent} ${cell.textContent}`).join("; ");
}

/** Read the cards of the page aloud in its language, where the phone has a voice; again stops. */
function readAloud(button) {
  const voice = globalThis.speechSynthesis;
  if (!voice) return;
  const words = button.querySelector("span");
  const start = words.textContent;
  button.hidden = false;
  const end = () => {
    words.textContent = start;
    delete button.dataset.reading;
  };
  button.addEventListener("click", () => {
    const isReading = "reading" in button.dataset;
    voice.cancel();
    if (isReading) return end();
    button.dataset.reading = "";
    words.textContent = button.dataset.stop;
    const cards = document.querySelectorAll("main .card");
    cards.forEach((card, place) => {
      const said = new SpeechSynthesisUtterance(card.innerText);
      said.lang = document.documentElement.lang;
      if (place === cards.length - 1) said.onend = end;
      voice.speak(said);
    });
  });
  addEventListener("pagehide", () => voice.cancel());
}

document.querySelectorAll("[data-passkey]").forEach(offerPasskey);
document.querySelectorAll("[data-read-aloud]").forEach(readAloud);
document.querySelectorAll("[data-explore]").forEach(exploreLengths);
document.querySelectorAll("[data-picture]").forEach(savePicture);
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => print());
});
document.addEventListener("input", showWorkings);
document.querySelectorAll("form[data-upload]").forEach(sendOnChoice);
document.querySelectorAll("form[data-autosave]").forEach(keepTyping);
document.querySelectorAll("[data-add-row]").forEach(addRow);
document.querySelectorAll("[data-once]").forEach(tapOnce);
document.querySelectorAll("a[data-wait]").forEach(waitToRead);
document.querySelector("[data-focus]")?.focus();
