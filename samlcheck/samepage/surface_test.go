package samepage

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/crewjam/saml/xmlenc"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestEveryPageSaysThatItIsAStandIn(t *testing.T) {
	t.Parallel()
	s := newServer(t, Options{})
	for _, path := range []string{"/", "/login", "/home", "/signup", "/refused", "/app", "/admin/login", "/nowhere", "/saml/acs"} {
		at := newJar(s).get(path)
		assert.Equal(t, "samlcheck", at.header.Get("X-Stand-In"), path)
		assert.Contains(t, at.body, "<!-- samlcheck's stand-in for Samepage: this is not the vendor's page -->", path)
		assert.Contains(t, at.body, "This is samlcheck's stand-in for Samepage, not the vendor's page.", path)
	}
	for _, path := range []string{"/scim/v2/Users", "/scim/v2/ServiceProviderConfig", "/api/users"} {
		assert.Equal(t, 404, newJar(s).get(path).status, path)
	}
	assert.Equal(t, 403, newJar(s).form("/login", url.Values{"email": {known}, "password": {"x"}}).status)
}

func TestMetadata(t *testing.T) {
	t.Parallel()
	at := newJar(newServer(t, Options{})).get("/saml/metadata")
	assert.Equal(t, "application/samlmetadata+xml", at.header.Get("Content-Type"))
	doc := etree.NewDocument()
	require.NoError(t, doc.ReadFromString(at.body))
	assert.Equal(t, testBase+"/saml/metadata", doc.Root().SelectAttrValue("entityID", ""))
	role := doc.FindElement("//SPSSODescriptor")
	assert.Equal(t, "true", role.SelectAttrValue("WantAssertionsSigned", ""))
	assert.Equal(t, "false", role.SelectAttrValue("AuthnRequestsSigned", ""))
	acs := doc.FindElements("//AssertionConsumerService")
	require.Len(t, acs, 1)
	assert.Equal(t, testBase+"/saml/acs", acs[0].SelectAttrValue("Location", ""))
	assert.Equal(t, "true", acs[0].SelectAttrValue("isDefault", ""))
	assert.Len(t, doc.FindElements("//KeyDescriptor[@use='signing']"), 1)
	assert.Len(t, doc.FindElements("//KeyDescriptor[@use='encryption']"), 1)
	assert.Empty(t, doc.FindElements("//SingleLogoutService"))
}

// TestEncryptedAssertion: what the metadata offers a key for must be readable.
func TestEncryptedAssertion(t *testing.T) {
	t.Parallel()
	for _, flaw := range []Flaw{"", FlawExpiry, FlawWrapFirst} {
		o := Options{}
		if flaw != "" {
			o.Flaws = []Flaw{flaw}
		}
		s := newServer(t, o)
		f := good(t, known)
		f.after = func(doc *etree.Document) {
			el := doc.FindElement("//Assertion")
			alone, err := detach(el)
			require.NoError(t, err)
			plain := etree.NewDocument()
			plain.SetRoot(alone)
			raw, err := plain.WriteToBytes()
			require.NoError(t, err)
			e := xmlenc.OAEP()
			e.BlockCipher, e.DigestMethod = xmlenc.AES256CBC, &xmlenc.SHA1
			data, err := e.Encrypt(s.cert, raw, nil)
			require.NoError(t, err)
			data.CreateAttr("Type", "http://www.w3.org/2001/04/xmlenc#Element")
			box := etree.NewElement("a:EncryptedAssertion")
			box.CreateAttr("xmlns:a", nsAssertion)
			box.AddChild(data)
			doc.Root().RemoveChild(el)
			doc.Root().AddChild(box)
		}
		b, _ := login(t, s, f)
		assert.Contains(t, b.isIn(), known, "%q: %s", flaw, s.Why())
	}
}

