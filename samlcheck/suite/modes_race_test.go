//go:build race

package suite_test

// raced: the race detector makes RSA ten times slower, and a sample goes
// through the same code.
const raced = true
