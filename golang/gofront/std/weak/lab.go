// Package weak: nothing says when the memory of an object is reused, so a
// weak pointer may stay what it was. After a collection that is forced it is
// out of the model.
package weak

import "internal/lab"

// A Pointer does not keep its object alive.
type Pointer[T any] struct {
	_ [0]*T
	p *T
}

// Make returns a weak pointer.
func Make[T any](ptr *T) Pointer[T] {
	if ptr != nil {
		lab.NoteCollectable()
	}
	return Pointer[T]{p: ptr}
}

// Value returns the pointer, nil once its object is gone.
func (p Pointer[T]) Value() *T { return p.p }
