package chromium

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// picture takes a picture of the page at rest. A person's name never gets into
// it: every text of the page goes through the redaction first, in the page
// itself, and what cannot be read as text (pictures, canvases, frames of other
// sites) is blurred. A picture that cannot be taken is not worth a visit.
func (v *visit) picture(ctx context.Context) {
	h := v.last()
	if v.b.p.Screen == nil || h == nil || v.rest == nil || h.Error != "" || h.failed != "" {
		return
	}
	if err := v.tab.mask(ctx, v.b.p.Redact); err != nil {
		return
	}
	quality := int64(60)
	shot, err := chromedp.Call(ctx, page.CaptureScreenshot, page.CaptureScreenshotParams{
		Format: page.CaptureScreenshotFormatJpeg, Quality: &quality,
	})
	if err != nil {
		return
	}
	if name, err := v.b.p.Screen(shot.Data); err == nil {
		h.Screen = name
	}
}

// mask replaces the texts of a page, in two steps: what it says goes out, what
// it may say comes back.
func (t *tab) mask(ctx context.Context, redact func(string) string) error {
	var texts []string
	if err := t.run(ctx, maskScript+"\nmask(null)", &texts); err != nil {
		return err
	}
	if redact == nil {
		redact = func(s string) string { return s }
	}
	for i, s := range texts {
		texts[i] = redact(s)
	}
	b, err := json.Marshal(texts)
	if err != nil {
		return fmt.Errorf("browser: %w", err)
	}
	return t.run(ctx, maskScript+"\nmask("+string(b)+")", nil)
}

const maskScript = `function mask(now) {
	const out = [];
	const say = (s, set) => { if (s) { if (now) { set(now[out.length]); } out.push(s); } };
	const shown = ["value", "title", "alt", "placeholder", "aria-label", "label", "content"];
	function walk(n) {
		if (n.nodeType === Node.TEXT_NODE) { say(n.data, (s) => { n.data = s; }); return; }
		if (n.nodeType !== Node.ELEMENT_NODE && n.nodeType !== Node.DOCUMENT_FRAGMENT_NODE) return;
		if (n.nodeType === Node.ELEMENT_NODE) {
			const tag = n.localName;
			if (tag === "script" || tag === "style" || tag === "template") return;
			for (const a of [...n.attributes]) {
				if (shown.includes(a.name) || a.name.startsWith("data-")) say(a.value, (s) => { a.value = s; });
			}
			if (tag === "input" || tag === "textarea") say(n.value, (s) => { n.value = s; });
			const closed = tag.includes("-") && !n.shadowRoot && !n.childNodes.length;
			const picture = getComputedStyle(n).backgroundImage.includes("url(");
			if (now && (closed || picture || ["img", "canvas", "video", "iframe", "object", "embed", "picture"].includes(tag))) {
				n.style.setProperty("filter", "blur(12px)", "important");
			}
			if (n.shadowRoot) walk(n.shadowRoot);
		}
		for (const c of [...n.childNodes]) walk(c);
	}
	walk(document.documentElement);
	return now ? true : out;
}`
