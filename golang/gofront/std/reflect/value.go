package reflect

import (
	"internal/abi"
	"internal/lab"
	"math"
	"unsafe"
)

// Every valid Value has flagIndir: ptr points to a variable that holds it.

func (v Value) typ() *abi.Type              { return v.typ_ }
func (v Value) abiType() *abi.Type          { return v.typ_ }
func (v Value) pointer() unsafe.Pointer     { return *(*unsafe.Pointer)(v.ptr) }
func unsafe_New(t *abi.Type) unsafe.Pointer { return t.New() }

func valueMethodName() string {
	for i := 1; i < 8; i++ {
		name := lab.Caller(i)
		const prefix = "reflect.Value."
		if len(name) > len(prefix) && name[:len(prefix)] == prefix {
			if c := name[len(prefix)]; 'A' <= c && c <= 'Z' {
				return name
			}
		}
	}
	return "unknown method"
}

func unpackEface(i any) Value {
	t := abi.TypeOf(i)
	if t == nil {
		return Value{}
	}
	return Value{t, abi.Unpack(i), flagIndir | flag(t.Kind())}
}

func packEface(v Value) any { return v.typ_.Pack(v.ptr) }

func valueInterface(v Value, safe bool) any {
	if v.flag == 0 {
		panic(&ValueError{"reflect.Value.Interface", Invalid})
	}
	if safe && v.flag&flagRO != 0 {
		panic("reflect.Value.Interface: cannot return value obtained from unexported field or method")
	}
	return packEface(v)
}

// TypeAssert is the assertion v.Interface().(T).
func TypeAssert[T any](v Value) (T, bool) {
	t, ok := valueInterface(v, true).(T)
	return t, ok
}

func (v Value) Type() Type {
	if v.flag == 0 {
		panic(&ValueError{"reflect.Value.Type", Invalid})
	}
	return toRType(v.typ_)
}

func (v Value) Addr() Value {
	if v.flag&flagAddr == 0 {
		panic("reflect.Value.Addr of unaddressable value")
	}
	t := v.typ_.PointerTo()
	p := t.New()
	*(*unsafe.Pointer)(p) = v.ptr
	return Value{t, p, v.flag&flagRO | flagIndir | flag(Pointer)}
}

func (v Value) UnsafeAddr() uintptr {
	if v.flag&flagAddr == 0 {
		panic("reflect.Value.UnsafeAddr of unaddressable value")
	}
	return uintptr(v.ptr)
}

func (v Value) Elem() Value {
	switch v.kind() {
	case Interface:
		x := unpackEface(packEface(v))
		if x.flag != 0 {
			x.flag |= v.flag.ro()
		}
		return x
	case Pointer:
		p := v.pointer()
		if p == nil {
			return Value{}
		}
		t := v.typ_.Elem()
		return Value{t, p, v.flag&flagRO | flagIndir | flagAddr | flag(t.Kind())}
	}
	panic(&ValueError{"reflect.Value.Elem", v.kind()})
}

func (v Value) NumField() int {
	v.mustBe(Struct)
	return v.typ_.NumField()
}

func (v Value) Field(i int) Value {
	if v.kind() != Struct {
		panic(&ValueError{"reflect.Value.Field", v.kind()})
	}
	if uint(i) >= uint(v.typ_.NumField()) {
		panic("reflect: Field index out of range")
	}
	_, pkg, t, _, _, embedded := v.typ_.Field(i)
	fl := v.flag&(flagStickyRO|flagIndir|flagAddr) | flag(t.Kind())
	if pkg != "" {
		if embedded {
			fl |= flagEmbedRO
		} else {
			fl |= flagStickyRO
		}
	}
	return Value{t, v.typ_.FieldAddr(v.ptr, i), fl}
}

