package atomic

// A Value holds a value of one type.
type Value struct {
	v any
}

// What the natives below tell.
const (
	stored = iota
	notStored
	inconsistent
)

func loadValue(p *any) any

// swapValue stores new unless the value stored has another type.
func swapValue(p *any, new any) (old any, told int)

// casValue stores new if old is there; a Value that was never stored to holds nil.
func casValue(p *any, old, new any) (told int)

// Load returns the value set last, nil for none.
func (v *Value) Load() (val any) {
	return loadValue(&v.v)
}

// Store sets the value.
func (v *Value) Store(val any) {
	if val == nil {
		panic("sync/atomic: store of nil value into Value")
	}
	if _, told := swapValue(&v.v, val); told == inconsistent {
		panic("sync/atomic: store of inconsistently typed value into Value")
	}
}

// Swap sets the value and returns the one before, nil for none.
func (v *Value) Swap(new any) (old any) {
	if new == nil {
		panic("sync/atomic: swap of nil value into Value")
	}
	old, told := swapValue(&v.v, new)
	if told == inconsistent {
		panic("sync/atomic: swap of inconsistently typed value into Value")
	}
	return old
}

// CompareAndSwap sets the value if it is old.
func (v *Value) CompareAndSwap(old, new any) (swapped bool) {
	if new == nil {
		panic("sync/atomic: compare and swap of nil value into Value")
	}
	if old != nil && !sameType(old, new) {
		panic("sync/atomic: compare and swap of inconsistently typed values")
	}
	switch casValue(&v.v, old, new) {
	case stored:
		return true
	case inconsistent:
		panic("sync/atomic: compare and swap of inconsistently typed value into Value")
	}
	return false
}

func sameType(a, b any) bool
