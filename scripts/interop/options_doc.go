//go:build unix

package main

import (
	"fmt"
	"strings"
)

const signing = `
## Signing options

What an administrator can choose at the IdP - ` + "`sign` and `encrypt` under `idp.okta` and `idp.entra`" + ` in the target file - and whether the known
member's login is accepted then. What was sent is looked at as well: it was signed and encrypted as the option says.

*Yes*: as the service provider is ordinarily configured. *When set*: once its administrator has made the setting that is named
below; a plain response without it was seen to be refused, and an encrypted one cannot be sent where no key is published.

| service provider | face |`

func signingOptions(b *strings.Builder, results []result) {
	b.WriteString(signing)
	for _, o := range signings() {
		fmt.Fprintf(b, " %s |", o)
	}
	b.WriteString("\n|---|---|" + strings.Repeat("---|", len(signings())) + "\n")
	for _, r := range results {
		fmt.Fprintf(b, "| %s | %s |", r.job.sp.name, r.job.face)
		for _, o := range signings() {
			fmt.Fprintf(b, " %s |", r.cell(o))
		}
		b.WriteString("\n")
	}
	b.WriteString("\n")
	for _, faces := range configurations(results) {
		for _, n := range faces[0].job.sp.allows {
			what := map[string]string{"response": "the response's signature alone", "encrypted": "what is encrypted"}[n.set]
			fmt.Fprintf(b, "- %s, for %s: %s\n", faces[0].job.sp.name, what, n.because)
		}
	}
}

func (r *result) cell(o option) string {
	words, _ := r.job.sp.needs(o)
	switch got := r.option(o, strings.Join(words, " ")); {
	case got != "yes":
		return "**no**"
	case len(words) > 0:
		return "when set"
	}
	return "yes"
}
