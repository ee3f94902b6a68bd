package schema

// XML Signature, xmldsig-core-schema, as far as SAML uses it.
func signatureTable() []line {
	const id = "Id:ID "
	return []line{
		{"Signature", id, "ds:SignedInfo ds:SignatureValue ds:KeyInfo? ds:Object#"},
		{"SignedInfo", id, "ds:CanonicalizationMethod ds:SignatureMethod ds:Reference+"},
		{"SignatureValue", id, "=base64"},
		{"CanonicalizationMethod", "Algorithm!:anyURI", "~*#"},
		{"SignatureMethod", "Algorithm!:anyURI", "~ds:HMACOutputLength? other#"},
		{"HMACOutputLength", "", "=integer"},
		{"Reference", id + "URI:anyURI Type:anyURI", "ds:Transforms? ds:DigestMethod ds:DigestValue"},
		{"Transforms", "", "ds:Transform+"},
		{"Transform", "Algorithm!:anyURI", "~(other|ds:XPath)#"},
		{"XPath", "", "=string"},
		{"DigestMethod", "Algorithm!:anyURI", "~other#"},
		{"DigestValue", "", "=base64"},
		{
			"KeyInfo", id,
			"~(ds:KeyName|ds:KeyValue|ds:RetrievalMethod|ds:X509Data|ds:PGPData|ds:SPKIData|ds:MgmtData|other)+",
		},
		{"KeyName", "", "=string"},
		{"MgmtData", "", "=string"},
		{"KeyValue", "", "~ds:DSAKeyValue | ds:RSAKeyValue | other"},
		{"RSAKeyValue", "", "ds:Modulus ds:Exponent"},
		{"Modulus", "", "=base64"},
		{"Exponent", "", "=base64"},
		{"RetrievalMethod", "URI!:anyURI Type:anyURI", "ds:Transforms?"},
		{"X509Data", "", "(ds:X509IssuerSerial|ds:X509SKI|ds:X509SubjectName|ds:X509Certificate|ds:X509CRL|other)+"},
		{"X509IssuerSerial", "", "ds:X509IssuerName ds:X509SerialNumber"},
		{"X509IssuerName", "", "=string"},
		{"X509SerialNumber", "", "=string"},
		{"X509SKI", "", "=base64"},
		{"X509SubjectName", "", "=string"},
		{"X509Certificate", "", "=base64"},
		{"X509CRL", "", "=base64"},
		{"Object", id + "MimeType:string Encoding:anyURI", "~*#"},
	}
}

// encryptionMethod is XML Encryption's type, which SAML Metadata lends its own name.
const encryptionMethod = "~xenc:KeySize? xenc:OAEPparams? other:xenc#"

// XML Encryption, xenc-schema, as far as SAML uses it.
func encryptionTable() []line {
	const (
		sealed = "Id:ID Type:anyURI MimeType:string Encoding:anyURI"
		head   = "xenc:EncryptionMethod? ds:KeyInfo? xenc:CipherData xenc:EncryptionProperties?"
	)
	return []line{
		{"EncryptedData", sealed, head},
		{"EncryptedKey", sealed + " Recipient:string", head + " xenc:ReferenceList? xenc:CarriedKeyName?"},
		{"EncryptionMethod", "Algorithm!:anyURI", encryptionMethod},
		{"KeySize", "", "=integer"},
		{"OAEPparams", "", "=base64"},
		{"CipherData", "", "xenc:CipherValue | xenc:CipherReference"},
		{"CipherValue", "", "=base64"},
		{"CarriedKeyName", "", "=string"},
		{"ReferenceList", "", "(xenc:DataReference|xenc:KeyReference)+"},
		{"DataReference", "URI!:anyURI", "other#"},
		{"KeyReference", "URI!:anyURI", "other#"},
	}
}
