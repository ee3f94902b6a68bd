//go:build race

package checktest

// raced: the race detector makes RSA ten times slower, and the small diagonal
// of provisioning goes through the same code.
const raced = true
