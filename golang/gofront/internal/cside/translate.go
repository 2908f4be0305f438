package cside

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/big"
	"strings"

	"modernc.org/cc/v4"
)

// notSupported is thrown by the translator and caught by unit.
type notSupported struct {
	at   cc.Node
	what string
}

func unsupported(n cc.Node, format string, args ...any) {
	panic(notSupported{n, fmt.Sprintf(format, args...)})
}

// A unit is one translation unit.
type unit struct {
	program   *Program
	file      string
	number    int
	cplusplus bool
	external  map[string]bool // in C++: functions with C linkage
	statics   map[string]int  // functions with internal linkage
	data      map[*cc.Declarator]int
	owned     map[string]int // variables with internal linkage
	strings   map[string]int
	weak      map[string]bool // names that a declaration of the unit calls weak
}

// translate adds the functions and variables of a unit to the program.
func (u *unit) translate(ast *cc.AST) {
	u.weak = weakNames(ast)
	for l := ast.TranslationUnit; l != nil; l = l.TranslationUnit {
		d := l.ExternalDeclaration
		switch d.Case {
		case cc.ExternalDeclarationFuncDef:
			u.function(d.FunctionDefinition)
		case cc.ExternalDeclarationDecl:
			u.declaration(d.Declaration)
		case cc.ExternalDeclarationAsmStmt:
			unsupported(d, "assembly in C")
		}
	}
}

// weakNames lists what a unit declares as weak: one declaration that says so is enough.
func weakNames(ast *cc.AST) map[string]bool {
	names := map[string]bool{}
	for name, nodes := range ast.Scope.Nodes {
		for _, n := range nodes {
			if d, ok := n.(*cc.Declarator); ok && !d.IsTypename() {
				a := d.Type().Attributes()
				names[name] = names[name] || a != nil && a.Weak()
			}
		}
	}
	return names
}

func (u *unit) declaration(d *cc.Declaration) {
	for l := d.InitDeclaratorList; l != nil; l = l.InitDeclaratorList {
		decl := l.InitDeclarator.Declarator
		if decl.IsTypename() || decl.Type().Kind() == cc.Function {
			continue
		}
		if !decl.IsExtern() || l.InitDeclarator.Initializer != nil {
			u.variable(decl, l.InitDeclarator.Initializer)
		}
	}
}

// variable gives the datum of a variable with static storage, with its initial value if it has one.
func (u *unit) variable(d *cc.Declarator, init *cc.Initializer) int {
	i := u.datum(d)
	v := u.program.Data[i]
	weak := d.Linkage() == cc.External && u.weak[d.Name()]
	if v.Defined && v.unit != u.number {
		switch {
		case weak && !v.Weak:
			return i // the other one stays
		case weak == v.Weak:
			unsupported(d, "C variable %s, which is defined twice", d.Name())
		}
		v.Bytes, v.Relocs = nil, nil
	}
	if d.IsThreadLocal() {
		unsupported(d, "a thread-local variable in C")
	}
	v.Defined, v.Weak, v.unit = true, weak, u.number
	if d.Type().IsIncomplete() {
		unsupported(d, "a C variable of incomplete type")
	}
	v.Size, v.Align = int(d.Type().Size()), d.Type().Align()
	if init != nil {
		v.Bytes = make([]byte, v.Size)
		u.initial(v, 0, d.Type(), init)
	}
	return i
}

func (u *unit) datum(d *cc.Declarator) int {
	if i, ok := u.data[d]; ok {
		return i
	}
	name := d.Name()
	local := d.StorageDuration() == cc.Static && d.Linkage() == cc.None
	table := u.program.data
	if d.Linkage() == cc.Internal {
		table = u.owned
	}
	i, ok := table[name]
	if !ok || local {
		i = len(u.program.Data)
		size := 0
		if !d.Type().IsIncomplete() {
			size = int(d.Type().Size())
		}
		u.program.Data = append(u.program.Data, &Datum{Name: name, Size: size, Align: d.Type().Align(),
			Weak: d.Linkage() == cc.External && u.weak[name]})
		if !local {
			table[name] = i
		}
	}
	u.data[d] = i
	return i
}