func TestEntraMetadata(t *testing.T) {
	t.Parallel()
	cert := base64.StdEncoding.EncodeToString(idpCert().Raw)
	raw := "\xef\xbb\xbf" + `<?xml version="1.0" encoding="utf-8"?><EntityDescriptor ID="_1" entityID="https://sts.windows.net/x/" xmlns="urn:oasis:names:tc:SAML:2.0:metadata"><Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo/></Signature><RoleDescriptor xsi:type="fed:SecurityTokenServiceType" protocolSupportEnumeration="http://docs.oasis-open.org/wsfed/federation/200706" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:fed="http://docs.oasis-open.org/wsfed/federation/200706"><KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>broken</X509Certificate></X509Data></KeyInfo></KeyDescriptor></RoleDescriptor><IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>` + cert + `</X509Certificate></X509Data></KeyInfo></KeyDescriptor><SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://login.microsoftonline.com/x/saml2"/><SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://login.microsoftonline.com/x/saml2"/></IDPSSODescriptor></EntityDescriptor>`
	s := newServer(t, Options{})
	require.NoError(t, s.AddIdP([]byte(raw)))
	require.NoError(t, s.AddIdP([]byte(raw)), "again, in place of the first")
	assert.Equal(t, []string{testIdP, "https://sts.windows.net/x/"}, s.idpIDs())
	f := good(t, known)
	f.entra, f.issuer = true, "https://sts.windows.net/x/"
	b, _ := login(t, s, f)
	assert.NotEmpty(t, b.isIn())
	assert.Contains(t, newJar(s).get("/login/sso").body, "/login/sso?idp=https%3a%2f%2fsts.windows.net%2fx%2f")
	at := newJar(s).get("/login/sso?idp=https%3A%2F%2Fsts.windows.net%2Fx%2F")
	assert.Equal(t, 302, at.status)
	assert.Equal(t, 404, newJar(s).get("/login/sso?idp=other").status)

	for name, bad := range map[string]string{
		"dtd":       `<!DOCTYPE a><a/>`,
		"sp":        `<EntityDescriptor entityID="x" xmlns="urn:oasis:names:tc:SAML:2.0:metadata"/>`,
		"no xml":    "hello",
		"no cert":   strings.ReplaceAll(raw, cert, ""),
		"no id":     strings.Replace(raw, `entityID="https://sts.windows.net/x/"`, "", 1),
		"no sso":    strings.Replace(raw, "SingleSignOnService", "ManageNameIDService", 1),
		"html page": "<html><body>Sign in</body></html>",
	} {
		require.Error(t, s.AddIdP([]byte(bad)), name)
	}
}

func api(s *Server, method, path, body, token string) rest {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+token)
	return newJar(s).do(r)
}

func TestAdminAPI(t *testing.T) {
	t.Parallel()
	s := newServer(t, Options{AdminToken: "secret"})
	assert.Equal(t, 401, api(s, "GET", "/admin/api/members", "", "wrong").status)
	assert.Equal(t, 201, api(s, "POST", "/admin/api/members", `{"email":"Ann@Corp.example","role":"admin","kind":"guest"}`, "secret").status)
	assert.Equal(t, 200, api(s, "POST", "/admin/api/members", `{"email":"ann@corp.example","role":"admin"}`, "secret").status)
	assert.Equal(t, 400, api(s, "POST", "/admin/api/members", `{"email":"ann"}`, "secret").status)
	assert.Equal(t, 400, api(s, "POST", "/admin/api/members", `nonsense`, "secret").status)

	var got []map[string]any
	require.NoError(t, json.Unmarshal([]byte(api(s, "GET", "/admin/api/members", "", "secret").body), &got))
	require.Len(t, got, 2)
	assert.Equal(t, "Ann@Corp.example", got[0]["email"])
	assert.Equal(t, "guest", got[0]["kind"])
	assert.Equal(t, "invited", got[0]["status"])

	assert.Equal(t, 200, api(s, "POST", "/admin/api/members/disable", `{"email":"ann@corp.example"}`, "secret").status)
	assert.Equal(t, Disabled, statusOfMember(s, "ann@corp.example"))
	assert.Equal(t, 200, api(s, "POST", "/admin/api/members/remove", `{"email":"ann@corp.example"}`, "secret").status)
	assert.Equal(t, 404, api(s, "POST", "/admin/api/members/remove", `{"email":"ann@corp.example"}`, "secret").status)
	assert.Equal(t, 201, api(s, "POST", "/admin/api/idp", string(idpMetadata(t)), "secret").status)
	assert.Equal(t, 400, api(s, "POST", "/admin/api/idp", "no metadata", "secret").status)
}

