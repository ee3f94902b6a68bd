//go:build unix

package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// accepted is a result of the SP in which every option went as matrix.go says.
func accepted(s sp) *result {
	r := &result{job: job{sp: s, face: "okta"}}
	for _, o := range signings() {
		words, unsent := s.needs(o)
		r.trials = append(r.trials, trial{option: o, set: strings.Join(words, " "), got: "yes"})
		if len(words) > 0 && !unsent {
			r.trials = append(r.trials, trial{option: o, got: "mixed"})
		}
	}
	return r
}

func TestEveryNeedIsForSomethingAndSaysWhy(t *testing.T) {
	t.Parallel()
	for _, s := range providers() {
		assert.NotContains(t, s.settings(), "")
		for _, n := range s.allows {
			assert.NotEmpty(t, n.because, s.name)
			assert.Contains(t, strings.Join(s.settings(), " "), n.set, s.name)
		}
		r := accepted(s)
		r.compareOptions()
		assert.Empty(t, r.problems, s.name)
	}
	better := sp{allows: ofBetterAuthsSettings()}
	assert.Equal(t, []string{"response", "response encrypted", "encrypted"}, better.settings())
}

func TestARefusalThatTheSettingsDoNotDemandIsAFailure(t *testing.T) {
	t.Parallel()
	r := accepted(sp{name: "x", allows: ofNodeSAMLsSettings()})
	require.Equal(t, option{sign: "assertion"}, r.trials[2].option)
	r.trials[2].got = "mixed"
	r.compareOptions()
	assert.Equal(t, []string{`assertion (set: ""): landed: mixed`}, r.problems)
	assert.Equal(t, "**no**", r.cell(option{sign: "assertion"}))
	assert.Equal(t, "when set", r.cell(option{sign: "response"}))
	assert.Equal(t, "yes", r.cell(option{sign: "both", encrypted: true}))
}

func TestAnOptionThatIsTakenWithoutItsSettingIsAFailure(t *testing.T) {
	t.Parallel()
	r := accepted(sp{allows: ofNodeSAMLsSettings()})
	require.Equal(t, trial{option: option{sign: "response"}, got: "mixed"}, r.trials[1])
	r.trials[1].got = "yes"
	r.compareOptions()
	require.Len(t, r.problems, 1)
	assert.Contains(t, r.problems[0], `response: accepted without "response" set`)
}

func TestWhatWasSentIsComparedWithTheOption(t *testing.T) {
	t.Parallel()
	const (
		head = `<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns="urn:oasis:names:tc:SAML:2.0:assertion">`
		sig  = `<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>`
	)
	messages := map[option]string{
		{sign: "response"}:                   sig + `<Assertion/>`,
		{sign: "assertion"}:                  `<Assertion>` + sig + `</Assertion>`,
		{sign: "both"}:                       sig + `<Assertion>` + sig + `</Assertion>`,
		{sign: "response", encrypted: true}:  sig + `<EncryptedAssertion/>`,
		{sign: "assertion", encrypted: true}: `<EncryptedAssertion/>`,
		{sign: "both", encrypted: true}:      sig + `<EncryptedAssertion/>`,
	}
	require.Len(t, messages, len(signings()))
	for is, text := range messages {
		for _, o := range signings() {
			err := o.sentAs([]byte("\ufeff"+head+text+`</p:Response>`), "response, signed: "+is.sign)
			if o == is {
				assert.NoError(t, err, o)
			} else {
				assert.ErrorContains(t, err, "is not "+o.String(), is)
			}
		}
	}
}
