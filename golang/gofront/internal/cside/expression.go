package cside

import (
	"modernc.org/cc/v4"
)

// Operators of opBinary and opUnary; the numbers are part of the format.
const (
	opAdd int64 = iota
	opSub
	opMul
	opDiv
	opRem
	opAnd
	opOr
	opXor
	opShl
	opShr
	opEqual
	opNotEqual
	opLess
	opLessEqual
	opGreater
	opGreaterEqual
)

const (
	opNegate int64 = iota
	opComplement
	opNot
)

// discard evaluates for effect.
func (b *body) discard(e cc.ExpressionNode) {
	if b.expr(e) != Void {
		b.emit(opPop)
	}
}

// condition leaves a value that is 0 if the expression is false.
func (b *body) condition(e cc.ExpressionNode) {
	k := b.expr(e)
	if k == F32 || k == F64 {
		b.emit(opConvert, int64(k), int64(Boolean))
	}
}

// converted leaves the value of an expression as one of another scalar type.
func (b *body) converted(e cc.ExpressionNode, t cc.Type) {
	to := kindOf(e, t)
	if c, ok := constant(e, t); ok {
		b.emit(opConst, c)
		return
	}
	b.convert(b.expr(e), to)
}

func (b *body) convert(from, to Kind) {
	if from != to {
		b.emit(opConvert, int64(from), int64(to))
	}
}

// stored is the type of what an expression denotes, before arrays and functions become pointers.
func stored(e cc.ExpressionNode) cc.Type {
	switch n := e.(type) {
	case *cc.PrimaryExpression:
		switch n.Case {
		case cc.PrimaryExpressionIdent:
			if d, ok := n.ResolvedTo().(*cc.Declarator); ok {
				if d.IsParam() {
					return d.Type().Decay()
				}
				return d.Type()
			}
		case cc.PrimaryExpressionExpr:
			return stored(n.ExpressionList)
		}
	case *cc.PostfixExpression:
		switch n.Case {
		case cc.PostfixExpressionIndex:
			return pointee(indexed(n))
		case cc.PostfixExpressionSelect, cc.PostfixExpressionPSelect:
			return n.Field().Type()
		case cc.PostfixExpressionPrimary:
			return stored(n.PrimaryExpression)
		}
	case *cc.UnaryExpression:
		if n.Case == cc.UnaryExpressionDeref {
			return pointee(n.CastExpression)
		}
	case *cc.ExpressionList:
		if n.ExpressionList == nil {
			return stored(n.AssignmentExpression)
		}
	}
	return e.Type()
}

func pointee(e cc.ExpressionNode) cc.Type {
	p, ok := stored(e).Decay().(*cc.PointerType)
	if !ok {
		unsupported(e, "this use of a pointer in C")
	}
	return p.Elem()
}

// indexed is the operand of an index expression that is the pointer.
func indexed(n *cc.PostfixExpression) cc.ExpressionNode {
	if stored(n.PostfixExpression).Decay().Kind() == cc.Ptr {
		return n.PostfixExpression
	}
	return n.ExpressionList
}

