package cside

import (
	"modernc.org/cc/v4"
)

// A body is a function being translated.
type body struct {
	u         *unit
	f         *Function
	result    cc.Type
	slots     map[*cc.Declarator]int
	breaks    []*place
	continues []*place
	labels    map[string]*place
	cases     map[*cc.LabeledStatement]*place
	line      int
}

// A place is a target of jumps.
type place struct {
	at    int
	known bool
	from  []int
}

func (u *unit) function(n *cc.FunctionDefinition) {
	d := n.Declarator
	i := u.callee(d)
	f := u.program.Functions[i]
	weak := u.weak[d.Name()]
	switch {
	case f.Defined && weak && !f.Weak:
		return // the other one stays
	case f.Defined && weak == f.Weak:
		unsupported(d, "C function %s, which is defined twice", d.Name())
	}
	*f = Function{Name: f.Name, Static: f.Static, Weak: weak}
	ft := d.Type().(*cc.FunctionType)
	signature(d, f, ft)
	f.Defined = true
	f.File = u.file
	f.CPlusPlus = u.cplusplus
	b := &body{u: u, f: f, result: ft.Result(), slots: map[*cc.Declarator]int{},
		labels: map[string]*place{}, cases: map[*cc.LabeledStatement]*place{}}
	k := 0
	for _, p := range ft.Parameters() {
		t := p.Type().Decay()
		if t.Kind() == cc.Void {
			continue
		}
		if p.Declarator != nil {
			f.Params[k].Offset = b.slot(p.Declarator, t)
		} else {
			f.Params[k].Offset = b.reserve(8, 8)
		}
		k++
	}
	b.compound(n.CompoundStatement)
	b.emit(opReturn, 0)
	for name, p := range b.labels {
		if !p.known {
			unsupported(n, "goto %s", name)
		}
	}
	f.Frame = (f.Frame + 15) &^ 15
}

func (b *body) emit(code ...int64) int {
	b.f.Code = append(b.f.Code, code...)
	return len(b.f.Code) - 1
}

func (b *body) reserve(size, align int) int {
	if align < 1 {
		align = 1
	}
	off := (b.f.Frame + align - 1) / align * align
	b.f.Frame = off + size
	return off
}

func (b *body) slot(d *cc.Declarator, t cc.Type) int {
	if a, ok := t.(*cc.ArrayType); ok && a.IsVLA() {
		unsupported(d, "a C array of variable length")
	}
	if t.IsIncomplete() {
		unsupported(d, "a C variable of incomplete type")
	}
	size := int(t.Size())
	off := b.reserve(size, max(t.Align(), d.Alignas()))
	b.slots[d] = off
	if d.IsVolatile() || t.Attributes().IsVolatile() || elementVolatile(t) {
		b.f.Sure += size
	}
	return off
}

func elementVolatile(t cc.Type) bool {
	a, ok := t.(*cc.ArrayType)
	return ok && a.Elem().Attributes().IsVolatile()
}

func (b *body) register() int64 {
	b.f.Registers++
	return int64(b.f.Registers - 1)
}

func (b *body) mark(p *place) {
	p.at, p.known = len(b.f.Code), true
	for _, f := range p.from {
		b.f.Code[f] = int64(p.at)
	}
}

func (b *body) jump(op int64, p *place) {
	i := b.emit(op, int64(p.at))
	if !p.known {
		p.from = append(p.from, i)
	}
}

func (b *body) at(n cc.Node) {
	if l := n.Position().Line; l != b.line && l > 0 {
		b.line = l
		b.emit(opLine, int64(l))
	}
}

func (b *body) compound(n *cc.CompoundStatement) {
	for l := n.BlockItemList; l != nil; l = l.BlockItemList {
		switch i := l.BlockItem; i.Case {
		case cc.BlockItemDecl:
			b.at(i.Declaration)
			b.declaration(i.Declaration)
		case cc.BlockItemStmt:
			b.statement(i.Statement)
		default:
			unsupported(n, "a nested C function or label")
		}
	}
}

