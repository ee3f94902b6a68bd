package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/setup"
)

// form is one page that somebody has to fill in.
type form struct {
	title  string
	fields []setup.Field
	source string // the document that the lines count in
}

// forms are the pages for a pair: the vendor's, told by the identity provider's
// entityID or else both, and the service provider's own.
func forms(sp, idp *metadata.Doc) []form {
	okta := form{"Okta, app wizard", setup.Okta(sp), sp.Source}
	entra := form{"Entra, single sign-on with SAML", setup.Entra(sp), sp.Source}
	service := form{"The service provider, where it takes no file", setup.Service(idp), idp.Source}
	switch id := idp.EntityID(); {
	case strings.HasPrefix(id, "http://www.okta.com/"):
		return []form{okta, service}
	case strings.HasPrefix(id, "https://sts.windows.net/"):
		return []form{entra, service}
	}
	return []form{okta, entra, service}
}

// showForms prints what to type where, with the line that it comes from.
func (a *app) showForms(all []form) error {
	for _, f := range all {
		fmt.Fprintf(a.out, "\n%s\n", f.title)
		w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
		section := ""
		for _, x := range f.fields {
			if x.Section != section {
				section = x.Section
				fmt.Fprintf(w, "  %s\n", section)
			}
			value := x.Value
			switch {
			case x.Missing:
				value = "(missing)"
			case value == "":
				value = "-"
			}
			note := x.Note
			if x.Line > 0 {
				note = strings.TrimSpace(note + fmt.Sprintf(" [%s:%d]", f.source, x.Line))
			}
			fmt.Fprintf(w, "    %s\t%s\t%s\n", x.Label, value, note)
		}
		if err := w.Flush(); err != nil {
			return err
		}
	}
	return nil
}
