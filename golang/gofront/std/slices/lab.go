package slices

import (
	"internal/lab"
	"unsafe"
)

// overlaps reports whether the memory of a and b has a part in common.
func overlaps[E any](a, b []E) bool {
	if len(a) == 0 || len(b) == 0 || unsafe.Sizeof(a[0]) == 0 {
		return false
	}
	return lab.Overlap(unsafe.Pointer(&a[0]), unsafe.Pointer(&a[len(a)-1]), unsafe.Pointer(&b[0]), unsafe.Pointer(&b[len(b)-1]))
}
