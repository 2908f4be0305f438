package encode

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Origins of functions, as Function.Origin numbers them.
const (
	originSource = iota
	originInit
	originWrapper
	originExternal
)

// An encoder writes one function.
type encoder struct {
	buffer
	unit  *Unit
	fn    *ssa.Function
	slots map[ssa.Value]int
	file  string
	line  int
	last  token.Position // of the previous instruction

	live map[ssa.Instruction]bool // the instructions to write; nil: all

	lendsDeferStack bool // see the function
}

// written says whether an instruction is to be written.
func (e *encoder) written(in ssa.Instruction) bool {
	switch in := in.(type) {
	case *ssa.DebugRef:
		return false
	case *ssa.Alloc:
		if isMade(in) {
			return false
		}
	}
	return e.live == nil || e.live[in]
}

// isMade says whether a variable is the array that SSA makes of a make of a slice with a constant
// capacity. The slice of it is written as the MakeSlice that it was, because its panics differ.
func isMade(a *ssa.Alloc) bool {
	if a.Comment != "makeslice" {
		return false
	}
	for _, r := range *a.Referrers() {
		switch r.(type) {
		case *ssa.Slice, *ssa.DebugRef:
		default:
			return false
		}
	}
	return true
}

func (e *encoder) encode() []byte {
	fn, u := e.fn, e.unit
	values := e.number()
	e.lendsDeferStack = lendsDeferStack(fn)
	variables := variableNames(fn)
	e.str(u.displayName(fn))
	e.str(packagePath(fn))
	e.byte(origin(fn))
	e.position(u.prog.Fset.Position(fn.Pos()))
	e.uint(u.types.of(signatureOf(fn)))
	e.uint(len(fn.Params))
	e.uint(len(fn.FreeVars))
	e.uint(len(values))
	for _, v := range values {
		e.uint(u.types.of(v.Type()))
		e.str(variables[v])
	}
	if fn.Recover != nil {
		e.uint(fn.Recover.Index + 1)
	} else {
		e.uint(0)
	}
	e.uint(len(fn.Blocks))
	for _, b := range fn.Blocks {
		e.block(b)
	}
	return e.bytes
}

// number gives every value of the function a register: parameters, free variables, results.
func (e *encoder) number() []ssa.Value {
	e.slots = map[ssa.Value]int{}
	var values []ssa.Value
	add := func(v ssa.Value) {
		e.slots[v] = len(values)
		values = append(values, v)
	}
	for _, p := range e.fn.Params {
		add(p)
	}
	for _, f := range e.fn.FreeVars {
		add(f)
	}
	for _, b := range e.fn.Blocks {
		for _, in := range b.Instrs {
			if v, ok := in.(ssa.Value); ok && e.written(in) {
				add(v)
			}
		}
	}
	return values
}

// variableNames finds which source variable a register holds, where there is one.
func variableNames(fn *ssa.Function) map[ssa.Value]string {
	names := map[ssa.Value]string{}
	for _, p := range fn.Params {
		names[p] = p.Name()
	}
	for _, f := range fn.FreeVars {
		names[f] = f.Name()
	}
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			switch in := in.(type) {
			case *ssa.Alloc:
				if token.IsIdentifier(in.Comment) && in.Comment != "complit" {
					names[in] = in.Comment
				}
			case *ssa.Phi:
				if token.IsIdentifier(in.Comment) {
					names[in] = in.Comment
				}
			case *ssa.DebugRef:
				id, ok := in.Expr.(*ast.Ident)
				if _, isVar := in.Object().(*types.Var); ok && isVar && !in.IsAddr && names[in.X] == "" && token.IsIdentifier(id.Name) {
					names[in.X] = id.Name
				}
			}
		}
	}
	return names
}

// signatureOf has the receiver as first parameter.
func signatureOf(fn *ssa.Function) *types.Signature {
	sig := fn.Signature
	if sig.Recv() == nil {
		return sig
	}
	params := []*types.Var{sig.Recv()}
	for v := range sig.Params().Variables() {
		params = append(params, v)
	}
	return types.NewSignatureType(nil, nil, nil, types.NewTuple(params...), sig.Results(), sig.Variadic())
}

func origin(fn *ssa.Function) byte {
	switch {
	case fn.Blocks == nil:
		return originExternal
	case fn.Synthetic == "package initializer":
		return originInit
	case isWrapper(fn):
		return originWrapper
	}
	return originSource
}

func isWrapper(fn *ssa.Function) bool {
	for _, kind := range []string{"wrapper ", "bound ", "thunk ", "instantiation wrapper "} {
		if strings.HasPrefix(fn.Synthetic, kind) {
			return true
		}
	}
	return false
}

func packagePath(fn *ssa.Function) string {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	if fn.Pkg != nil {
		return fn.Pkg.Pkg.Path()
	}
	if o := fn.Object(); o != nil && o.Pkg() != nil {
		return o.Pkg().Path()
	}
	return ""
}

func (e *encoder) block(b *ssa.BasicBlock) {
	e.uint(len(b.Preds))
	for _, p := range b.Preds {
		e.uint(p.Index)
	}
	n := 0
	for _, in := range b.Instrs {
		if e.written(in) {
			n++
		}
	}
	before := e.missingRunDefers(b)
	if before >= 0 {
		n++
	}
	e.uint(n)
	e.last = e.startPlace(b)
	for i, in := range b.Instrs {
		if i == before {
			e.begin(opRunDefers, b.Instrs[len(b.Instrs)-1])
		}
		if e.written(in) {
			e.instruction(b, in)
		}
	}
}

