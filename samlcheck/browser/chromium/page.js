function (quiet, most) {
  // The page as it is drawn, as HTML: what is not shown is hidden, what a style
  // sheet makes a block is one, and what scripts have put into shadow trees and
  // frames of the same site stands in its place.
  const plain = new Set(["span", "a", "b", "i", "em", "strong", "small", "code", "u", "s", "mark", "q", "cite", "time", "slot"]);
  const voids = new Set(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]);
  const text = (s) => s.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  const attribute = (s) => s.replace(/&/g, "&amp;").replace(/"/g, "&quot;");
  const turn = 25; // milliseconds
  let scripted = false;

  function inside(n) {
    if (n.shadowRoot) return n.shadowRoot.childNodes;
    if (n.localName === "slot") {
      const given = n.assignedNodes({ flatten: true });
      return given.length ? given : n.childNodes;
    }
    return n.childNodes;
  }

  function write(n, shown) {
    if (n.nodeType === Node.TEXT_NODE) return shown ? text(n.data) : "";
    if (n.nodeType !== Node.ELEMENT_NODE) return "";
    const tag = n.localName;
    if (tag === "noscript" || tag === "style") return "";
    let open = "<" + tag;
    for (const a of n.attributes) {
      if (a.name === "style" || a.name === "class" || a.name === "hidden") continue;
      if (a.name.startsWith("on")) scripted = true;
      open += " " + a.name + '="' + attribute(a.value) + '"';
    }
    if (tag === "script") {
      scripted = true;
      return open + ">" + n.text.replace(/<\/script/gi, "<\\/script") + "</script>";
    }
    const css = getComputedStyle(n);
    const head = n.closest("head") !== null || tag === "html";
    if (!head && css.display === "none" && tag !== "body") open += " hidden";
    if (voids.has(tag)) return open + ">";
    let body = "";
    if (tag === "iframe") {
      let doc = null;
      try { doc = n.contentDocument; } catch (e) { doc = null; }
      if (!doc || !doc.body || css.display === "none") return "";
      return "<div>" + children(doc.body, true) + "</div>";
    }
    if (tag === "textarea" || tag === "select" || tag === "template") return open + "></" + tag + ">";
    if (tag === "title") return open + ">" + text(n.textContent) + "</title>";
    body = children(n, css.visibility === "visible");
    const s = open + ">" + body + "</" + tag + ">";
    const block = !css.display.startsWith("inline") && css.display !== "none" && css.display !== "contents";
    return block && (plain.has(tag) || tag.includes("-")) ? "<div>" + s + "</div>" : s;
  }

  function children(n, shown) {
    let s = "";
    for (const c of inside(n)) s += write(c, shown);
    return s;
  }

  function page() {
    return document.documentElement ? "<!doctype html>" + write(document.documentElement, true) : "";
  }

  function kept(name) {
    const out = [];
    try {
      const s = window[name];
      for (let i = 0; i < s.length && i < 200; i++) {
        const k = s.key(i);
        out.push([k, String(s.getItem(k)).slice(0, 20000)]);
      }
    } catch (e) { /* a page without an origin has none */ }
    return out;
  }

  function snapshot(html, restless) {
    return { href: location.href, html: html, scripted: scripted, restless: restless, local: kept("localStorage"), session: kept("sessionStorage") };
  }

  // Clocks and counters do not keep a page from being at rest.
  const still = (html) => location.href + html.replace(/[0-9]+/g, "0");

  const first = page();
  if (!scripted) return snapshot(first, false);
  return new Promise((done) => {
    const began = performance.now();
    let was = still(first), calm = 0, last = began;
    const again = () => {
      const html = page(), is = still(html), now = performance.now();
      // On a machine that is busy a turn comes late, and counts as one all the
      // same: the page's own scripts had no more of them.
      if (is !== was) { was = is; calm = 0; } else calm += Math.min(now - last, turn);
      last = now;
      if (calm >= quiet) done(snapshot(html, false));
      else if (now - began >= most) done(snapshot(html, true));
      else setTimeout(again, turn);
    };
    setTimeout(again, turn);
  });
}
