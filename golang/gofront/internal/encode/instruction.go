package encode

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"paniclab/gofront/internal/escape"
)

// Instruction codes, in the order of FORMAT.md.
const (
	opAlloc = iota
	opBinOp
	opUnOp
	opCall
	opGo
	opDefer
	opRunDefers
	opPanic
	opReturn
	opIf
	opJump
	opPhi
	opStore
	opFieldAddr
	opField
	opIndexAddr
	opIndex
	opLookup
	opMapUpdate
	opMakeMap
	opMakeChan
	opMakeSlice
	opMakeClosure
	opMakeInterface
	opChangeType
	opChangeInterface
	opConvert
	opMultiConvert
	opSliceToArrayPointer
	opTypeAssert
	opExtract
	opRange
	opNext
	opSend
	opSelect
	opSlice
)

// instruction writes code, position, and then the fields in the order of the Java records; a
// destination comes first, the result type last and only where it is not that of the slot.
func (e *encoder) instruction(b *ssa.BasicBlock, in ssa.Instruction) {
	switch in := in.(type) {
	case *ssa.Alloc:
		e.begin(opAlloc, in)
		e.dst(in)
		e.typ(in.Type().Underlying().(*types.Pointer).Elem())
		e.bool(in.Heap)
		e.str(in.Comment)
	case *ssa.BinOp:
		e.begin(opBinOp, in)
		e.dst(in)
		e.str(in.Op.String())
		e.operand(in.X)
		e.operand(in.Y)
		e.typeOf(in.X)
		e.typeOf(in.Y)
	case *ssa.UnOp:
		e.begin(opUnOp, in)
		e.dst(in)
		e.str(in.Op.String())
		e.operand(in.X)
		e.typeOf(in.X)
		e.bool(in.CommaOk)
	case *ssa.Phi:
		e.begin(opPhi, in)
		e.dst(in)
		e.operands(in.Edges)
	case *ssa.Store:
		e.begin(opStore, in)
		e.operand(in.Addr)
		e.operand(in.Val)
		e.typeOf(in.Val)
	case *ssa.Extract:
		e.begin(opExtract, in)
		e.dst(in)
		e.operand(in.Tuple)
		e.uint(in.Index)
	case *ssa.Call, *ssa.Go, *ssa.Defer, *ssa.RunDefers, *ssa.Panic, *ssa.Return, *ssa.If, *ssa.Jump:
		e.control(b, in)
	case *ssa.FieldAddr, *ssa.Field, *ssa.IndexAddr, *ssa.Index, *ssa.Lookup, *ssa.MapUpdate,
		*ssa.Slice, *ssa.Range, *ssa.Next:
		e.element(in)
	case *ssa.MakeMap, *ssa.MakeChan, *ssa.MakeSlice, *ssa.MakeClosure, *ssa.MakeInterface:
		e.make(in)
	case *ssa.ChangeType, *ssa.ChangeInterface, *ssa.Convert, *ssa.MultiConvert,
		*ssa.SliceToArrayPointer, *ssa.TypeAssert:
		e.conversion(in)
	case *ssa.Send:
		e.begin(opSend, in)
		e.operand(in.Chan)
		e.operand(in.X)
		e.typeOf(in.X)
	case *ssa.Select:
		e.selection(in)
	default:
		panic(fmt.Sprintf("%s: instruction %T has no form", e.fn, in))
	}
}

// control writes calls and what ends a block.
func (e *encoder) control(b *ssa.BasicBlock, in ssa.Instruction) {
	switch in := in.(type) {
	case *ssa.Call:
		if size, ok := sizeof(&in.Call); ok {
			e.begin(opChangeType, in)
			e.dst(in)
			e.operand(size)
			e.typeOf(size)
			return
		}
		e.begin(opCall, in)
		e.dst(in)
		e.call(in, &in.Call)
	case *ssa.Go:
		e.begin(opGo, in)
		e.call(in, &in.Call)
	case *ssa.Defer:
		e.begin(opDefer, in)
		e.call(in, &in.Call)
		e.optional(in.DeferStack)
	case *ssa.RunDefers:
		e.begin(opRunDefers, in)
	case *ssa.Panic:
		e.begin(opPanic, in)
		e.operand(in.X)
	case *ssa.Return:
		e.begin(opReturn, in)
		e.operands(in.Results)
	case *ssa.If:
		e.begin(opIf, in)
		e.operand(in.Cond)
		e.uint(b.Succs[0].Index)
		e.uint(b.Succs[1].Index)
	case *ssa.Jump:
		e.begin(opJump, in)
		e.uint(b.Succs[0].Index)
	}
}

