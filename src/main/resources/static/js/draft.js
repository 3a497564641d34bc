/*
 * Keeps what is entered into a form on the server while it is entered, so that a lost connection, an expired session or a
 * closed window loses nothing. Nothing is kept in the browser: others may use it too.
 */
(() => {
  "use strict";

  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const state = document.getElementById("draft-state");
  const AFTER_TYPING = 1000;
  const TRY_AGAIN = 5000;
  let entered = 0;
  let saved = 0;
  let timer = null;
  let running = null;

  /** What is not saved is said where it is seen, however long the form is. */
  function tell(text, link) {
    state.textContent = text;
    state.classList.toggle("unsaved", [state.dataset.offline, state.dataset.signedOut, state.dataset.conflict,
      state.dataset.large, state.dataset.computed].includes(text));
    if (link) {
      const address = document.createElement("a");
      address.href = "/login";
      address.target = "_blank";
      address.rel = "opener";
      address.textContent = link;
      state.append(" ", address);
    }
  }

  /** A new sign-in has a new token against forged requests; the page of the form knows it. */
  async function renewToken() {
    const page = await fetch(location.href, { headers: { "HX-Request": "true", "X-Requested-With": "XMLHttpRequest" }, redirect: "manual" });
    if (!page.ok) return false;
    const other = new DOMParser().parseFromString(await page.text(), "text/html");
    const token = other.querySelector("input[name=_csrf]");
    if (!token) return false;
    document.querySelectorAll("input[name=_csrf]").forEach((input) => { input.value = token.value; });
    return true;
  }

  async function send(again) {
    const answer = await fetch(form.dataset.draft, {
      method: "POST",
      headers: { "HX-Request": "true", "X-Requested-With": "XMLHttpRequest" },
      body: new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string")),
      redirect: "manual",
    });
    const signedOut = answer.status === 401 || answer.status === 403 || answer.type === "opaqueredirect";
    return signedOut && again && await renewToken() ? send(false) : answer;
  }

  /** Whether everything that was entered is on the server now. */
  async function save() {
    const version = entered;
    if (version === saved) return true;
    tell(state.dataset.saving);
    let answer;
    try {
      answer = await send(true);
    } catch (noConnection) {
      tell(state.dataset.offline);
      return false;
    }
    if (answer.ok) {
      saved = version;
      tell(`${state.dataset.saved} ${await answer.text()}`);
      return true;
    }
    if (answer.status === 409) tell(state.dataset.conflict);
    else if (answer.status === 413) tell(state.dataset.large);
    else if (answer.status >= 500) tell(state.dataset.offline);
    else tell(state.dataset.signedOut, state.dataset.signIn);
    return false;
  }

  function soon(delay) {
    clearTimeout(timer);
    timer = setTimeout(run, delay);
  }

  async function run() {
    running = running || save().finally(() => { running = null; });
    const done = await running;
    if (!done || saved !== entered) soon(TRY_AGAIN);
    return done && saved === entered;
  }

  function changed() {
    entered++;
    soon(AFTER_TYPING);
  }

  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, changed);
  }
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-add], [data-remove]") && form.contains(event.target)) changed();
  });
  window.addEventListener("online", () => { if (saved !== entered) soon(0); });
  window.addEventListener("focus", () => { if (saved !== entered) soon(0); });
  document.addEventListener("visibilitychange", () => { if (document.hidden && saved !== entered) run(); });

  // A form that is sent without a connection or signed out would be lost with its page.
  let sending = false;
  form.addEventListener("submit", (event) => {
    if (sending) return;
    event.preventDefault();
    entered++;
    clearTimeout(timer);
    Promise.resolve(form.computing).then((unread) => (unread ? null : save())).then((kept) => {
      form.computing = null;
      if (kept === null) {
        tell(state.dataset.computed);
        return;
      }
      if (kept || state.textContent === state.dataset.conflict || state.textContent === state.dataset.large) {
        sending = true;
        form.requestSubmit();
      } else {
        state.scrollIntoView({ block: "center" });
        soon(TRY_AGAIN);
      }
    });
  });
  window.addEventListener("pageshow", () => { sending = false; });
})();
