"use strict";
const DATA = JSON.parse(document.getElementById("data").textContent);
const $ = (id) => document.getElementById(id);

// All DOM is built here: words only ever become text nodes or attribute values, never markup.
function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

// The namespace is read from the page so that no address stands in the code.
function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS($("svgRoot").namespaceURI, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

const state = { tab: "", sel: "", q: "", hide: new Set(), conf: 0, lang: "", theme: "", script: "", fold: new Set(), order: "" };

function readFragment() {
  const given = new URLSearchParams(location.hash.slice(1));
  for (const key of Object.keys(state)) {
    const value = given.get(key) ?? "";
    if (state[key] instanceof Set) state[key] = new Set(value.split(",").filter(Boolean));
    else state[key] = key === "conf" ? Math.min(1, Math.max(0, Number(value) || 0)) : value;
  }
}

function fragment(only = Object.keys(state)) {
  const kept = new URLSearchParams();
  for (const key of only) {
    const value = state[key] instanceof Set ? [...state[key]].sort().join(",") : state[key];
    if (value) kept.set(key, String(value));
  }
  return kept.toString();
}

function writeFragment() {
  try {
    history.replaceState(null, "", `#${fragment()}`);
  } catch {
    // Some browsers allow few changes a second, embedded pages none: the page works on without.
  }
}

const lang = () => (state.lang in UI ? state.lang : (navigator.language || "").startsWith("zh") ? "zh" : "en");
const t = (key) => UI[lang()][key];
const label = (name) => (lang() === "zh" ? (DATA.chinese[name] ?? name) : name);
const percent = (share) => `${Math.round(share * 100)}%`;

function paintSettings() {
  document.documentElement.lang = lang() === "zh" ? "zh-Hans" : "en";
  if (["light", "dark"].includes(state.theme)) document.documentElement.dataset.theme = state.theme;
  else delete document.documentElement.dataset.theme;
  for (const e of document.querySelectorAll("[data-t]")) e.textContent = t(e.dataset.t);
  for (const e of document.querySelectorAll("[data-label]")) e.setAttribute("aria-label", t(e.dataset.label));
  for (const e of document.querySelectorAll("[data-placeholder]")) e.placeholder = t(e.dataset.placeholder);
  $("lang").textContent = t("other");
  $("theme").textContent = `◐ ${t("theme")[state.theme] ?? t("theme")[""]}`;
}

const nextTheme = () => ({ "": "dark", dark: "light" })[state.theme] ?? "";
const nextLanguage = () => (lang() === "zh" ? "en" : "zh");
