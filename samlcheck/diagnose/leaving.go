package diagnose

import "example.com/samepage/samlcheck/report"

// leavers is D31.
func leavers(s *scene) []report.Diagnosis {
	const check = "offboarding/session-outlives"
	if !s.violated(check) {
		return nil
	}
	return one("D31", "Somebody who is revoked at the identity provider stays inside: "+s.because(check)+".", byDesign,
		"Also deactivate the account in the app when somebody leaves. `samlcheck offboard --watch 12h` measures how long a session lives.", check)
}

// stillListed is D32: the account stays, and no directory can take it away.
func stillListed(s *scene) []report.Diagnosis {
	const listed, scim = "offboarding/account-unlisted", "surface/scim"
	if !s.held(listed) || !s.violated(scim) {
		return nil
	}
	return one("D32", "The account of somebody who left is still in the members view, and no SCIM endpoint was found through which a directory could take it away.", byDesign,
		"Add this app to the manual off-boarding list, and ask the vendor whether SCIM comes with another plan.", listed, scim)
}

// backDoor is D33.
func backDoor(s *scene) []report.Diagnosis {
	found := s.which("offboarding/password-offered", "offboarding/reset-offered")
	if len(found) == 0 {
		return nil
	}
	return one("D33", "Beside single sign-on there is another door: "+s.reasons(found)+". Whether an old password still opens it was not tried.", spSettings,
		"Enforce single sign-on in the app's settings, and try the old password of a test account.", found...)
}

// localLogout is D34.
func localLogout(s *scene) []report.Diagnosis {
	const check = "logout/identity-provider-not-told"
	if !s.violated(check) {
		return nil
	}
	return one("D34", "Signing out of the app does not sign out at the identity provider: the next login needs no password ("+s.because(check)+").", bothSides,
		"Expected without single logout: set it up on both sides (Okta: Enable Single Logout; Entra: Logout URL), ask the vendor for ForceAuthn, or tell people to sign out of Okta or Microsoft 365, too.", check)
}
