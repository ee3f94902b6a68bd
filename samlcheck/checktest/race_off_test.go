//go:build !race

package checktest

const raced = false
