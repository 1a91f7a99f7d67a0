(function () {
  "use strict";
  var drawing = document.querySelector(".drawing");
  if (!drawing) { return; }
  document.documentElement.classList.add("js");

  function all(selector, root) {
    return Array.prototype.slice.call((root || document).querySelectorAll(selector));
  }
  function clear() {
    drawing.classList.remove("picking");
    all(".on").forEach(function (node) { node.classList.remove("on"); });
  }
  function light(arrows) {
    var ends = {};
    arrows.forEach(function (node) {
      node.classList.add("on");
      ends[node.dataset.derived] = ends[node.dataset.origin] = true;
    });
    all("g.item", drawing).forEach(function (node) {
      if (ends[node.dataset.key]) { node.classList.add("on"); }
    });
    drawing.classList.add("picking");
  }
  function open(number) {
    var found = document.getElementById("edge-" + number);
    if (found) {
      found.open = true;
      found.classList.add("on");
    }
    return found;
  }
  function arrowsOf(key) {
    return all("a.arrow", drawing).filter(function (node) {
      return node.dataset.derived === key || node.dataset.origin === key;
    });
  }
  all("a.arrow", drawing).forEach(function (node) {
    node.addEventListener("click", function () {
      clear();
      light([node]);
      open(node.dataset.number);
    });
    node.addEventListener("mouseenter", function () { clear(); light([node]); });
    node.addEventListener("mouseleave", clear);
  });
  all("g.item", drawing).forEach(function (node) {
    node.addEventListener("mouseenter", function () {
      clear();
      light(arrowsOf(node.dataset.key));
      node.classList.add("on");
    });
    node.addEventListener("mouseleave", clear);
    node.addEventListener("click", function () {
      arrowsOf(node.dataset.key).forEach(function (arrow) {
        if (arrow.dataset.derived === node.dataset.key) { open(arrow.dataset.number); }
      });
    });
  });
  function follow() {
    var found = /^#edge-(\d+)$/.exec(location.hash);
    if (found) { open(found[1]); }
  }
  window.addEventListener("hashchange", follow);
  follow();
}());