// sizeof computes unsafe.Sizeof and unsafe.Alignof, which SSA leaves standing where generic code asks
// about a type parameter.
func sizeof(c *ssa.CallCommon) (*ssa.Const, bool) {
	b, ok := c.Value.(*ssa.Builtin)
	if !ok || b.Name() != "Sizeof" && b.Name() != "Alignof" {
		return nil, false
	}
	sizes := types.SizesFor("gc", "amd64")
	n := sizes.Sizeof(c.Args[0].Type())
	if b.Name() == "Alignof" {
		n = sizes.Alignof(c.Args[0].Type())
	}
	return ssa.NewConst(constant.MakeInt64(n), types.Typ[types.Uintptr]), true
}

// element writes what reads or writes a part of a value.
func (e *encoder) element(in ssa.Instruction) {
	switch in := in.(type) {
	case *ssa.FieldAddr:
		e.begin(opFieldAddr, in)
		e.dst(in)
		e.operand(in.X)
		e.uint(in.Field)
		e.typ(in.X.Type().Underlying().(*types.Pointer).Elem())
	case *ssa.Field:
		e.begin(opField, in)
		e.dst(in)
		e.operand(in.X)
		e.uint(in.Field)
		e.typeOf(in.X)
	case *ssa.IndexAddr:
		e.indexing(opIndexAddr, in, in.X, in.Index)
	case *ssa.Index:
		e.indexing(opIndex, in, in.X, in.Index)
	case *ssa.Lookup:
		e.begin(opLookup, in)
		e.dst(in)
		e.operand(in.X)
		e.operand(in.Index)
		e.typeOf(in.X)
		e.bool(in.CommaOk)
	case *ssa.MapUpdate:
		e.begin(opMapUpdate, in)
		e.operand(in.Map)
		e.operand(in.Key)
		e.operand(in.Value)
		e.typeOf(in.Map)
	case *ssa.Slice:
		if a, ok := in.X.(*ssa.Alloc); ok && isMade(a) {
			e.makeSlice(in, a)
			return
		}
		e.begin(opSlice, in)
		e.dst(in)
		e.operand(in.X)
		e.optional(in.Low)
		e.optional(in.High)
		e.optional(in.Max)
		e.typeOf(in.X)
	case *ssa.Range:
		e.begin(opRange, in)
		e.dst(in)
		e.operand(in.X)
		e.typeOf(in.X)
	case *ssa.Next:
		e.begin(opNext, in)
		e.dst(in)
		e.operand(in.Iter)
		e.bool(in.IsString)
	}
}

func (e *encoder) makeSlice(in *ssa.Slice, a *ssa.Alloc) {
	array := a.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Array)
	capacity := ssa.NewConst(constant.MakeInt64(array.Len()), types.Typ[types.Int])
	e.begin(opMakeSlice, in)
	e.dst(in)
	e.operand(in.High)
	e.operand(capacity)
	e.typeOf(in.High)
	e.typeOf(capacity)
}

func (e *encoder) indexing(code byte, in ssa.Value, x, index ssa.Value) {
	e.begin(code, in.(ssa.Instruction))
	e.dst(in)
	e.operand(x)
	e.operand(index)
	e.typeOf(x)
	e.typeOf(index)
}

// make writes what makes a reference to something new.
func (e *encoder) make(in ssa.Instruction) {
	switch in := in.(type) {
	case *ssa.MakeMap:
		e.begin(opMakeMap, in)
		e.dst(in)
		e.optional(in.Reserve)
	case *ssa.MakeChan:
		e.begin(opMakeChan, in)
		e.dst(in)
		e.operand(in.Size)
		e.typeOf(in.Size)
	case *ssa.MakeSlice:
		e.begin(opMakeSlice, in)
		e.dst(in)
		e.operand(in.Len)
		e.operand(in.Cap)
		e.typeOf(in.Len)
		e.typeOf(in.Cap)
	case *ssa.MakeClosure:
		e.begin(opMakeClosure, in)
		e.dst(in)
		e.str(e.unit.function(in.Fn.(*ssa.Function), in.Pos()))
		e.operands(in.Bindings)
	case *ssa.MakeInterface:
		e.unit.runtimeType(in.X.Type())
		e.begin(opMakeInterface, in)
		e.dst(in)
		e.operand(in.X)
		e.typeOf(in.X)
	}
}