func (b *body) declaration(d *cc.Declaration) {
	for l := d.InitDeclaratorList; l != nil; l = l.InitDeclaratorList {
		decl, init := l.InitDeclarator.Declarator, l.InitDeclarator.Initializer
		switch {
		case decl.IsTypename() || decl.Type().Kind() == cc.Function:
		case decl.StorageDuration() == cc.Static:
			if !decl.IsExtern() {
				b.u.variable(decl, init)
			}
		default:
			off := b.slot(decl, decl.Type())
			if init != nil {
				b.initialize(off, decl.Type(), init)
				if n := len(b.f.Code); decl.IsVolatile() && init.Case == cc.InitializerExpr && decl.Type().Kind() != cc.Array &&
					kindOf(decl, decl.Type()) != Aggregate {
					b.f.Code[n-2] = 1 // of the store before the last opPop
				}
			}
		}
	}
}

func (b *body) initialize(off int, t cc.Type, init *cc.Initializer) {
	if init.Case == cc.InitializerInitList || t.Kind() == cc.Array {
		b.emit(opLocal, int64(off))
		b.emit(opZero, t.Size())
	}
	b.initial(off, init)
}

func (b *body) initial(off int, init *cc.Initializer) {
	if init.Case == cc.InitializerInitList {
		for l := init.InitializerList; l != nil; l = l.InitializerList {
			b.initial(off, l.Initializer)
		}
		return
	}
	if f := init.Field(); f != nil && f.IsBitfield() {
		unsupported(init, "a bit-field in C")
	}
	t := init.Type()
	at := int64(off) + init.Offset()
	e := init.AssignmentExpression
	if s, ok := e.Value().(cc.StringValue); ok && t.Kind() == cc.Array {
		b.emit(opLocal, at)
		b.emit(opGlobal, int64(b.u.text(string(s))), 0)
		b.emit(opCopy, min(int64(len(s)), t.Size()))
		b.emit(opPop)
		return
	}
	b.emit(opLocal, at)
	b.assign(t, e)
	b.emit(opPop)
}

// assign stores an expression, converted, to the address on the stack, and leaves the value.
func (b *body) assign(t cc.Type, e cc.ExpressionNode) {
	k := kindOf(e, t)
	if k == Aggregate {
		b.expr(e)
		b.emit(opCopy, t.Size())
		return
	}
	b.converted(e, t)
	b.store(k, t)
}

// store takes a value and an address off the stack, and leaves the value.
func (b *body) store(k Kind, t cc.Type) {
	volatile := int64(0)
	if t.Attributes().IsVolatile() {
		volatile = 1
	}
	b.emit(opStore, int64(k), volatile)
}

func (b *body) statement(s *cc.Statement) {
	b.at(s)
	switch s.Case {
	case cc.StatementLabeled:
		b.labeled(s.LabeledStatement)
	case cc.StatementCompound:
		b.compound(s.CompoundStatement)
	case cc.StatementExpr:
		if e := s.ExpressionStatement.ExpressionList; e != nil {
			b.discard(e)
		}
	case cc.StatementSelection:
		b.selection(s.SelectionStatement)
	case cc.StatementIteration:
		b.iteration(s.IterationStatement)
	case cc.StatementJump:
		b.jumpStatement(s.JumpStatement)
	default:
		unsupported(s, "assembly in C")
	}
}

func (b *body) labeled(n *cc.LabeledStatement) {
	switch n.Case {
	case cc.LabeledStatementLabel:
		b.mark(b.label(n.Token.SrcStr()))
	case cc.LabeledStatementRange:
		unsupported(n, "a case with a range in C")
	default:
		p := b.cases[n]
		if p == nil {
			unsupported(n, "a case outside of switch")
		}
		b.mark(p)
	}
	if n.Statement != nil {
		b.statement(n.Statement)
	}
}

func (b *body) label(name string) *place {
	p := b.labels[name]
	if p == nil {
		p = &place{}
		b.labels[name] = p
	}
	return p
}

