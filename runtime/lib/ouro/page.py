"""The page of --heap=OUT.html: one file without anything from the network.

Python draws each snapshot as SVG; the script only moves through them: search, follow references,
step, compare.  The markup is in _BODY, the behaviour in _SCRIPT.
"""

import json
from html import escape

from ouro.svg import draw

_STYLE = """
:root { --ink: #22262f; --soft: #6b7080; --line: #d9dce3; --paper: #fcfcfd; --mark: #2563eb; }
* { box-sizing: border-box; }
html, body { height: 100%; margin: 0; }
body { display: grid; grid-template: auto 1fr / 270px 1fr 330px; color: var(--ink);
  background: #fff; font: 15px/1.45 system-ui, "DejaVu Sans", sans-serif; }
header { grid-column: 1 / 4; display: flex; gap: 14px; align-items: center; padding: 10px 18px;
  border-bottom: 1px solid var(--line); }
header h1 { font-size: 20px; margin: 0 8px 0 0; }
header input { font: inherit; padding: 6px 12px; width: 280px; border: 1px solid var(--line);
  border-radius: 8px; }
button { font: inherit; padding: 5px 13px; border: 1px solid var(--line); border-radius: 8px;
  background: #fff; cursor: pointer; }
button:hover:not(:disabled) { border-color: var(--mark); color: var(--mark); }
button:disabled { color: #b9bdc8; cursor: default; }
header .hits { color: var(--soft); min-width: 92px; }
header .spring { flex: 1; }
aside { overflow: auto; padding: 14px 16px; border-right: 1px solid var(--line); }
aside.details { border-right: 0; border-left: 1px solid var(--line); }
h2 { font-size: 13px; letter-spacing: 0.05em; text-transform: uppercase; color: var(--soft);
  margin: 18px 0 6px; }
aside > h2:first-child { margin-top: 0; }
ol, ul { list-style: none; margin: 0; padding: 0; }
aside li { padding: 5px 10px; border-radius: 7px; cursor: pointer; overflow-wrap: anywhere; }
aside li:hover { background: #eef3fe; }
aside li.now { background: var(--mark); color: #fff; }
aside li small { color: var(--soft); margin-left: 6px; }
aside li.now small { color: #dbe6ff; }
li.gone { color: #b42318; text-decoration: line-through; cursor: default; }
li.new b { color: #15803d; }
li.changed b { color: #b45309; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 3px 14px; margin: 0; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; font-family: "DejaVu Sans Mono", monospace;
  font-size: 13px; }
.details h3 { font: bold 19px "DejaVu Sans Mono", monospace; margin: 0 0 8px;
  overflow-wrap: anywhere; }
.hint { color: var(--soft); }
main { position: relative; overflow: hidden; background: var(--paper); cursor: grab; }
main.dragging { cursor: grabbing; }
main svg { position: absolute; transform-origin: 0 0; }
svg .box { cursor: pointer; }
svg .box:hover .frame { stroke: var(--mark); }
svg.chosen .box { opacity: 0.32; }
svg.chosen .edge { opacity: 0.1; }
svg.chosen .box.near { opacity: 0.95; }
svg.chosen .box.self { opacity: 1; }
svg.chosen .edge.near { opacity: 1; stroke-width: 2.6; }
svg .box.self .frame { stroke: var(--mark); stroke-width: 4; }
svg .box.hit .frame { stroke: #d97706; stroke-width: 4; }
svg .box.new .frame { stroke: #15803d; stroke-width: 4; }
svg .box.changed .frame { stroke: #d97706; stroke-width: 4; stroke-dasharray: 8 4; }
kbd { border: 1px solid var(--line); border-radius: 4px; padding: 0 5px; font-size: 12px; }
"""

