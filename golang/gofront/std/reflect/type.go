package reflect

import (
	"internal/abi"
	"internal/lab"
	"unsafe"
)

type uncommonType struct{}

func (t *rtype) common() *abi.Type       { return (*abi.Type)(unsafe.Pointer(t)) }
func (t *rtype) uncommon() *uncommonType { return nil }

func toRType(t *abi.Type) *rtype { return (*rtype)(unsafe.Pointer(t)) }

func toType(t *abi.Type) Type {
	if t == nil {
		return nil
	}
	return toRType(t)
}

// TypeOf returns the dynamic type of i, nil for nil.
func TypeOf(i any) Type { return toType(abi.TypeOf(i)) }

func (t *rtype) String() string  { return t.common().String() }
func (t *rtype) Name() string    { return t.common().Name() }
func (t *rtype) PkgPath() string { return t.common().PkgPath() }
func (t *rtype) Size() uintptr   { return t.common().Size() }
func (t *rtype) Align() int      { return t.common().Align() }
func (t *rtype) Kind() Kind      { return Kind(t.common().Kind()) }

func (t *rtype) Comparable() bool { return t.common().Comparable() }

func (t *rtype) Implements(u Type) bool {
	if u == nil {
		panic("reflect: nil type passed to Type.Implements")
	}
	if u.Kind() != Interface {
		panic("reflect: non-interface type passed to Type.Implements")
	}
	return t.common().Implements(u.common())
}

func (t *rtype) AssignableTo(u Type) bool {
	if u == nil {
		panic("reflect: nil type passed to Type.AssignableTo")
	}
	return directlyAssignable(u.common(), t.common()) || implements(u.common(), t.common())
}

func (t *rtype) ConvertibleTo(u Type) bool {
	if u == nil {
		panic("reflect: nil type passed to Type.ConvertibleTo")
	}
	return convertOp(u.common(), t.common()) != nil
}

func (t *rtype) FieldAlign() int { return t.common().Align() }

func (t *rtype) Bits() int {
	k := t.Kind()
	if k < Int || k > Complex128 {
		panic("reflect: Bits of non-arithmetic Type " + t.String())
	}
	return int(t.Size()) * 8
}

func rtypeOf(i any) *abi.Type { return abi.TypeOf(i) }

// implements reports whether v implements the interface type t.
func implements(t, v *abi.Type) bool {
	return t.Kind() == abi.Interface && v.Implements(t)
}

// directlyAssignable reports whether a v can be stored in a t as it is.
func directlyAssignable(t, v *abi.Type) bool {
	if t == v {
		return true
	}
	if t.Name() != "" && v.Name() != "" || t.Kind() != v.Kind() {
		return false
	}
	if t.Kind() == abi.Chan && specialChannelAssignability(t, v) {
		return true
	}
	return haveIdenticalUnderlyingType(t, v, true)
}

func haveIdenticalUnderlyingType(t, v *abi.Type, cmpTags bool) bool {
	return t.IdenticalUnderlying(v)
}

func haveIdenticalType(t, v *abi.Type, cmpTags bool) bool { return t == v }

func pkgPathFor(t *abi.Type) string { return t.PkgPath() }
func nameFor(t *abi.Type) string    { return t.Name() }
func stringFor(t *abi.Type) string  { return t.String() }
func elem(t *abi.Type) *abi.Type    { return toRType(t).Elem().common() }

func (t *rtype) Elem() Type {
	switch t.Kind() {
	case Array, Chan, Map, Pointer, Slice:
		return toType(t.common().Elem())
	}
	panic("reflect: Elem of invalid type " + t.String())
}

func (t *rtype) Key() Type {
	if t.Kind() != Map {
		panic("reflect: Key of non-map type " + t.String())
	}
	return toType(t.common().Key())
}

func (t *rtype) Len() int {
	if t.Kind() != Array {
		panic("reflect: Len of non-array type " + t.String())
	}
	return t.common().Len()
}

func (t *rtype) ChanDir() ChanDir {
	if t.Kind() != Chan {
		panic("reflect: ChanDir of non-chan type " + t.String())
	}
	return ChanDir(t.common().ChanDir())
}

func (t *rtype) NumIn() int {
	if t.Kind() != Func {
		panic("reflect: NumIn of non-func type " + t.String())
	}
	return t.common().NumIn()
}

func (t *rtype) In(i int) Type {
	if t.Kind() != Func {
		panic("reflect: In of non-func type " + t.String())
	}
	return toType(t.common().In(i))
}