func TestAdminPages(t *testing.T) {
	t.Parallel()
	s := newServer(t, Options{AdminToken: "secret"})
	b := newJar(s)
	assert.Equal(t, []string{"303 /admin/login?next=/admin/members"}, b.get("/admin/members").hops)
	assert.Equal(t, 403, b.form("/admin/login", url.Values{"token": {"wrong"}}).status)
	at := b.form("/admin/login", url.Values{"token": {"secret"}, "next": {"https://evil.example"}})
	assert.Equal(t, []string{"303 /admin/security/sso"}, at.hops)
	for _, want := range []string{testBase + "/saml/metadata", testBase + "/saml/acs", testIdP, `type="file"`, "<textarea"} {
		assert.Contains(t, at.body, want)
	}
	at = b.form("/admin/members", url.Values{"do": {"invite"}, "email": {"ann@corp.example"}, "role": {"user-manager"}})
	assert.Contains(t, at.body, "ann@corp.example")
	at = b.form("/admin/members", url.Values{"do": {"disable"}, "email": {"ann@corp.example"}})
	assert.Contains(t, at.body, "disabled")
	assert.Equal(t, 400, b.form("/admin/members", url.Values{"do": {"bless"}}).status)

	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	file, err := form.CreateFormFile("metadata_file", "idp.xml")
	require.NoError(t, err)
	_, err = file.Write(bytes.Replace(idpMetadata(t), []byte(testIdP), []byte("https://second.example"), 1))
	require.NoError(t, err)
	require.NoError(t, form.Close())
	r := httptest.NewRequest(http.MethodPost, "/admin/security/sso", &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	assert.Contains(t, b.do(r).body, "Saved: https://second.example")
	assert.Equal(t, 400, b.form("/admin/security/sso", url.Values{"metadata": {"<a/>"}}).status)

	r = httptest.NewRequest(http.MethodPost, "/admin/members", nil)
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	assert.Equal(t, 403, b.do(r).status, "a form of another site")
}

func TestFreePlan(t *testing.T) {
	t.Parallel()
	s := newServer(t, Options{Plan: "free", AdminToken: "secret"})
	for _, path := range []string{"/login/sso", "/saml/metadata", "/saml/acs"} {
		at := newJar(s).get(path)
		assert.Equal(t, 403, at.status)
		assert.Contains(t, at.body, textNoPlan)
	}
	_, at := login(t, s, good(t, known))
	assert.Equal(t, 403, at.status)
	assert.Contains(t, api(s, "GET", "/admin/security/sso", "", "secret").body, textNoPlan)
}

func TestOptionsAreChecked(t *testing.T) {
	t.Parallel()
	for _, o := range []Options{
		{}, {BaseURL: "ftp://x"}, {BaseURL: "http://x/path"}, {BaseURL: testBase, JIT: "maybe"},
		{BaseURL: testBase, Flaws: []Flaw{"audiense"}}, {BaseURL: testBase, Quirks: []Quirk{"odd"}}, {BaseURL: testBase, Plan: "gold"},
	} {
		o.Key = spKey()
		_, err := New(o)
		require.Error(t, err)
		assert.True(t, strings.HasPrefix(err.Error(), "samepage: "), err)
	}
}

func TestStart(t *testing.T) {
	t.Parallel()
	run, err := Start(Options{})
	require.NoError(t, err)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, run.MetadataURL, nil)
	require.NoError(t, err)
	answer, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	raw, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	assert.Contains(t, string(raw), `entityID="`+run.URL+`/saml/metadata"`)
	assert.NotEmpty(t, run.AdminToken)
	require.NoError(t, run.Close())
}

func TestCookies(t *testing.T) {
	t.Parallel()
	s := newServer(t, Options{})
	_, at := login(t, s, good(t, known))
	require.Equal(t, 200, at.status)
	c := s.newCookie(sessionCookie, "x").String()
	assert.Equal(t, "samepage_session=x; Path=/; HttpOnly; Secure; SameSite=None", c, "loopback counts as secure")
	assert.Contains(t, newJar(s).get("/login/sso").header.Get("Set-Cookie"), "Max-Age=600; HttpOnly; Secure; SameSite=None")

	plain, err := New(Options{BaseURL: "http://sp.example", Key: spKey()})
	require.NoError(t, err)
	assert.Equal(t, "samepage_session=x; Path=/; HttpOnly", plain.newCookie(sessionCookie, "x").String())
}
