package diagnose

import (
	"slices"
	"strings"

	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/report"
)

// verdict is the answer to the JIT question as it may be relied on.
func (s *scene) verdict() oracle.Verdict {
	if s.JIT == nil {
		return oracle.VerdictUndecided
	}
	return report.Verdict(*s.JIT)
}

// newcomers is D20 and D21.
func newcomers(s *scene) []report.Diagnosis {
	const check = "provisioning/jit-on-first-login"
	switch s.verdict() { //nolint:exhaustive // the others let newcomers in, or are not decided
	case oracle.Shut, oracle.NotProvisioned:
		return one("D20", "A member who exists gets in, and somebody who was never invited does not: the app makes no account at the first login, or finds people by something else than what was sent.", spItself,
			"Create or invite people before they sign in, with the address that Okta or Entra sends as NameID; or ask the vendor to switch JIT provisioning on.", check)
	case oracle.NotAdmitted, oracle.CreatedNotAdmitted:
		return one("D21", "Somebody new is signed in and not admitted ("+string(s.verdict())+"): the app knows him, and gives him no role or organisation.", spItself,
			"Map a default role for new people, or a group that the app knows; ask the vendor for the provisioning log at "+s.newcomerAt()+".", check)
	case oracle.CreatedWaiting:
		return one("D21", "The first login makes an account that waits for an administrator.", spItself,
			"Activate it under the app's members, or ask the vendor for activation at the first login; the log is at "+s.newcomerAt()+".", check)
	case oracle.Late:
		return one("D21", "The first login of somebody new fails, and the second works.", spItself,
			"Tell new people to try twice, and ask the vendor for the provisioning log at "+s.newcomerAt()+".", check)
	}
	return nil
}

// newcomerAt is when the first newcomer came, for the vendor's log.
func (s *scene) newcomerAt() string {
	for _, run := range s.Record.Runs {
		if run.Trial == oracle.TrialFresh1 {
			return run.Began.UTC().Format("2006-01-02 15:04:05 UTC")
		}
	}
	return "the time of the run"
}

// existing is D22: who was there before single sign-on is shut out by it.
func existing(s *scene) []report.Diagnosis {
	const check = "provisioning/known-member-signs-in"
	in := []oracle.Verdict{oracle.Created, oracle.Admitted, oracle.Unlisted, oracle.VerdictAccepted}
	if !slices.Contains(in, s.verdict()) {
		return nil
	}
	seen := check
	if !s.violated(check) {
		l, always := s.alwaysTurnedOut()
		if !always {
			return nil
		}
		seen = l.at
	}
	return one("D22", "People who are new get in, and the member who existed before does not: his account is not linked to single sign-on, or it is locked.", spItself,
		"Ask the vendor to link existing accounts by address, or rename the old account and let the first login make a new one; see first that the account is active.", seen)
}

// splits is D23.
func splits(s *scene) []report.Diagnosis {
	found := s.which("account/known-twice", "account/letter-case-matters", "account/second-login-anew", "account/name-id-change-splits")
	if len(found) == 0 {
		return nil
	}
	return one("D23", "One person gets a second account, or not his own: "+s.reasons(found)+".", bothSides,
		"Send an address in lower case, or a NameID that never changes (Okta: user.id; Entra: user.objectid), and merge what has been split.", found...)
}

// some is D24: people whose data is unusual do not get in.
func some(s *scene) []report.Diagnosis {
	found := s.which("account/guest-refused", "account/email-needed", "account/empty-email-refused", "account/names-needed")
	if len(found) == 0 {
		return nil
	}
	remedy := "Map what the app needs to attributes that everybody has, and fill in the rest in the directory: service accounts and contractors often lack a name or an address."
	if s.violated("account/guest-refused") {
		remedy += " Guests carry a user name with #EXT#: in Entra map their mail instead (Attributes & Claims, claim conditions)."
	}
	return one("D24", "Some people do not get in: "+s.reasons(found)+".", idpClaims, remedy, found...)
}

// names is D25: what the identity provider sends by default is not what the app reads.
func names(s *scene) []report.Diagnosis {
	const check = "provisioning/plain-attributes-enough"
	if !s.violated(check) {
		return nil
	}
	need := "Add the attributes that the vendor documents, under exactly these names"
	if s.JIT != nil && len(s.JIT.Needs) > 0 {
		need = "Add these: " + strings.Join(s.JIT.Needs, "; ")
	} else if s.JIT != nil && len(s.JIT.Sent.Rich) > 0 {
		need += "; with all of these it works: " + shortened(strings.Join(s.JIT.Sent.Rich, ", "), 300)
	}
	return one("D25", "The attributes that are sent by default are not those that the app reads: "+s.because(check)+".", idpClaims,
		need+". (`samlcheck jit --minimise` finds which are needed.)", check)
}

// roles is D26 and D27.
func roles(s *scene) []report.Diagnosis {
	var out []report.Diagnosis
	if found := s.which("account/overage-drops-roles", "account/unknown-role-refused"); len(found) > 0 {
		out = one("D26", "A role or group is not read as it was sent: "+s.reasons(found)+".", idpClaims,
			"Send the names of groups or app roles that the app knows, and no others; in Entra choose Groups assigned to the application: beyond 150 a link is sent in their place.", found...)
	}
	if s.held("account/role-sticks") {
		out = append(out, one("D27", "The app takes the role from the assertion at every login: "+s.because("account/role-sticks")+".", byDesign,
			"Send the role for everybody who should keep one, administrators included, or stop sending it for all.", "account/role-sticks")...)
	}
	return out
}

// seats is D28.
func seats(s *scene) []report.Diagnosis {
	const check = "account/later-newcomer-refused"
	if !s.violated(check) {
		return nil
	}
	return one("D28", "New people were received at first, and then no more, while the member who exists still gets in: "+s.because(check)+".", licence,
		"Free or buy seats. Remove the accounts that this run made first (accounts.json).", check)
}

// renamed is D29.
func renamed(s *scene) []report.Diagnosis {
	const check = "account/address-change-splits"
	if !s.violated(check) {
		return nil
	}
	return one("D29", "Whoever is given a new address at the identity provider loses his account: "+s.because(check)+".", idpClaims,
		"Use a NameID that never changes (Okta: user.id with format Persistent; Entra: user.objectid) before anybody is renamed.", check)
}

// invitation is D30: who was invited is refused, where nobody else is.
func invitation(s *scene) []report.Diagnosis {
	const check = "account/invited-not-found"
	in := []oracle.Verdict{oracle.Created, oracle.Admitted, oracle.Unlisted, oracle.VerdictAccepted}
	if !s.violated(check) {
		return nil
	}
	if strings.Contains(s.byID[check].Because, "accounts now") {
		return one("D23", "An invitation and the first login are not brought together: "+s.because(check)+".", spItself,
			"Accept or delete open invitations before single sign-on is switched on, and invite the address that Okta or Entra sends.", check)
	}
	if !slices.Contains(in, s.verdict()) {
		return nil
	}
	return one("D30", "An open invitation stands in the way of the first login: "+s.because(check)+".", spItself,
		"Accept or delete the invitation; invite nobody who will come by single sign-on.", check)
}

func (s *scene) reasons(ids []string) string {
	out := make([]string, 0, len(ids))
	for _, id := range ids {
		out = append(out, shortened(s.byID[id].Because, 160))
	}
	return strings.Join(out, "; ")
}
