"use strict";
const TABS = { strategies: renderStrategies, table: renderTable, arguments: renderArguments, causes: renderCauses };
const RELATIONS = ["supports", "attacks", "contrasts", "causes"];
const tab = () => (Object.hasOwn(TABS, state.tab) ? state.tab : MAP.strategies.length ? "strategies" : "arguments");

function select(key, { scroll = "" } = {}) {
  state.sel = key;
  paintSelection(scroll);
  writeFragment();
}

function paintSelection(scroll) {
  const chosen = selection();
  if (scroll === "map" && chosen?.kind === "node" && !cardOf(state.sel)) state.tab = "arguments";
  if (scroll === "map" && chosen?.kind === "causal") state.tab = "causes";
  if (state.tab !== document.body.dataset.tab) renderPanel();
  paintArticleSelection(scroll === "article" || scroll === "all");
  const linked = chosen?.kind === "node" ? related(chosen.id) : new Map();
  for (const element of $("panels").querySelectorAll("[data-key]")) {
    const key = element.dataset.key, on = key !== "" && key === state.sel;
    element.classList.toggle("selected", on);
    if (on) element.setAttribute("aria-current", "true");
    else element.removeAttribute("aria-current");
    element.classList.toggle("linked", key.startsWith("n:") && linked.has(key.slice(2)));
  }
  renderDetail();
  if (scroll === "map" || scroll === "all") {
    const card = cardOf(state.sel);
    if (card) reveal(card);
  }
}

const cardOf = (key) => [...$("panels").querySelectorAll("[data-key]")].find((element) => element.dataset.key === key && element.getClientRects().length > 0);

function renderPanel() {
  state.tab = tab();
  document.body.dataset.tab = state.tab;
  for (const name of Object.keys(TABS)) {
    const on = name === state.tab;
    $(`panel-${name}`).hidden = !on;
    const button = $(`tab-${name}`);
    button.textContent = t(name);
    button.setAttribute("aria-selected", String(on));
    button.tabIndex = on ? 0 : -1;
  }
  TABS[state.tab]($(`panel-${state.tab}`));
  renderLegend();
}

function refresh() {
  paintSettings();
  $("script").textContent = (MAP.document.script === "Hant") === (shownScript() === "own") ? t("toSimp") : t("toTrad");
  $("title").firstElementChild.textContent = title();
  $("facts").textContent = t("facts")(CHARACTERS.own.length, nodes.size, MAP.edges.length, causals.size);
  const source = el("bdi", { class: "source" }, MAP.document.source);
  $("facts").append(" · ", source);
  if (DATA.index) Object.assign($("back"), { hidden: false, href: `${DATA.index}#${fragment(["lang", "theme"])}` });
  renderChips();
  renderPanel();
  paintFilters();
  paintSelection("");
  renderKeys();
  $("shown").textContent = t("shown")(inOrder.filter(visible).length, nodes.size);
  writeFragment();
}

function renderChips() {
  if ($("q").value !== state.q) $("q").value = state.q;
  $("conf").value = state.conf;
  $("confOut").textContent = percent(state.conf);
  const groups = { type: DATA.types, side: DATA.sides, facet: DATA.facets, rel: RELATIONS };
  const had = document.activeElement?.id;
  $("chips").replaceChildren(...Object.entries(groups).map(([group, values]) => el("fieldset", {}, el("legend", {}, t(group)), ...values.map((value) => {
    const key = `${group}.${value}`;
    const box = el("input", { type: "checkbox", id: `box-${key}`, checked: !state.hide.has(key), onchange: () => { state.hide[box.checked ? "delete" : "add"](key); refresh(); } });
    const shown = group === "side" ? sideName(value) : label(value);
    return el("label", { class: `choice ${group === "side" ? `side-${value}` : ""}` }, box, el("bdi", {}, group === "rel" ? `${SIGN[value]} ${shown}` : shown));
  }))));
  if (had?.startsWith("box-")) $(had)?.focus();
}

