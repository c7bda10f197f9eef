// Live counters. Without this file every page works; "reload" is a link.
"use strict";
(() => {
  // A page that cannot follow is loaded again this often, ms.
  const RELOAD_EVERY = 60000;
  // Loaded by itself a page keeps no session open; loaded again by hand it does.
  const BY_ITSELF = "itself";
  const here = new URL(window.location.href);
  if (here.searchParams.get("by") === BY_ITSELF) {
    here.searchParams.delete("by");
    window.history.replaceState(null, "", here);
  }
  const shown = document.querySelector("[data-round]");

  function isUsed() {
    const active = document.activeElement;
    if ([...document.querySelectorAll("main select")].some((one) => one.value !== "")) {
      return true;
    }
    return active !== null && active.matches("main input, main select, main button, main textarea");
  }

  function loadAgain() {
    const again = new URL(window.location.href);
    again.searchParams.delete("said");
    again.searchParams.set("by", BY_ITSELF);
    window.location.assign(again);
  }

  function reload() {
    if (!isUsed()) {
      loadAgain();
    }
  }

  function show(found) {
    for (const place of document.querySelectorAll("[data-live]")) {
      place.textContent = String(found[place.dataset.live] ?? "");
    }
    if (shown !== null && shown.dataset.round !== found.round) {
      loadAgain();
    }
  }

  // Who a ticket is about is shown for a moment only; the next page that is asked for masks it again.
  const closing = document.querySelector("[data-closes-after]");
  if (closing !== null) {
    window.setTimeout(() => closing.remove(), Number(closing.dataset.closesAfter) * 1000);
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
