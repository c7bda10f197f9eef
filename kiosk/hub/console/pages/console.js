// Live counters. Without this file every page works; "reload" is a link.
"use strict";
(() => {
  // A page that cannot follow is loaded again this often, ms.
  const RELOAD_EVERY = 60000;
  // Loaded by itself a page keeps no session open; loaded again by hand it does.
  const BY_ITSELF = "?by=itself";
  if (window.location.search === BY_ITSELF) {
    window.history.replaceState(null, "", window.location.pathname);
  }
  const shown = document.querySelector("[data-round]");

  function isUsed() {
    const active = document.activeElement;
    if ([...document.querySelectorAll("main select")].some((one) => one.value !== "")) {
      return true;
    }
    return active !== null && active.matches("main input, main select, main button, main textarea");
  }

  function reload() {
    if (!isUsed()) {
      window.location.assign(window.location.pathname + BY_ITSELF);
    }
  }

  function show(found) {
    for (const place of document.querySelectorAll("[data-live]")) {
      place.textContent = String(found[place.dataset.live] ?? "");
    }
    if (shown !== null && shown.dataset.round !== found.round) {
      window.location.assign(window.location.pathname + BY_ITSELF);
    }
  }

  let source = null;
  let reloading = 0;

  function follow() {
    source = new EventSource("/console/live");
    source.onmessage = (told) => show(JSON.parse(told.data));
    source.addEventListener("over", () => {
      source.close();
      window.location.assign("/console");
    });
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED && reloading === 0) {
        reloading = window.setInterval(reload, RELOAD_EVERY);
      }
    };
  }

  // A browser has six connections for one hub: tabs nobody looks at keep none.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      source?.close();
    } else {
      follow();
    }
  });
  // Whoever is on the way to another page is not called back.
  window.addEventListener("beforeunload", () => source?.close());
  if (!document.hidden) {
    follow();
  }
})();
