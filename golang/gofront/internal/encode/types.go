package encode

import (
	"fmt"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/types/typeutil"
)

// Kinds of type records, in the order of FORMAT.md.
const (
	typeBasic = iota
	typeNamed
	typePointer
	typeSlice
	typeArray
	typeMap
	typeChan
	typeStruct
	typeTuple
	typeSignature
	typeInterface
)

// basicKinds numbers the basic types as GoType.Kind does.
var basicKinds = map[types.BasicKind]int{
	types.Bool: 0, types.Int: 1, types.Int8: 2, types.Int16: 3, types.Int32: 4, types.Int64: 5,
	types.Uint: 6, types.Uint8: 7, types.Uint16: 8, types.Uint32: 9, types.Uint64: 10,
	types.Uintptr: 11, types.Float32: 12, types.Float64: 13, types.Complex64: 14,
	types.Complex128: 15, types.String: 16, types.UnsafePointer: 17, types.UntypedNil: 18,
	// Constants that stayed untyped have the default type.
	types.UntypedBool: 0, types.UntypedInt: 1, types.UntypedRune: 4, types.UntypedFloat: 13,
	types.UntypedComplex: 15, types.UntypedString: 16,
}

// A typeTable numbers types: identical types share a number.
type typeTable struct {
	strings *stringTable
	index   typeutil.Map
	records [][]byte
	named   map[string]int // how many named types have a textual name
	names   typeutil.Map   // named type -> its unique name
}

func newTypeTable(s *stringTable) *typeTable {
	return &typeTable{strings: s, named: map[string]int{}}
}

// of numbers a type and everything it consists of.
func (t *typeTable) of(typ types.Type) int {
	typ = types.Unalias(typ)
	if i := t.index.At(typ); i != nil {
		return i.(int)
	}
	i := len(t.records)
	t.index.Set(typ, i)
	t.records = append(t.records, nil)
	var b buffer
	t.record(&b, typ)
	t.records[i] = b.bytes
	return i
}

func (t *typeTable) record(b *buffer, typ types.Type) {
	switch typ := typ.(type) {
	case *types.Basic:
		b.byte(typeBasic)
		b.uint(basicKinds[typ.Kind()])
	case *types.Named:
		t.namedRecord(b, typ)
	case *types.Pointer:
		b.byte(typePointer)
		b.uint(t.of(typ.Elem()))
	case *types.Slice:
		b.byte(typeSlice)
		b.uint(t.of(typ.Elem()))
	case *types.Array:
		b.byte(typeArray)
		b.uint(t.of(typ.Elem()))
		b.uint(int(typ.Len()))
	case *types.Map:
		b.byte(typeMap)
		b.uint(t.of(typ.Key()))
		b.uint(t.of(typ.Elem()))
	case *types.Chan:
		b.byte(typeChan)
		b.uint(t.of(typ.Elem()))
		b.uint(int(typ.Dir()))
	case *types.Struct:
		t.structRecord(b, typ)
	case *types.Tuple:
		b.byte(typeTuple)
		t.tuple(b, typ)
	case *types.Signature:
		b.byte(typeSignature)
		t.signature(b, typ)
	case *types.Interface:
		t.interfaceRecord(b, typ)
	default:
		// SSA's own opaque types: an iterator or a defer stack.
		b.byte(typeTuple)
		b.uint(0)
	}
}

func (t *typeTable) namedRecord(b *buffer, typ *types.Named) {
	path := ""
	if p := typ.Obj().Pkg(); p != nil {
		path = p.Path()
	}
	b.byte(typeNamed)
	b.uint(t.strings.of(t.uniqueName(typ)))
	b.uint(t.strings.of(displayType(typ)))
	b.uint(t.strings.of(path))
	b.uint(t.of(typ.Underlying()))
}

func (t *typeTable) structRecord(b *buffer, typ *types.Struct) {
	b.byte(typeStruct)
	b.uint(typ.NumFields())
	for i := range typ.NumFields() {
		f := typ.Field(i)
		b.uint(t.strings.of(f.Name()))
		b.uint(t.strings.of(ownerPath(f)))
		b.uint(t.of(f.Type()))
		b.bool(f.Embedded())
		b.uint(t.strings.of(typ.Tag(i)))
	}
}

