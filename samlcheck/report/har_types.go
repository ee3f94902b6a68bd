package report

import "time"

// The objects of HAR 1.2 (the archived W3C draft "HTTP Archive (HAR) format");
// what it does not know begins with "_".

type harLog struct {
	Version string     `json:"version"`
	Creator harTool    `json:"creator"`
	Pages   []harPage  `json:"pages"`
	Entries []harEntry `json:"entries"`
}

type harTool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

type harPage struct {
	Started time.Time `json:"startedDateTime"`
	ID      string    `json:"id"`
	Title   string    `json:"title"`
	Timings struct{}  `json:"pageTimings"`
	Face    string    `json:"_face"`
	Trial   string    `json:"_trial"`
}

type harEntry struct {
	Page     string         `json:"pageref"`
	Started  time.Time      `json:"startedDateTime"`
	Time     float64        `json:"time"`
	Request  harRequest     `json:"request"`
	Response harResponse    `json:"response"`
	Cache    map[string]any `json:"cache"`
	Timings  harTimings     `json:"timings"`
	Part     string         `json:"_part"`               // login, beside, visit:<name>, surface, look:<name>
	Because  string         `json:"_because"`            // start, redirect, form, ...
	AtIdP    bool           `json:"_at_idp,omitempty"`   // answered by the mock identity provider
	Person   string         `json:"_person,omitempty"`   // ref of who was signing in
	Error    string         `json:"_error,omitempty"`    // no answer came
	Withheld []string       `json:"_withheld,omitempty"` // cookies that SameSite or Secure kept back
}

type harTimings struct {
	Send    float64 `json:"send"`
	Wait    float64 `json:"wait"`
	Receive float64 `json:"receive"`
}

type harPair struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type harCookie struct {
	Name     string `json:"name"`
	Value    string `json:"value"` // a digest: equal values, equal digests
	Path     string `json:"path,omitempty"`
	Expires  string `json:"expires,omitempty"`
	HTTPOnly bool   `json:"httpOnly"`
	Secure   bool   `json:"secure"`
	SameSite string `json:"_sameSite,omitempty"`
}

type harRequest struct {
	Method      string      `json:"method"`
	URL         string      `json:"url"`
	HTTP        string      `json:"httpVersion"`
	Cookies     []harCookie `json:"cookies"`
	Headers     []harPair   `json:"headers"`
	Query       []harPair   `json:"queryString"`
	Post        *harPost    `json:"postData,omitempty"`
	HeadersSize int64       `json:"headersSize"`
	BodySize    int64       `json:"bodySize"`
	Message     string      `json:"_message,omitempty"` // the SAML message, as a file of the bundle
}

type harPost struct {
	Mime   string     `json:"mimeType"`
	Params []harParam `json:"params"`
	Text   string     `json:"text"`
}

type harParam struct {
	Name  string `json:"name"`
	Value string `json:"value,omitempty"`
}

type harResponse struct {
	Status      int         `json:"status"`
	StatusText  string      `json:"statusText"`
	HTTP        string      `json:"httpVersion"`
	Cookies     []harCookie `json:"cookies"`
	Headers     []harPair   `json:"headers"`
	Content     harContent  `json:"content"`
	Redirect    string      `json:"redirectURL"`
	HeadersSize int64       `json:"headersSize"`
	BodySize    int64       `json:"bodySize"`
}

type harContent struct {
	Size      int64    `json:"size"`
	Mime      string   `json:"mimeType"`
	Text      []string `json:"_text,omitempty"`  // the visible words, split at block elements
	Title     string   `json:"_title,omitempty"` // the page's
	Truncated bool     `json:"_truncated,omitempty"`
}
