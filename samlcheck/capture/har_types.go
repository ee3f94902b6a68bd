package capture

import "time"

// harEntry is one entry of HAR 1.2, as far as it is read. Members that begin
// with an underscore are Chrome's.
type harEntry struct {
	Started  string  `json:"startedDateTime"`
	Time     float64 `json:"time"` // milliseconds
	Resource string  `json:"_resourceType"`
	Request  struct {
		Method  string    `json:"method"`
		URL     string    `json:"url"`
		Headers []harPair `json:"headers"`
		Cookies []harPair `json:"cookies"`
		Post    *struct {
			Type   string    `json:"mimeType"`
			Text   string    `json:"text"`
			Params []harPair `json:"params"`
		} `json:"postData"`
	} `json:"request"`
	Response struct {
		Status   int       `json:"status"`
		Headers  []harPair `json:"headers"`
		Cookies  []harPair `json:"cookies"`
		Redirect string    `json:"redirectURL"`
		Content  struct {
			Type     string `json:"mimeType"`
			Text     string `json:"text"`
			Encoding string `json:"encoding"`
		} `json:"content"`
		Error string `json:"_error"` // Chrome: net::ERR_...
	} `json:"response"`
}

type harPair struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// exchange is one request with its answer, whatever the file was.
type exchange struct {
	began  time.Time
	took   int64 // milliseconds
	method string
	url    string
	asked  []harPair // headers of the request
	sent   []harPair // cookies of the request, where the file lists them
	posted string    // body of a form
	fields []harPair // its fields, where the file lists them decoded
	status int
	given  []harPair // headers of the answer
	to     string    // where it redirects
	kind   string    // content type
	body   []byte    // nil where it was not kept
	failed string    // why no answer came
	page   bool      // surely a navigation, by what the browser says of it
	sub    bool      // surely none
	saml   string    // its message, decoded, where the file has it so
}
