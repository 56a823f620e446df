// Shows what is known of a figure when it is reached, by keyboard, finger or mouse. Without this script a
// figure is a link to it.
"use strict";
(function () {
  document.documentElement.classList.add("script");

  // Gives the panel beside the text the part about a figure.
  function show(figure) {
    var part = document.getElementById(figure.getAttribute("href").slice(1));
    if (!part) return null;
    var panel = part.parentNode;
    hide();
    part.classList.add("shown");
    figure.classList.add("chosen");
    panel.classList.add("open");
    panel.scrollTop = 0;
    // On a phone the panel lies over the text.
    var covered = figure.getBoundingClientRect().bottom + 12 - panel.getBoundingClientRect().top;
    if (getComputedStyle(panel).position === "fixed" && covered > 0) window.scrollBy(0, covered);
    return part;
  }

  function hide() {
    document.querySelectorAll(".panel.open, .detail.shown, .figure.chosen").forEach(function (one) {
      one.classList.remove("open", "shown", "chosen");
    });
  }

  document.addEventListener("focusin", function (event) {
    if (event.target.matches("a.figure")) show(event.target);
  });

  document.addEventListener("click", function (event) {
    if (event.target.closest(".close")) {
      var last = document.querySelector("a.figure.chosen");
      if (last) last.focus({ preventScroll: true });
      hide();
      return;
    }
    var figure = event.target.closest("a.figure");
    if (figure) {
      event.preventDefault();
      var part = show(figure);
      // A key that presses the link goes to what is known; a finger or a mouse only shows it.
      if (part && event.detail === 0) part.focus();
      return;
    }
    var link = event.target.closest("a[href^='#']");
    var target = link && document.getElementById(link.getAttribute("href").slice(1));
    if (target && target.matches("a.figure")) {
      event.preventDefault();
      target.scrollIntoView({ block: "center" });
      target.focus({ preventScroll: true });
    }
  });

  // Paper shows what is folded in.
  var opened = [];
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details:not([open])").forEach(function (one) {
      one.open = true;
      opened.push(one);
    });
  });
  window.addEventListener("afterprint", function () {
    opened.splice(0).forEach(function (one) {
      one.open = false;
    });
  });

  document.addEventListener("keydown", function (event) {
    var chosen = document.querySelector("a.figure.chosen");
    if (event.key !== "Escape" || !chosen) return;
    var inside = document.activeElement.closest(".panel");
    hide();
    if (inside) {
      chosen.focus({ preventScroll: false });
      hide();
    }
  });
})();
