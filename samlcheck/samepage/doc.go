// Package samepage is samlcheck's stand-in for the collaboration service
// Samepage: a good SAML service provider, built on crewjam/saml, that can be
// told to be bad in one named way at a time.
//
// It models what Samepage documents and no more: SAML 2.0 on the Pro and
// Enterprise plans, set up at Admin > Security > SSO by exchanging metadata;
// members and guests that are invited and removed by hand; the roles Admin,
// User Manager and Member; no user API for others, no SCIM (404), no webhooks.
// Every answer says that it is a stand-in: a banner, a comment in the HTML and
// the header "X-Stand-In: samlcheck".
//
// # Three dials
//
// JIT says what becomes of somebody who was never invited. Flaw leaves out
// exactly one rule of SAML. Quirk makes an SP that is correct hard to read
// from outside: it throws people out one page later, throttles, echoes
// addresses, hides its tokens. Checks are proven with flaws, the oracle with
// JIT modes and quirks.
//
//	run, err := samepage.Start(samepage.Options{JIT: samepage.Create})
//	...
//	defer run.Close()
//	err = run.Server.AddIdP(metadata)       // or POST it to /admin/api/idp
//	err = run.Server.Invite("known@example.com", samepage.RoleMember)
//	// now send a browser to run.LoginURL
//
// # How a response is judged
//
// A response is read (readMessage), its signatures are verified
// (checkSignatures), it goes through crewjam/saml (throughCrewjam), and then
// through a list of rules (rules) which says again what crewjam says and adds
// what crewjam leaves out: several audiences, times in the future, the
// browser that a request belongs to, replays. The rules are complete on their own, so a
// flaw that crewjam has no hook for is made by going around crewjam and
// leaving out one rule.
//
// # What it refuses to do
//
// It never sets crewjam's global clock: crewjam judges with the real time, and
// Options.Now is judged in addition, so a clock in the past cannot let an old
// message in. It does not log, keeps nothing on disk and has no password
// login: the form is there because a login page has one.
package samepage
