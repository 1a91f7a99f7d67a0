"use strict";
// The search: words of the query in small files of the index, loaded by script tags, so that it
// works from a folder as well. What is shown is set as text, never as HTML.
(() => {
  const at = document.currentScript.src.replace(/search\.js$/, "");
  const held = {}, waiting = {};
  const PAGE = 20, LONGEST = 24;
  const MONTHS = "January February March April May June July August September October November December".split(" ");
  const STOPPED = new Set(("a an and are as at be but by for from had has have in into is it its no not of on or " +
    "that the their then there these this to was were which will with").split(" "));
  const form = document.getElementById("search"), list = document.getElementById("results");
  const said = document.getElementById("said"), more = document.getElementById("more");
  let turn = 0, shown = 0, found = [];

  window.entrepot = (kind, key, data) => { held[kind + "/" + key] = data; };

  function load(kind, key) {
    const name = kind + "/" + key, file = kind === "head" ? "index.js" : name + ".js";
    waiting[name] = waiting[name] || new Promise((done, failed) => {
      const tag = document.createElement("script");
      tag.src = at + file;
      tag.onload = () => { tag.remove(); done(held[name]); };
      tag.onerror = () => { tag.remove(); delete waiting[name]; failed(new Error(file)); };
      document.head.append(tag);
    });
    return waiting[name];
  }

  function fold(text) {
    return text.toLowerCase().replace(/ß/g, "ss").normalize("NFKD").replace(/\p{M}+/gu, "").replace(/ς/g, "σ");
  }

  function words(text) {
    const joined = text.replace(/(\d)[.,\u00a0\u202f](?=\d)/g, "$1");
    const all = fold(joined).match(/[\p{L}\p{N}]+/gu) || [];
    const cut = all.flatMap(one => {
      if (!/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/.test(one)) { return [[...one].slice(0, LONGEST).join("")]; }
      const signs = [...one];
      return signs.length < 2 ? signs : signs.slice(1).map((sign, place) => signs[place] + sign);
    });
    return [...new Set(cut.filter(one => !STOPPED.has(one)))];
  }

  function shard(word) {
    return [...word].slice(0, 2).map(one => /[a-z0-9]/.test(one) ? one : "-" + one.codePointAt(0).toString(16)).join("");
  }

  async function scores(word, head) {
    const key = shard(word);
    const keys = [...word].length < 2 ? head.shards.filter(one => one.startsWith(key)) : head.shards.filter(one => one === key);
    const parts = await Promise.all(keys.map(one => load("words", one)));
    const score = new Map();
    for (const part of parts) {
      for (const [held, rows] of Object.entries(part)) {
        if (!held.startsWith(word)) { continue; }
        const rare = Math.log(1 + 2 * head.count / rows.length), exact = held === word ? 2 : 1;
        for (let place = 0; place < rows.length; place += 2) {
          const gain = rows[place + 1] * rare * exact;
          score.set(rows[place], Math.max(score.get(rows[place]) || 0, gain));
        }
      }
    }
    return score;
  }

  async function find(asked) {
    const head = await load("head", "");
    const parts = await Promise.all(asked.words.map(one => scores(one, head)));
    let kept = Array.from({ length: head.count }, (_, number) => number);
    for (const facet of asked.facets) {
      const only = new Set(head.facets[facet] || []);
      kept = kept.filter(one => only.has(one));
    }
    kept = kept.filter(one => parts.every(part => part.has(one)));
    const sum = one => parts.reduce((total, part) => total + part.get(one), 0);
    const ranked = kept.map(one => [one, sum(one)]);
    ranked.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    return ranked.map(one => one[0]);
  }

  function element(tag, words, given) {
    const made = document.createElement(tag);
    if (words) { made.textContent = words; }
    return Object.assign(made, given || {});
  }

  function item(row) {
    const [id, title, iso, state, hubs, goods, summary, version] = row;
    const made = element("li"), heading = element("h2"), meta = element("p", "", { className: "meta" });
    const link = element("a", "", { href: at + "../case/" + id + "/index.html" });
    link.append(element("bdi", title));
    heading.append(link);
    const [year, month, day] = iso.split("-").map(Number);
    meta.append(element("time", day + " " + MONTHS[month - 1] + " " + year, { dateTime: iso }), " ");
    meta.append(element("span", state, { className: "state " + state }));
    if (version > 1) { meta.append(" version " + version); }
    made.append(heading, meta);
    if (summary) { made.append(element("p", summary)); }
    const tags = [hubs.join(", "), goods.map(one => one[0] + " " + one[1]).join("; ")].filter(Boolean).join(" · ");
    made.append(element("p", tags, { className: "tags" }));
    return made;
  }

  async function show(mine) {
    const next = found.slice(shown, shown + PAGE), head = held["head/"];
    const chunks = await Promise.all(next.map(one => load("cases", Math.floor(one / head.chunk))));
    if (mine !== turn) { return; }
    next.forEach((one, place) => list.append(item(chunks[place][one % head.chunk])));
    shown += next.length;
    more.hidden = shown >= found.length;
  }

  function asked() {
    const given = new FormData(form);
    const facets = ["hub", "code", "state"].filter(one => given.get(one)).map(one => one + ":" + given.get(one));
    return { text: given.get("q").trim(), words: words(given.get("q")), facets };
  }

  // In the part of the address that is never sent: what is looked for is nobody's business.
  function remember(question) {
    const query = new URLSearchParams([...new FormData(form)].filter(one => one[1])).toString();
    try { history.replaceState(null, "", location.pathname + (query ? "#" + query : "")); } catch { /* a folder of some browsers */ }
    return question;
  }

  async function run() {
    const mine = ++turn, question = remember(asked());
    list.setAttribute("aria-busy", "true");
    try {
      const result = await find(question);
      if (mine !== turn) { return; }
      found = result; shown = 0;
      list.replaceChildren();
      const count = found.length === 1 ? "1 case" : found.length + " cases";
      const empty = "No case has all of that. Try fewer words, or their beginnings.";
      said.textContent = found.length === 0 ? empty : question.words.length || question.facets.length ? count + " found." : count + ", newest first.";
      await show(mine);
    } catch (error) {
      if (mine === turn) { said.textContent = "A part of the index could not be loaded (" + error.message + "). The lists by date, country and goods have all cases."; }
    }
    if (mine === turn) { list.setAttribute("aria-busy", "false"); }
  }

  function take() {
    const given = new URLSearchParams(location.hash.slice(1) || location.search);
    for (const name of ["q", "hub", "code", "state"]) {
      const field = form.elements[name];
      field.value = given.get(name) || "";
      if (field.tagName === "SELECT" && field.selectedIndex < 0) { field.value = ""; }
    }
    run();
  }

  let timer = 0;
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(run, 120); });
  form.addEventListener("submit", event => { event.preventDefault(); clearTimeout(timer); run(); });
  more.addEventListener("click", async () => {
    const first = list.children.length;
    await show(turn);
    const link = list.children[first] && list.children[first].querySelector("a");
    if (link) { link.focus(); }
  });
  window.entrepotWords = words;
  window.addEventListener("hashchange", take);
  take();
})();
