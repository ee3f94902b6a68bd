package samepage

import (
	"errors"
	"fmt"

	"github.com/crewjam/saml"
)

func statusRules() []rule {
	return []rule{
		{"status-unsaid", "takes a response that says no status for a success", statusSaid},
		{FlawStatus, "ignores the status where there is an assertion", status},
	}
}

func statusCode(m *message) string {
	return value(child(child(m.root, nsProtocol, "Status"), nsProtocol, "StatusCode"), "Value")
}

func statusSaid(_ *Server, j *judging) error {
	if statusCode(j.message) == "" {
		return errors.New("samepage: no status")
	}
	return nil
}

func status(_ *Server, j *judging) error {
	if code := statusCode(j.message); code != "" && code != saml.StatusSuccess {
		return fmt.Errorf("samepage: status %q", code)
	}
	return nil
}