// missingRunDefers is the index of the instruction before which the deferred calls have to run, or
// -1. x/tools leaves RunDefers out of functions without a defer statement of their own, although
// the body of a range over a function may defer calls on their behalf.
func (e *encoder) missingRunDefers(b *ssa.BasicBlock) int {
	if !e.lendsDeferStack || b == e.fn.Recover {
		return -1
	}
	last := len(b.Instrs) - 1
	if _, ok := b.Instrs[last].(*ssa.Return); !ok {
		return -1
	}
	for i := last; ; i-- {
		if _, ok := b.Instrs[i].(*ssa.RunDefers); ok {
			return -1
		}
		if i == 0 || !isResultLoad(b.Instrs[i-1]) {
			return i
		}
	}
}

// isResultLoad says whether an instruction may be the load of a named result, which comes after the
// deferred calls.
func isResultLoad(in ssa.Instruction) bool {
	switch in := in.(type) {
	case *ssa.UnOp:
		return in.Op == token.MUL
	case *ssa.DebugRef, *ssa.RunDefers:
		return true
	}
	return false
}

// lendsDeferStack says whether other functions may defer calls that fn has to run.
func lendsDeferStack(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			if call, ok := in.(*ssa.Call); ok {
				if builtin, ok := call.Call.Value.(*ssa.Builtin); ok && builtin.Name() == "ssa:deferstack" {
					return true
				}
			}
		}
	}
	return false
}

// position writes a place relative to the one written before.
func (e *encoder) position(p token.Position) {
	switch {
	case !p.IsValid():
		e.uint(0)
	case p.Filename != e.file:
		e.uint(1)
		e.str(p.Filename)
		e.uint(p.Line)
		e.uint(p.Column)
		e.file, e.line = p.Filename, p.Line
	default:
		e.uint(p.Column + 2)
		e.int(int64(p.Line - e.line))
		e.line = p.Line
	}
}

func (e *encoder) str(s string)       { e.uint(e.unit.strings.of(s)) }
func (e *encoder) typ(t types.Type)   { e.uint(e.unit.types.of(t)) }
func (e *encoder) dst(v ssa.Value)    { e.uint(e.slots[v]) }
func (e *encoder) typeOf(v ssa.Value) { e.typ(v.Type()) }

// Kinds of operands that are no registers.
const (
	operandFalse = iota
	operandTrue
	operandInt
	operandFloat
	operandComplex
	operandString
	operandZero
	operandFunction
	operandGlobal
)

// operand writes a register as an even number, anything else as an odd one with its kind.
func (e *encoder) operand(v ssa.Value) {
	if slot, ok := e.slots[v]; ok {
		e.uint(slot << 1)
		return
	}
	switch v := v.(type) {
	case *ssa.Const:
		e.constant(v)
	case *ssa.Function:
		e.kind(operandFunction)
		e.str(e.unit.function(v, e.at()))
	case *ssa.Global:
		e.kind(operandGlobal)
		e.str(e.unit.global(v, e.at()))
	default:
		panic(fmt.Sprintf("%s: operand %T %s has no form", e.fn, v, v))
	}
}

func (e *encoder) kind(k int) { e.uint(k<<1 | 1) }

func (e *encoder) constant(c *ssa.Const) {
	basic, ok := c.Type().Underlying().(*types.Basic)
	if c.Value == nil || !ok {
		e.kind(operandZero)
		e.typ(c.Type())
		return
	}
	switch info := basic.Info(); {
	case info&types.IsBoolean != 0:
		if constant.BoolVal(c.Value) {
			e.kind(operandTrue)
		} else {
			e.kind(operandFalse)
		}
		e.typ(c.Type())
	case info&types.IsString != 0:
		e.kind(operandString)
		e.typ(c.Type())
		e.str(constant.StringVal(c.Value))
	case info&types.IsInteger != 0 || basic.Kind() == types.UnsafePointer:
		e.kind(operandInt)
		e.typ(c.Type())
		e.int(integer(constant.ToInt(c.Value)))
	case info&types.IsFloat != 0:
		e.kind(operandFloat)
		e.typ(c.Type())
		e.float(floating(c.Value, basic))
	default:
		e.kind(operandComplex)
		e.typ(c.Type())
		z := constant.ToComplex(c.Value)
		e.float(floating(constant.Real(z), basic))
		e.float(floating(constant.Imag(z), basic))
	}
}

// integer gives the bits of a constant that fits 64 of them, signed or not.
func integer(v constant.Value) int64 {
	if i, ok := constant.Int64Val(v); ok {
		return i
	}
	u, _ := constant.Uint64Val(v)
	return int64(u)
}

func floating(v constant.Value, typ *types.Basic) float64 {
	v = constant.ToFloat(v)
	if k := typ.Kind(); k == types.Float32 || k == types.Complex64 {
		f, _ := constant.Float32Val(v)
		return float64(f)
	}
	f, _ := constant.Float64Val(v)
	return f
}
