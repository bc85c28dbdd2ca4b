"use strict";
const MOST_HITS = 5;
const ORDERS = {
  title: (a, b) => a.title.localeCompare(b.title, "zh"),
  units: (a, b) => (b.units?.length ?? 0) - (a.units?.length ?? 0),
  causal: (a, b) => (b.causal ?? 0) - (a.causal ?? 0),
};
const ORDER_WORDS = { title: "byTitle", units: "byUnits", causal: "byCausal" };

function found(article, sought) {
  if (!sought) return { matches: true, hits: [] };
  const about = [article.title, article.source ?? "", article.other ?? "", ...(article.strategies ?? []).map((s) => s.name)].join("\n").toLowerCase();
  const hits = (article.units ?? []).filter(([, said, also]) => said.toLowerCase().includes(sought) || also.toLowerCase().includes(sought));
  return { matches: hits.length > 0 || about.includes(sought), hits };
}

const address = (article, more = {}) => `view/${encodeURIComponent(article.file)}#${new URLSearchParams([...new URLSearchParams(fragment(["lang", "theme"])), ...Object.entries(more)])}`;

function item(article, hits) {
  if (article.file === null) return el("li", { class: "article" }, el("h2", {}, el("bdi", {}, article.title)), el("p", { class: "problem" }, `${t("problem")}: ${article.problem}`));
  const facts = `${t("facts")(article.characters, article.claims + article.evidence, article.relations, article.causal)} · `;
  return el("li", { class: "article" },
    el("h2", {}, el("a", { href: address(article) }, el("bdi", {}, article.title))),
    article.strategies.length ? el("p", { class: "pair" }, ...article.strategies.map((s) => el("span", { class: `strategyName side-${s.id}` }, el("span", { class: "letter" }, s.id), el("bdi", {}, s.name)))) : null,
    el("p", { class: "facts" }, facts, el("bdi", { class: "source" }, article.source)),
    hits.length ? el("ul", { class: "hits" }, ...hits.slice(0, MOST_HITS).map(([id, said]) => el("li", {}, el("a", { href: address(article, { sel: `n:${id}` }) }, el("bdi", {}, ...marked(said))))),
      hits.length > MOST_HITS ? el("li", { class: "more" }, el("a", { href: address(article, { q: state.q.trim() }) }, t("moreHits")(hits.length - MOST_HITS))) : null) : null);
}

function marked(said) {
  const sought = state.q.trim().toLowerCase(), low = said.toLowerCase();
  if (low.length !== said.length) return [said];
  const parts = [];
  let at = 0;
  for (let next = low.indexOf(sought); next >= 0; next = low.indexOf(sought, at)) {
    parts.push(said.slice(at, next), el("mark", {}, said.slice(next, next + sought.length)));
    at = next + sought.length;
  }
  return [...parts, said.slice(at)];
}

function render() {
  paintSettings();
  if ($("q").value !== state.q) $("q").value = state.q;
  const order = Object.hasOwn(ORDERS, state.order) ? state.order : "title";
  $("order").replaceChildren(...Object.keys(ORDERS).map((name) => el("option", { value: name, selected: name === order }, t(ORDER_WORDS[name]))));
  $("facts").textContent = t("nMaps")(DATA.articles.length);
  const sought = state.q.trim().toLowerCase();
  const shown = [...DATA.articles].sort(ORDERS[order]).map((article) => [article, found(article, sought)]).filter(([, result]) => result.matches);
  $("list").replaceChildren(...shown.map(([article, result]) => item(article, result.hits)));
  $("shown").textContent = t("shownMaps")(shown.length, DATA.articles.length);
  writeFragment();
}

readFragment();
$("q").addEventListener("input", () => { state.q = $("q").value; render(); });
$("order").addEventListener("change", () => { state.order = $("order").value; render(); });
$("theme").addEventListener("click", () => { state.theme = nextTheme(); render(); });
$("lang").addEventListener("click", () => { state.lang = nextLanguage(); render(); });
$("filters").addEventListener("submit", (event) => event.preventDefault());
addEventListener("hashchange", () => { readFragment(); render(); });
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.target.matches("input")) return;
  event.preventDefault();
  $("q").focus();
});
render();
