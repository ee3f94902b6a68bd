package schema

// SAML Metadata, saml-schema-metadata-2.0.
func metadataTable() []line {
	const (
		endpoint = "Binding!:anyURI Location!:anyURI ResponseLocation:anyURI ..."
		indexed  = endpoint + " index!:unsignedShort isDefault:boolean"
		role     = "ID:ID validUntil:dateTime cacheDuration:duration protocolSupportEnumeration!:anyURIs errorURL:anyURI ..."
		head     = "ds:Signature? md:Extensions? md:KeyDescriptor# md:Organization? md:ContactPerson# "
		sso      = head + "md:ArtifactResolutionService# md:SingleLogoutService# md:ManageNameIDService# md:NameIDFormat# "
		offer    = " md:AssertionIDRequestService# md:NameIDFormat# md:AttributeProfile# "
		localize = "xml:lang!:language"
	)
	return []line{
		{"Extensions", "", "other+"},
		{
			"EntitiesDescriptor", "validUntil:dateTime cacheDuration:duration ID:ID Name:string",
			"ds:Signature? md:Extensions? (md:EntityDescriptor|md:EntitiesDescriptor)+",
		},
		{
			"EntityDescriptor", "entityID!:entityID validUntil:dateTime cacheDuration:duration ID:ID ...",
			"ds:Signature? md:Extensions? ((md:RoleDescriptor|md:IDPSSODescriptor|md:SPSSODescriptor|md:AuthnAuthorityDescriptor|" +
				"md:AttributeAuthorityDescriptor|md:PDPDescriptor)+ | md:AffiliationDescriptor) " +
				"md:Organization? md:ContactPerson# md:AdditionalMetadataLocation#",
		},
		{"Organization", "...", "md:Extensions? md:OrganizationName+ md:OrganizationDisplayName+ md:OrganizationURL+"},
		{"OrganizationName", localize, "=string"},
		{"OrganizationDisplayName", localize, "=string"},
		{"OrganizationURL", localize, "=anyURI"},
		{
			"ContactPerson", "contactType!:technical|support|administrative|billing|other ...",
			"md:Extensions? md:Company? md:GivenName? md:SurName? md:EmailAddress# md:TelephoneNumber#",
		},
		{"Company", "", "=string"},
		{"GivenName", "", "=string"},
		{"SurName", "", "=string"},
		{"EmailAddress", "", "=anyURI"},
		{"TelephoneNumber", "", "=string"},
		{"AdditionalMetadataLocation", "namespace!:anyURI", "=anyURI"},
		{"RoleDescriptor", role, head},
		{"KeyDescriptor", "use:encryption|signing", "ds:KeyInfo md:EncryptionMethod#"},
		{"EncryptionMethod", "Algorithm!:anyURI", encryptionMethod},
		{"ArtifactResolutionService", indexed, "other#"},
		{"SingleLogoutService", endpoint, "other#"},
		{"ManageNameIDService", endpoint, "other#"},
		{"NameIDFormat", "", "=anyURI"},
		{
			"IDPSSODescriptor", role + " WantAuthnRequestsSigned:boolean",
			sso + "md:SingleSignOnService+ md:NameIDMappingService# md:AssertionIDRequestService# md:AttributeProfile# a:Attribute#",
		},
		{"SingleSignOnService", endpoint, "other#"},
		{"NameIDMappingService", endpoint, "other#"},
		{"AssertionIDRequestService", endpoint, "other#"},
		{"AttributeProfile", "", "=anyURI"},
		{
			"SPSSODescriptor", role + " AuthnRequestsSigned:boolean WantAssertionsSigned:boolean",
			sso + "md:AssertionConsumerService+ md:AttributeConsumingService#",
		},
		{"AssertionConsumerService", indexed, "other#"},
		{
			"AttributeConsumingService", "index!:unsignedShort isDefault:boolean",
			"md:ServiceName+ md:ServiceDescription# md:RequestedAttribute+",
		},
		{"ServiceName", localize, "=string"},
		{"ServiceDescription", localize, "=string"},
		{"RequestedAttribute", attributeAttributes + " isRequired:boolean", "a:AttributeValue#"},
		{"AuthnAuthorityDescriptor", role, head + "md:AuthnQueryService+ md:AssertionIDRequestService# md:NameIDFormat#"},
		{"AuthnQueryService", endpoint, "other#"},
		{"PDPDescriptor", role, head + "md:AuthzService+ md:AssertionIDRequestService# md:NameIDFormat#"},
		{"AuthzService", endpoint, "other#"},
		{"AttributeAuthorityDescriptor", role, head + "md:AttributeService+" + offer + "a:Attribute#"},
		{"AttributeService", endpoint, "other#"},
		{
			"AffiliationDescriptor", "affiliationOwnerID!:entityID validUntil:dateTime cacheDuration:duration ID:ID ...",
			"ds:Signature? md:Extensions? md:AffiliateMember+ md:KeyDescriptor#",
		},
		{"AffiliateMember", "", "=entityID"},
	}
}
