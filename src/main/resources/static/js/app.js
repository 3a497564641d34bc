// Where the menu is one line that moves sideways, the page that is open is in sight in it.
document.querySelectorAll("nav [aria-current], .nav-tabs .active").forEach((one) => {
  const line = one.closest("nav, .nav-tabs");
  if (line.scrollWidth > line.clientWidth) line.scrollLeft = one.offsetLeft - line.offsetLeft;
});

// What has the focus, and its label, is never below the patient's data, which stay in sight (WCAG 2.2, 2.4.11).
const inSight = document.querySelector(".patient.in-sight");
if (inSight) {
  new ResizeObserver(() => {
    const stays = getComputedStyle(inSight).position === "sticky";
    document.documentElement.style.scrollPaddingTop = `${stays ? inSight.offsetHeight + 40 : 0}px`;
  }).observe(inSight);
}

// A text that is too long is told and never cut, which a browser does without a word.
document.addEventListener("focusin", (event) => {
  const field = event.target;
  if (!field.matches("input[maxlength], textarea[maxlength]")) return;
  field.dataset.longest = field.maxLength;
  field.removeAttribute("maxlength");
});
document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.dataset.longest) return;
  const over = field.value.length > Number(field.dataset.longest);
  field.setCustomValidity(over
    ? document.body.dataset.tooLong.replace("%most", field.dataset.longest).replace("%now", field.value.length) : "");
  if (over) field.reportValidity();
});

// What cannot be got back is asked about once more.
document.addEventListener("submit", (event) => {
  if (event.target.dataset.sure && !confirm(event.target.dataset.sure)) event.preventDefault();
}, true);

// A form marked data-once is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || !event.target.matches("form[data-once]")) return;
  const buttons = event.target.querySelectorAll("button[type=submit]");
  setTimeout(() => buttons.forEach((button) => { button.disabled = true; }));
});

// A page that comes back from the browser's cache can be sent again.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  document.querySelectorAll("form[data-once] button[type=submit]").forEach((button) => { button.disabled = false; });
});

// A page refreshes itself only while somebody uses it: an unattended one must not keep its sign-in alive.
const IDLE_AFTER = 10 * 60 * 1000;
let used = Date.now();
for (const kind of ["pointermove", "pointerdown", "keydown", "scroll"]) {
  document.addEventListener(kind, () => { used = Date.now(); }, { passive: true });
}
document.addEventListener("htmx:beforeRequest", (event) => {
  const refresh = event.detail.requestConfig.verb === "get";
  if (refresh && (document.hidden || Date.now() - used > IDLE_AFTER)) event.preventDefault();
});

// A part of the page cannot say why it was refused (signed out, taken on by somebody else): the whole page can.
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status < 500) location.reload();
});

// What opens below its button closes again with Escape, or by going elsewhere.
const OPENED = "details[open] > summary.btn";
function closeOthers(target) {
  document.querySelectorAll(OPENED).forEach((summary) => {
    if (!summary.parentElement.contains(target)) summary.parentElement.open = false;
  });
}
document.addEventListener("click", (event) => closeOthers(event.target));
document.addEventListener("focusin", (event) => closeOthers(event.target));
document.addEventListener("keydown", (event) => {
  const summary = event.key === "Escape" && document.querySelector(OPENED);
  if (summary) {
    summary.parentElement.open = false;
    summary.focus();
  }
});

// Single keys, unless they are switched off (WCAG 2.1.4) or somebody types. "/" goes to the search for patients.
const keysAreOn = document.documentElement.dataset.keys === "on";
function isTyping(event) {
  return event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]), textarea, select");
}
document.addEventListener("keydown", (event) => {
  const find = document.getElementById("find");
  if (!keysAreOn || event.key !== "/" || !find || isTyping(event)) return;
  event.preventDefault();
  find.focus();
});

// What is to be done at once stands in the title too; where somebody wants it, the browser tells of more. No patient is named.
let alarms = null;
document.addEventListener("htmx:afterSwap", (event) => {
  const part = event.target;
  if (!part.matches(".alarms")) return;
  const now = Number(part.querySelector("[data-alarms]")?.dataset.alarms ?? 0);
  document.title = (now ? `(${now}) ` : "") + document.title.replace(/^\(\d+\) /, "");
  if (alarms !== null && now > alarms && window.Notification?.permission === "granted") {
    new Notification(part.dataset.told, { tag: "alarms" });
  }
  alarms = now;
});
const notify = document.querySelector("[data-notify]");
if (notify && window.Notification?.permission === "default") {
  notify.hidden = false;
  notify.addEventListener("click", () => Notification.requestPermission().then(() => { notify.hidden = true; }));
}