func (t *typeTable) tuple(b *buffer, typ *types.Tuple) {
	b.uint(typ.Len())
	for i := range typ.Len() {
		b.uint(t.of(typ.At(i).Type()))
	}
}

func (t *typeTable) signature(b *buffer, typ *types.Signature) {
	t.tuple(b, typ.Params())
	t.tuple(b, typ.Results())
	b.bool(typ.Variadic())
}

func (t *typeTable) interfaceRecord(b *buffer, typ *types.Interface) {
	methods := make([]*types.Func, typ.NumMethods())
	for i := range methods {
		methods[i] = typ.Method(i)
	}
	slices.SortFunc(methods, func(x, y *types.Func) int { return strings.Compare(x.Id(), y.Id()) })
	b.byte(typeInterface)
	b.uint(len(methods))
	for _, m := range methods {
		b.uint(t.strings.of(m.Name()))
		b.uint(t.strings.of(ownerPath(m)))
		b.uint(t.of(m.Signature()))
	}
}

// uniqueName gives the identity of a named type: its qualified name, with a mark where several
// local types share it.
func (t *typeTable) uniqueName(typ *types.Named) string {
	if n := t.names.At(typ); n != nil {
		return n.(string)
	}
	base := types.TypeString(typ, (*types.Package).Path)
	name := base
	if isLocal(typ) {
		t.named[base]++
		name = fmt.Sprintf("%s·%d", base, t.named[base])
	}
	t.names.Set(typ, name)
	return name
}

// isLocal says whether a type, or one of its type arguments, is declared in a function.
func isLocal(typ *types.Named) bool {
	obj := typ.Obj()
	if obj.Pkg() != nil && obj.Parent() != obj.Pkg().Scope() {
		return true
	}
	for a := range typ.TypeArgs().Types() {
		if mentionsLocal(a) {
			return true
		}
	}
	return false
}

func mentionsLocal(typ types.Type) bool {
	switch typ := types.Unalias(typ).(type) {
	case *types.Named:
		return isLocal(typ)
	case interface{ Elem() types.Type }:
		if m, ok := typ.(*types.Map); ok && mentionsLocal(m.Key()) {
			return true
		}
		return mentionsLocal(typ.Elem())
	case *types.Basic, *types.TypeParam:
		return false
	}
	return true // structs, functions, interfaces: a mark too many does no harm
}

// ownerPath is the package of an unexported name and empty for an exported one.
func ownerPath(obj types.Object) string {
	if obj.Exported() || obj.Pkg() == nil {
		return ""
	}
	return obj.Pkg().Path()
}

// displayType spells a type as Go prints it at run time: package names outside, full paths in type
// arguments.
func displayType(typ *types.Named) string {
	obj := typ.Obj()
	name := obj.Name()
	if obj.Pkg() != nil {
		name = obj.Pkg().Name() + "." + name
	}
	if typ.TypeArgs().Len() == 0 {
		return name
	}
	var args []string
	for a := range typ.TypeArgs().Types() {
		args = append(args, displayArgument(a))
	}
	return name + "[" + strings.Join(args, ",") + "]"
}

// displayArgument spells a type argument: arguments of its own are separated by commas alone.
func displayArgument(typ types.Type) string {
	switch typ := types.Unalias(typ).(type) {
	case *types.Named:
		if pkg := typ.Obj().Pkg(); pkg != nil && typ.TypeArgs().Len() > 0 {
			return pkg.Path() + strings.TrimPrefix(displayType(typ), pkg.Name())
		}
	case *types.Pointer:
		return "*" + displayArgument(typ.Elem())
	case *types.Slice:
		return "[]" + displayArgument(typ.Elem())
	case *types.Map:
		return "map[" + displayArgument(typ.Key()) + "]" + displayArgument(typ.Elem())
	}
	return types.TypeString(typ, (*types.Package).Path)
}