function renderLegend() {
  const mark = (kind) => el("span", { class: `unit ${kind}` }, t(`${kind}Mark`));
  if (tab() === "causes") return $("legend").replaceChildren(...["cause", "connective", "effect"].map((part) => el("span", { class: `as-${part}` }, t(part))));
  $("legend").replaceChildren(mark("claim"), mark("evidence"), ...["A", "B", "both"].map((side) => el("span", { class: `swatch side-${side}` }, el("bdi", {}, sideName(side)))), el("span", {}, `★ ${t("central")}`));
}

function renderKeys() {
  $("keys").replaceChildren(el("h2", {}, t("help")), el("dl", {}, ...t("keys").flatMap(([key, what]) => [el("dt", {}, key), el("dd", {}, what)])),
    el("button", { type: "button", onclick: () => $("keys").close() }, t("close")));
}

function foldEverything(closed) {
  state.fold = new Set();
  if (closed) {
    for (const tree of DATA.trees) for (const line of tree) if (to.has(line.node)) state.fold.add(`n.${line.node}`);
    for (const row of MAP.contrast.rows) state.fold.add(`f.${row.facet}`);
    state.fold.add("loose").add("causeList");
  }
  refresh();
}

function step(by) {
  const list = inOrder.filter(visible);
  if (!list.length) return;
  const now = list.findIndex((node) => `n:${node.id}` === state.sel);
  const next = now < 0 ? (by > 0 ? 0 : list.length - 1) : (now + by + list.length) % list.length;
  select(`n:${list[next].id}`, { scroll: "all" });
}

const KEYS = {
  j: () => step(1), k: () => step(-1), "/": () => $("q").focus(), c: () => foldEverything(true), e: () => foldEverything(false),
  "+": () => zoomBy(1.2), "=": () => zoomBy(1.2), "-": () => zoomBy(1 / 1.2), "?": () => $("keys").showModal(), Escape: () => select(""),
  t: () => $("theme").click(), l: () => $("lang").click(),
};
Object.keys(TABS).forEach((name, i) => { KEYS[String(i + 1)] = () => openTab(name); });

function openTab(name) {
  state.tab = name;
  refresh();
  $(`tab-${name}`).focus();
}

// Typing and sliding fire often; a big map takes longer to draw than a key to press.
let waiting = 0;
function soon(change) {
  change();
  clearTimeout(waiting);
  waiting = setTimeout(refresh, 120);
}

function listen() {
  const change = (id, key, next) => $(id).addEventListener("click", () => { state[key] = next(); renderAll(); });
  change("theme", "theme", nextTheme);
  change("lang", "lang", nextLanguage);
  change("script", "script", () => (shownScript() === "own" ? "other" : ""));
  $("help").addEventListener("click", () => $("keys").showModal());
  $("q").addEventListener("input", () => soon(() => { state.q = $("q").value; }));
  $("conf").addEventListener("input", () => soon(() => { state.conf = Number($("conf").value); }));
  $("reset").addEventListener("click", () => { Object.assign(state, { q: "", conf: 0, hide: new Set() }); refresh(); });
  $("filters").addEventListener("submit", (event) => { event.preventDefault(); nextHit(); });
  $("foldAll").addEventListener("click", () => foldEverything(true));
  $("unfoldAll").addEventListener("click", () => foldEverything(false));
  addEventListener("hashchange", () => { readFragment(); renderAll(); });
  addEventListener("beforeprint", () => { for (const name of Object.keys(TABS)) TABS[name]($(`panel-${name}`)); });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || $("keys").open) return;
    if (event.target.matches("input[type=search]")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (!Object.hasOwn(KEYS, event.key)) return;
    event.preventDefault();
    KEYS[event.key]();
  });
}

function buildTabs() {
  const names = Object.keys(TABS);
  $("tabs").append(...names.map((name) => el("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": `panel-${name}`, onclick: () => openTab(name) })));
  $("panels").append(...names.map((name) => el("div", { role: "tabpanel", id: `panel-${name}`, "aria-labelledby": `tab-${name}`, tabindex: "-1" })));
  $("tabs").addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by) openTab(names[(names.indexOf(state.tab) + by + names.length) % names.length]);
  });
}

function renderAll() {
  renderArticle();
  refresh();
}

readFragment();
buildTabs();
listen();
cutArticle();
renderAll();
paintSelection("all");