_BODY = """
<header>
  <h1>%(title)s</h1>
  <input id="search" type="search" placeholder="Search: type, value, id" autocomplete="off">
  <span class="hits" id="hits"></span>
  <span class="spring"></span>
  <button id="back" disabled>&#8592; Step back</button>
  <button id="on" disabled>Step on &#8594;</button>
  <button id="fit">Whole picture</button>
</header>
<aside>
  <h2>Snapshots</h2>
  <ol id="snapshots"></ol>
  <h2>Compared with</h2>
  <ol id="bases"></ol>
  <div id="differences"></div>
</aside>
<main id="view"></main>
<aside class="details" id="details"></aside>
"""

_SCRIPT = r"""
"use strict";
const $ = id => document.getElementById(id);
const snapshots = JSON.parse($("data").textContent);
let now = snapshots.length - 1, base = -1, chosen = -1, picture = null;
let place = {x: 0, y: 0, scale: 1};

function element(tag, text, name) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (name) made.className = name;
  return made;
}
const hex = id => "0x" + id.toString(16);
const box = i => picture && picture.querySelector('.box[data-node="' + i + '"]');
const boxes = () => picture ? [...picture.querySelectorAll(".box[data-node]")] : [];

/* ---- moving about */

function move() {
  if (picture)
    picture.style.transform = `translate(${place.x}px, ${place.y}px) scale(${place.scale})`;
}
function fit(least) {
  const view = $("view"), wide = picture.width.baseVal.value, high = picture.height.baseVal.value;
  const scale = Math.max(least, Math.min(view.clientWidth / wide, view.clientHeight / high, 1.6));
  place = {scale, x: Math.max(0, (view.clientWidth - wide * scale) / 2), y: 0};
  move();
}
function center(i) {
  const found = box(i);
  if (!found) return;
  const view = $("view").getBoundingClientRect(), at = found.getBoundingClientRect();
  const outside = at.left < view.left + 20 || at.right > view.right - 20 ||
                  at.top < view.top + 20 || at.bottom > view.bottom - 20;
  if (!outside) return;
  place.x += view.left + view.width / 2 - (at.left + at.width / 2);
  place.y += view.top + view.height / 2 - (at.top + at.height / 2);
  move();
}

/* ---- what differs between two snapshots: objects are told by id and type */

const key = node => node.id + " " + node.type;
function contents(graph) {
  const rows = new Map();
  graph.nodes.forEach((node, i) => rows.set(i, [node.text, "count " + node.count]));
  for (const edge of graph.edges)
    rows.get(edge.from).push(edge.slot + " = " + key(graph.nodes[edge.to]));
  const found = new Map();
  graph.nodes.forEach((node, i) => {
    if (!node.atom) found.set(key(node), {i, node, rows: rows.get(i)});
  });
  return found;
}
function differences() {
  if (base < 0) return null;
  const before = contents(snapshots[base]), after = contents(snapshots[now]);
  const result = {fresh: [], gone: [], changed: []};
  for (const [name, entry] of after) {
    const old = before.get(name);
    if (!old) result.fresh.push(entry);
    else if (old.rows.join("\n") !== entry.rows.join("\n"))
      result.changed.push({...entry, old});
  }
  for (const [name, entry] of before) if (!after.has(name)) result.gone.push(entry);
  return result;
}
function explain(entry) {
  const had = new Set(entry.old.rows), has = new Set(entry.rows);
  return entry.rows.filter(row => !had.has(row)).map(row => "+ " + row)
    .concat(entry.old.rows.filter(row => !has.has(row)).map(row => "− " + row)).join("\n");
}
function showDifferences() {
  const list = $("differences");
  list.replaceChildren();
  const found = differences();
  if (!found) return;
  const part = (title, entries, name) => {
    if (!entries.length) return;
    list.append(element("h2", title + " (" + entries.length + ")"));
    const rows = element("ul");
    for (const entry of entries) {
      const row = element("li", undefined, name);
      row.append(element("b", entry.node.text), element("small", hex(entry.node.id)));
      if (name === "changed") row.title = explain(entry);
      if (name !== "gone") {
        row.onclick = () => choose(entry.i);
        const drawn = box(entry.i);
        if (drawn) drawn.classList.add(name);
      }
      rows.append(row);
    }
    list.append(rows);
  };
  part("New", found.fresh, "new");
  part("Changed", found.changed, "changed");
  part("Gone", found.gone, "gone");
  if (!found.fresh.length && !found.changed.length && !found.gone.length)
    list.append(element("p", "No object differs.", "hint"));
}

/* ---- one object */

function references(title, rows) {
  if (!rows.length) return [];
  const list = element("ul");
  for (const [slot, i, weak] of rows) {
    const node = snapshots[now].nodes[i];
    const row = element("li", title === "Held by" ? slot + " of " : slot + (weak ? " ⇢ " : " → "));
    row.append(element("b", node.text));
    if (!node.atom) row.append(element("small", hex(node.id)));
    row.onclick = () => choose(i);
    list.append(row);
  }
  return [element("h2", title), list];
}
function details() {
  const panel = $("details"), graph = snapshots[now];
  panel.replaceChildren();
  if (chosen < 0) {
    const hint = element("p", undefined, "hint");
    hint.innerHTML = "Click a box to see what it holds and what holds it. Drag to move, turn the " +
      "wheel to zoom, <kbd>&larr;</kbd> <kbd>&rarr;</kbd> to step through the snapshots, " +
      "<kbd>Esc</kbd> to let go, <kbd>/</kbd> to search.";
    panel.append(hint);
    return;
  }
  const node = graph.nodes[chosen], facts = element("dl");
  const fact = (name, text) => facts.append(element("dt", name), element("dd", text));
  fact("type", node.type);
  fact("id", hex(node.id));
  fact("references", node.count + (node.outside ? " (" + node.outside + " from outside)" : ""));
  fact("generation", node.generation === null ? "not tracked" : String(node.generation));
  fact("size", node.size + " bytes");
  fact("retains", node.retained + " bytes");
  if (node.cycle) fact("cycle", "it is part of one");
  const out = graph.edges.filter(edge => edge.from === chosen)
    .map(edge => [edge.slot, edge.to, edge.kind === "weak"]);
  const into = graph.edges.filter(edge => edge.to === chosen);
  const variables = [];
  for (const root of graph.roots)
    for (const variable of root.variables)
      if (variable.to === chosen) variables.push(root.name + ": " + variable.name);
  panel.append(element("h3", node.text), facts, ...references("Refers to", out));
  if (variables.length) {
    const list = element("ul");
    for (const text of variables) list.append(element("li", text));
    panel.append(element("h2", "Variables"), list);
  }
  panel.append(...references("Held by", into.map(edge =>
    [edge.slot, edge.from, edge.kind === "weak"])));
}
function choose(i) {
  chosen = i;
  if (picture) {
    picture.classList.toggle("chosen", i >= 0);
    for (const each of picture.querySelectorAll(".self, .near"))
      each.classList.remove("self", "near");
    const self = i >= 0 && box(i);
    if (self) {
      self.classList.add("self");
      for (const edge of picture.querySelectorAll(".edge")) {
        const {from, to} = edge.dataset;
        if (from !== String(i) && to !== String(i)) continue;
        edge.classList.add("near");
        for (const end of [from, to]) if (end !== "r") box(end).classList.add("near");
      }
      center(i);
    } else {
      picture.classList.remove("chosen");
    }
  }
  details();
}

/* ---- search */

function search() {
  const text = $("search").value.trim().toLowerCase();
  const hits = [];
  for (const each of boxes()) each.classList.remove("hit");
  if (text) {
    snapshots[now].nodes.forEach((node, i) => {
      const words = [node.text, node.type, hex(node.id)].join(" ").toLowerCase();
      if (!words.includes(text)) return;
      hits.push(i);
      const drawn = box(i);
      if (drawn) drawn.classList.add("hit");
    });
  }
  $("hits").textContent = text ? hits.length + (hits.length === 1 ? " object" : " objects") : "";
  return hits;
}

/* ---- snapshots */

function show(index, keep) {
  const old = now < snapshots.length && chosen >= 0 ? key(snapshots[now].nodes[chosen]) : "";
  now = index;
  const graph = snapshots[now], view = $("view");
  view.replaceChildren();
  picture = null;
  view.innerHTML = graph.svg;
  picture = view.firstElementChild;
  for (const each of boxes()) each.onclick = () => choose(Number(each.dataset.node));
  if (keep) move(); else fit(0.6); /* readable, if not whole */
  $("back").disabled = now === 0;
  $("on").disabled = now === snapshots.length - 1;
  for (const [list, current] of [["snapshots", now], ["bases", base + 1]])
    [...$(list).children].forEach((row, i) => row.classList.toggle("now", i === current));
  showDifferences();
  search();
  choose(graph.nodes.findIndex(node => key(node) === old));
}
function compare(index) {
  base = index;
  show(now, true);
}
snapshots.forEach((graph, i) => {
  const row = element("li", graph.name);
  row.append(element("small", graph.nodes.length + " objects"));
  row.onclick = () => show(i);
  $("snapshots").append(row);
});
["nothing", ...snapshots.map(graph => graph.name)].forEach((name, i) => {
  const row = element("li", name);
  row.onclick = () => compare(i - 1);
  $("bases").append(row);
});
$("back").onclick = () => now > 0 && show(now - 1);
$("on").onclick = () => now < snapshots.length - 1 && show(now + 1);
$("fit").onclick = () => fit(0);
$("search").oninput = search;
let turn = 0;
$("search").onkeydown = event => {
  if (event.key !== "Enter") return;
  const hits = search();
  if (hits.length) choose(hits[turn++ % hits.length]);
};
document.onkeydown = event => {
  if (event.target === $("search")) {
    if (event.key === "Escape") $("search").blur();
    return;
  }
  if (event.key === "ArrowLeft") $("back").click();
  else if (event.key === "ArrowRight") $("on").click();
  else if (event.key === "Escape") choose(-1);
  else if (event.key === "/") { $("search").focus(); event.preventDefault(); }
};
let drag = null;
$("view").onpointerdown = event => { drag = {x: event.clientX, y: event.clientY, moved: false}; };
$("view").onpointermove = event => {
  if (!drag || !event.buttons) return;
  if (!drag.moved && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 4) return;
  drag.moved = true;
  place.x += event.clientX - drag.x;
  place.y += event.clientY - drag.y;
  drag.x = event.clientX;
  drag.y = event.clientY;
  $("view").classList.add("dragging");
  move();
};
$("view").onpointerup = event => {
  if (drag && !drag.moved && !event.target.closest(".box")) choose(-1);
  drag = null;
  $("view").classList.remove("dragging");
};
$("view").addEventListener("wheel", event => {
  event.preventDefault();
  const at = $("view").getBoundingClientRect();
  const x = event.clientX - at.left, y = event.clientY - at.top;
  const factor = Math.exp(-event.deltaY * 0.0015);
  const scale = Math.min(6, Math.max(0.08, place.scale * factor));
  place.x = x - (x - place.x) * scale / place.scale;
  place.y = y - (y - place.y) * scale / place.scale;
  place.scale = scale;
  move();
}, {passive: false});
window.addEventListener("resize", () => fit(0.6));
show(now);
"""


def make(graphs):
    """The page of these graphs, the oldest first."""
    from ouro.graph import DRAWN_MAX, nearest
    snapshots = []
    for graph in graphs:
        row = {name: graph[name] for name in ("name", "nodes", "edges", "roots", "cut")}
        row["svg"] = draw(nearest(graph, DRAWN_MAX))
        snapshots.append(row)
    # "</" would end the script element.
    data = json.dumps(snapshots).replace("</", "<\\/")
    title = "Objects and references"
    return "".join([
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>',
        escape(title), "</title>\n<style>", _STYLE, "</style>\n</head>\n<body>",
        _BODY % {"title": escape(title)}, '<script type="application/json" id="data">', data,
        "</script>\n<script>", _SCRIPT, "</script>\n</body>\n</html>\n"])