func (t *rtype) NumOut() int {
	if t.Kind() != Func {
		panic("reflect: NumOut of non-func type " + t.String())
	}
	return t.common().NumOut()
}

func (t *rtype) Out(i int) Type {
	if t.Kind() != Func {
		panic("reflect: Out of non-func type " + t.String())
	}
	return toType(t.common().Out(i))
}

func (t *rtype) IsVariadic() bool {
	if t.Kind() != Func {
		panic("reflect: IsVariadic of non-func type " + t.String())
	}
	return t.common().IsVariadic()
}

func (t *rtype) NumField() int {
	if t.Kind() != Struct {
		panic("reflect: NumField of non-struct type " + t.String())
	}
	return t.common().NumField()
}

func (t *rtype) Field(i int) (f StructField) {
	if t.Kind() != Struct {
		panic("reflect: Field of non-struct type " + t.String())
	}
	if i < 0 || i >= t.common().NumField() {
		panic("reflect: Field index out of bounds")
	}
	name, pkg, typ, tag, offset, embedded := t.common().Field(i)
	return StructField{name, pkg, toType(typ), StructTag(tag), offset, []int{i}, embedded}
}

func (t *rtype) FieldByIndex(index []int) (f StructField) {
	if t.Kind() != Struct {
		panic("reflect: FieldByIndex of non-struct type " + t.String())
	}
	f.Type = t
	for i, x := range index {
		if i > 0 {
			if ft := f.Type; ft.Kind() == Pointer && ft.Elem().Kind() == Struct {
				f.Type = ft.Elem()
			}
		}
		f = f.Type.Field(x)
	}
	return f
}

func (t *rtype) FieldByName(name string) (StructField, bool) {
	if t.Kind() != Struct {
		panic("reflect: FieldByName of non-struct type " + t.String())
	}
	return t.find(func(s string) bool { return s == name })
}

func (t *rtype) FieldByNameFunc(match func(string) bool) (StructField, bool) {
	if t.Kind() != Struct {
		panic("reflect: FieldByNameFunc of non-struct type " + t.String())
	}
	return t.find(match)
}

// find looks for the one field that matches at the least depth.
func (t *rtype) find(match func(string) bool) (found StructField, ok bool) {
	depth, several := -1, false
	for _, f := range VisibleFields(t) {
		if !match(f.Name) || depth >= 0 && len(f.Index) > depth {
			continue
		}
		several = len(f.Index) == depth
		depth, found, ok = len(f.Index), f, true
	}
	if !ok || several {
		return StructField{}, false
	}
	return found, true
}

func (t *rtype) NumMethod() int {
	return t.common().NumMethod()
}

func (t *rtype) Method(i int) (m Method) {
	if t.Kind() != Interface {
		lab.OutOfModel("reflect.Type.Method of a type that is no interface")
	}
	if i < 0 || i >= t.common().NumMethod() {
		return
	}
	name, pkg, typ := t.common().Method(i)
	return Method{Name: name, PkgPath: pkg, Type: toType(typ), Index: i}
}

func (t *rtype) MethodByName(name string) (m Method, ok bool) {
	if t.Kind() != Interface {
		lab.OutOfModel("reflect.Type.MethodByName of a type that is no interface")
	}
	for i := 0; i < t.common().NumMethod(); i++ {
		if n, _, _ := t.common().Method(i); n == name {
			return t.Method(i), true
		}
	}
	return
}

func (t *rtype) CanSeq() bool {
	lab.OutOfModel("reflect.Type.CanSeq")
	return false
}

func (t *rtype) CanSeq2() bool {
	lab.OutOfModel("reflect.Type.CanSeq2")
	return false
}

func (t *rtype) ptrTo() *abi.Type { return t.common().PointerTo() }
func ptrTo(t *abi.Type) *abi.Type { return t.PointerTo() }
func SliceOf(t Type) Type         { return toType(t.common().SliceOf()) }
func ChanOf(dir ChanDir, t Type) Type {
	return toType(t.common().ChanOf(abi.ChanDir(dir)))
}

func ArrayOf(length int, elem Type) Type {
	if length < 0 {
		panic("reflect: negative length passed to ArrayOf")
	}
	return toType(elem.common().ArrayOf(length))
}

func MapOf(key, elem Type) Type {
	if !key.Comparable() {
		panic("reflect.MapOf: invalid key type " + key.String())
	}
	return toType(key.common().MapOf(elem.common()))
}

func FuncOf(in, out []Type, variadic bool) Type {
	lab.OutOfModel("reflect.FuncOf")
	return nil
}

func StructOf(fields []StructField) Type {
	lab.OutOfModel("reflect.StructOf")
	return nil
}
