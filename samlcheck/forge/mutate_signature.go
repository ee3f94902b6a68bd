package forge

// SignedByForeignKey has everything signed by a key that nobody trusts, whose
// own certificate stands in KeyInfo.
func SignedByForeignKey() Mutation {
	return signing("signed by a foreign key", SignForeign)
}

// SignedByForeignKeyMasked has everything signed by a key that nobody trusts,
// while KeyInfo shows the trusted certificate.
func SignedByForeignKeyMasked() Mutation {
	return signing("signed by a foreign key under the known certificate", SignMasked)
}

// Unsigned leaves every signature out.
func Unsigned() Mutation { return signing("unsigned", SignNothing) }

func signing(name string, f SignFault) Mutation {
	return Mutation{Name: name, Stage: Signing, Sign: f}
}
