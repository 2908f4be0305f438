// Package reflectlite is the part of reflection that packages below reflect use.
package reflectlite

import (
	"internal/abi"
	"internal/lab"
	"unsafe"
)

type Kind = abi.Kind

const Ptr = abi.Pointer

const (
	Interface = abi.Interface
	Slice     = abi.Slice
	String    = abi.String
	Struct    = abi.Struct
)

// A Type is what TypeOf returns.
type Type interface {
	Name() string
	PkgPath() string
	Size() uintptr
	Kind() Kind
	Implements(u Type) bool
	AssignableTo(u Type) bool
	Comparable() bool
	String() string
	Elem() Type

	common() *abi.Type
}

type rtype struct {
	*abi.Type
}

func (t rtype) common() *abi.Type { return t.Type }

func (t rtype) Elem() Type {
	e := t.Type.Elem()
	if e == nil {
		panic("reflect: Elem of invalid type " + t.String())
	}
	return rtype{e}
}

func (t rtype) Implements(u Type) bool {
	if u == nil {
		panic("reflect: nil type passed to Type.Implements")
	}
	if u.Kind() != Interface {
		panic("reflect: non-interface type passed to Type.Implements")
	}
	return t.Type.Implements(u.common())
}

func (t rtype) AssignableTo(u Type) bool {
	return assignable(t.Type, u.common())
}

func assignable(t, u *abi.Type) bool {
	return t == u || u.Kind() == Interface && t.Implements(u)
}

// TypeOf returns the dynamic type of i, nil for nil.
func TypeOf(i any) Type {
	t := abi.TypeOf(i)
	if t == nil {
		return nil
	}
	return rtype{t}
}

// A Value is a variable, or a copy of a value in one.
type Value struct {
	typ  *abi.Type
	ptr  unsafe.Pointer
	addr bool
}

// A ValueError is a call on a value of the wrong kind.
type ValueError struct {
	Method string
	Kind   Kind
}

func (e *ValueError) Error() string {
	if e.Kind == 0 {
		return "reflect: call of " + e.Method + " on zero Value"
	}
	return "reflect: call of " + e.Method + " on " + e.Kind.String() + " Value"
}

// ValueOf returns the value that i holds.
func ValueOf(i any) Value {
	if i == nil {
		return Value{}
	}
	return Value{abi.TypeOf(i), abi.Unpack(i), false}
}

func (v Value) Kind() Kind {
	if v.typ == nil {
		return 0
	}
	return v.typ.Kind()
}

func (v Value) IsValid() bool { return v.typ != nil }
func (v Value) CanSet() bool  { return v.addr }

func (v Value) Type() Type {
	if v.typ == nil {
		panic(&ValueError{"reflectlite.Value.Type", 0})
	}
	return rtype{v.typ}
}

func (v Value) IsNil() bool {
	switch v.Kind() {
	case abi.Chan, abi.Func, abi.Map, abi.Pointer, abi.UnsafePointer, abi.Interface, abi.Slice:
		return v.typ.IsNil(v.ptr)
	}
	panic(&ValueError{"reflectlite.Value.IsNil", v.Kind()})
}

func (v Value) Len() int {
	switch v.Kind() {
	case abi.Array, abi.Chan, abi.Map, abi.Slice, abi.String:
		return v.typ.Length(v.ptr)
	}
	panic(&ValueError{"reflect.Value.Len", v.Kind()})
}

func (v Value) Elem() Value {
	switch v.Kind() {
	case abi.Interface:
		return ValueOf(v.typ.Pack(v.ptr))
	case abi.Pointer:
		p := *(*unsafe.Pointer)(v.ptr)
		if p == nil {
			return Value{}
		}
		return Value{v.typ.Elem(), p, true}
	}
	panic(&ValueError{"reflectlite.Value.Elem", v.Kind()})
}

func (v Value) Set(x Value) {
	if !v.addr {
		panic("reflect: " + lab.Caller(1) + " using unaddressable value")
	}
	if !assignable(x.typ, v.typ) {
		panic("reflect.Set: value of type " + x.typ.String() + " is not assignable to type " + v.typ.String())
	}
	if v.typ != x.typ && v.typ.Kind() == Interface {
		*(*any)(v.ptr) = x.typ.Pack(x.ptr)
		return
	}
	v.typ.Move(v.ptr, x.ptr)
}

// Swapper returns a function that swaps elements of the slice.
func Swapper(slice any) func(i, j int) {
	v := ValueOf(slice)
	if v.Kind() != Slice {
		panic(&ValueError{Method: "Swapper", Kind: v.Kind()})
	}
	n := v.Len()
	typ := v.typ.Elem()
	tmp := typ.New()
	return func(i, j int) {
		if uint(i) >= uint(n) || uint(j) >= uint(n) {
			panic("reflect: slice index out of range")
		}
		p, q := v.typ.ElemAddr(v.ptr, i), v.typ.ElemAddr(v.ptr, j)
		typ.Move(tmp, p)
		typ.Move(p, q)
		typ.Move(q, tmp)
	}
}