// initial writes an initial value that must be constant.
func (u *unit) initial(v *Datum, base int64, t cc.Type, init *cc.Initializer) {
	if init.Case == cc.InitializerInitList {
		for l := init.InitializerList; l != nil; l = l.InitializerList {
			u.initial(v, base, nil, l.Initializer)
		}
		return
	}
	it := init.Type()
	off := base + init.Offset()
	if f := init.Field(); f != nil && f.IsBitfield() {
		unsupported(init, "a bit-field in C")
	}
	e := init.AssignmentExpression
	if s, ok := e.Value().(cc.StringValue); ok && it.Kind() == cc.Array {
		copy(v.Bytes[off:off+it.Size()], s)
		return
	}
	k := kindOf(init, it)
	if c, ok := constant(e, it); ok {
		putBytes(v.Bytes[off:], k, c)
		return
	}
	r := u.address(e)
	r.Offset = int(off)
	v.Relocs = append(v.Relocs, r)
}

// address evaluates an address constant.
func (u *unit) address(e cc.ExpressionNode) Reloc {
	switch n := e.(type) {
	case *cc.PrimaryExpression:
		switch n.Case {
		case cc.PrimaryExpressionExpr:
			return u.address(n.ExpressionList)
		case cc.PrimaryExpressionString:
			return Reloc{Index: u.text(string(n.Value().(cc.StringValue)))}
		case cc.PrimaryExpressionIdent:
			d, ok := n.ResolvedTo().(*cc.Declarator)
			if ok && d.Type().Kind() == cc.Function {
				return Reloc{Function: true, Index: u.callee(d)}
			}
			if ok && d.Type().Kind() == cc.Array {
				return Reloc{Index: u.datum(d)}
			}
		}
	case *cc.CastExpression:
		return u.address(n.CastExpression)
	case *cc.UnaryExpression:
		if n.Case == cc.UnaryExpressionAddrof {
			if p, ok := n.CastExpression.(*cc.PrimaryExpression); ok && p.Case == cc.PrimaryExpressionIdent {
				if d, ok := p.ResolvedTo().(*cc.Declarator); ok {
					if d.Type().Kind() == cc.Function {
						return Reloc{Function: true, Index: u.callee(d)}
					}
					return Reloc{Index: u.datum(d)}
				}
			}
		}
	}
	unsupported(e, "an initial value of a C variable that is no plain constant")
	return Reloc{}
}

// text gives the datum of a string literal.
func (u *unit) text(s string) int {
	i, ok := u.strings[s]
	if !ok {
		i = len(u.program.Data)
		u.program.Data = append(u.program.Data,
			&Datum{Size: len(s), Align: 1, ReadOnly: true, Defined: true, Bytes: []byte(s)})
		u.strings[s] = i
	}
	return i
}

// callee gives the number of a function.
func (u *unit) callee(d *cc.Declarator) int {
	name := d.Name()
	table := u.program.functions
	if u.isStatic(d) {
		table = u.statics
	}
	if i, ok := table[name]; ok {
		if f := u.program.Functions[i]; !f.Defined {
			f.Weak = f.Weak && u.weak[name] // one reference that is not weak needs it
		}
		return i
	}
	ft, ok := d.Type().(*cc.FunctionType)
	if !ok {
		unsupported(d, "a call of %s", name)
	}
	f := &Function{Name: name, Static: u.isStatic(d), CPlusPlus: u.cplusplus, Weak: u.weak[name]}
	signature(d, f, ft)
	i := len(u.program.Functions)
	u.program.Functions = append(u.program.Functions, f)
	table[name] = i
	return i
}

// isStatic says whether other files do not see a function by its name: C++ changes names.
func (u *unit) isStatic(d *cc.Declarator) bool {
	if d.Linkage() == cc.Internal {
		return true
	}
	return u.cplusplus && !u.external[d.Name()] && !fromHeader(d)
}

