(function () {
  "use strict";
  // Without this a mark leads to its source at the end of the page; with it the source opens here.
  if (typeof HTMLDialogElement !== "function") { return; }
  var dialog = document.createElement("dialog");
  dialog.id = "opened";
  dialog.setAttribute("aria-labelledby", "opened-title");
  document.body.appendChild(dialog);

  function make(tag, words, name) {
    var made = document.createElement(tag);
    made.textContent = words || "";
    if (name) { made.className = name; }
    return made;
  }

  function show(behind) {
    var source = behind.closest("details");
    var copy = behind.cloneNode(true);
    copy.removeAttribute("id");
    var bar = make("div", "", "bar");
    var title = make("h2", "Source " + source.querySelector(".no").textContent + ": " +
      source.querySelector("summary b").textContent);
    title.id = "opened-title";
    var close = make("button", "Close");
    close.type = "button";
    close.addEventListener("click", function () { dialog.close(); });
    bar.appendChild(title);
    bar.appendChild(close);
    var foot = make("p", "", "foot");
    var all = make("a", "In the list of sources");
    all.href = "#" + behind.id;
    all.addEventListener("click", function () { source.open = true; dialog.close(); });
    foot.appendChild(all);
    dialog.replaceChildren(bar, copy, foot);
    dialog.showModal();
    dialog.scrollTop = 0;
  }

  document.addEventListener("click", function (event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) { return; }
    var mark = event.target.closest("a.mark");
    var behind = mark && document.getElementById(mark.getAttribute("href").slice(1));
    if (behind) {
      event.preventDefault();
      show(behind);
    } else if (event.target === dialog) {
      dialog.close();
    }
  });

  function reveal() {
    var found = location.hash && document.getElementById(location.hash.slice(1));
    var source = found && found.closest("details");
    if (source && !source.open) { source.open = true; found.scrollIntoView(); }
  }
  window.addEventListener("hashchange", reveal);
  reveal();

  // Paper shows all sources; where style cannot open them, they are opened for the print.
  if (!CSS.supports("selector(::details-content)")) {
    window.addEventListener("beforeprint", function () {
      document.querySelectorAll("details.source").forEach(function (one) { one.open = true; });
    });
  }
}());
