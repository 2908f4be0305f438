// Package unique makes values comparable by their handles.
package unique

import isync "internal/sync"

// A Handle is equal to another exactly when the values are.
type Handle[T comparable] struct {
	value *T
}

func (h Handle[T]) Value() T { return *h.value }

var (
	mu      isync.Mutex
	handles map[any]any
)

// Make returns the handle of a value.
func Make[T comparable](value T) Handle[T] {
	mu.Lock()
	defer mu.Unlock()
	if p, ok := handles[value]; ok {
		return Handle[T]{p.(*T)}
	}
	if handles == nil {
		handles = make(map[any]any)
	}
	p := new(T)
	*p = value
	handles[value] = p
	return Handle[T]{p}
}
