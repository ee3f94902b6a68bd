package chromium

import (
	"context"
	"encoding/json"
	"time"
)

// afterPress is how long a form that was sent is given to lead somewhere,
// before the page is looked at again.
const afterPress = 700 * time.Millisecond

// fillIn writes the request's values into the page's form and sends it, as a
// person would: with the events that the page's scripts wait for. Only the
// first page that has such a form is filled in.
func (v *visit) fillIn(ctx context.Context) {
	values, err := json.Marshal(v.fill)
	if err != nil { // a map of strings always marshals
		return
	}
	v.fill, v.pushed = nil, true
	go func() {
		var sent bool
		err := v.tab.run(ctx, "("+fillScript+")("+string(values)+")", &sent)
		if err == nil && sent {
			v.tab.push(pressed{})
			return
		}
		v.tab.push(settled{})
	}()
}

// toFill is what the hop's page is to be filled in with. The IdP's never is.
func (v *visit) toFill(h *hop) map[string]string {
	if h.AtIdP {
		return nil
	}
	return v.fill
}

// A form may be sent by script alone; then nothing is loaded, and the page is
// looked at again once it has had its say.
const fillScript = `function (values) {
	const names = Object.keys(values);
	const find = (root) => names.map((n) => [...root.querySelectorAll("input,select,textarea")].find((e) => (e.name || e.id) === n && e.type !== "hidden"));
	for (const root of [...document.forms, document]) {
		const fields = find(root);
		if (fields.some((e) => !e)) continue;
		fields.forEach((e, i) => {
			const p = e instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : e instanceof HTMLSelectElement ? HTMLSelectElement.prototype : HTMLInputElement.prototype;
			Object.getOwnPropertyDescriptor(p, "value").set.call(e, values[names[i]]);
			e.dispatchEvent(new Event("input", { bubbles: true }));
			e.dispatchEvent(new Event("change", { bubbles: true }));
		});
		const button = [...root.querySelectorAll("button,input[type=submit]")].find((b) => b.type === "submit" && !b.disabled);
		if (button) button.click();
		else if (root instanceof HTMLFormElement) root.requestSubmit();
		else return false;
		return true;
	}
	return false;
}`
