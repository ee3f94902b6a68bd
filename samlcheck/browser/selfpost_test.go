package browser_test

import (
	"io"
	"mime"
	"mime/multipart"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/browser"
)

// The vendors' own delivery pages (wire facts A6 and B3).
const (
	oktaPage = `<form id="appForm" action="https&#x3a;&#x2f;&#x2f;sp.example&#x2f;acs" method="POST"> ` +
		`<input name="SAMLResponse" type="hidden" value="PD94&#x2b;a&#x3d;&#x3d;"/> <input name="RelayState" type="hidden" value=""/> </form>` +
		`<script>document.getElementById('appForm').submit()</script>`
	entraPage = `<html><head><title>Working...</title></head><body><form method="POST" name="hiddenform" action="https://sp.example/acs">` +
		`<input type="hidden" name="SAMLResponse" value="PHNhbWxw+a==" /><input type="hidden" name="RelayState" value="/x y" />` +
		`<noscript><p>Script is disabled. Click Submit to continue.</p><input type="submit" value="Submit" /></noscript></form>` +
		`<script language="javascript">document.forms[0].submit();</script></body></html>`
)

const (
	hiddenForm = `<form id="f" action="/out" method="post"><input type="hidden" name="t" value="1"></form>`
	samlForm   = `<form id="s" action="https://idp.example/sso" method="post"><input type="hidden" name="SAMLRequest" value="x"><button>Log in with SSO</button></form>`
	loginForm  = `<form id="l" action="/login" method="post"><input name="user"><input type="password" name="pw"></form>`
)

func TestSelfPosting(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ page, want, body string }{
		"Okta":  {oktaPage, "POST https://sp.example/acs", "SAMLResponse=PD94%2Ba%3D%3D&RelayState="},
		"Entra": {entraPage, "POST https://sp.example/acs", "SAMLResponse=PHNhbWxw%2Ba%3D%3D&RelayState=%2Fx+y"},
		"Entra, newer": {
			strings.Replace(entraPage, "document.forms[0].submit();", "function submit_form(){window.setTimeout('document.forms[0].submit()', 0);}window.onload=submit_form;", 1),
			"POST https://sp.example/acs", "SAMLResponse=PHNhbWxw%2Ba%3D%3D&RelayState=%2Fx+y",
		},
		"SAML without a script":           {samlForm, "POST https://idp.example/sso", "SAMLRequest=x"},
		"SAML behind a button":            {loginForm + samlForm, "", ""},
		"SAML sent all the same":          {loginForm + samlForm + `<script>document.getElementById("s").submit()</script>`, "POST https://idp.example/sso", "SAMLRequest=x"},
		"SAML with something to fill in":  {strings.Replace(samlForm, "<button>", "<input name=user><button>", 1), "", ""},
		"no message in it":                {strings.Replace(samlForm, `value="x"`, `value=""`, 1), "", ""},
		"body onload":                     {`<body onload="document.forms[0].submit()">` + hiddenForm, "POST https://sp.example/out", "t=1"},
		"by name":                         {strings.Replace(hiddenForm, "id=", "name=", 1) + `<script>document.f.submit()</script>`, "POST https://sp.example/out", "t=1"},
		"jQuery":                          {hiddenForm + `<script>$(function(){ $("#f").submit(); });</script>`, "POST https://sp.example/out", "t=1"},
		"load listener":                   {hiddenForm + `<script>addEventListener('load', () => document.forms[0].submit())</script>`, "POST https://sp.example/out", "t=1"},
		"no script":                       {hiddenForm, "", ""},
		"sign-out on a click":             {hiddenForm + `<script>$('.out').click(function(){ $('#f').submit(); })</script>`, "", ""},
		"sign-out in an attribute":        {hiddenForm + `<a href="/out" onclick="document.getElementById('f').submit()">Log out</a>`, "", ""},
		"sign-out after an idle hour":     {hiddenForm + `<script>setTimeout(function(){ document.forms[0].submit() }, 3600000)</script>`, "", ""},
		"sign-out form of an application": {strings.Repeat(`<p>text</p><a href="/x">link</a>`, 10) + hiddenForm + `<script>function out(){ document.forms[0].submit() }</script>`, "", ""},
		"a login form with a script":      {loginForm + `<script>function go(){ document.forms[0].submit() }</script>`, "", ""},
		"GET": {
			`<form action="/in?old=1" ><input type=hidden name=a value="b c"><input type=submit name=s value=Go></form><script>document.forms[0].submit()</script>`,
			"GET https://sp.example/in?a=b+c", "",
		},
		"line ends":      {"<form method=post><input type=hidden name=SAMLResponse value='a\nb'></form>", "POST https://sp.example/a/x?y=z", "SAMLResponse=a%0D%0Ab"},
		"to no web page": {`<form method=post action="javascript:x()"><input type=hidden name=SAMLResponse value=x></form>`, "", ""},
		"in a template":  {`<template>` + samlForm + `</template>`, "", ""},
	} {
		m, err := browser.Next(answer(t, "https://sp.example/a/x?y=z#frag", 200, nil, "text/html", c.page))
		require.NoError(t, err, name)
		if c.want == "" {
			assert.Nil(t, m, name)
			continue
		}
		if assert.NotNil(t, m, name) {
			assert.Equal(t, c.want, m.Method+" "+m.URL.String(), name)
			assert.Equal(t, c.body, string(m.Body), name)
			assert.Equal(t, "form", m.Because, name)
		}
	}
}

func TestSelfPostingMultipart(t *testing.T) {
	t.Parallel()
	page := strings.Replace(samlForm, "<form ", `<form enctype="multipart/form-data" `, 1)
	m, err := browser.Next(answer(t, "https://sp.example/", 200, nil, "text/html", page))
	require.NoError(t, err)
	require.NotNil(t, m)
	media, params, err := mime.ParseMediaType(m.ContentType)
	require.NoError(t, err)
	assert.Equal(t, "multipart/form-data", media)
	part, err := multipart.NewReader(strings.NewReader(string(m.Body)), params["boundary"]).NextPart()
	require.NoError(t, err)
	value, err := io.ReadAll(part)
	require.NoError(t, err)
	assert.Equal(t, "SAMLRequest=x", part.FormName()+"="+string(value))
	assert.Equal(t, []string{"SAMLRequest"}, m.Posted)
}