func (v Value) Index(i int) Value {
	switch v.kind() {
	case Array, Slice:
		if uint(i) >= uint(v.Len()) {
			if v.kind() == Array {
				panic("reflect: array index out of range")
			}
			panic("reflect: slice index out of range")
		}
		t := v.typ_.Elem()
		fl := v.flag.ro() | flagIndir | flag(t.Kind())
		if v.kind() == Slice {
			fl |= flagAddr
		} else {
			fl |= v.flag & flagAddr
		}
		return Value{t, v.typ_.ElemAddr(v.ptr, i), fl}
	case String:
		s := *(*string)(v.ptr)
		if uint(i) >= uint(len(s)) {
			panic("reflect: string index out of range")
		}
		b := unpackEface(s[i])
		b.flag |= v.flag.ro()
		return b
	}
	panic(&ValueError{"reflect.Value.Index", v.kind()})
}

func (v Value) Len() int {
	switch v.kind() {
	case Array, Chan, Map, Slice, String:
		return v.typ_.Length(v.ptr)
	case Pointer:
		if e := v.typ_.Elem(); e.Kind() == abi.Array {
			return e.Len()
		}
		panic("reflect: call of reflect.Value.Len on ptr to non-array Value")
	}
	panic(&ValueError{"reflect.Value.Len", v.kind()})
}

func (v Value) Cap() int {
	switch v.kind() {
	case Array, Chan, Slice:
		return v.typ_.Capacity(v.ptr)
	case Pointer:
		if e := v.typ_.Elem(); e.Kind() == abi.Array {
			return e.Len()
		}
		panic("reflect: call of reflect.Value.Cap on ptr to non-array Value")
	}
	panic(&ValueError{"reflect.Value.Cap", v.kind()})
}

func (v Value) IsNil() bool {
	switch v.kind() {
	case Chan, Func, Map, Pointer, UnsafePointer, Interface, Slice:
		return v.typ_.IsNil(v.ptr)
	}
	panic(&ValueError{"reflect.Value.IsNil", v.kind()})
}

func (v Value) IsZero() bool {
	switch v.kind() {
	case Bool:
		return !v.Bool()
	case Int, Int8, Int16, Int32, Int64:
		return v.Int() == 0
	case Uint, Uint8, Uint16, Uint32, Uint64, Uintptr:
		return v.Uint() == 0
	case Float32, Float64:
		return v.Float() == 0 && !math.Signbit(v.Float())
	case Complex64, Complex128:
		c := v.Complex()
		return c == 0 && !math.Signbit(real(c)) && !math.Signbit(imag(c))
	case Array:
		for i := 0; i < v.Len(); i++ {
			if !v.Index(i).IsZero() {
				return false
			}
		}
		return true
	case Chan, Func, Interface, Map, Pointer, Slice, UnsafePointer:
		return v.IsNil()
	case String:
		return v.Len() == 0
	case Struct:
		for i := 0; i < v.NumField(); i++ {
			if !v.Field(i).IsZero() {
				return false
			}
		}
		return true
	}
	panic(&ValueError{"reflect.Value.IsZero", v.Kind()})
}

func (v Value) SetZero() {
	v.mustBeAssignable()
	v.typ_.Move(v.ptr, v.typ_.New())
}

func (v Value) OverflowInt(x int64) bool {
	switch v.kind() {
	case Int, Int8, Int16, Int32, Int64:
		bits := v.typ_.Size() * 8
		return x != (x<<(64-bits))>>(64-bits)
	}
	panic(&ValueError{"reflect.Value.OverflowInt", v.kind()})
}

func (v Value) Set(x Value) {
	v.mustBeAssignable()
	x.mustBeExported()
	x = x.assignTo("reflect.Set", v.typ_, nil)
	v.typ_.Move(v.ptr, x.ptr)
}

// assignTo gives a value of type dst that holds v.
func (v Value) assignTo(context string, dst *abi.Type, target unsafe.Pointer) Value {
	switch {
	case v.flag == 0:
		panic(context + ": value of type nil is not assignable to type " + dst.String())
	case directlyAssignable(dst, v.typ_):
		return Value{dst, v.ptr, v.flag&(flagAddr|flagIndir) | v.flag.ro() | flag(dst.Kind())}
	case implements(dst, v.typ_):
		p := dst.New()
		if v.Kind() != Interface || !v.IsNil() {
			*(*any)(p) = valueInterface(v, false)
		}
		return Value{dst, p, flagIndir | flag(Interface)}
	}
	panic(context + ": value of type " + v.typ_.String() + " is not assignable to type " + dst.String())
}

