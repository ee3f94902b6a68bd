package cite

import (
	"regexp"
	"slices"
)

// known lists, by source key, the sections that have been looked up. A clause
// outside of it is a slip until somebody reads the document and adds it.
//
// Numbers of SAML 2.0 are those of the OASIS Standard of March 2005; the
// errata name their item (E26).
func known(key string) []string {
	switch key {
	case "core":
		return []string{
			"1.3.2", "1.3.3", "1.3.4", "1.1", "2.2.2", "2.2.4", "2.2.5", "2.3.3", "2.3.4", "2.4", "2.4.1", "2.4.1.1", "2.4.1.2", "2.4.1.3",
			"2.5.1", "2.5.1.1", "2.5.1.2", "2.5.1.4", "2.5.1.5", "2.5.1.6", "2.6.1", "2.7.2", "2.7.2.2", "2.7.3", "2.7.3.1", "2.7.3.1.1",
			"3.2.1", "3.2.2", "3.2.2.1", "3.2.2.2", "3.2.2.3", "3.2.2.4", "3.3.2.2.1", "3.3.3", "3.4.1", "3.4.1.1", "3.4.1.2", "3.4.1.4",
			"3.7.1", "3.7.2", "3.7.3", "4.1.2", "4.1.3", "5.3", "5.4.1", "5.4.2", "5.4.3", "5.4.4", "5.4.5", "6.1", "6.2",
			"8.3", "8.3.1", "8.3.2", "8.3.6", "8.3.7", "8.3.8",
		}
	case "bindings":
		return []string{
			"3.1.2.1", "3.4.3", "3.4.4.1", "3.4.5", "3.4.5.2", "3.4.6", "3.5.3", "3.5.4", "3.5.5", "3.5.5.2",
		}
	case "profiles":
		return []string{
			"3.3", "4.1.2", "4.1.3.1", "4.1.3.2", "4.1.3.3", "4.1.3.4", "4.1.3.5", "4.1.3.6", "4.1.4.1", "4.1.4.2", "4.1.4.3", "4.1.4.4",
			"4.1.4.5", "4.1.5", "4.1.6", "4.4.3.3", "4.4.3.4", "4.4.3.5", "4.4.4.1", "4.4.4.2", "4.4.5",
		}
	case "metadata":
		return []string{
			"2.2.1", "2.2.2", "2.2.3", "2.2.4", "2.3.1", "2.3.2", "2.3.2.1", "2.3.2.2", "2.4.1", "2.4.1.1", "2.4.2", "2.4.3", "2.4.4", "2.4.4.1", "2.4.4.2",
			"3", "4.1",
		}
	case "errata":
		return []string{"E17", "E18", "E26", "E62", "E78", "E92"}
	case "mdiop":
		return []string{"2.6.1"}
	case "xmldsig":
		return []string{"2.2", "3.1", "3.2", "4.4", "4.5", "4.5.4", "6.1"}
	case "scim":
		return []string{"2", "3.4.2.4", "4"}
	case "http":
		return []string{"9.3.7", "10.2.3", "11.6.1", "15.5.2"}
	case "http-status":
		return []string{"4"}
	case "api-catalog":
		return []string{"2"}
	case "breaking-saml":
		return []string{"3", "4", "4.1", "4.2", "5"}
	}
	return nil
}

// shape describes the section names of the sources that number otherwise.
func shape(key string) string {
	switch key {
	case "kantara":
		return `^IIP-(G0[1-3]|MD0[2-9]|MD1[0-4]|SSO0[1-7]|SP0[1-9]|SP1[0-7]|ALG0[1-8]|EXT01)$`
	case "saml2int":
		return `^SDP-(G0[1-3]|MD0[1-9]|MD1[0-2]|SP0[1-9]|SP[12][0-9]|SP3[0-8])$`
	case "cve":
		return `^CVE-(19|20)\d\d-\d{4,}$`
	case "entra-errors":
		return `^AADSTS\d{5,7}$`
	case "okta", "entra": // manuals: the heading or the setting, as it is written there
		return `^[A-Z][A-Za-z0-9 ]+$`
	case "nist":
		return `^(2|3|9|Table \d+)$`
	case "house": // a rule of docs/house-rules.md, by its short name
		return `^[a-z0-9]+(-[a-z0-9]+)*$`
	}
	return ""
}

// Known reports whether the clause's section is one that has been looked up.
func (c Clause) Known() bool {
	if slices.Contains(known(c.Source.Key), c.Section) {
		return true
	}
	s := shape(c.Source.Key)
	return s != "" && regexp.MustCompile(s).MatchString(c.Section)
}
