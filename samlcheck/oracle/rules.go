package oracle

// The thresholds come from the design's measurements. TestThresholdsSweep shows
// how far each may move before a verdict of the tests' table becomes wrong: the
// table bounds the share of good words from below and the others hardly at all,
// so it says that they are not delicate, not that they are right.
const (
	goodWordsNeeded  = 0.60 // share of a page's good words that a page needs to be like the known member's
	badPageGoodWords = 0.50 // a page like a stranger's shows less than this share of the good words
	badWordsAllowed  = 0.50 // share of any one bad side's own words that a good page may still show
	softNeeded       = 0.50 // a good page shows more than this share of the discriminating soft items
	softHardly       = 0.34 // a bad page shows at most this share of them
	shellWords       = 30   // a page with scripts and no more words than this is a shell
	waysKnown        = 2    // a dead end needs a known member with at least this many ways on
)

// rules are the thresholds, and the one rule that tests switch off: that a
// missing control makes the answer undecided. Switched off, every control's
// absence makes some verdict wrong, which is why the rule is there.
type rules struct {
	goodWords, badPageGood, badWords, soft, softHardly float64
	waysKnown                                          int
	complete                                           bool
}

func house() rules {
	return rules{
		goodWords: goodWordsNeeded, badPageGood: badPageGoodWords, badWords: badWordsAllowed,
		soft: softNeeded, softHardly: softHardly, waysKnown: waysKnown, complete: true,
	}
}

// What the oracle calls the parts and trials of a run. They agree with package
// trial, which it cannot import; a test in checks/provisioning compares them.
const (
	PartKnown          = "known"
	PartStranger       = "stranger"
	PartDenied         = "denied"
	PartSpoiltKey      = "spoilt-key"
	PartSpoiltAudience = "spoilt-audience"
	PartNewcomer       = "newcomer"
	PartAdministration = "administration"
	PartQuestion       = "question"

	TrialKnown1      = "known-1"
	TrialKnown2      = "known-2"
	TrialKnown3      = "known-3" // judged, never learned from
	TrialKnownPlain  = "known-plain"
	TrialStranger1   = "stranger-1"
	TrialStranger2   = "stranger-2"
	TrialDenied      = "denied"
	TrialSpoiltKey1  = "spoilt-key-1"
	TrialSpoiltKey2  = "spoilt-key-2"
	TrialSpoiltAud   = "spoilt-audience"
	TrialFresh1      = "fresh-1"
	TrialFresh1Again = "fresh-1-again"
	TrialFresh2Plain = "fresh-2-plain"
	TrialMembers1    = "members-first"
	TrialInvite      = "invite"
	TrialInviteLate  = "invite-late"
	TrialMembers2    = "members-last"

	refKnown  = "known"
	refFresh1 = "fresh-1"
	refFresh2 = "fresh-2"
	refLate   = "fresh-late" // invited after the last login; never logs in
)

// Names of visits.
const (
	visitOwn      = "own"
	visitOwnAgain = "own-again"
	visitHome     = "home"
	visitEntry    = "entry"
	visitRoot     = "root"
	visitProof    = "proof"
	visitPage     = "page:" // prefix
)