// expr leaves the value of an expression, if it has one, and says of which kind it is.
func (b *body) expr(e cc.ExpressionNode) Kind {
	t := e.Type()
	switch t.Kind() {
	case cc.InvalidKind, cc.Void, cc.Struct, cc.Union, cc.Array, cc.Function:
	default:
		if c, ok := constant(e, t); ok && e.Pure() {
			b.emit(opConst, c)
			return kindOf(e, t)
		}
	}
	switch n := e.(type) {
	case *cc.PrimaryExpression:
		return b.primary(n)
	case *cc.PostfixExpression:
		return b.postfix(n)
	case *cc.UnaryExpression:
		return b.unary(n)
	case *cc.CastExpression:
		to := n.Type()
		if to.Kind() == cc.Void {
			b.discard(n.CastExpression)
			return Void
		}
		k := kindOf(n, to)
		if k == Aggregate {
			return b.expr(n.CastExpression)
		}
		b.converted(n.CastExpression, to)
		return k
	case *cc.MultiplicativeExpression:
		op := map[cc.MultiplicativeExpressionCase]int64{cc.MultiplicativeExpressionMul: opMul,
			cc.MultiplicativeExpressionDiv: opDiv, cc.MultiplicativeExpressionMod: opRem}[n.Case]
		return b.arithmetic(op, n.MultiplicativeExpression, n.CastExpression)
	case *cc.AdditiveExpression:
		if n.Case == cc.AdditiveExpressionAdd {
			return b.additive(opAdd, n.AdditiveExpression, n.MultiplicativeExpression)
		}
		return b.additive(opSub, n.AdditiveExpression, n.MultiplicativeExpression)
	case *cc.ShiftExpression:
		op := opShl
		if n.Case == cc.ShiftExpressionRsh {
			op = opShr
		}
		return b.shift(op, n.ShiftExpression, n.AdditiveExpression)
	case *cc.RelationalExpression:
		op := map[cc.RelationalExpressionCase]int64{cc.RelationalExpressionLt: opLess, cc.RelationalExpressionGt: opGreater,
			cc.RelationalExpressionLeq: opLessEqual, cc.RelationalExpressionGeq: opGreaterEqual}[n.Case]
		return b.compare(op, n.RelationalExpression, n.ShiftExpression)
	case *cc.EqualityExpression:
		op := opEqual
		if n.Case == cc.EqualityExpressionNeq {
			op = opNotEqual
		}
		return b.compare(op, n.EqualityExpression, n.RelationalExpression)
	case *cc.AndExpression:
		return b.arithmetic(opAnd, n.AndExpression, n.EqualityExpression)
	case *cc.ExclusiveOrExpression:
		return b.arithmetic(opXor, n.ExclusiveOrExpression, n.AndExpression)
	case *cc.InclusiveOrExpression:
		return b.arithmetic(opOr, n.InclusiveOrExpression, n.ExclusiveOrExpression)
	case *cc.LogicalAndExpression:
		return b.logical(opFalse, 0, n.LogicalAndExpression, n.InclusiveOrExpression)
	case *cc.LogicalOrExpression:
		return b.logical(opTrue, 1, n.LogicalOrExpression, n.LogicalAndExpression)
	case *cc.ConditionalExpression:
		return b.conditional(n)
	case *cc.AssignmentExpression:
		return b.assignment(n)
	case *cc.ExpressionList:
		k := Void
		for l := n; l != nil; l = l.ExpressionList {
			if k != Void {
				b.emit(opPop)
			}
			k = b.expr(l.AssignmentExpression)
		}
		return k
	case *cc.ConstantExpression:
		return b.expr(n.ConditionalExpression)
	}
	unsupported(e, "this C expression")
	return Void
}

// load leaves the value of what the address on the stack leads to.
func (b *body) load(n cc.ExpressionNode, t cc.Type, volatile bool) Kind {
	switch t.Kind() {
	case cc.Array, cc.Function:
		return U64
	}
	k := kindOf(n, t)
	if k != Aggregate {
		v := int64(0)
		if volatile || t.Attributes().IsVolatile() {
			v = 1
		}
		b.emit(opLoad, int64(k), v)
	}
	return k
}

// loadMember loads a member of a union, which may have been written through another.
func (b *body) loadMember(n cc.ExpressionNode, t cc.Type) Kind {
	k := b.load(n, t, false)
	if k != Aggregate && t.Kind() != cc.Array && t.Kind() != cc.Function {
		b.f.Code[len(b.f.Code)-1] |= 2
	}
	return k
}

func (b *body) primary(n *cc.PrimaryExpression) Kind {
	switch n.Case {
	case cc.PrimaryExpressionIdent:
		switch d := n.ResolvedTo().(type) {
		case *cc.Declarator:
			b.address(n)
			return b.load(n, stored(n), d.IsVolatile())
		case *cc.Enumerator:
			c, _ := constant(n, n.Type())
			b.emit(opConst, c)
			return kindOf(n, n.Type())
		}
		unsupported(n, "%s in C", n.Token.SrcStr())
	case cc.PrimaryExpressionExpr:
		return b.expr(n.ExpressionList)
	case cc.PrimaryExpressionString:
		b.address(n)
		return U64
	}
	if c, ok := constant(n, n.Type()); ok {
		b.emit(opConst, c)
		return kindOf(n, n.Type())
	}
	unsupported(n, "this C expression")
	return Void
}

