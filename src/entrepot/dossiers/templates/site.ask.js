"use strict";
// A search begun on another page: what is typed goes behind the # of the address and is sent nowhere.
(() => {
  const form = document.querySelector("form[role=search]");
  form.addEventListener("submit", event => {
    event.preventDefault();
    const query = new URLSearchParams([...new FormData(form)].filter(one => one[1])).toString();
    location.href = form.action + (query ? "#" + query : "");
  });
})();
