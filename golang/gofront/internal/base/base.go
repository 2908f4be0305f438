// Package base stands in for the parts of the compiler that its importer calls.
package base

import "fmt"

// XPos stands in for the compiler's compact source position.
type XPos struct{}

// NoXPos is no position.
var NoXPos XPos

// Assert panics unless b holds.
func Assert(b bool) {
	if !b {
		panic("assertion failed")
	}
}

// Assertf panics with a message unless b holds.
func Assertf(b bool, format string, args ...any) {
	if !b {
		panic(fmt.Sprintf(format, args...))
	}
}

// Fatalf panics with a message.
func Fatalf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }

// FatalfAt panics with a message.
func FatalfAt(_ XPos, format string, args ...any) { panic(fmt.Sprintf(format, args...)) }