// address leaves the address of what an expression denotes.
func (b *body) address(e cc.ExpressionNode) {
	switch n := e.(type) {
	case *cc.PrimaryExpression:
		switch n.Case {
		case cc.PrimaryExpressionExpr:
			b.address(n.ExpressionList)
			return
		case cc.PrimaryExpressionString:
			b.emit(opGlobal, int64(b.u.text(string(n.Value().(cc.StringValue)))), 0)
			return
		case cc.PrimaryExpressionIdent:
			if d, ok := n.ResolvedTo().(*cc.Declarator); ok {
				b.variable(n, d)
				return
			}
			if n.Token.SrcStr() == "__func__" {
				b.emit(opGlobal, int64(b.u.text(b.f.Name+"\x00")), 0)
				return
			}
		}
	case *cc.PostfixExpression:
		switch n.Case {
		case cc.PostfixExpressionPrimary:
			b.address(n.PrimaryExpression)
			return
		case cc.PostfixExpressionIndex:
			p, i := n.PostfixExpression, n.ExpressionList
			if indexed(n) != p {
				p, i = i, p
			}
			b.expr(p)
			b.offset(opAdd, i, pointee(p))
			return
		case cc.PostfixExpressionSelect:
			b.expr(n.PostfixExpression)
			b.member(n)
			return
		case cc.PostfixExpressionPSelect:
			b.expr(n.PostfixExpression)
			b.member(n)
			return
		case cc.PostfixExpressionCall:
			b.expr(n)
			return
		}
	case *cc.UnaryExpression:
		if n.Case == cc.UnaryExpressionDeref {
			b.expr(n.CastExpression)
			return
		}
	case *cc.ExpressionList:
		if n.ExpressionList == nil {
			b.address(n.AssignmentExpression)
			return
		}
	}
	unsupported(e, "the address of this C expression")
}

func (b *body) member(n *cc.PostfixExpression) {
	f := n.Field()
	if f.IsBitfield() {
		unsupported(n, "a bit-field in C")
	}
	off := f.Offset()
	for p := f.ParentField(); p != nil && p.Name() == ""; p = p.ParentField() { // an anonymous member
		off += p.Offset()
	}
	if off != 0 {
		b.emit(opConst, off)
		b.emit(opBinary, opAdd, int64(U64))
	}
}

func (b *body) variable(n cc.Node, d *cc.Declarator) {
	if d.Type().Kind() == cc.Function {
		b.emit(opFunc, int64(b.u.callee(d)))
		return
	}
	if off, ok := b.slots[d]; ok {
		b.emit(opLocal, int64(off))
		return
	}
	if d.StorageDuration() != cc.Static {
		unsupported(n, "C variable %s", d.Name())
	}
	b.emit(opGlobal, int64(b.u.datum(d)), 0)
}

// offset adds an index, times the size of an element, to the pointer on the stack.
func (b *body) offset(op int64, i cc.ExpressionNode, elem cc.Type) {
	size := int64(1)
	if elem.Kind() != cc.Void && elem.Kind() != cc.Function {
		if elem.IsIncomplete() {
			unsupported(i, "arithmetic on a pointer to an incomplete type")
		}
		size = elem.Size()
	}
	if c, ok := constant(i, i.Type()); ok {
		b.emit(opConst, c*size)
	} else {
		b.convert(b.expr(i), I64)
		if size != 1 {
			b.emit(opConst, size)
			b.emit(opBinary, opMul, int64(I64))
		}
	}
	b.emit(opBinary, op, int64(U64))
}

