// The list refreshes itself when a task changes: at once when it is on the page, else within a moment.
const SHOWN_MS = 100;
const ELSEWHERE_MS = 2500;

const rows = document.getElementById("rows");
let timer = null;
let timerEnds = Infinity;

function refreshIn(wait) {
  const ends = Date.now() + wait;
  if (ends >= timerEnds) return;
  clearTimeout(timer);
  timerEnds = ends;
  timer = setTimeout(() => {
    timerEnds = Infinity;
    htmx.trigger(rows, "refresh");
  }, wait);
}

if (rows) {
  const source = new EventSource(rows.dataset.live);
  let opened = false;
  source.addEventListener("open", () => {
    // What changed while the line was down is not told again.
    if (opened) refreshIn(SHOWN_MS);
    opened = true;
    rows.dataset.listening = "yes";
  });
  source.addEventListener("tasks", (event) => {
    const shown = event.data.split("\n").some((id) => document.getElementById("row-" + id));
    refreshIn(shown ? SHOWN_MS : ELSEWHERE_MS);
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) refreshIn(SHOWN_MS); });
  window.addEventListener("pagehide", () => source.close());

  // What was ticked stays ticked when the rows are replaced.
  let ticked = new Set();
  rows.addEventListener("htmx:beforeSwap", () => {
    ticked = new Set([...rows.querySelectorAll("input[name=item]:checked")].map((box) => box.id));
  });
  rows.addEventListener("htmx:afterSwap", () => {
    ticked.forEach((id) => {
      const box = document.getElementById(id);
      if (box) box.checked = true;
    });
    count();
  });

  const all = document.querySelector("[data-all]");
  const boxes = () => [...rows.querySelectorAll("input[name=item]")];
  const count = () => {
    const some = boxes().filter((box) => box.checked).length;
    all.checked = some > 0 && some === boxes().length;
    all.indeterminate = some > 0 && some < boxes().length;
  };
  all.hidden = false;
  all.addEventListener("change", () => boxes().forEach((box) => { box.checked = all.checked; }));
  rows.addEventListener("change", count);
}

// Enter in a field does what the button beside it says.
document.querySelectorAll(".bulk .panel").forEach((panel) => panel.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("input")) {
    event.preventDefault();
    panel.querySelector("button[type=submit]").click();
  }
}));

// One row after the other with single keys: "j" and "k" go on and back, "x" ticks, "a" and "s" hand out and snooze what
// is ticked, "?" tells of all this.
const card = document.getElementById("keys");
function go(step) {
  const links = [...rows.querySelectorAll("tr[id] a[id^=open-]")];
  const at = links.indexOf(document.activeElement.closest("tr")?.querySelector("a[id^=open-]"));
  const to = links[at < 0 ? 0 : Math.max(0, Math.min(links.length - 1, at + step))];
  if (to) to.focus();
}
function tick(on) {
  const box = document.activeElement.closest("tr")?.querySelector("input[name=item]");
  if (!box) return;
  box.checked = on ?? !box.checked;
  box.dispatchEvent(new Event("change", { bubbles: true }));
}
function openBulk(action) {
  if (!rows.querySelector("input[name=item]:checked")) tick(true);
  const panel = document.querySelector(`.bulk details:has(button[value=${action}])`);
  if (!panel || !rows.querySelector("input[name=item]:checked")) return;
  panel.open = true;
  panel.querySelector("select, input").focus();
}
const KEYS = {
  j: () => go(1), k: () => go(-1), x: () => tick(), a: () => openBulk("assign"), s: () => openBulk("snooze"),
  "?": () => card.showModal(),
};
document.querySelector("[data-keys-card]")?.addEventListener("click", () => card.showModal());
document.addEventListener("keydown", (event) => {
  if (!keysAreOn || !KEYS[event.key] || isTyping(event) || card.open) return;
  event.preventDefault();
  KEYS[event.key]();
});
