//go:build unix

package main

// What was read in the sources, manuals and shipped configurations of
// mod_auth_mellon (with lasso), the Shibboleth SP and SimpleSAMLphp.

const (
	deepLink   = "RelayState holds the address that was asked for, as it does where no store for it is configured."
	absentTime = "An empty value counts as none."
)

func ofMellon() []explanation {
	return []explanation{
		{"request/relay-state-address", deepLink},
		{"acceptance/confirmation-second acceptance/confirmation-last", "`am_validate_subject` refuses a subject with more than one confirmation (auth_mellon_handler.c)."},
		{"response/audience-missing conditions/missing", "`am_validate_conditions` goes through the restrictions that are there (auth_mellon_handler.c); where there is none, nothing is compared."},
		{"response/in-response-to-* subject/in-response-to-*", "`am_handle_reply_common` asks a response with InResponseTo for some cookie of mellon's, and compares the value with nothing (auth_mellon_handler.c)."},
		{"subject/confirmation-missing subject/data-missing subject/recipient-missing subject/until-missing", "`am_validate_subject` compares Recipient and the times where they are there, and has nothing to verify where they are not (auth_mellon_handler.c)."},
		{"response/id-* response/version-foreign response/issue-instant-* response/destination-missing assertion/id-empty assertion/version-foreign assertion/issue-instant-*", "lasso verifies signature, issuer and status of a response; ID, Version and IssueInstant are compared by neither, Destination where it is there."},
		{"response/crash-on-bad-input", "A session that does not fit in `MellonCacheEntrySize` is answered with 500; the next login is served."},
		{"statement/*", "`am_handle_session_expire` reads SessionNotOnOrAfter where there is one; no statement is asked for (auth_mellon_handler.c)."},
		{"signature/sha1 signature/sha1-digest encryption/rsa15", "lasso leaves the algorithms to xmlsec, which has these; `MellonSignatureMethod` is about what mellon signs."},
		{"logout/request-ignored logout/capability-untrue", "Its log says that lasso answers with error 304, \"Unknown principal on logout\", and that it cannot build an answer, since neither face publishes a logout endpoint. The session stays."},
	}
}

func ofShibboleth() []explanation {
	return []explanation{
		{"spmetadata/encryption-method-weak spmetadata/algorithm-weak", "The metadata generator lists every algorithm that the installed xmltooling can do."},
		{"acceptance/one-time-use acceptance/proxy-restriction", "The shipped rule Conditions knows Audience alone, and a condition that no rule knows is refused (security-policy.xml: rule Ignore, or Delegation, for others)."},
		{"response/audience-missing conditions/missing", "The shipped policy evaluates the conditions that an assertion has (rules Conditions and Audience in security-policy.xml); no rule demands one."},
		{"conditions/not-before-empty conditions/until-empty", absentTime},
		{"response/in-response-to-* response/other-browsers-request subject/in-response-to-*", "The rule MessageFlow of the shipped policy is without `checkCorrelation` (security-policy.xml); with `checkCorrelation=\"true\"` the unknown one was seen to be refused."},
		{"response/crash-on-bad-input parser/encoding encryption/foreign-recipient", "mod_shib answers each refusal with status 500 and its page sessionError.html: its way of refusing, and nothing is broken."},
		{"signature/sha1 signature/sha1-digest signature/reference-empty", "security-policy.xml ships with a list of forbidden algorithms that has MD5 alone: add the SHA-1 ones to it. An empty URI means the document whose root is read."},
	}
}

func ofSimpleSAMLphp() []explanation {
	return []explanation{
		{"request/relay-state-address", deepLink},
		{"response/audience-missing conditions/missing", "`processAssertion` compares the audiences only where there are some (modules/saml/lib/Message.php)."},
		{"response/in-response-to-unknown response/in-response-to-unsolicited response/other-browsers-request", "saml2-acs.php logs that it cannot load the state and goes on: \"Processing response as unsolicited\"."},
		{"response/issuer-foreign assertion/issuer-empty", "saml2-acs.php takes the key by the response's Issuer; `processAssertion` never reads that of the assertion (modules/saml/lib/Message.php)."},
		{"response/method-not-bearer", "`processAssertion` reads the Method, and its list `$validSCMethods` has sender-vouches, which it then treats as bearer (modules/saml/lib/Message.php)."},
		{"response/id-empty assertion/id-empty", "SAML2 asks for the attribute, and not for a value of it."},
		{"response/destination-missing subject/recipient-missing subject/until-missing", "Destination, Recipient and NotOnOrAfter are compared where they are there (`processResponse`, `processAssertion`, modules/saml/lib/Message.php)."},
		{"signature/sha1 signature/sha1-digest signature/reference-empty signature/transform-unknown", "xmlseclibs takes every algorithm and transform that it knows, XPath among them; `Utils::validateElement` then asks whether the root is among the nodes that were signed (SAML2/Utils.php)."},
		{"signature/void-canonical-form", "CVE-2025-66475 and CVE-2025-66578: xmlseclibs 3.1.1 digests the empty string where libxml2 cannot canonicalize; mended in 3.1.4 and in SimpleSAMLphp 2.3.10, not in Debian 12's package. A way in only for whoever gets the IdP to sign such a thing once."},
		{"logout/unsigned logout/foreign-key logout/expired", "`validateMessage` verifies a LogoutRequest only with `validate.logout` or `redirect.validate` in the metadata of either side, which default to false; NotOnOrAfter is not read (modules/saml/lib/Message.php)."},
	}
}
