//go:build unix

package main

// What was read in djangosaml2 on pysaml2, and in python-social-auth on
// OneLogin's python3-saml.

func ofDjangosaml2() []explanation {
	return []explanation{
		{"response/replay", "No assertion's ID is remembered. djangosaml2 deletes the request that was answered (`oq_cache.delete`, views.py), and with `allow_unsolicited` pysaml2 takes a response to no open request: \"Should check that I haven't seen this before\", says a comment there (`loads`, saml2/response.py)."},
		{"response/recipient-foreign", "`verify_recipient` compares nothing without `conv_info` (saml2/response.py), and djangosaml2 gives it none (`parse_authn_request_response`, views.py)."},
		{"spmetadata/algorithm-weak", "The metadata lists every algorithm that the installed xmlsec1 can do (`algorithm_support_in_metadata`, saml2/algsupport.py)."},
	}
}

func ofSocialAuth() []explanation {
	return []explanation{
		{"response/replay", "No assertion's ID is remembered, and `auth_complete` calls `process_response` without the request's (social_core/backends/saml.py), so InResponseTo is compared with nothing."},
		{"request/authn-context-demanded", "`requestedAuthnContext` is true where the settings do not say otherwise: PasswordProtectedTransport, exactly (onelogin/saml2/settings.py)."},
		{"spmetadata/contact-address-odd", "The address is written as it is set, without `mailto:` (onelogin/saml2/metadata.py)."},
	}
}
