package abi

import "unsafe"

// A Type stands for a type. The machine hands out one pointer for each type.
type Type struct {
	handle uintptr
}

// Field describes a field of a struct type.
type Field struct {
	Name     string
	PkgPath  string // of an unexported name
	Typ      *Type
	Tag      string
	Offset   uintptr
	Embedded bool
}

// Imethod describes a method of an interface type.
type Imethod struct {
	Name    string
	PkgPath string // of an unexported name
	Typ     *Type
}

// TypeOf returns the dynamic type of an interface value, nil for nil.
func TypeOf(a any) *Type

// TypeFor returns the type of its argument.
func TypeFor[T any]() *Type {
	return TypeOf((*T)(nil)).Elem()
}

func (t *Type) Kind() Kind
func (t *Type) Size() uintptr
func (t *Type) Align() int
func (t *Type) Comparable() bool

// String is the type as %T prints it.
func (t *Type) String() string

// Name is the declared or predeclared name, empty for a type literal.
func (t *Type) Name() string

// PkgPath is the package of a declared type, empty for any other.
func (t *Type) PkgPath() string

// Elem of an array, chan, map, pointer or slice type, else nil.
func (t *Type) Elem() *Type

// Key of a map type, else nil.
func (t *Type) Key() *Type

// Len of an array type.
func (t *Type) Len() int

// ChanDir of a chan type.
func (t *Type) ChanDir() ChanDir

// NumField of a struct type.
func (t *Type) NumField() int

// Field gives the i'th field of a struct type.
func (t *Type) Field(i int) (name, pkgPath string, typ *Type, tag string, offset uintptr, embedded bool)

// NumIn, In, NumOut, Out and IsVariadic describe a func type.
func (t *Type) NumIn() int
func (t *Type) In(i int) *Type
func (t *Type) NumOut() int
func (t *Type) Out(i int) *Type
func (t *Type) IsVariadic() bool

// NumMethod of an interface type counts all its methods, of any other the exported ones.
func (t *Type) NumMethod() int

// Method gives the i'th method of an interface type, in the order of their names.
func (t *Type) Method(i int) (name, pkgPath string, typ *Type)

// Implements reports whether t has all methods of the interface type u.
func (t *Type) Implements(u *Type) bool

// IdenticalUnderlying reports whether the underlying types are identical, tags ignored.
func (t *Type) IdenticalUnderlying(u *Type) bool

// PointerTo is *t, SliceOf []t, ArrayOf [n]t, MapOf map[t]elem, ChanOf chan t.
func (t *Type) PointerTo() *Type
func (t *Type) SliceOf() *Type
func (t *Type) ArrayOf(n int) *Type
func (t *Type) MapOf(elem *Type) *Type
func (t *Type) ChanOf(dir ChanDir) *Type

// A value of a type t is held in a variable that an unsafe.Pointer points to.

// New makes a variable of type t, zeroed.
func (t *Type) New() unsafe.Pointer

// Unpack makes a variable of the dynamic type of a and stores the value there; nil for nil.
func Unpack(a any) unsafe.Pointer

// Pack returns a copy of the variable in an interface value; if t is an
// interface type, the interface value that it holds.
func (t *Type) Pack(p unsafe.Pointer) any

// Move copies the variable at src to dst.
func (t *Type) Move(dst, src unsafe.Pointer)

// FieldAddr is the address of a field of the struct at p.
func (t *Type) FieldAddr(p unsafe.Pointer, i int) unsafe.Pointer

// ElemAddr is the address of an element of the array at p, or of the slice
// held in the variable at p. The index is in range.
func (t *Type) ElemAddr(p unsafe.Pointer, i int) unsafe.Pointer

// Length and Capacity of the array, chan, map, slice or string at p.
func (t *Type) Length(p unsafe.Pointer) int
func (t *Type) Capacity(p unsafe.Pointer) int

// IsNil tells whether the chan, func, interface, map, pointer, slice or
// unsafe pointer at p is nil.
func (t *Type) IsNil(p unsafe.Pointer) bool

// SliceAddr makes a variable with the slice i:j:k of the slice or array at p;
// the bounds are in range. For an array the result is of type []elem.
func (t *Type) SliceAddr(p unsafe.Pointer, i, j, k int) unsafe.Pointer

// MakeSlice, MakeMap and MakeChan make variables that hold a new slice, map or channel.
func (t *Type) MakeSlice(len, cap int) unsafe.Pointer
func (t *Type) MakeMap() unsafe.Pointer
func (t *Type) MakeChan(size int) unsafe.Pointer

// CloseChan closes the channel at p.
func (t *Type) CloseChan(p unsafe.Pointer)

// MapGet makes a variable with the element for the key at k, or returns nil.
func (t *Type) MapGet(m, k unsafe.Pointer) unsafe.Pointer

// MapSet stores a copy of the element at e for the key at k; MapDelete deletes it.
func (t *Type) MapSet(m, k, e unsafe.Pointer)
func (t *Type) MapDelete(m, k unsafe.Pointer)

// MapKeys makes a variable for each key, in the order of their insertion.
func (t *Type) MapKeys(m unsafe.Pointer) []unsafe.Pointer

// Address is what %p prints for the chan, func, map, pointer, slice or unsafe pointer at p.
func (t *Type) Address(p unsafe.Pointer) uintptr

// Pointers tells whether a variable of the type holds pointers of Go's.
func (t *Type) Pointers() bool

// MapKeysOf gives the keys of a reflect.Value as a []reflect.Value.
var MapKeysOf func(value any) any

// NoEscape returns p.
func NoEscape(p unsafe.Pointer) unsafe.Pointer {
	return p
}

// Identity is a pointer that is equal for the same chan, func, map, slice
// array or string bytes, nil for nil.
func (t *Type) Identity(p unsafe.Pointer) unsafe.Pointer

// Grow makes a variable with the slice at p, with room for n more elements
// as append would make it.
func (t *Type) Grow(p unsafe.Pointer, n int) unsafe.Pointer
