//go:build unix

package main

// What was read in libraries: crewjam/saml (Go), node-saml, samlify and
// better-auth (JavaScript).

// notOnOrAfter and others are said of several products.
const (
	sha1         = "SHA-1 is among the algorithms of the library that verifies, and no option leaves it out."
	envelope     = "Of the Response nothing is read but"
	noStatements = "No statement is asked for, and SessionNotOnOrAfter is not read: the session's length is the application's."
)

func ofSamlsp() []explanation {
	return append(append(ofCrewjam(), ofGoxmldsig()...),
		explanation{"response/replay response/replay-unsolicited", "No assertion's ID is remembered, and with `AllowIDPInitiated` no request is asked for: only `MaxIssueDelay`, 90 seconds, ends it (service_provider.go)."},
		explanation{"response/other-browsers-request response/in-response-to-*", "`AllowIDPInitiated` is on, and then neither `validateRequestID` nor `validateAssertion` compares InResponseTo: a comment there says so and why, and names identity providers that fill it in unasked (service_provider.go)."},
		explanation{"response/relay-state-*", "With `AllowIDPInitiated`, a RelayState that is no tracked request's is the address to go to (`CreateSessionFromAssertion`, samlsp/middleware.go): an application has to wrap it."},
		explanation{"signature/inner-foreign-key", "Once the Response's signature holds, an assertion's own is not looked at (`parseResponse`: signatureNotRequired, service_provider.go). Nobody but the IdP can make one."},
	)
}

func ofCrewjam() []explanation {
	return []explanation{
		{"pairing/slo-binding-no-overlap", "`samlsp.New` publishes single logout by HTTP-POST where `LogoutBindings` names no other (samlsp/new.go); Entra speaks HTTP-Redirect only."},
		{"spmetadata/logout-key-missing logout/request-ignored logout/capability-untrue", "The metadata names a SingleLogoutService, and samlsp.Middleware serves metadata and assertions only (`ServeHTTP`, samlsp/middleware.go): the application has to answer at saml/slo, or to leave it out. Without signed requests the key is published for encryption alone."},
		{"acceptance/confirmation-second acceptance/confirmation-last", "`validateAssertion` asks every confirmation to hold, not one (service_provider.go)."},
		{"acceptance/audience-further", "The type AudienceRestriction has one Audience (schema.go): of several the last counts."},
		{"conditions/second-audience", "`validateAudienceRestriction` is content with one restriction that fits (service_provider.go)."},
		{"response/audience-missing", "It takes an assertion without a restriction for valid as well; its hook `ValidateAudienceRestriction` can demand one."},
		{"response/method-not-bearer subject/method-* subject/empty subject/confirmation-missing", "`validateAssertion` reads Recipient and NotOnOrAfter of every confirmation that there is, the Method of none, and asks for none (service_provider.go)."},
		{"subject/in-response-to-*", "As of the Response: with `AllowIDPInitiated` InResponseTo is compared nowhere."},
		{"response/crash-on-bad-input", "`validateAssertion` dereferences Subject, SubjectConfirmationData and Conditions without asking whether they are there: net/http cuts the connection, and the next one is served."},
		{"response/id-* response/version-foreign assertion/id-* assertion/version-foreign", "ID and Version are read into the types and compared with nothing (service_provider.go)."},
		{"conditions/not-before-empty conditions/unknown", "An empty time is none, and what the type Conditions does not know is not read (schema.go)."},
		{"statement/*", noStatements},
		{"encryption/rsa15", "xmlenc has RSA 1.5 among its key transports, and no option leaves it out."},
	}
}

// ofGoxmldsig is what the versions of crewjam/saml have in common that are run for
// their signatures.
func ofGoxmldsig() []explanation {
	return []explanation{
		{"signature/sha1 signature/sha1-digest signature/reference-empty", sha1 + " A Reference with an empty URI means the element that is verified (goxmldsig), so what is verified is what is read."},
		{"parser/doctype", "A document type is skipped (etree); entities are not expanded."},
	}
}

func ofSamlspBefore() []explanation {
	return append(ofGoxmldsig(),
		explanation{"signature/reference-twice", "The goxmldsig that it pins takes the last Reference for the one it looked for: CVE-2026-33487, mended in 1.6.0."},
		explanation{"signature/inner-foreign-key", "0.4.9 reads a signed Response's assertions without looking at their own signatures."},
	)
}

func ofSamlsp048() []explanation {
	return []explanation{
		{"signature/second-assertion wrapping/second-badly-signed", "CVE-2022-41912: the first assertion is verified and the last one read (`ParseXMLResponse`, service_provider.go). 0.4.9 mends it."},
	}
}

