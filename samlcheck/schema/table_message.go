package schema

// SAML protocol, saml-schema-protocol-2.0: the messages that browsers carry.
func protocolTable() []line {
	const (
		message = "ID!:ID Version!:string IssueInstant!:dateTime Destination:anyURI Consent:anyURI "
		head    = "a:Issuer? ds:Signature? p:Extensions? "
		name    = "(a:BaseID|a:NameID|a:EncryptedID) "
	)
	return []line{
		{"Extensions", "", "other+"},
		{
			"AuthnRequest", message + "ForceAuthn:boolean IsPassive:boolean ProtocolBinding:anyURI AssertionConsumerServiceIndex:unsignedShort " +
				"AssertionConsumerServiceURL:anyURI AttributeConsumingServiceIndex:unsignedShort ProviderName:string",
			head + "a:Subject? p:NameIDPolicy? a:Conditions? p:RequestedAuthnContext? p:Scoping?",
		},
		{"NameIDPolicy", "Format:anyURI SPNameQualifier:string AllowCreate:boolean", ""},
		{"RequestedAuthnContext", "Comparison:exact|minimum|maximum|better", "a:AuthnContextClassRef+ | a:AuthnContextDeclRef+"},
		{"Scoping", "ProxyCount:number", "p:IDPList? p:RequesterID#"},
		{"RequesterID", "", "=anyURI"},
		{"IDPList", "", "p:IDPEntry+ p:GetComplete?"},
		{"IDPEntry", "ProviderID!:anyURI Name:string Loc:anyURI", ""},
		{"GetComplete", "", "=anyURI"},
		{"Response", message + "InResponseTo:NCName", head + "p:Status (a:Assertion|a:EncryptedAssertion)#"},
		{"Status", "", "p:StatusCode p:StatusMessage? p:StatusDetail?"},
		{"StatusCode", "Value!:anyURI", "p:StatusCode?"},
		{"StatusMessage", "", "=string"},
		{"StatusDetail", "", "*#"},
		{"LogoutRequest", message + "Reason:string NotOnOrAfter:dateTime", head + name + "p:SessionIndex#"},
		{"SessionIndex", "", "=string"},
		{"LogoutResponse", message + "InResponseTo:NCName", head + "p:Status"},
	}
}

const attributeAttributes = "Name!:string NameFormat:anyURI FriendlyName:string ..."

// SAML assertion, saml-schema-assertion-2.0.
func assertionTable() []line {
	const (
		qualified = "NameQualifier:string SPNameQualifier:string Format:anyURI SPProvidedID:string"
		name      = "(a:BaseID|a:NameID|a:EncryptedID)"
		sealed    = "xenc:EncryptedData xenc:EncryptedKey#"
	)
	return []line{
		{"NameID", qualified, "=string"},
		{"Issuer", qualified, "=string"},
		{"EncryptedID", "", sealed},
		{"AssertionIDRef", "", "=NCName"},
		{"AssertionURIRef", "", "=anyURI"},
		{
			"Assertion", "Version!:string ID!:ID IssueInstant!:dateTime",
			"a:Issuer ds:Signature? a:Subject? a:Conditions? a:Advice? (a:Statement|a:AuthnStatement|a:AuthzDecisionStatement|a:AttributeStatement)#",
		},
		{"EncryptedAssertion", "", sealed},
		{"Subject", "", name + " a:SubjectConfirmation# | a:SubjectConfirmation+"},
		{"SubjectConfirmation", "Method!:anyURI", name + "? a:SubjectConfirmationData?"},
		{
			"SubjectConfirmationData", "NotBefore:dateTime NotOnOrAfter:dateTime Recipient:anyURI InResponseTo:NCName Address:string ...",
			"~*#",
		},
		{"Conditions", "NotBefore:dateTime NotOnOrAfter:dateTime", "(a:Condition|a:AudienceRestriction|a:OneTimeUse|a:ProxyRestriction)#"},
		{"AudienceRestriction", "", "a:Audience+"},
		{"Audience", "", "=anyURI"},
		{"OneTimeUse", "", ""},
		{"ProxyRestriction", "Count:number", "a:Audience#"},
		{"Advice", "", "(a:AssertionIDRef|a:AssertionURIRef|a:Assertion|a:EncryptedAssertion|other)#"},
		{"AuthnStatement", "AuthnInstant!:dateTime SessionIndex:string SessionNotOnOrAfter:dateTime", "a:SubjectLocality? a:AuthnContext"},
		{"SubjectLocality", "Address:string DNSName:string", ""},
		{
			"AuthnContext", "",
			"(a:AuthnContextClassRef (a:AuthnContextDecl|a:AuthnContextDeclRef)? | a:AuthnContextDecl | a:AuthnContextDeclRef) a:AuthenticatingAuthority#",
		},
		{"AuthnContextClassRef", "", "=anyURI"},
		{"AuthnContextDeclRef", "", "=anyURI"},
		{"AuthnContextDecl", "", "any"},
		{"AuthenticatingAuthority", "", "=anyURI"},
		{"AttributeStatement", "", "(a:Attribute|a:EncryptedAttribute)+"},
		{"Attribute", attributeAttributes, "a:AttributeValue#"},
		{"EncryptedAttribute", "", sealed},
		{"AttributeValue", "", "any"},
	}
}
