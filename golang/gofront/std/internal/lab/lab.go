// Package lab is what the standard library asks of the machine it runs on,
// beyond what package runtime offers.
package lab

import "unsafe"

// OutOfModel ends the run: the program did what the model does not know.
func OutOfModel(reason string)

// Fatal ends the process with a fatal error of the program's making, Throw
// with one that the runtime would throw.
func Fatal(text string)
func Throw(text string)

// AtStart reports whether a pointer is to the first cell of what it points into.
func AtStart(pointer any) bool

// Caller gives the name, as a stack trace prints it, of the function that
// called skip levels above the caller of Caller (0 is that caller), or "".
func Caller(skip int) string

// Order gives a permutation of n things, which the schedule chooses.
func Order(n int) []int

// Overlap tells whether the elements a0 … a1 of an array and b0 … b1 of one
// have an element in common.
func Overlap(a0, a1, b0, b1 unsafe.Pointer) bool

// Interior tells whether a pointer points into the middle of an array or a struct.
func Interior(pointer any) bool

// NoteCollectable says that the program waits for an object to be collected:
// from now on runtime.GC is out of the model.
func NoteCollectable()

// Pin and Unpin count how often what a pointer points to is pinned for C.
func Pin(pointer any)
func Unpin(pointer any)

// AddCleanup has a function called once what a pointer points to is garbage; StopCleanup takes that back.
func AddCleanup(pointer any, call func()) uint64
func StopCleanup(id uint64)
