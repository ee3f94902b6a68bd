//go:build unix

package main

import (
	"syscall"
	"time"
)

// cpuTime measures the CPU time of this process, system calls included.
func cpuTime() func() time.Duration {
	return func() time.Duration {
		var u syscall.Rusage
		if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
			return 0
		}
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
}
