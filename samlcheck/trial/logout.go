package trial

import "example.com/samepage/samlcheck/forge"

// Logout is a single logout in the browser of an earlier login of the trial.
// It begins at the service provider, where the target names session.logout, or
// at the identity provider, with a LogoutRequest to the endpoint of the
// service provider's metadata. Where that is not given, the step is empty.
type Logout struct {
	Of      string           // the step that signed in
	From    Start            // AsTarget or IdPInitiated
	Forge   []forge.Mutation // spoils what the identity provider sends
	Status  string           // URN of a status beside which the IdP's answer is no plain success
	Silent  bool             // the identity provider shows a page and does not answer
	Relay   string           // RelayState of the IdP's LogoutRequest; "" none
	Encrypt bool             // the IdP's LogoutRequest carries an EncryptedID
}

func (Logout) action() {}

func (a Logout) String() string {
	s := "sign out at the service provider, in the browser of " + a.Of
	if a.From == IdPInitiated {
		s = "send a LogoutRequest from the IdP, in the browser of " + a.Of
	}
	if a.Status != "" {
		s += ", answered with " + a.Status
	}
	if a.Silent {
		s += ", not answered"
	}
	if a.Relay != "" {
		s += ", with RelayState " + a.Relay
	}
	if a.Encrypt {
		s += ", with an EncryptedID"
	}
	for _, m := range a.Forge {
		s += ", forged: " + m.Name
	}
	return s
}
