(function () {
  "use strict";
  var DAY = 86400000;
  var MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December"];
  var COVERS = ["not listed", "in part", "in full"];
  var MOST = 3;
  var data = JSON.parse(document.getElementById("data").textContent);
  var input = document.getElementById("day");
  if (!input || !data.days.length) { return; }
  document.documentElement.classList.add("js");

  function byId(id) { return document.getElementById(id); }
  function all(selector, root) {
    return Array.prototype.slice.call((root || document).querySelectorAll(selector));
  }
  function number(iso) { return Date.parse(iso + "T00:00:00Z") / DAY; }
  function iso(days) { return new Date(days * DAY).toISOString().slice(0, 10); }
  function words(day) {
    return Number(day.slice(8)) + " " + MONTHS[Number(day.slice(5, 7)) - 1] + " " + day.slice(0, 4);
  }
  function grouped(count) { return String(count).replace(/\B(?=(\d{3})+$)/g, ","); }
  function codes(count) { return grouped(count) + (count === 1 ? " code" : " codes"); }
  function make(tag, className, text) {
    var node = document.createElement(tag);
    if (className) { node.className = className; }
    if (text) { node.textContent = text; }
    return node;
  }

  function dated(node, text) {
    text.split(/(\d{4}-\d\d-\d\d)/).forEach(function (part, place) {
      node.appendChild(place % 2 ? make("span", "", part) : document.createTextNode(part));
    });
    return node;
  }

  var first = number(data.first), knee = number(data.knee), last = number(data.last);
  var ticks = Math.max(data.quiet + last - knee, 1);
  var today = data.first;
  var onDay = [];

  function tick(days) {
    return days >= knee ? data.quiet + days - knee : data.quiet * (days - first) / (knee - first);
  }
  function dayAt(place) {
    if (place >= data.quiet) { return iso(knee + Math.round(place) - data.quiet); }
    return iso(first + Math.floor(place * (knee - first) / data.quiet));
  }
  function show() {
    var left = 100 * tick(number(today)) / ticks + "%";
    input.setAttribute("aria-valuetext", words(today));
    byId("day-words").textContent = words(today);
    byId("day-iso").textContent = today;
    all(".cursor").forEach(function (node) { node.style.left = left; });
    byId("previous").disabled = change(-1) === null;
    byId("next").disabled = change(1) === null;
    onDay.forEach(function (act) { act(today); });
  }
  function change(way) {
    var fits = data.days.filter(function (day) { return way < 0 ? day < today : day > today; });
    return fits.length ? fits[way < 0 ? fits.length - 1 : 0] : null;
  }
  function go(day, quiet) {
    today = iso(Math.min(Math.max(number(day), first), last));
    input.value = String(Math.round(tick(number(today))));
    show();
    if (!quiet) { keep(); }
  }
  function keep() {
    try { history.replaceState(null, "", "#" + today); } catch (error) { return; }
  }
  function fromHash() {
    var found = /^#(\d{4}-\d\d-\d\d)$/.exec(location.hash);
    if (found && !isNaN(number(found[1]))) { go(found[1], true); return true; }
    return false;
  }
  function start() {
    input.addEventListener("input", function () { today = dayAt(Number(input.value)); show(); });
    input.addEventListener("change", keep);
    [["previous", -1], ["next", 1]].forEach(function (pair) {
      byId(pair[0]).addEventListener("click", function () {
        var day = change(pair[1]);
        if (day) { go(day); }
      });
    });
    all(".go").forEach(function (button) {
      button.addEventListener("click", function () { go(button.dataset.day); });
    });
    window.addEventListener("hashchange", fromHash);
    if (!fromHash()) { go(input.dataset.day, true); }
  }

  /* The life of one code. */
  function timeline() {
    onDay.push(function (day) {
      var holds = function (node) {
        return node.dataset.from <= day && (!node.dataset.to || day < node.dataset.to);
      };
      all(".lane.measure, table.measures tbody tr").forEach(function (node) {
        node.classList.toggle("now", holds(node));
      });
      all(".band [data-place]").filter(holds).forEach(function (node) {
        all(".cover-now").forEach(function (word) {
          if (word.dataset.place === node.dataset.place) { word.textContent = node.dataset.word; }
        });
      });
      var count = all("table.measures tr.now").length;
      byId("force").textContent = count;
      byId("force-word").textContent = count === 1 ? "measure" : "measures";
      all(".day-words").forEach(function (node) { node.textContent = words(day); });
      all(".day-iso").forEach(function (node) { node.textContent = day; });
    });
  }

  /* The gap between two destinations. */
  function gapPage() {
    var stage = -1;
    var filter = byId("filter");
    var onlyGap = byId("only-gap");
    var sections = all("details.sec").map(function (node, place) {
      var raw = data.sections[place];
      return { node: node, lines: raw[1].map(unpack), stale: true, wasOpen: false };
    });

    function unpack(raw) {
      var line = { code: raw[0], label: raw[1], uses: [raw[3], raw[4]], excepts: raw[5] };
      line.ranks = [[], []];
      line.marks = [];
      raw[2].split("").forEach(function (letter) {
        var value = letter.charCodeAt(0) - 64;
        line.ranks[0].push(value % 3);
        line.ranks[1].push(Math.floor(value / 3) % 3);
        line.marks.push(Math.floor(value / 9));
      });
      return line;
    }
    function laws(line, side, fits) {
      var found = [];
      line.uses[side].forEach(function (use) {
        var words = data.laws[use[0]];
        if (fits(use) && found.indexOf(words) < 0) { found.push(words); }
      });
      return found;
    }
    function inForce(use) { return use[1] <= stage && stage < use[2]; }
    function cell(line, side) {
      var ranks = line.ranks[side];
      var since = stage;
      while (since && ranks[since - 1] === ranks[stage]) { since -= 1; }
      var found = laws(line, side, inForce);
      var more = found.length > MOST ? "; " + (found.length - MOST) + " more" : "";
      return { rank: ranks[stage], since: ranks[stage] ? data.days[since] : "",
        law: found.slice(0, MOST).join("; ") + more };
    }
    function open(line, at) { return line.ranks[0][at] > line.ranks[1][at]; }
    function note(line) {
      if (!open(line, stage)) { return ""; }
      if (line.marks[stage] !== 2) { return "counted with a shorter code"; }
      var from = stage, to = stage, count = line.marks.length;
      while (from && open(line, from - 1)) { from -= 1; }
      while (to < count && open(line, to)) { to += 1; }
      var said = "open since " + data.days[from] + ", ";
      if (to < count) {
        var by = laws(line, 1, function (use) { return use[1] === to; });
        said += "closes " + data.days[to] + (by.length ? " by " + by.slice(0, MOST).join("; ") : "");
      } else { said += "no end known"; }
      var inner = line.excepts.filter(inForce).map(function (one) { return one[0]; });
      if (inner.length) { said += "; not for " + inner.slice(0, MOST).join(", "); }
      return said + (inner.length > MOST ? " and " + (inner.length - MOST) + " more" : "");
    }

    function row(line) {
      var node = make("tr", line.marks[stage] === 2 ? "gap" : "");
      node.appendChild(make("td", "", line.code));
      node.appendChild(make("td", "", line.label));
      [0, 1].forEach(function (side) {
        var told = cell(line, side), box = make("td");
        box.appendChild(make("b", "c" + told.rank, COVERS[told.rank]));
        if (told.since) {
          box.appendChild(document.createTextNode(" "));
          box.appendChild(make("span", "", "since " + told.since));
        }
        if (told.law) { box.appendChild(make("em", "", told.law)); }
        node.appendChild(box);
      });
      node.appendChild(dated(make("td"), note(line)));
      return node;
    }
    function fits(line, wanted) {
      if (!line.marks[stage] || (onlyGap.checked && line.marks[stage] !== 2)) { return false; }
      if (!wanted) { return true; }
      var text = [line.code, line.label, cell(line, 0).law, cell(line, 1).law].join(" ").toLowerCase();
      var digits = wanted.replace(/[ .]/g, "");
      /* A shorter printed code holds the longer one that is looked for. */
      var holds = /^\d{4,10}$/.test(digits) && digits.indexOf(line.code) === 0;
      return holds || text.indexOf(wanted) >= 0 || text.indexOf(digits) === 0;
    }
    function fill(section) {
      if (!section.node.open || !section.stale) { return; }
      var body = section.node.querySelector("tbody");
      body.textContent = "";
      section.kept.forEach(function (line) { body.appendChild(row(line)); });
      section.stale = false;
    }
    function count(lines) {
      var found = { sides: [[0, 0, 0], [0, 0, 0]], gap: 0 };
      lines.forEach(function (line) {
        if (!line.marks[stage]) { return; }
        found.sides[0][line.ranks[0][stage]] += 1;
        found.sides[1][line.ranks[1][stage]] += 1;
        if (line.marks[stage] === 2) { found.gap += 1; }
      });
      return found;
    }
    function head(section) {
      var told = count(section.lines), most = Number(section.node.dataset.most);
      all(".side", section.node).forEach(function (box, side) {
        var counts = told.sides[side];
        [2, 1, 0].forEach(function (rank) {
          box.querySelector(".f" + rank).style.width = 100 * counts[rank] / most + "%";
        });
        box.querySelector(".said").textContent = [2, 1, 0].filter(function (rank) {
          return counts[rank];
        }).map(function (rank) { return grouped(counts[rank]) + " " + COVERS[rank]; }).join(" · ") ||
          "none";
      });
      var box = section.node.querySelector(".in-gap");
      box.classList.toggle("none", !told.gap);
      box.firstChild.textContent = told.gap;
    }
    function sift() {
      var wanted = filter.value.trim().toLowerCase();
      var matched = 0, total = 0;
      sections.forEach(function (section) {
        section.kept = section.lines.filter(function (line) { return fits(line, wanted); });
        section.stale = true;
        matched += section.kept.length;
        section.lines.forEach(function (line) { total += line.marks[stage] ? 1 : 0; });
        section.node.hidden = !section.kept.length;
        if (wanted && !section.forced) { section.forced = true; section.wasOpen = section.node.open; }
        if (wanted) { section.node.open = matched <= 400 && section.kept.length > 0; }
        if (!wanted && section.forced) { section.forced = false; section.node.open = section.wasOpen; }
        fill(section);
      });
      byId("filter-count").textContent = grouped(matched) + " of " + codes(total);
    }
    function sentence(day) {
      var told = count([].concat.apply([], sections.map(function (one) { return one.lines; })));
      var box = byId("answer");
      var target = told.sides[0], hub = told.sides[1];
      box.textContent = "On " + words(day) + ", ";
      [codes(target[2]), " were barred to " + data.names[0] + " in full and " + grouped(target[1]) +
        " in part; ", codes(hub[2]), " to " + data.names[1] + " in full and " + grouped(hub[1]) +
        " in part. For ", codes(told.gap), " the list for " + data.names[0] +
        " went further than the list for " + data.names[1] + ": the gap."
      ].forEach(function (text, place) {
        box.appendChild(place % 2 ? document.createTextNode(text) :
          make(place === 4 ? "strong" : "b", "", text));
      });
      byId("gap-now").textContent = codes(told.gap) + " in the gap";
    }

    sections.forEach(function (section) {
      section.node.addEventListener("toggle", function () { fill(section); });
    });
    filter.addEventListener("input", sift);
    onlyGap.addEventListener("change", sift);
    all(".gap-chart").forEach(function (box) {
      box.addEventListener("click", function (event) {
        var frame = box.getBoundingClientRect();
        go(dayAt((event.clientX - frame.left) / frame.width * ticks));
      });
    });
    onDay.push(function (day) {
      var now = at(day);
      all(".steps > li").forEach(function (node) {
        node.classList.toggle("now", node.dataset.day === data.days[now]);
      });
      if (now !== stage) {
        stage = now;
        sections.forEach(head);
        sift();
      }
      sentence(day);
    });
    function at(day) {
      return data.days.filter(function (one) { return one <= day; }).length - 1;
    }
  }

  if (byId("gap-page")) { gapPage(); } else { timeline(); }
  start();
}());