func (v Value) bytesSlow() []byte {
	switch v.kind() {
	case Slice:
		if v.typ_.Elem().Kind() != abi.Uint8 {
			panic("reflect.Value.Bytes of non-byte slice")
		}
		return *(*[]byte)(v.ptr)
	case Array:
		if v.typ_.Elem().Kind() != abi.Uint8 {
			panic("reflect.Value.Bytes of non-byte array")
		}
		if !v.CanAddr() {
			panic("reflect.Value.Bytes of unaddressable byte array")
		}
		n := v.Len()
		return *(*[]byte)(v.typ_.SliceAddr(v.ptr, 0, n, n))
	}
	panic(&ValueError{"reflect.Value.Bytes", v.kind()})
}

func (v Value) runes() []rune {
	v.mustBe(Slice)
	if v.typ_.Elem().Kind() != abi.Int32 {
		panic("reflect.Value.Bytes of non-rune slice")
	}
	return *(*[]rune)(v.ptr)
}

func (v Value) SetBytes(x []byte) {
	v.mustBeAssignable()
	v.mustBe(Slice)
	if toRType(v.typ_).Elem().Kind() != Uint8 {
		panic("reflect.Value.SetBytes of non-byte slice")
	}
	*(*[]byte)(v.ptr) = x
}

func (v Value) setRunes(x []rune) {
	v.mustBeAssignable()
	v.mustBe(Slice)
	*(*[]rune)(v.ptr) = x
}

func (v Value) Pointer() uintptr {
	switch v.kind() {
	case Pointer, Chan, Map, UnsafePointer, Func, Slice, String:
		return v.typ_.Address(v.ptr)
	}
	panic(&ValueError{"reflect.Value.Pointer", v.kind()})
}

func (v Value) UnsafePointer() unsafe.Pointer {
	switch v.kind() {
	case Pointer, UnsafePointer:
		return v.pointer()
	case Chan, Map, Func, Slice, String:
		return v.typ_.Identity(v.ptr)
	}
	panic(&ValueError{"reflect.Value.UnsafePointer", v.kind()})
}

// Slices.

func (v Value) Slice(i, j int) Value {
	switch v.kind() {
	case String:
		s := *(*string)(v.ptr)
		if i < 0 || j < i || j > len(s) {
			panic("reflect.Value.Slice: string slice index out of bounds")
		}
		r := makeString(v.flag.ro(), s[i:j], toType(v.typ_))
		return r
	case Array:
		if v.flag&flagAddr == 0 {
			panic("reflect.Value.Slice: slice of unaddressable array")
		}
	case Slice:
	default:
		panic(&ValueError{"reflect.Value.Slice", v.kind()})
	}
	n := v.Cap()
	if i < 0 || j < i || j > n {
		panic("reflect.Value.Slice: slice index out of bounds")
	}
	return v.slice(i, j, n)
}

func (v Value) Slice3(i, j, k int) Value {
	switch v.kind() {
	case Array:
		if v.flag&flagAddr == 0 {
			panic("reflect.Value.Slice3: slice of unaddressable array")
		}
	case Slice:
	default:
		panic(&ValueError{"reflect.Value.Slice3", v.kind()})
	}
	if i < 0 || j < i || k < j || k > v.Cap() {
		panic("reflect.Value.Slice3: slice index out of bounds")
	}
	return v.slice(i, j, k)
}

func (v Value) slice(i, j, k int) Value {
	t := v.typ_
	if v.kind() == Array {
		t = t.Elem().SliceOf()
	}
	return Value{t, v.typ_.SliceAddr(v.ptr, i, j, k), v.flag.ro() | flagIndir | flag(Slice)}
}

func (v Value) SetLen(n int) {
	v.mustBeAssignable()
	v.mustBe(Slice)
	if uint(n) > uint(v.Cap()) {
		panic("reflect: slice length out of range in SetLen")
	}
	v.typ_.Move(v.ptr, v.typ_.SliceAddr(v.ptr, 0, n, v.Cap()))
}

func (v Value) SetCap(n int) {
	v.mustBeAssignable()
	v.mustBe(Slice)
	if n < v.Len() || n > v.Cap() {
		panic("reflect: slice capacity out of range in SetCap")
	}
	v.typ_.Move(v.ptr, v.typ_.SliceAddr(v.ptr, 0, v.Len(), n))
}