func ofNodeSAML() []explanation {
	return []explanation{
		{"response/destination-* response/issuer-empty response/issuer-other response/id-* response/version-foreign response/issue-instant-*", envelope + " InResponseTo and the signatures (`validatePostResponseAsync`, lib/saml.js); the application would have to."},
		{"response/issuer-foreign assertion/issuer-*", "`idpIssuer` is set, and is compared in logout messages only: so says the README, and `verifyIssuer` is called from nowhere else (lib/saml.js)."},
		{"response/status-not-success status/*", "`validatePostResponseAsync` looks at StatusCode only where the response has no Assertion (lib/saml.js)."},
		{"response/method-not-bearer subject/method-* subject/confirmation-missing", "`processValidlySignedAssertionAsync` picks a confirmation by its times, does not read its Method, and goes on where there is none (lib/saml.js)."},
		{"response/recipient-foreign subject/recipient-*", "The same function reads NotOnOrAfter and InResponseTo of SubjectConfirmationData, and not Recipient (lib/saml.js)."},
		{"response/in-response-to-empty subject/in-response-to-empty response/replay-unsolicited", "`validateInResponseTo: ifPresent` uses up the request that is answered; where none is named nothing is used up, and no assertion's ID is remembered. With `always` such logins are refused (lib/saml.js)."},
		{"response/other-browsers-request", "The cache of requests is the server's, not the browser's (lib/inmemory-cache-provider.js)."},
		{"assertion/version-foreign conditions/unknown conditions/not-before-empty", "Of Conditions the times and the audiences are read, and no Version anywhere (lib/saml.js)."},
		{"statement/*", noStatements},
		{"signature/sha1 signature/sha1-digest", sha1 + " (xml-crypto)"},
		{"parser/doctype", "xmldom reads a document type; entities are not expanded."},
	}
}

func ofSamlify() []explanation {
	return []explanation{
		{"response/confirmation-expired response/method-not-bearer response/recipient-foreign subject/*", "`postFlow` compares the times of Conditions and SessionNotOnOrAfter (build/src/flow.js); nothing of SubjectConfirmation is extracted (build/src/extractor.js). Our application compares Destination and InResponseTo."},
		{"response/version-foreign response/destination-* response/issuer-* response/other-browsers-request assertion/version-foreign", "Of the rest the issuer of the assertion is compared, and the schema, which asks for neither Destination nor Issuer (`postFlow`, build/src/flow.js). The application's list of open requests is the server's."},
		{"conditions/second-audience", "The audience is the application's to compare; ours finds itself among all that are named."},
		{"statement/authn-missing", noStatements},
		{"signature/sha1 signature/sha1-digest signature/reference-empty", sha1 + " (xml-crypto) An empty URI means the document."},
		{"parser/doctype", "The schema validator takes a document type; entities are not expanded."},
		{"signature/inner-foreign-key wrapping/signature-moved", "The first signature that holds ends the search, and what it refers to is what is read, wherever it stands under the Response (`verifySignature`, build/src/libsaml.js): nothing is read that the IdP has not signed."},
	}
}

func ofSamlify291() []explanation {
	return []explanation{
		{"wrapping/signature-on-response wrapping/signature-moved", "CVE-2025-47949: a signature on the Response that refers to an assertion elsewhere vouches for the assertion that is read (`verifySignature`, build/src/libsaml.js). 2.10.0 reads what was verified."},
		{"signature/comment-in-nameid", "The text up to the first comment is taken for the name (build/src/extractor.js)."},
	}
}

func ofBetterAuth() []explanation {
	return []explanation{
		{"response/confirmation-expired subject/until-*", "`validateSAMLTimestamp` is given the times of Conditions alone; of the confirmation, Method and Recipient are read (`validateBearerRecipient`), and not NotOnOrAfter (@better-auth/sso dist/index.mjs)."},
		{"response/version-foreign response/id-* response/issue-instant-* response/issuer-* assertion/version-foreign assertion/issue-instant-* conditions/unknown parser/element-in-nameid statement/*", "The schema validator that it gives to samlify asks for well-formed XML only (`setSchemaValidator`), and samlify leaves to it what is in no condition: versions, IDs, times of issue, statements, the Response's issuer (@better-auth/sso dist/index.mjs)."},
		{"response/destination-empty", "`validateResponseDestination` is content with none or an empty one (@better-auth/sso dist/index.mjs)."},
		{"response/in-response-to-empty subject/in-response-to-*", "`validateInResponseTo` reads the Response's alone, and takes an empty one for none, which `allowIdpInitiated` permits (@better-auth/sso dist/index.mjs)."},
		{"response/other-browsers-request", "Open requests are kept by their ID (`AUTHN_REQUEST_KEY_PREFIX`), not by browser (@better-auth/sso dist/index.mjs)."},
		{"conditions/not-before-empty conditions/until-empty", "An empty time is none (`validateSAMLTimestamp`), and with `requireTimestamps` off, the default, one of the two is enough (@better-auth/sso dist/index.mjs)."},
		{"signature/sha1 signature/sha1-digest signature/reference-empty", "`validateSAMLAlgorithms` warns of SHA-1 unless `algorithms.onDeprecated` is `reject`; an empty URI means the document (xml-crypto)."},
		{"parser/doctype", "fast-xml-parser's XMLValidator takes a document type; entities are not expanded."},
		{"account/letter-case-matters account/name-id-change-splits", "An account is its issuer and the NameID as it is spelt (`accountKey`); a user with the same address is linked to another NameID only where the provider's domain was verified (@better-auth/sso dist/index.mjs)."},
	}
}
