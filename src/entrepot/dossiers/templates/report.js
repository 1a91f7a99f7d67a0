(function () {
  "use strict";
  var table = document.getElementById("leads-table");
  if (!table) { return; }
  document.documentElement.classList.add("js");
  var body = table.tBodies[0];
  var rows = Array.prototype.slice.call(body.rows);
  var hub = document.getElementById("filter-hub");
  var text = document.getElementById("filter-text");
  var count = document.getElementById("filter-count");
  var visible = Number(table.dataset.visible);

  function show() {
    var wanted = text.value.trim().toLowerCase();
    var filtered = wanted !== "" || hub.value !== "";
    var matched = 0;
    Array.prototype.forEach.call(body.rows, function (row) {
      var fits = (!hub.value || row.dataset.hub === hub.value) &&
        (!wanted || row.textContent.toLowerCase().indexOf(wanted) >= 0);
      row.hidden = !fits;
      if (fits) { matched += 1; }
      row.classList.toggle("rest", fits && !filtered && matched > visible);
    });
    count.textContent = matched + " of " + rows.length + " leads";
  }

  function sort(head, place) {
    var down = head.getAttribute("aria-sort") === "descending" ||
      (head.getAttribute("aria-sort") === null && head.dataset.first === "up");
    var sign = down ? 1 : -1;
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (cell) {
      cell.removeAttribute("aria-sort");
    });
    head.setAttribute("aria-sort", down ? "ascending" : "descending");
    rows.sort(function (a, b) {
      var x = a.cells[place].dataset.value, y = b.cells[place].dataset.value;
      if (x === "" || y === "") { return (x === "" ? 1 : 0) - (y === "" ? 1 : 0); }
      var both = head.dataset.kind === "text" ? x.localeCompare(y) : Number(x) - Number(y);
      return sign * both;
    });
    rows.forEach(function (row) { body.appendChild(row); });
    show();
  }

  Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, place) {
    if (!head.dataset.kind) { return; }
    var button = document.createElement("button");
    button.type = "button";
    button.innerHTML = head.innerHTML;
    head.innerHTML = "";
    head.appendChild(button);
    button.addEventListener("click", function () { sort(head, place); });
  });
  hub.addEventListener("change", show);
  text.addEventListener("input", show);
  show();
}());
