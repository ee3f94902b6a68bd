package idp

import (
	"crypto/rsa"
	"strings"

	"example.com/samepage/samlcheck/forge"
)

// WithoutRSA leaves the signatures' values out, to see what the rest costs.
func (i *IdP) WithoutRSA() {
	value := strings.Repeat("A", 344)
	i.value = func(s forge.Style, info []byte, _ *rsa.PrivateKey) (string, error) {
		_ = s.DigestText(info)
		return value, nil
	}
}

// SigningKey is the key that a reply is signed with, learnt by minting it.
func (i *IdP) SigningKey(r Reply, acs string) (key *rsa.PrivateKey, err error) {
	was := i.value
	defer func() { i.value = was }()
	i.value = func(s forge.Style, info []byte, k *rsa.PrivateKey) (string, error) {
		key = k
		return was(s, info, k)
	}
	_, err = i.Mint(r, "id-request", acs, nil)
	return key, err
}

// Both mints one login as a tree and, where there is a mould for its shape, by
// that; nil where there is none.
func (i *IdP) Both(r Reply, inResponseTo, acs, format, context string, force bool) (tree, quick *Minted, err error) {
	a := asked{id: inResponseTo, acs: acs, format: format, context: context, force: force}
	login, err := i.login(r, a)
	if err != nil {
		return nil, nil, err
	}
	if tree, err = i.grow(r, a, login); err != nil {
		return nil, nil, err
	}
	c := i.begin(r, login)
	defer i.end(&c)
	if c.room == nil {
		return tree, nil, nil
	}
	m := c.mould
	if m == nil {
		if m, err = i.mould(c.login, c.with.Cert); err != nil {
			return tree, nil, nil //nolint:nilerr // that there is none is the answer
		}
	}
	made, err := i.pour(&c, m)
	if made == nil || err != nil {
		return tree, nil, err
	}
	c.login.Signing = made.done
	return tree, minted(made.text, made.text, made.subject, r, a, c.login, c.login.Set), nil
}

// Moulds is how many shapes have a template, and how many are known to have none.
func (i *IdP) Moulds() (have, never int) {
	i.moulds.mu.Lock()
	defer i.moulds.mu.Unlock()
	for _, m := range i.moulds.by {
		if m == nil {
			never++
		} else {
			have++
		}
	}
	return have, never
}