func (v Value) grow(n int) {
	switch {
	case n < 0:
		panic("reflect.Value.Grow: negative len")
	case v.Len()+n < 0:
		panic("reflect.Value.Grow: slice overflow")
	case v.Len()+n > v.Cap():
		v.typ_.Move(v.ptr, v.typ_.Grow(v.ptr, n))
	}
}

// extendSlice gives a copy of the slice header with n more elements.
func (v Value) extendSlice(n int) Value {
	v.mustBeExported()
	v.mustBe(Slice)
	p := v.typ_.New()
	v.typ_.Move(p, v.ptr)
	s := Value{v.typ_, p, flagIndir | flagAddr | flag(Slice)}
	s.grow(n)
	s.SetLen(s.Len() + n)
	s.flag = flagIndir | flag(Slice)
	return s
}

func (v Value) Clear() {
	switch v.Kind() {
	case Slice:
		for i := 0; i < v.Len(); i++ {
			v.Index(i).SetZero()
		}
	case Map:
		for _, k := range v.typ_.MapKeys(v.ptr) {
			v.typ_.MapDelete(v.ptr, k)
		}
	default:
		panic(&ValueError{"reflect.Value.Clear", v.Kind()})
	}
}

func Copy(dst, src Value) int {
	if k := dst.kind(); k != Array && k != Slice {
		panic(&ValueError{"reflect.Copy", k})
	} else if k == Array {
		dst.mustBeAssignable()
	}
	dst.mustBeExported()
	sk := src.kind()
	if sk != Array && sk != Slice && !(sk == String && dst.typ_.Elem().Kind() == abi.Uint8) {
		panic(&ValueError{"reflect.Copy", sk})
	}
	src.mustBeExported()
	n := min(dst.Len(), src.Len())
	if sk == String {
		s := src.String()
		for i := 0; i < n; i++ {
			*(*byte)(dst.Index(i).ptr) = s[i]
		}
		return n
	}
	typesMustMatch("reflect.Copy", toType(dst.typ_.Elem()), toType(src.typ_.Elem()))
	tmp := make([]Value, n)
	for i := range tmp {
		tmp[i] = New(src.Index(i).Type()).Elem()
		tmp[i].Set(src.Index(i))
	}
	for i := range tmp {
		dst.typ_.Elem().Move(dst.Index(i).ptr, tmp[i].ptr)
	}
	return n
}

// Swapper returns a function that swaps elements of the slice.
func Swapper(slice any) func(i, j int) {
	v := ValueOf(slice)
	if v.Kind() != Slice {
		panic(&ValueError{Method: "Swapper", Kind: v.Kind()})
	}
	n := v.Len()
	typ := v.typ_.Elem()
	tmp := typ.New()
	return func(i, j int) {
		if uint(i) >= uint(n) || uint(j) >= uint(n) {
			panic("reflect: slice index out of range")
		}
		p, q := v.typ_.ElemAddr(v.ptr, i), v.typ_.ElemAddr(v.ptr, j)
		typ.Move(tmp, p)
		typ.Move(p, q)
		typ.Move(q, tmp)
	}
}

// Makers.

func Zero(typ Type) Value {
	if typ == nil {
		panic("reflect: Zero(nil)")
	}
	t := typ.common()
	return Value{t, t.New(), flagIndir | flag(t.Kind())}
}

func New(typ Type) Value {
	if typ == nil {
		panic("reflect: New(nil)")
	}
	return NewAt(typ, typ.common().New())
}

func NewAt(typ Type, p unsafe.Pointer) Value {
	t := typ.common().PointerTo()
	v := t.New()
	*(*unsafe.Pointer)(v) = p
	return Value{t, v, flagIndir | flag(Pointer)}
}

func MakeSlice(typ Type, len, cap int) Value {
	if typ.Kind() != Slice {
		panic("reflect.MakeSlice of non-slice type")
	}
	if len < 0 {
		panic("reflect.MakeSlice: negative len")
	}
	if cap < 0 {
		panic("reflect.MakeSlice: negative cap")
	}
	if len > cap {
		panic("reflect.MakeSlice: len > cap")
	}
	t := typ.common()
	return Value{t, t.MakeSlice(len, cap), flagIndir | flag(Slice)}
}

