//go:build !unix

package main

import "time"

// cpuTime measures nothing where there is no getrusage.
func cpuTime() func() time.Duration { return nil }
