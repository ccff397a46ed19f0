import { openCommands } from "./commands.js";
import { keepDraft } from "./drafts.js";
import { offerPasskey } from "./passkey.js";
import "./viewer.js";
import { watchWhoIsHere } from "./presence.js";

// The desk works without this file; it adds the keyboard and a guard against a second click.
const STORE = "tideover-desk-keys";
const DENSITY = "tideover-desk-density";
const GOING_TO = "tideover-desk-going-to";
const page = document.documentElement;

function keysAreOn() {
  try {
    return window.localStorage.getItem(STORE) !== "off";
  } catch {
    return true; // storage may be forbidden; the keys then work and cannot be switched off
  }
}

function showKeys(isOn) {
  if (isOn) page.dataset.keys = "on";
  else delete page.dataset.keys;
}

function showDensity(density) {
  if (density === "comfortable") page.dataset.density = density;
  else delete page.dataset.density;
}

try {
  showDensity(window.localStorage.getItem(DENSITY));
} catch { /* storage may be forbidden */ }

function isTyping(target) {
  return target instanceof HTMLElement
    && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
    && !/^(checkbox|radio|button|submit)$/.test(target.type || "");
}

function move(step) {
  const rows = [...document.querySelectorAll("[data-queue-row]")];
  if (!rows.length) return;
  const focused = rows.indexOf(document.activeElement);
  const current = focused >= 0 ? focused : rows.findIndex((row) => row.hasAttribute("aria-current"));
  const next = current < 0 ? (step > 0 ? 0 : rows.length - 1)
    : Math.min(Math.max(current + step, 0), rows.length - 1);
  rows[next].focus();
  rows[next].scrollIntoView({ block: "nearest" });
}

// A link is followed; a button is only focused, so that one stray key sends nothing.
function goToNextAction() {
  // What there is to do on this very page comes before the way to it.
  const action = document.querySelector("[data-next-here]")
    ?? document.querySelector("[data-next-action]");
  if (!action) return;
  action.scrollIntoView({ block: "nearest" });
  action.focus();
  if (action.tagName === "A") action.click();
}

function openKeys() {
  const dialog = document.getElementById("keys");
  if (dialog && !dialog.open) dialog.showModal();
}

function focusOn(selector, tab) {
  const found = document.querySelector(selector);
  if (found) {
    found.scrollIntoView({ block: "nearest" });
    found.focus();
    return;
  }
  // The place is on another tab of the case: go there, the key works again where it leads.
  const link = document.querySelector(`[data-tab="${tab}"]`);
  if (!link) return;
  try {
    window.sessionStorage.setItem(GOING_TO, selector);
  } catch { /* without storage the key is pressed once more */ }
  link.click();
}

function arrive() {
  try {
    const selector = window.sessionStorage.getItem(GOING_TO);
    window.sessionStorage.removeItem(GOING_TO);
    if (selector) document.querySelector(selector)?.focus();
  } catch { /* nothing was kept */ }
}

function openRow() {
  const rows = [...document.querySelectorAll("[data-queue-row]")];
  (rows.find((row) => row === document.activeElement) ?? rows[0])?.click();
}

const ACTIONS = {
  j: () => move(1),
  k: () => move(-1),
  o: openRow,
  a: () => document.querySelector("[data-claim] button")?.focus(),
  n: () => focusOn("[data-note]", "timeline"),
  r: () => focusOn("[data-draft=reply]", "messages"),
  e: goToNextAction,
  "/": () => document.querySelector("[data-search]")?.focus(),
  "?": openKeys,
};

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && keysAreOn()) {
    event.preventDefault();
    openCommands();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (!keysAreOn() || document.querySelector("dialog[open]")) return;
  const tab = /^[1-9]$/.test(event.key)
    ? document.querySelectorAll("[data-tab]")[Number(event.key) - 1] : null;
  const action = tab ? () => tab.click() : ACTIONS[event.key.toLowerCase()];
  if (!action) return;
  event.preventDefault();
  action();
});

for (const link of document.querySelectorAll("[data-open-keys]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    openKeys();
  });
}

for (const box of document.querySelectorAll("[data-keys-switch]")) {
  box.checked = keysAreOn();
  box.closest("label").hidden = false;
  box.addEventListener("change", () => {
    try {
      window.localStorage.setItem(STORE, box.checked ? "on" : "off");
    } catch {
      box.checked = true;
    }
    showKeys(keysAreOn());
  });
}

for (const box of document.querySelectorAll("[data-density-switch]")) {
  box.checked = page.dataset.density === "comfortable";
  box.closest("label").hidden = false;
  box.addEventListener("change", () => {
    try {
      window.localStorage.setItem(DENSITY, box.checked ? "comfortable" : "dense");
    } catch { /* it then lasts for this page */ }
    showDensity(box.checked ? "comfortable" : "dense");
  });
}

for (const text of document.querySelectorAll("[data-draft]")) keepDraft(text);
watchWhoIsHere();

// The server makes a second POST harmless; this spares the wait and the doubt.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    window.setTimeout(() => delete form.dataset.sent, 8000);
  });
}

for (const button of document.querySelectorAll("[data-passkey]")) offerPasskey(button);

document.querySelector("[data-focus]")?.focus();
showKeys(keysAreOn());
arrive();
