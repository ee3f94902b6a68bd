// Command k6 is k6 with the extension k6/x/saml: what `xk6 build` writes, kept
// here because xk6 fetches extensions by a module path that can be resolved, and
// this one's is reserved until its owner publishes it.
package main

import (
	"go.k6.io/k6/cmd"

	_ "example.com/samepage/scripts/k6" // registers k6/x/saml
)

func main() { cmd.Execute() }
