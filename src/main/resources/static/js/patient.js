/* The patient page: draws the process with where the patient stands, and the score over time, in the part that is open.
   Without it the page has both as lists. */
(() => {
  "use strict";

  const CLOSE = 0.4;

  function button(text, label, action) {
    const one = document.createElement("button");
    one.type = "button";
    one.className = "btn btn-sm btn-light";
    one.textContent = text;
    one.setAttribute("aria-label", label);
    one.addEventListener("click", action);
    return one;
  }

  /**
   * The viewer writes markup with style attributes, which the policy of the page refuses. Set by a script the same styles
   * are allowed.
   */
  async function withoutStyleAttributes(work) {
    const own = Object.getOwnPropertyDescriptor(Element.prototype, "innerHTML");
    Object.defineProperty(Element.prototype, "innerHTML", {
      ...own,
      set(html) {
        own.set.call(this, String(html).replaceAll(' style="', ' data-style="'));
        this.querySelectorAll("[data-style]").forEach((styled) => (styled.style.cssText = styled.dataset.style));
      },
    });
    try {
      return await work();
    } finally {
      Object.defineProperty(Element.prototype, "innerHTML", own);
    }
  }

  async function view(holder, xml) {
    const viewer = new BpmnJS({ container: holder });
    await viewer.importXML(xml);
    return viewer;
  }

  async function draw(holder) {
    const answer = await fetch(holder.dataset.xml);
    if (!answer.ok) return;
    holder.hidden = false;
    const xml = await answer.text();
    const viewer = await withoutStyleAttributes(() => view(holder, xml));
    const canvas = viewer.get("canvas");
    const registry = viewer.get("elementRegistry");
    for (const pair of holder.dataset.states.split(" ")) {
      const [id, state] = pair.split("=");
      if (registry.get(id)) canvas.addMarker(id, `step-${state}`);
    }
    show(canvas, registry, holder);
    const zoom = document.createElement("div");
    zoom.className = "zoom";
    zoom.append(
      button("+", "+", () => viewer.get("zoomScroll").stepZoom(1)),
      button("−", "−", () => viewer.get("zoomScroll").stepZoom(-1)),
      button("↔", "↔", () => canvas.zoom("fit-viewport", "auto")));
    holder.append(zoom);
    let chosen = null;
    viewer.get("eventBus").on("element.click", ({ element }) => {
      const shape = element.labelTarget || element;
      if (!shape.businessObject || !/Task|Activity|Event/.test(shape.type)) return;
      if (chosen) canvas.removeMarker(chosen, "chosen");
      chosen = shape.id;
      canvas.addMarker(chosen, "chosen");
      htmx.ajax("GET", holder.dataset.steps + encodeURIComponent(shape.id), { target: "#step-panel", swap: "innerHTML" });
    });
  }

  /** The whole drawing where it can be read, else the part where the patient is. */
  function show(canvas, registry, holder) {
    canvas.zoom("fit-viewport");
    if (canvas.zoom() >= CLOSE) return;
    const here = registry.filter((one) => one.width && holder.dataset.states.split(" ").includes(`${one.id}=current`))[0];
    const all = canvas.viewbox().inner;
    const width = holder.clientWidth / 0.7;
    const height = holder.clientHeight / 0.7;
    const at = here ? { x: here.x + here.width / 2, y: here.y + here.height / 2 } : { x: all.x + width / 2, y: all.y + height / 2 };
    canvas.viewbox({ x: at.x - width / 2, y: at.y - height / 2, width, height });
  }

  function line(label, points, colour, extra) {
    return { label, data: points, borderColor: colour, backgroundColor: colour, ...extra };
  }

  /** A colour of the theme. */
  function shade(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function plot(canvas, table) {
    const rows = [...table.querySelectorAll("tr[data-value]")];
    const points = rows.map((row) => ({ x: Number(row.dataset.at), y: Number(row.dataset.value), text: row.cells[2].textContent }));
    if (points.length === 0) return null;
    const marks = [...table.querySelectorAll("tr[data-mark]")];
    const times = [...points.map((point) => point.x), ...marks.map((mark) => Number(mark.dataset.mark))];
    const day = 86400000;
    const min = Math.min(...times) - day;
    const max = Math.max(...times) + day;
    const level = (value) => [{ x: min, y: Number(value) }, { x: max, y: Number(value) }];
    const sets = [line(table.dataset.scoreText, points, "#1b6ec2", { showLine: true, pointRadius: 5, order: 0 })];
    if (table.dataset.baseline) {
      sets.push(line(table.dataset.baselineText, level(table.dataset.baseline), "#6c757d", { showLine: true, pointRadius: 0, borderDash: [6, 4] }));
    }
    if (table.dataset.target) {
      sets.push(line(table.dataset.targetText, level(table.dataset.target), "#2e8b57", { showLine: true, pointRadius: 0, borderDash: [2, 3] }));
    }
    for (const mark of marks) {
      const at = Number(mark.dataset.mark);
      sets.push(line(mark.dataset.text, [{ x: at, y: 0 }, { x: at, y: 10 }], shade("--late-text"), { showLine: true, pointRadius: 0 }));
    }
    const date = new Intl.DateTimeFormat(document.documentElement.lang.replace(/^en$/, "en-GB"), { dateStyle: "medium" });
    const ink = getComputedStyle(table).color;
    const grid = shade("--line");
    canvas.parentElement.hidden = false;
    return new Chart(canvas, {
      type: "scatter",
      data: { datasets: sets },
      options: {
        animation: false,
        maintainAspectRatio: false,
        scales: {
          x: { min, max, grid: { color: grid }, ticks: { color: ink, maxTicksLimit: 6, callback: (value) => date.format(new Date(value)) } },
          y: { min: 0, max: 10, grid: { color: grid }, ticks: { color: ink, stepSize: 2 } },
        },
        plugins: {
          legend: { labels: { color: ink } },
          tooltip: { callbacks: { label: ({ raw }) => `${date.format(new Date(raw.x))}: ${raw.y} ${raw.text || ""}` } },
        },
      },
    });
  }

  /** A library is loaded when the first part that needs it is opened. */
  const loaded = new Map();
  function load(address) {
    if (!loaded.has(address)) {
      loaded.set(address, new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = address;
        script.onload = done;
        script.onerror = failed;
        document.head.append(script);
      }));
    }
    return loaded.get(address);
  }

  async function open() {
    const holder = document.getElementById("diagram");
    if (holder) {
      await load(holder.dataset.viewer);
      await draw(holder);
    }
    chart = null;
    const canvas = document.getElementById("pain");
    if (canvas) {
      await load(canvas.parentElement.dataset.plotter);
      chart = plot(canvas, document.getElementById("pain-table"));
    }
  }

  /** A chart has the colours of the theme in which it was drawn. */
  let chart = null;
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    if (!chart) return;
    const canvas = chart.canvas;
    chart.destroy();
    chart = plot(canvas, document.getElementById("pain-table"));
  });

  open();
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id === "part" || event.detail.target?.id === "part") open();
  });
})();
