package metadata

// ReadCertificate reads the text of an X509Certificate element, as Certificates
// does. Use, Line and Element are left empty.
func ReadCertificate(text string) Certificate { return readCertificate(text) }