func (b *body) postfix(n *cc.PostfixExpression) Kind {
	switch n.Case {
	case cc.PostfixExpressionPrimary:
		return b.expr(n.PrimaryExpression)
	case cc.PostfixExpressionIndex, cc.PostfixExpressionSelect, cc.PostfixExpressionPSelect:
		b.address(n)
		if n.Case != cc.PostfixExpressionIndex && n.Field().ParentType() != nil &&
			n.Field().ParentType().Kind() == cc.Union {
			return b.loadMember(n, stored(n))
		}
		return b.load(n, stored(n), false)
	case cc.PostfixExpressionCall:
		return b.call(n)
	case cc.PostfixExpressionInc:
		return b.step(n.PostfixExpression, opAdd, true)
	case cc.PostfixExpressionDec:
		return b.step(n.PostfixExpression, opSub, true)
	case cc.PostfixExpressionComplit:
		t := n.Type().Undecay()
		off := b.reserve(int(t.Size()), t.Align())
		b.emit(opLocal, int64(off))
		b.emit(opZero, t.Size())
		for l := n.InitializerList; l != nil; l = l.InitializerList {
			b.initial(off, l.Initializer)
		}
		b.emit(opLocal, int64(off))
		return b.load(n, t, false)
	}
	unsupported(n, "this C expression")
	return Void
}

// step is ++ and --.
func (b *body) step(e cc.ExpressionNode, op int64, old bool) Kind {
	t := stored(e)
	k := kindOf(e, t)
	a, before := b.register(), b.register()
	b.address(e)
	b.emit(opDup)
	b.emit(opSet, a)
	b.load(e, t, false)
	b.emit(opSet, before)
	b.emit(opGet, a)
	b.emit(opGet, before)
	switch {
	case k == F32 || k == F64:
		b.emit(opConst, floatOne)
	case t.Kind() == cc.Ptr:
		size := int64(1)
		if el := t.(*cc.PointerType).Elem(); el.Kind() != cc.Void && el.Kind() != cc.Function {
			size = el.Size()
		}
		b.emit(opConst, size)
	default:
		b.emit(opConst, 1)
	}
	b.emit(opBinary, op, int64(k))
	b.store(k, t)
	if old {
		b.emit(opPop)
		b.emit(opGet, before)
	}
	return k
}

const floatOne = 0x3ff0000000000000

func (b *body) unary(n *cc.UnaryExpression) Kind {
	switch n.Case {
	case cc.UnaryExpressionPostfix:
		return b.expr(n.PostfixExpression)
	case cc.UnaryExpressionInc:
		return b.step(n.UnaryExpression, opAdd, false)
	case cc.UnaryExpressionDec:
		return b.step(n.UnaryExpression, opSub, false)
	case cc.UnaryExpressionAddrof:
		b.address(n.CastExpression)
		return U64
	case cc.UnaryExpressionDeref:
		t := stored(n)
		b.expr(n.CastExpression)
		return b.load(n, t, false)
	case cc.UnaryExpressionPlus:
		b.converted(n.CastExpression, n.Type())
		return kindOf(n, n.Type())
	case cc.UnaryExpressionMinus, cc.UnaryExpressionCpl:
		op := opNegate
		if n.Case == cc.UnaryExpressionCpl {
			op = opComplement
		}
		b.converted(n.CastExpression, n.Type())
		k := kindOf(n, n.Type())
		b.emit(opUnary, op, int64(k))
		return k
	case cc.UnaryExpressionNot:
		b.condition(n.CastExpression)
		b.emit(opUnary, opNot, int64(I32))
		return I32
	}
	unsupported(n, "this C expression")
	return Void
}

func (b *body) arithmetic(op int64, x, y cc.ExpressionNode) Kind {
	t := cc.UsualArithmeticConversions(x.Type(), y.Type())
	b.converted(x, t)
	b.converted(y, t)
	k := kindOf(x, t)
	if cc.IsIntegerType(t) && (op == opDiv || op == opRem) {
		b.divisor(x, y, t)
	}
	b.emit(opBinary, op, int64(k))
	return k
}

// divisor marks divisions by 0 that gcc compiles to something else: 1/x, and x/0 when it optimizes.
func (b *body) divisor(x, y cc.ExpressionNode, t cc.Type) {
	if c, ok := constant(x, t); ok && (c == 1 || c == -1) {
		b.emit(opDivisor, 1)
	} else if _, ok := constant(y, t); ok {
		b.emit(opDivisor, 0)
	}
}

func (b *body) shift(op int64, x, y cc.ExpressionNode) Kind {
	t := cc.IntegerPromotion(x.Type())
	b.converted(x, t)
	b.convert(b.expr(y), I64)
	k := kindOf(x, t)
	b.emit(opBinary, op, int64(k))
	return k
}

