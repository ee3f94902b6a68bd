// Package cputime reads the CPU time of this process: what a figure rests on
// when other programs share the machine. It measures, and judges nothing.
package cputime
