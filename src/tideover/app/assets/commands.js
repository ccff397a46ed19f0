// Everything that this page offers as a link or a button, by name: Ctrl-K, type, Enter.
const OFFERED = ".desk-places a, .rail-views a, [data-tab], .panel-next a, .panel-next button, "
  + "[data-next-here], .rail-card, .desk-tools a";
const SHOWN_MAX = 12;

function nameOf(element) {
  const copy = element.cloneNode(true);
  for (const hint of copy.querySelectorAll("kbd, .count")) hint.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
}

function offered() {
  const seen = new Set();
  return [...document.querySelectorAll(OFFERED)]
    .map((element) => ({ element, name: nameOf(element) }))
    .filter(({ name }) => name && !seen.has(name) && seen.add(name));
}

function follow({ element }, dialog) {
  dialog.close();
  if (element.tagName === "A") element.click();
  else element.focus(); // a button sends something: one more Enter says so
}

export function openCommands() {
  const dialog = document.getElementById("commands");
  if (!dialog || dialog.open) return;
  const field = dialog.querySelector("input");
  const list = dialog.querySelector("ul");
  const all = offered();
  let found = [];
  let chosen = 0;

  function show() {
    const wanted = field.value.trim().toLowerCase();
    found = all.filter(({ name }) => name.toLowerCase().includes(wanted)).slice(0, SHOWN_MAX);
    chosen = Math.min(chosen, Math.max(found.length - 1, 0));
    list.replaceChildren(...found.map((one, place) => {
      const item = document.createElement("li");
      item.id = `command-${place}`;
      item.role = "option";
      item.textContent = one.name;
      item.ariaSelected = String(place === chosen);
      item.addEventListener("click", () => follow(one, dialog));
      return item;
    }));
    if (found.length) field.setAttribute("aria-activedescendant", `command-${chosen}`);
    else field.removeAttribute("aria-activedescendant");
  }

  field.oninput = () => { chosen = 0; show(); };
  field.onkeydown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) {
      event.preventDefault();
      chosen = (chosen + step + found.length) % found.length;
      show();
    }
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (found.length) follow(found[chosen], dialog);
    else if (field.value.trim()) {
      const search = document.querySelector("[data-search]");
      if (!search) return;
      search.value = field.value;
      search.form.submit();
    }
  };
  field.value = "";
  show();
  dialog.showModal();
  field.focus();
}