// conversion writes what changes the type of a value.
func (e *encoder) conversion(in ssa.Instruction) {
	one := func(code byte, dst, x ssa.Value) {
		e.begin(code, in)
		e.dst(dst)
		e.operand(x)
		e.typeOf(x)
	}
	switch in := in.(type) {
	case *ssa.ChangeType:
		one(opChangeType, in, in.X)
	case *ssa.ChangeInterface:
		one(opChangeInterface, in, in.X)
	case *ssa.Convert:
		one(opConvert, in, in.X)
	case *ssa.MultiConvert:
		one(opMultiConvert, in, in.X)
	case *ssa.SliceToArrayPointer:
		one(opSliceToArrayPointer, in, in.X)
	case *ssa.TypeAssert:
		one(opTypeAssert, in, in.X)
		e.typ(in.AssertedType)
		e.bool(in.CommaOk)
	}
}

func (e *encoder) selection(in *ssa.Select) {
	e.begin(opSelect, in)
	e.dst(in)
	e.bool(in.Blocking)
	e.uint(len(in.States))
	for _, s := range in.States {
		e.operand(s.Chan)
		e.optional(s.Send)
		e.typeOf(s.Chan)
		e.position(e.unit.prog.Fset.Position(s.Pos))
	}
}

// Kinds of callees.
const (
	callStatic = iota
	callDynamic
	callInvoke
	callBuiltin
)

func (e *encoder) call(in ssa.Instruction, c *ssa.CallCommon) {
	switch v := c.Value.(type) {
	case *ssa.Function:
		e.byte(callStatic)
		e.str(e.unit.function(v, e.at()))
	case *ssa.Builtin:
		e.byte(callBuiltin)
		e.str(builtinName(in, v))
		e.uint(len(c.Args))
		for _, a := range c.Args {
			e.typeOf(a)
		}
	default:
		if c.IsInvoke() {
			e.byte(callInvoke)
			e.operand(v)
			e.str(c.Method.Name())
			e.str(ownerPath(c.Method))
		} else {
			e.byte(callDynamic)
			e.operand(v)
		}
	}
	e.operands(c.Args)
	e.typ(calleeSignature(c))
}

// builtinName tells an append whose first array may lie on the stack from others.
func builtinName(in ssa.Instruction, b *ssa.Builtin) string {
	if call, ok := in.(*ssa.Call); ok && b.Name() == "append" && escape.OnStack(call) {
		return "append on stack"
	}
	return b.Name()
}

// calleeSignature is without a receiver for an invocation, and has it first for a method.
func calleeSignature(c *ssa.CallCommon) *types.Signature {
	if fn, ok := c.Value.(*ssa.Function); ok {
		return signatureOf(fn)
	}
	return c.Signature()
}

func (e *encoder) operands(vs []ssa.Value) {
	e.uint(len(vs))
	for _, v := range vs {
		e.operand(v)
	}
}

func (e *encoder) optional(v ssa.Value) {
	e.bool(v != nil)
	if v != nil {
		e.operand(v)
	}
}

// begin writes an instruction's code and position.
func (e *encoder) begin(code byte, in ssa.Instruction) {
	e.byte(code)
	p := e.unit.place(in)
	if !p.IsValid() {
		p = e.last
	}
	e.last = p
	e.position(p)
}

func (e *encoder) at() token.Pos { return e.fn.Pos() }

// emptyLoop finds the loop without condition and body that a block which jumps to itself is, if the
// function has no other.
func emptyLoop(fn *ssa.Function, b *ssa.BasicBlock) (token.Pos, bool) {
	if len(b.Instrs) != 1 || len(b.Succs) != 1 || b.Succs[0] != b || fn.Syntax() == nil {
		return token.NoPos, false
	}
	var loops []token.Pos
	ast.Inspect(fn.Syntax(), func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return n == fn.Syntax()
		case *ast.ForStmt:
			if n.Cond == nil && n.Post == nil && len(n.Body.List) == 0 {
				loops = append(loops, n.For)
			}
		}
		return true
	})
	if len(loops) != 1 {
		return token.NoPos, false
	}
	return loops[0], true
}

// startPlace is what instructions at the start of a block that SSA gave no place are taken to have:
// the loop where the block checks the state of a range over a function, else the first known place
// of the block, or else that of the block before.
func (e *encoder) startPlace(b *ssa.BasicBlock) token.Position {
	if loop, ok := emptyLoop(e.fn, b); ok {
		return e.unit.prog.Fset.Position(loop)
	}
	if loop, ok := e.fn.Syntax().(*ast.RangeStmt); ok && (b.Index == 0 || b.Comment == "yield-invalid") {
		return e.unit.prog.Fset.Position(loop.For)
	}
	for _, in := range b.Instrs {
		if p := e.unit.place(in); p.IsValid() {
			return p
		}
	}
	return e.last
}
