// Package saml is the k6 extension k6/x/saml: SAML logins from a k6 script, by
// samlcheck's mock Okta and mock Entra, so that the load runs on an engine that
// people already trust, on as many machines as they like.
//
//	import saml from 'k6/x/saml';
//	const target = saml.open('target.yaml');            // init context: the file that samlcheck run reads
//	export default function () {
//	  const r = saml.login({ target, face: 'okta', person: 'fresh' });
//	  check(r, { accepted: (r) => r.accepted });
//	}
//
// [Module] has open, login, mint and post. A login begins where the target file
// says, is answered by the mock identity provider inside this process, and goes
// on until the page rests. Every request is k6's own, so http_req_duration and
// its kin count it; saml_mint_duration, saml_login_duration, saml_acs_duration
// and the rate saml_accepted come beside them.
//
// It refuses what the command refuses: load without `allow: [load]` in the target
// file, accounts without `accounts`, hosts that the file does not name. It offers
// no forged messages at all: load is no test of forgery, and the command judges
// one better. It obeys Retry-After by ending the test.
//
// It is a Go module of its own, so that the library never drags k6 along.
package saml