func MakeMap(typ Type) Value { return MakeMapWithSize(typ, 0) }

func MakeMapWithSize(typ Type, n int) Value {
	if typ.Kind() != Map {
		panic("reflect.MakeMapWithSize of non-map type")
	}
	t := typ.common()
	return Value{t, t.MakeMap(), flagIndir | flag(Map)}
}

func MakeChan(typ Type, buffer int) Value {
	if typ.Kind() != Chan {
		panic("reflect.MakeChan of non-chan type")
	}
	if buffer < 0 {
		panic("reflect.MakeChan: negative buffer size")
	}
	if typ.ChanDir() != BothDir {
		panic("reflect.MakeChan: unidirectional channel type")
	}
	t := typ.common()
	return Value{t, t.MakeChan(buffer), flagIndir | flag(Chan)}
}

func SliceAt(typ Type, p unsafe.Pointer, n int) Value {
	lab.OutOfModel("reflect.SliceAt")
	return Value{}
}

// Conversions.

func makeInt(f flag, bits uint64, t Type) Value {
	v := New(t).Elem()
	switch v.kind() {
	case Int, Int8, Int16, Int32, Int64:
		v.SetInt(int64(bits))
	default:
		v.SetUint(bits)
	}
	v.flag = f | flagIndir | flag(t.Kind())
	return v
}

func makeFloat(f flag, x float64, t Type) Value {
	v := New(t).Elem()
	v.SetFloat(x)
	v.flag = f | flagIndir | flag(t.Kind())
	return v
}

func makeFloat32(f flag, x float32, t Type) Value { return makeFloat(f, float64(x), t) }

func makeComplex(f flag, x complex128, t Type) Value {
	v := New(t).Elem()
	v.SetComplex(x)
	v.flag = f | flagIndir | flag(t.Kind())
	return v
}

func cvtDirect(v Value, typ Type) Value {
	p := v.typ_.New()
	v.typ_.Move(p, v.ptr)
	return Value{typ.common(), p, v.flag.ro() | flagIndir | flag(typ.Kind())}
}

func cvtT2I(v Value, typ Type) Value {
	p := typ.common().New()
	*(*any)(p) = valueInterface(v, false)
	return Value{typ.common(), p, v.flag.ro() | flagIndir | flag(Interface)}
}

func cvtSliceArrayPtr(v Value, t Type) Value {
	lab.OutOfModel("reflect conversion of a slice to an array pointer")
	return Value{}
}

func cvtSliceArray(v Value, t Type) Value {
	lab.OutOfModel("reflect conversion of a slice to an array")
	return Value{}
}

// Maps.

func (v Value) MapIndex(key Value) Value {
	v.mustBe(Map)
	key = key.assignTo("reflect.Value.MapIndex", v.typ_.Key(), nil)
	p := v.typ_.MapGet(v.ptr, key.ptr)
	if p == nil {
		return Value{}
	}
	t := v.typ_.Elem()
	return Value{t, p, (v.flag | key.flag).ro() | flagIndir | flag(t.Kind())}
}

func (v Value) SetMapIndex(key, elem Value) {
	v.mustBe(Map)
	v.mustBeExported()
	key.mustBeExported()
	key = key.assignTo("reflect.Value.SetMapIndex", v.typ_.Key(), nil)
	if elem.typ_ == nil {
		v.typ_.MapDelete(v.ptr, key.ptr)
		return
	}
	elem.mustBeExported()
	elem = elem.assignTo("reflect.Value.SetMapIndex", v.typ_.Elem(), nil)
	if v.IsNil() {
		var m map[string]bool
		m[""] = true
	}
	v.typ_.MapSet(v.ptr, key.ptr, elem.ptr)
}

func (v Value) keyValue(p unsafe.Pointer) Value {
	t := v.typ_.Key()
	return Value{t, p, v.flag.ro() | flagIndir | flag(t.Kind())}
}

