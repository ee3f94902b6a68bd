package report

// Capture is the kind of target of which somebody recorded a login: nothing was
// sent to it.
const Capture = "capture"