func (b *body) selection(n *cc.SelectionStatement) {
	switch n.Case {
	case cc.SelectionStatementIf, cc.SelectionStatementIfElse:
		otherwise, end := &place{}, &place{}
		b.condition(n.ExpressionList)
		b.jump(opFalse, otherwise)
		b.statement(n.Statement)
		if n.Case == cc.SelectionStatementIfElse {
			b.jump(opJump, end)
		}
		b.mark(otherwise)
		if n.Case == cc.SelectionStatementIfElse {
			b.statement(n.Statement2)
		}
		b.mark(end)
	default:
		b.switchStatement(n)
	}
}

func (b *body) switchStatement(n *cc.SelectionStatement) {
	t := cc.IntegerPromotion(n.ExpressionList.Type())
	b.converted(n.ExpressionList, t)
	r := b.register()
	b.emit(opSet, r)
	end := &place{}
	otherwise := end
	for _, l := range n.LabeledStatements() {
		p := &place{}
		b.cases[l] = p
		if l.Case == cc.LabeledStatementDefault {
			otherwise = p
			continue
		}
		if l.Case != cc.LabeledStatementCaseLabel {
			continue
		}
		c, ok := constant(l.ConstantExpression, t)
		if !ok {
			unsupported(l, "a case that is no constant")
		}
		b.emit(opGet, r)
		b.emit(opConst, c)
		b.emit(opBinary, opEqual, int64(kindOf(n, t)))
		b.jump(opTrue, p)
	}
	b.jump(opJump, otherwise)
	b.breaks = append(b.breaks, end)
	b.statement(n.Statement)
	b.breaks = b.breaks[:len(b.breaks)-1]
	b.mark(end)
}

func (b *body) iteration(n *cc.IterationStatement) {
	again, next, end := &place{}, &place{}, &place{}
	loop := func() {
		b.breaks = append(b.breaks, end)
		b.continues = append(b.continues, next)
		b.statement(n.Statement)
		b.breaks = b.breaks[:len(b.breaks)-1]
		b.continues = b.continues[:len(b.continues)-1]
	}
	switch n.Case {
	case cc.IterationStatementWhile:
		b.mark(next)
		b.condition(n.ExpressionList)
		b.jump(opFalse, end)
		loop()
		b.jump(opJump, next)
	case cc.IterationStatementDo:
		b.mark(again)
		loop()
		b.mark(next)
		b.condition(n.ExpressionList)
		b.jump(opTrue, again)
	default:
		test, step := n.ExpressionList2, n.ExpressionList3
		if n.Case == cc.IterationStatementForDecl {
			b.declaration(n.Declaration)
			test, step = n.ExpressionList, n.ExpressionList2
		} else if n.ExpressionList != nil {
			b.discard(n.ExpressionList)
		}
		b.mark(again)
		if test != nil {
			b.condition(test)
			b.jump(opFalse, end)
		}
		loop()
		b.mark(next)
		if step != nil {
			b.discard(step)
		}
		b.jump(opJump, again)
	}
	b.mark(end)
}

func (b *body) jumpStatement(n *cc.JumpStatement) {
	switch n.Case {
	case cc.JumpStatementGoto:
		b.jump(opJump, b.label(n.Token2.SrcStr()))
	case cc.JumpStatementContinue:
		b.jump(opJump, b.continues[len(b.continues)-1])
	case cc.JumpStatementBreak:
		b.jump(opJump, b.breaks[len(b.breaks)-1])
	case cc.JumpStatementReturn:
		if n.ExpressionList == nil {
			b.emit(opReturn, 0)
			return
		}
		if b.result.Kind() == cc.Void {
			b.discard(n.ExpressionList)
			b.emit(opReturn, 0)
			return
		}
		if b.f.Result == Aggregate {
			b.expr(n.ExpressionList)
		} else {
			b.converted(n.ExpressionList, b.result)
		}
		b.emit(opReturn, 1)
	default:
		unsupported(n, "a computed goto in C")
	}
}