func (b *body) additive(op int64, x, y cc.ExpressionNode) Kind {
	xp, yp := stored(x).Decay().Kind() == cc.Ptr, stored(y).Decay().Kind() == cc.Ptr
	switch {
	case xp && yp:
		b.expr(x)
		b.expr(y)
		b.emit(opBinary, opSub, int64(I64))
		if size := pointee(x).Size(); size > 1 {
			b.emit(opConst, size)
			b.emit(opBinary, opDiv, int64(I64))
		}
		return I64
	case xp:
		b.expr(x)
		b.offset(op, y, pointee(x))
		return U64
	case yp:
		b.expr(y)
		b.offset(op, x, pointee(y))
		return U64
	}
	return b.arithmetic(op, x, y)
}

func (b *body) compare(op int64, x, y cc.ExpressionNode) Kind {
	if stored(x).Decay().Kind() == cc.Ptr || stored(y).Decay().Kind() == cc.Ptr {
		b.convert(b.expr(x), U64)
		b.convert(b.expr(y), U64)
		b.emit(opBinary, op, int64(U64))
		return I32
	}
	b.arithmetic(op, x, y)
	return I32
}

func (b *body) logical(skip int64, value int64, x, y cc.ExpressionNode) Kind {
	short, end := &place{}, &place{}
	b.condition(x)
	b.jump(skip, short)
	b.condition(y)
	b.jump(skip, short)
	b.emit(opConst, 1-value)
	b.jump(opJump, end)
	b.mark(short)
	b.emit(opConst, value)
	b.mark(end)
	return I32
}

func (b *body) conditional(n *cc.ConditionalExpression) Kind {
	otherwise, end := &place{}, &place{}
	t := n.Type()
	one := func(e cc.ExpressionNode) {
		switch k := kindOf(n, t.Decay()); k {
		case Void:
			b.discard(e)
		case Aggregate:
			b.expr(e)
		default:
			b.converted(e, t.Decay())
		}
	}
	if n.ExpressionList == nil {
		unsupported(n, "?: without a middle in C")
	}
	b.condition(n.LogicalOrExpression)
	b.jump(opFalse, otherwise)
	one(n.ExpressionList)
	b.jump(opJump, end)
	b.mark(otherwise)
	one(n.ConditionalExpression)
	b.mark(end)
	return kindOf(n, t.Decay())
}

// isVolatile says whether a variable, or an array that an element is of, was declared volatile.
func isVolatile(e cc.ExpressionNode) bool {
	switch n := stripped(e).(type) {
	case *cc.PrimaryExpression:
		d, ok := n.ResolvedTo().(*cc.Declarator)
		return ok && n.Case == cc.PrimaryExpressionIdent && d.IsVolatile()
	case *cc.PostfixExpression:
		return n.Case == cc.PostfixExpressionIndex && stored(indexed(n)).Kind() == cc.Array && isVolatile(indexed(n))
	case *cc.UnaryExpression:
		return n.Case == cc.UnaryExpressionPostfix && isVolatile(n.PostfixExpression)
	}
	return false
}

var compound = map[cc.AssignmentExpressionCase]int64{
	cc.AssignmentExpressionMul: opMul, cc.AssignmentExpressionDiv: opDiv, cc.AssignmentExpressionMod: opRem,
	cc.AssignmentExpressionAdd: opAdd, cc.AssignmentExpressionSub: opSub, cc.AssignmentExpressionLsh: opShl,
	cc.AssignmentExpressionRsh: opShr, cc.AssignmentExpressionAnd: opAnd, cc.AssignmentExpressionXor: opXor,
	cc.AssignmentExpressionOr: opOr}