func (v Value) MapKeys() []Value {
	v.mustBe(Map)
	keys := v.typ_.MapKeys(v.ptr)
	out := make([]Value, len(keys))
	for i, j := range lab.Order(len(keys)) {
		out[i] = v.keyValue(keys[j])
	}
	return out
}

// init lends internal/fmtsort the keys in the order of their insertion: it
// sorts them, so the schedule need not be asked.
func init() {
	abi.MapKeysOf = func(value any) any {
		v := value.(Value)
		keys := v.typ_.MapKeys(v.ptr)
		out := make([]Value, len(keys))
		for i, p := range keys {
			out[i] = v.keyValue(p)
		}
		return out
	}
}

// A MapIter goes through a map.
type MapIter struct {
	m    Value
	keys []Value
	next int
	key  Value
}

func (v Value) MapRange() *MapIter {
	if v.kind() != Map {
		panic(&ValueError{"reflect.Value.MapRange", v.kind()})
	}
	return &MapIter{m: v, next: -1}
}

func (iter *MapIter) Next() bool {
	if !iter.m.IsValid() {
		panic("MapIter.Next called on an iterator that does not have an associated map Value")
	}
	if iter.next < 0 {
		iter.keys, iter.next = iter.m.MapKeys(), 0
	} else if iter.next > len(iter.keys) {
		panic("MapIter.Next called on exhausted iterator")
	}
	for iter.next < len(iter.keys) {
		iter.key = iter.keys[iter.next]
		iter.next++
		if iter.m.typ_.MapGet(iter.m.ptr, iter.key.ptr) != nil {
			return true
		}
	}
	iter.next = len(iter.keys) + 1
	return false
}

func (iter *MapIter) current(method string) Value {
	if iter.next < 0 {
		panic("MapIter." + method + " called before Next")
	}
	if iter.next > len(iter.keys) {
		panic("MapIter." + method + " called on exhausted iterator")
	}
	return iter.key
}

func (iter *MapIter) Key() Value   { return iter.current("Key") }
func (iter *MapIter) Value() Value { return iter.m.MapIndex(iter.current("Value")) }

func (v Value) SetIterKey(iter *MapIter)   { v.Set(iter.Key()) }
func (v Value) SetIterValue(iter *MapIter) { v.Set(iter.Value()) }

func (iter *MapIter) Reset(v Value) {
	if v.IsValid() {
		v.mustBe(Map)
	}
	*iter = MapIter{m: v, next: -1}
}

// Channels and calls.

func (v Value) Close() {
	v.mustBe(Chan)
	v.mustBeExported()
	if ChanDir(v.typ_.ChanDir())&SendDir == 0 {
		panic("reflect: close of receive-only channel")
	}
	v.typ_.CloseChan(v.ptr)
}

func (v Value) Recv() (x Value, ok bool)    { lab.OutOfModel("reflect.Value.Recv"); return }
func (v Value) TryRecv() (x Value, ok bool) { lab.OutOfModel("reflect.Value.TryRecv"); return }
func (v Value) Send(x Value)                { lab.OutOfModel("reflect.Value.Send") }
func (v Value) TrySend(x Value) bool        { lab.OutOfModel("reflect.Value.TrySend"); return false }

func Select(cases []SelectCase) (chosen int, recv Value, recvOK bool) {
	lab.OutOfModel("reflect.Select")
	return
}

func makeMethodValue(op string, v Value) Value { return v }

func (v Value) Call(in []Value) []Value      { lab.OutOfModel("reflect.Value.Call"); return nil }
func (v Value) CallSlice(in []Value) []Value { lab.OutOfModel("reflect.Value.CallSlice"); return nil }

func MakeFunc(typ Type, fn func(args []Value) (results []Value)) Value {
	lab.OutOfModel("reflect.MakeFunc")
	return Value{}
}

func (v Value) Method(i int) Value { lab.OutOfModel("reflect.Value.Method"); return Value{} }

func (v Value) MethodByName(name string) Value {
	lab.OutOfModel("reflect.Value.MethodByName")
	return Value{}
}

func (v Value) NumMethod() int {
	if v.typ_ == nil {
		panic(&ValueError{"reflect.Value.NumMethod", Invalid})
	}
	return toRType(v.typ_).NumMethod()
}
