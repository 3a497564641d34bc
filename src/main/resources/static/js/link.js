/*
 * The questions of a link: one topic a screen, and what is entered is kept while it is entered: on the server, and in this
 * tab as long as there is no connection. Without the script all topics are one page.
 */
(() => {
  "use strict";

  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const state = document.getElementById("draft-state");
  const step = document.getElementById("step");
  const last = form.querySelector("[data-last]");
  const intro = document.querySelector("[data-first]");
  const KEPT = `draft ${location.pathname}`;
  const AFTER_TYPING = 800;
  const TRY_AGAIN = 4000;
  let at = 0;
  let entered = 0;
  let saved = 0;
  let timer = null;
  let running = null;
  let wanted = false; // "Send" was pressed, and nothing was changed since
  let sending = false;

  function fields() {
    return [...new FormData(form)].filter(([, value]) => typeof value === "string");
  }

  /* What was entered without a connection, before this page was loaded again. */
  function restore() {
    const text = sessionStorage.getItem(KEPT);
    if (text === null) return;
    const kept = new Map();
    for (const [name, value] of JSON.parse(text)) kept.set(name, [...(kept.get(name) || []), value]);
    for (const input of form.elements) {
      if (!input.name || input.type === "hidden") continue;
      const values = kept.get(input.name) || [];
      if (["radio", "checkbox"].includes(input.type)) input.checked = values.includes(input.value);
      else if (values.length > 0) input.value = values[0];
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function topics() {
    return [...form.querySelectorAll("[data-form] > fieldset[data-group]")]
      .filter((group) => !group.hidden && group.querySelector("input:not([type=hidden]):not(:disabled), select:not(:disabled), textarea:not(:disabled), p"));
  }

  const turn = document.createElement("div");
  turn.className = "turn";
  const back = document.createElement("button");
  const next = document.createElement("button");
  for (const [button, text, kind] of [[back, form.dataset.back, "btn-outline-secondary"], [next, form.dataset.next, "btn-primary"]]) {
    button.type = "button";
    button.className = `btn ${kind} go`;
    button.textContent = text;
    turn.append(button);
  }
  last.before(turn);

  function show(move) {
    const shown = topics();
    at = Math.max(0, Math.min(at, shown.length - 1));
    form.querySelectorAll("[data-form] > fieldset[data-group]").forEach((group) => { group.classList.add("d-none"); });
    shown.forEach((group, n) => group.classList.toggle("d-none", n !== at));
    last.classList.toggle("d-none", at < shown.length - 1);
    next.classList.toggle("d-none", at === shown.length - 1);
    back.classList.toggle("d-none", at === 0);
    if (intro) intro.classList.toggle("d-none", at > 0);
    step.textContent = form.dataset.step.replace("{0}", String(at + 1)).replace("{1}", String(shown.length));
    if (move) {
      const title = shown[at].querySelector("legend") || shown[at];
      title.tabIndex = -1;
      title.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
  }

  /* The first question of the screen that has to be answered and is not. */
  function missing() {
    const group = topics()[at];
    for (const field of group.querySelectorAll("[data-link-id]")) {
      if (field.closest("[hidden]")) continue;
      const inputs = [...field.querySelectorAll("input, select, textarea")].filter((input) => !input.disabled && input.type !== "hidden");
      const required = field.getAttribute("aria-required") === "true" || inputs.some((input) => input.getAttribute("aria-required") === "true");
      const answered = inputs.some((input) => (["radio", "checkbox"].includes(input.type) ? input.checked : input.value.trim() !== ""));
      if (required && !answered) return { field, input: inputs[0] };
    }
    return null;
  }

  function complain(found) {
    form.querySelectorAll(".missing").forEach((old) => old.remove());
    if (!found) return;
    const message = document.createElement("p");
    message.className = "missing";
    message.setAttribute("role", "alert");
    message.textContent = form.dataset.missing;
    found.field.append(message);
    found.input.focus();
  }

  next.addEventListener("click", () => {
    const found = missing();
    complain(found);
    if (found) return;
    at++;
    show(true);
  });
  back.addEventListener("click", () => { complain(null); at--; show(true); });

  async function save() {
    const version = entered;
    if (version === saved) return true;
    sessionStorage.setItem(KEPT, JSON.stringify(fields()));
    let answer;
    try {
      answer = await fetch(form.dataset.draft, { method: "POST", body: new URLSearchParams(fields()), redirect: "manual" });
    } catch (noConnection) {
      state.textContent = wanted ? state.dataset.unsent : state.dataset.offline;
      state.classList.toggle("unsent", wanted);
      return false;
    }
    const done = answer.ok || answer.status === 409;
    state.classList.toggle("unsent", wanted && !done);
    if (answer.ok) {
      saved = version;
      sessionStorage.removeItem(KEPT);
      state.textContent = state.dataset.saved;
      return true;
    }
    state.textContent = answer.status === 403 ? state.dataset.again : done ? state.dataset.done : wanted ? state.dataset.unsent : state.dataset.offline;
    return done;
  }

  async function run() {
    running = running || save().finally(() => { running = null; });
    const done = await running;
    if (done && wanted) send();
    else if (!done || saved !== entered) soon(TRY_AGAIN);
  }

  function send() {
    if (sending) return;
    sending = true;
    sessionStorage.removeItem(KEPT);
    form.submit();
  }

  function soon(delay) {
    clearTimeout(timer);
    timer = setTimeout(run, delay);
  }

  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, (event) => {
      if (!event.isTrusted) return;
      wanted = false;
      entered++;
      sessionStorage.setItem(KEPT, JSON.stringify(fields()));
      soon(AFTER_TYPING);
    });
  }
  form.addEventListener("change", () => show(false));
  window.addEventListener("online", () => { if (saved !== entered) soon(0); });

  // Without a connection the page would be lost with what is in it: it is sent, by itself, once there is one.
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (sending) return;
    const found = missing();
    complain(found);
    if (found) return;
    wanted = true;
    entered++;
    clearTimeout(timer);
    run();
  });
  window.addEventListener("pageshow", () => { sending = false; wanted = false; });

  document.addEventListener("DOMContentLoaded", () => {
    restore();
    const wrong = form.querySelector("[aria-invalid=true]");
    const group = wrong && wrong.closest("[data-form] > fieldset[data-group]");
    at = group ? Math.max(0, topics().indexOf(group)) : 0;
    show(false);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".alert-link");
    const field = link && document.querySelector(CSS.escape ? `#${CSS.escape(decodeURIComponent(link.hash.slice(1)))}` : link.hash);
    const group = field && field.closest("[data-form] > fieldset[data-group]");
    if (group && topics().includes(group)) { at = topics().indexOf(group); show(false); }
  });
})();