func (b *body) assignment(n *cc.AssignmentExpression) Kind {
	t := stored(n.UnaryExpression)
	k := kindOf(n, t)
	b.address(n.UnaryExpression)
	if n.Case == cc.AssignmentExpressionAssign {
		b.assign(t, n.AssignmentExpression)
		if k != Aggregate && isVolatile(n.UnaryExpression) {
			b.f.Code[len(b.f.Code)-1] = 1
		}
		return k
	}
	op := compound[n.Case]
	a := b.register()
	b.emit(opDup)
	b.emit(opSet, a)
	b.emit(opGet, a)
	b.load(n, t, false)
	y := n.AssignmentExpression
	switch {
	case t.Kind() == cc.Ptr:
		b.offset(op, y, t.(*cc.PointerType).Elem())
	case op == opShl || op == opShr:
		p := kindOf(n, cc.IntegerPromotion(t))
		b.convert(k, p)
		b.convert(b.expr(y), I64)
		b.emit(opBinary, op, int64(p))
		b.convert(p, k)
	default:
		c := cc.UsualArithmeticConversions(t, y.Type())
		ck := kindOf(n, c)
		b.convert(k, ck)
		b.converted(y, c)
		b.emit(opBinary, op, int64(ck))
		b.convert(ck, k)
	}
	b.store(k, t)
	return k
}

func (b *body) call(n *cc.PostfixExpression) Kind {
	var callee *cc.Declarator
	ft, _ := stored(n.PostfixExpression).(*cc.FunctionType)
	if p, ok := stripped(n.PostfixExpression).(*cc.PrimaryExpression); ok && p.Case == cc.PrimaryExpressionIdent {
		if d, ok := p.ResolvedTo().(*cc.Declarator); ok && d.Type().Kind() == cc.Function {
			callee = d
		} else if p.ResolvedTo() == nil {
			unsupported(n, "a call of %s, which is not declared", p.Token.SrcStr())
		}
	}
	if ft == nil {
		if p, ok := stored(n.PostfixExpression).Decay().(*cc.PointerType); ok {
			ft, _ = p.Elem().(*cc.FunctionType)
		}
	}
	if ft == nil {
		unsupported(n, "this call in C")
	}
	if callee == nil {
		b.expr(n.PostfixExpression)
	}
	var kinds []int64
	params := ft.Parameters()
	i := 0
	for l := n.ArgumentExpressionList; l != nil; l = l.ArgumentExpressionList {
		kinds = append(kinds, int64(b.argument(l.AssignmentExpression, params, i)))
		i++
	}
	rk := kindOf(n, ft.Result())
	r := int64(0)
	if rk != Void {
		r = 1
	}
	if callee != nil {
		b.emit(opCall, int64(b.u.callee(callee)), int64(len(kinds)), r)
	} else {
		b.emit(opCallPointer, int64(len(kinds)), r)
	}
	b.emit(kinds...)
	if rk == Aggregate {
		// The callee's frame is gone: keep what it returned in ours.
		off := b.reserve(int(ft.Result().Size()), 16)
		t := b.register()
		b.emit(opSet, t)
		b.emit(opLocal, int64(off))
		b.emit(opGet, t)
		b.emit(opCopy, ft.Result().Size())
	}
	return rk
}

func stripped(e cc.ExpressionNode) cc.ExpressionNode {
	for {
		switch n := e.(type) {
		case *cc.PostfixExpression:
			if n.Case != cc.PostfixExpressionPrimary {
				return e
			}
			e = n.PrimaryExpression
		case *cc.PrimaryExpression:
			if n.Case != cc.PrimaryExpressionExpr {
				return e
			}
			e = n.ExpressionList
		case *cc.ExpressionList:
			if n.ExpressionList != nil {
				return e
			}
			e = n.AssignmentExpression
		default:
			return e
		}
	}
}

func (b *body) argument(e cc.ExpressionNode, params []*cc.Parameter, i int) Kind {
	if i < len(params) && params[i].Type().Kind() != cc.Void {
		t := params[i].Type().Decay()
		k := kindOf(e, t)
		if k == Aggregate {
			b.expr(e)
		} else {
			b.converted(e, t)
		}
		return k
	}
	t := stored(e).Decay()
	if cc.IsIntegerType(t) {
		t = cc.IntegerPromotion(t)
	}
	k := kindOf(e, t)
	if k == Aggregate {
		unsupported(e, "a struct for ... in C")
	}
	if k == F32 {
		b.convert(b.expr(e), F64)
		return F64
	}
	b.converted(e, t)
	return k
}