func fromHeader(d *cc.Declarator) bool {
	return strings.HasPrefix(d.Position().Filename, "include/") || strings.HasPrefix(d.Name(), "__paniclab_")
}

func signature(n cc.Node, f *Function, ft *cc.FunctionType) {
	f.Params = nil
	f.Variadic = ft.IsVariadic()
	f.Result = kindOf(n, ft.Result())
	if f.Result == Aggregate {
		f.ResultSize = int(ft.Result().Size())
	}
	for _, p := range ft.Parameters() {
		t := p.Type().Decay()
		if t.Kind() == cc.Void {
			continue
		}
		q := Param{Kind: kindOf(n, t)}
		if q.Kind == Aggregate {
			q.Size = int(t.Size())
		}
		f.Params = append(f.Params, q)
	}
}

// kindOf says how values of a type are kept.
func kindOf(n cc.Node, t cc.Type) Kind {
	switch t.Kind() {
	case cc.Void:
		return Void
	case cc.Bool:
		return Boolean
	case cc.Char, cc.SChar:
		return I8
	case cc.UChar:
		return U8
	case cc.Short:
		return I16
	case cc.UShort:
		return U16
	case cc.Int:
		return I32
	case cc.UInt:
		return U32
	case cc.Long, cc.LongLong:
		return I64
	case cc.ULong, cc.ULongLong, cc.Ptr, cc.Array, cc.Function:
		return U64
	case cc.Float:
		return F32
	case cc.Double:
		return F64
	case cc.Enum:
		return kindOf(n, t.(*cc.EnumType).UnderlyingType())
	case cc.Struct, cc.Union:
		return Aggregate
	}
	unsupported(n, "the C type %s", t)
	return Void
}

// constant gives the bits of a constant expression converted to a type.
func constant(e cc.ExpressionNode, t cc.Type) (int64, bool) {
	switch t.Kind() {
	case cc.Array, cc.Struct, cc.Union, cc.Function, cc.Void:
		return 0, false
	}
	switch v := e.Value().(type) {
	case cc.Int64Value:
		return bits(float64(v), int64(v), t), true
	case cc.UInt64Value:
		return bits(float64(v), int64(v), t), true
	case cc.Float64Value:
		return floatBits(float64(v), t), true
	case *cc.LongDoubleValue:
		f, _ := (*big.Float)(v).Float64()
		return floatBits(f, t), true
	case *cc.ZeroValue:
		return 0, true
	}
	return 0, false
}

func bits(f float64, i int64, t cc.Type) int64 {
	switch t.Kind() {
	case cc.Float, cc.Double:
		return floatBits(f, t)
	case cc.Bool:
		if i != 0 {
			return 1
		}
		return 0
	}
	return wrap(i, t)
}

func wrap(i int64, t cc.Type) int64 {
	switch kindOf(nil, t) {
	case I8:
		return int64(int8(i))
	case U8:
		return int64(uint8(i))
	case I16:
		return int64(int16(i))
	case U16:
		return int64(uint16(i))
	case I32:
		return int64(int32(i))
	case U32:
		return int64(uint32(i))
	}
	return i
}

func floatBits(f float64, t cc.Type) int64 {
	switch t.Kind() {
	case cc.Float:
		return int64(math.Float64bits(float64(float32(f))))
	case cc.Double:
		return int64(math.Float64bits(f))
	}
	return wrap(int64(f), t)
}

func putBytes(b []byte, k Kind, v int64) {
	switch k {
	case I8, U8, Boolean:
		b[0] = byte(v)
	case I16, U16:
		binary.LittleEndian.PutUint16(b, uint16(v))
	case I32, U32:
		binary.LittleEndian.PutUint32(b, uint32(v))
	case F32:
		binary.LittleEndian.PutUint32(b, math.Float32bits(float32(math.Float64frombits(uint64(v)))))
	default:
		binary.LittleEndian.PutUint64(b, uint64(v))
	}
}
