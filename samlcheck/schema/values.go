package schema

import (
	"encoding/base64"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

var (
	ncName   = regexp.MustCompile(`^[\p{L}_][\p{L}\p{N}\p{M}_.\-·]*$`)
	dateTime = regexp.MustCompile(`^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$`)
	duration = regexp.MustCompile(`^-?P(\d+Y)?(\d+M)?(\d+D)?(T(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$`)
	number   = regexp.MustCompile(`^[+-]?\d+$`)
	language = regexp.MustCompile(`^([a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*)?$`)
)

// A simpleType is one of XML Schema's, with what a wrong value is.
type simpleType struct {
	right func(string) bool
	wrong string
}

func simple(kind string) (simpleType, bool) {
	anything := func(string) bool { return true }
	t, ok := map[string]simpleType{
		"string":        {anything, ""},
		"anyURI":        {anything, ""},
		"anyURIs":       {anything, ""},
		"entityID":      {func(s string) bool { return utf8.RuneCountInString(s) <= 1024 }, "longer than 1024 characters"},
		"boolean":       {func(s string) bool { return s == "true" || s == "false" || s == "1" || s == "0" }, "neither true nor false"},
		"dateTime":      {isDateTime, "no date and time (2026-11-24T10:00:00Z)"},
		"duration":      {isDuration, "no duration (P7D, PT12H)"},
		"ID":            {ncName.MatchString, "no XML name"},
		"NCName":        {ncName.MatchString, "no XML name"},
		"unsignedShort": {func(s string) bool { return isNumber(s, 5, 65535) }, "no number from 0 to 65535"},
		"number":        {func(s string) bool { return isNumber(s, 300, -1) }, "no number"},
		"integer":       {number.MatchString, "no number"},
		"base64":        {isBase64, "not base64"},
		"language":      {language.MatchString, "no language tag"},
	}[kind]
	return t, ok
}

// wrongValue says what is wrong with a value of the given simple type, "" where
// nothing is. "a|b" lists the allowed values; the other types are XML Schema's.
func wrongValue(kind, text string) string {
	t, ok := simple(kind)
	switch {
	case !ok && slices.Contains(strings.Split(kind, "|"), text):
		return ""
	case !ok:
		return quoted(text) + ", not one of " + strings.ReplaceAll(kind, "|", ", ")
	case t.right(strings.TrimSpace(text)):
		return ""
	case kind == "base64":
		return t.wrong // and too long to be shown
	}
	return quoted(text) + ", " + t.wrong
}

func isDuration(s string) bool {
	return duration.MatchString(s) && !strings.HasSuffix(s, "P") && !strings.HasSuffix(s, "T")
}

func quoted(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return "'" + s + "'"
}

// isDateTime takes the days that a month has, and 24:00:00 as XML Schema does.
func isDateTime(s string) bool {
	if !dateTime.MatchString(s) {
		return false
	}
	s = strings.TrimPrefix(s, "-")
	i := strings.IndexByte(s, 'T')
	if y := strings.IndexByte(s, '-'); y > 4 {
		s, i = s[y-4:], i-(y-4)
	}
	if _, err := time.Parse("2006-01-02", s[:i]); err != nil {
		return false
	}
	clock := s[i+1:]
	if strings.HasPrefix(clock, "24:00:00") {
		return strings.Trim(clock[8:], ".0Z") == ""
	}
	if _, err := time.Parse("15:04:05", clock[:8]); err != nil {
		return false
	}
	zone := strings.TrimLeft(clock[8:], ".0123456789")
	return len(zone) < 6 || zone[1:3] < "14" && zone[4:6] < "60" || zone[1:] == "14:00"
}

// isNumber takes what is not negative and, with a most of 0 and more, not above it.
func isNumber(s string, digits, most int) bool {
	if !number.MatchString(s) {
		return false
	}
	bare := strings.TrimLeft(strings.TrimLeft(s, "+-"), "0")
	if strings.HasPrefix(s, "-") && bare != "" || len(bare) > digits {
		return false
	}
	n := 0
	for _, d := range bare {
		if n = n*10 + int(d-'0'); most >= 0 && n > most {
			return false
		}
	}
	return true
}

func isBase64(s string) bool {
	_, err := base64.StdEncoding.Strict().DecodeString(strings.Join(strings.Fields(s), ""))
	return err == nil
}
