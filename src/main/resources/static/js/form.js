/*
 * Forms: shows what is asked and hides what is not (enableWhen), adds and removes repetitions.
 * What is hidden is disabled, so it is not sent. The server checks everything again.
 */
(() => {
  "use strict";

  const CONTROLS = "input, select, textarea";

  /** The fields of a question that are nearest: in the same repetition first, then outside. */
  function nearest(element, linkId) {
    const selector = `[data-link-id="${CSS.escape(linkId)}"]`;
    for (let scope = element.parentElement; scope; scope = scope.parentElement) {
      if (scope.matches("[data-scope]")) {
        const fields = scope.querySelectorAll(selector);
        if (fields.length > 0) {
          return [...fields];
        }
      }
    }
    return [];
  }

  function isShut(element) {
    return element.closest("[data-asked='no']") !== null;
  }

  function inputsOf(field) {
    return [...field.querySelectorAll(CONTROLS)];
  }

  /** The answers of a field, as texts. */
  function answers(field) {
    if (isShut(field)) {
      return [];
    }
    if (field.dataset.values) {
      return JSON.parse(field.dataset.values);
    }
    return inputsOf(field)
      .filter((input) => !input.name.endsWith("@unit"))
      .filter((input) => !["radio", "checkbox"].includes(input.type) || input.checked)
      .map((input) => input.value.trim())
      .filter((value) => value !== "");
  }

  function unitOf(field) {
    const input = inputsOf(field).find((one) => one.name.endsWith("@unit"));
    if (!input) {
      return null;
    }
    return input.options ? input.options[input.selectedIndex].dataset.code : input.dataset.code;
  }

  /** A typed number may have a decimal comma; the server decides what it means. */
  function number(answer) {
    return Number(answer.replace(",", "."));
  }

  function order(when, answer) {
    if (when.number) {
      return Math.sign(number(answer) - Number(when.answer));
    }
    return answer === when.answer ? 0 : answer < when.answer ? -1 : 1;
  }

  /** R4 questionnaire-enable-operator; "!=" is met when no answer is equal. */
  function isMet(when, element) {
    const given = nearest(element, when.question)
      .filter((field) => when.unit === null || unitOf(field) === null || unitOf(field) === when.unit)
      .flatMap(answers);
    switch (when.operator) {
      case "exists":
        return given.length > 0 === (when.answer === "true");
      case "=":
        return given.some((answer) => order(when, answer) === 0);
      case "!=":
        return given.every((answer) => order(when, answer) !== 0);
      case ">":
        return given.some((answer) => order(when, answer) > 0);
      case "<":
        return given.some((answer) => order(when, answer) < 0);
      case ">=":
        return given.some((answer) => order(when, answer) >= 0);
      case "<=":
        return given.some((answer) => order(when, answer) <= 0);
      default:
        return false;
    }
  }

  function isAsked(element) {
    const rule = JSON.parse(element.dataset.enableWhen);
    const test = (when) => isMet(when, element);
    return rule.all ? rule.when.every(test) : rule.when.some(test);
  }

  /** One answer can show a question whose answer shows another: repeated until nothing changes. */
  function refresh(form) {
    const conditional = [...form.querySelectorAll("[data-enable-when]")];
    let changed = true;
    for (let round = 0; changed && round <= conditional.length; round++) {
      changed = false;
      for (const element of conditional) {
        const asked = isAsked(element) ? "yes" : "no";
        changed = changed || element.dataset.asked !== asked;
        element.dataset.asked = asked;
      }
    }
    conditional.forEach(show);
    form.querySelectorAll("[data-together]:not([data-enable-when])").forEach((choice) => { choice.hidden = false; });
    form.querySelectorAll("[data-group]").forEach(buttons);
  }

  function show(element) {
    element.hidden = element.dataset.never !== undefined || element.dataset.asked === "no";
    for (const input of element.querySelectorAll(CONTROLS)) {
      input.disabled = isShut(input);
    }
  }

  /** The questions that one choice answers, each with the answer that it gives. */
  function together(choice) {
    return Object.entries(JSON.parse(choice.dataset.together))
      .map(([linkId, value]) => ({ field: nearest(choice, linkId)[0], value }))
      .filter(({ field }) => field);
  }

  function answer(field, value, given) {
    for (const input of inputsOf(field)) {
      if (["radio", "checkbox"].includes(input.type)) {
        input.checked = given && input.value === value;
      } else if (!input.name.endsWith("@unit")) {
        input.value = given ? value : "";
      }
    }
  }

  /**
   * Made: each open question gets its answer, and what is answered stays. Taken back: those that
   * still have that answer are open again.
   */
  function choose(choice, made) {
    together(choice)
      .filter(({ field, value }) => (made ? answers(field).length === 0 : answers(field).includes(value)))
      .forEach(({ field, value }) => answer(field, value, made));
  }

  /** A choice for several questions holds no longer when one of them is answered otherwise. */
  function keepTrue(form) {
    for (const choice of form.querySelectorAll("[data-together]")) {
      const box = choice.querySelector("input");
      const other = ({ field, value }) => !isShut(field) && !answers(field).includes(value);
      if (box.checked && together(choice).some(other)) {
        box.checked = false;
      }
    }
  }

  /*
   * What follows from other answers, by the name of the field. The server computes it; it is shown in its field, and
   * stays an offer: what is typed there stands, and it goes when what it follows from goes.
   */
  const offered = new Map();
  const fieldOf = (form, name) => form.querySelector(`[name="${CSS.escape(name)}"]`)?.closest("[data-follows]");

  function holds(field, value) {
    return answers(field).length === 1 && answers(field)[0] === value;
  }

  function note(form) {
    for (const field of form.querySelectorAll("[data-follows]")) {
      const name = inputsOf(field)[0]?.name;
      field.querySelector("[data-computed-note]").hidden = !offered.has(name) || !holds(field, offered.get(name));
    }
  }

  /** Whether an answer was put into a field that was open. */
  async function compute(page, known) {
    const form = page.querySelector("[data-form]");
    const typed = [...new FormData(page)].filter(([name, value]) =>
      typeof value === "string" && (known.get(name) !== value || !fieldOf(form, name)));
    const answer = await fetch(page.dataset.computed, {
      method: "POST",
      headers: { "HX-Request": "true", "X-Requested-With": "XMLHttpRequest" },
      body: new URLSearchParams(typed),
      redirect: "manual",
    }).catch(() => ({ ok: false }));
    if (!answer.ok) return false;
    const found = new Map(Object.entries(await answer.json()));
    const gone = [...offered].filter(([name]) => !found.has(name));
    let changed = false;
    for (const [name, value] of [...gone.map(([name]) => [name, ""]), ...found]) {
      const field = fieldOf(form, name);
      const before = offered.get(name);
      offered.delete(name);
      if (value !== "") offered.set(name, value);
      if (!field || isShut(field) || holds(field, value)) continue;
      if (answers(field).length === 0 || (before !== undefined && holds(field, before))) {
        changed = changed || value !== "";
        put(field, value);
      }
    }
    refresh(form);
    note(form);
    return changed;
  }

  function put(field, value) {
    answer(field, value, value !== "");
    inputsOf(field)[0].dispatchEvent(new Event("change", { bubbles: true }));
  }

  let waiting = null;
  let settle = null;

  function computeSoon(page) {
    clearTimeout(waiting);
    const earlier = settle;
    remember(page, new Promise((done) => {
      settle = done;
      waiting = setTimeout(() => { settle = null; compute(page, offered).then(done); }, 200);
    }));
    if (earlier) page.computing.then(earlier);
  }

  /** For whoever sends the page: what was computed a moment ago has been read by nobody. */
  function remember(page, computing) {
    page.computing = computing;
    computing.then(() => setTimeout(() => { if (page.computing === computing) page.computing = null; }, 1000));
  }

  function followed(page, linkId) {
    return [...page.querySelectorAll("[data-follows]")].some((field) => field.dataset.follows.split(" ").includes(linkId));
  }

  document.addEventListener("change", (event) => {
    const page = event.target.closest("form[data-computed]");
    const field = event.target.closest("[data-link-id]");
    if (!page || !field) return;
    note(page);
    if (followed(page, field.dataset.linkId)) computeSoon(page);
  });

  /** A draft holds what was computed before: it is told from what was typed by computing it again. */
  function computeFirst(page) {
    if (!page.querySelector("[data-follows]")) return;
    const held = new Map([...page.querySelectorAll("[data-follows]")].flatMap((field) => inputsOf(field))
      .filter((input) => !["radio", "checkbox"].includes(input.type) || input.checked)
      .map((input) => [input.name, input.value]));
    remember(page, compute(page, held));
  }

  function repetitions(group) {
    return group.querySelectorAll(":scope > [data-repetition]");
  }

  function buttons(group) {
    const add = group.querySelector(":scope > [data-add]");
    if (add) {
      const full = group.dataset.max && repetitions(group).length >= Number(group.dataset.max);
      add.hidden = Boolean(full);
    }
    for (const repetition of repetitions(group)) {
      repetition.querySelector(":scope > [data-remove]").hidden = false;
    }
  }

  function addTo(group) {
    const blank = group.querySelector(":scope > template");
    const number = Number(group.dataset.next);
    const holder = document.createElement("template");
    holder.innerHTML = blank.innerHTML.replaceAll(group.dataset.token, String(number));
    const added = holder.content.firstElementChild;
    group.dataset.next = String(number + 1);
    blank.before(added);
    refresh(group.closest("[data-form]"));
    const first = [...added.querySelectorAll(CONTROLS)].find((input) => input.type !== "hidden" && !input.disabled);
    if (first) {
      first.focus();
    }
  }

  function remove(repetition) {
    const group = repetition.closest("[data-group]");
    repetition.remove();
    refresh(group.closest("[data-form]"));
    group.querySelector(":scope > [data-add]").focus();
  }

  function start(root) {
    root.querySelectorAll("[data-form]").forEach(refresh);
    root.querySelectorAll("form[data-computed]").forEach(computeFirst);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add], [data-remove]");
    if (button && button.hasAttribute("data-add")) {
      addTo(button.closest("[data-group]"));
    } else if (button) {
      remove(button.closest("[data-repetition]"));
    }
  });
  for (const type of ["input", "change"]) {
    document.addEventListener(type, (event) => {
      const form = event.target.closest("[data-form]");
      if (form) {
        const choice = event.target.closest("[data-together]");
        if (choice && type === "input") {
          choose(choice, event.target.checked);
        }
        keepTrue(form);
        refresh(form);
      }
    });
  }
  /** A file is sent at once, so that the form itself stays small and shows it again when it is refused. */
  async function send(input) {
    const field = input.closest("[data-file]");
    const told = field.querySelector("[data-file-state]");
    const kept = field.querySelector("input[type=hidden]");
    const file = input.files[0];
    if (!file) return;
    if (file.size > Number(field.dataset.max) * 1e6) {
      told.textContent = field.dataset.tooLarge;
      input.value = "";
      return;
    }
    const data = new FormData();
    data.append("file", file);
    data.append("_csrf", document.querySelector("input[name=_csrf]").value);
    const answer = await fetch("/files", { method: "POST", body: data, headers: { "HX-Request": "true", "X-Requested-With": "XMLHttpRequest" } })
      .catch(() => ({ ok: false }));
    told.textContent = answer.ok ? file.name : field.dataset.failed;
    input.value = "";
    if (answer.ok) keep(field, kept, await answer.text());
  }

  function keep(field, kept, text) {
    kept.value = text;
    field.querySelector("[data-file-remove]").hidden = text === "";
    kept.dispatchEvent(new Event("change", { bubbles: true }));
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-file] input[type=file]")) send(event.target);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-file-remove]");
    if (!button) return;
    const field = button.closest("[data-file]");
    field.querySelector("[data-file-state]").textContent = "";
    keep(field, field.querySelector("input[type=hidden]"), "");
    field.querySelector("input[type=file]").focus();
  });

  document.querySelectorAll("[data-tick-all]").forEach((button) => { button.hidden = false; });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-tick-all]");
    if (!button) return;
    const boxes = [...button.parentElement.querySelectorAll("input[type=checkbox]")];
    boxes.forEach((box) => { box.checked = true; });
    boxes[0].dispatchEvent(new Event("change", { bubbles: true }));
  });

  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });

  document.addEventListener("DOMContentLoaded", () => start(document));
  document.addEventListener("htmx:load", () => start(document));
})();
