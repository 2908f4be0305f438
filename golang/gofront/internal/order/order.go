// Package order makes calls come before loads where gc makes them.
//
// The specification orders the calls of an expression and leaves open when a variable is read that one
// of them changes. SSA reads it where it stands; gc runs the calls of a statement first (walk/order.go)
// and reads variables afterwards: fmt.Println(n, inc(), n) shows n twice as inc left it. So before SSA is
// built, calls that have such a read before them are taken out into variables of their own.
package order

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
)

// TempPrefix begins the names of the variables that are made.
const TempPrefix = "·"

// Rewrite changes files in place and says whether it did; they must be type-checked again then.
func Rewrite(files []*ast.File, info *types.Info) bool {
	r := rewriter{info: info, shared: sharedVariables(files, info)}
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				return !hasGoto(n) // which may not jump over a new variable
			case *ast.BlockStmt:
				n.List = r.list(n.List)
			case *ast.CaseClause:
				n.Body = r.list(n.Body)
			case *ast.CommClause:
				n.Body = r.list(n.Body)
			}
			return true
		})
	}
	return r.made > 0
}

func hasGoto(d *ast.FuncDecl) bool {
	found := false
	ast.Inspect(d, func(n ast.Node) bool {
		b, ok := n.(*ast.BranchStmt)
		found = found || ok && b.Tok == token.GOTO
		return !found
	})
	return found
}

type rewriter struct {
	info   *types.Info
	shared map[types.Object]bool // variables that a call may change
	made   int

	calls []call // of the statement at hand, in the order they run
	skip  bool   // it has what we leave as it is
}

// A call, or what gc treats like one, is an expression that runs before the rest of its statement.
type call struct {
	at    *ast.Expr
	value ast.Expr
	late  bool // something was read before it
}

func (r *rewriter) list(stmts []ast.Stmt) []ast.Stmt {
	var out []ast.Stmt
	for _, s := range stmts {
		r.calls, r.skip = nil, false
		r.statement(s)
		if !r.skip {
			out = append(out, r.takeOut()...)
		}
		out = append(out, s)
	}
	return out
}

// statement finds the calls of a statement.
func (r *rewriter) statement(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.ExprStmt:
		r.root(s.X)
	case *ast.GoStmt:
		r.root(s.Call)
	case *ast.DeferStmt:
		r.root(s.Call)
	case *ast.SendStmt:
		r.walk(&s.Value, r.walk(&s.Chan, false))
	case *ast.ReturnStmt:
		r.walkAll(s.Results, false)
	case *ast.AssignStmt:
		r.assignment(s)
	case *ast.DeclStmt:
		if g, ok := s.Decl.(*ast.GenDecl); ok && g.Tok == token.VAR && len(g.Specs) == 1 {
			r.walkAll(g.Specs[0].(*ast.ValueSpec).Values, false)
		}
	case *ast.IfStmt:
		r.header(s.Init, &s.Cond)
	case *ast.SwitchStmt:
		r.header(s.Init, &s.Tag)
	case *ast.ForStmt:
		r.header(s.Init, nil)
	}
}

func (r *rewriter) assignment(s *ast.AssignStmt) {
	for _, x := range s.Lhs {
		ast.Inspect(x, func(n ast.Node) bool {
			if _, ok := n.(*ast.CallExpr); ok {
				r.skip = true
			}
			return true
		})
	}
	r.walkAll(s.Rhs, false)
}

// header walks what runs first in a compound statement, and once.
func (r *rewriter) header(init ast.Stmt, x *ast.Expr) {
	if init != nil {
		if s, ok := init.(*ast.AssignStmt); ok {
			r.assignment(s)
		}
	} else if x != nil && *x != nil {
		r.walk(x, false)
	}
}

// root walks a call that is itself the statement.
func (r *rewriter) root(x ast.Expr) {
	if c, ok := ast.Unparen(x).(*ast.CallExpr); ok {
		r.walkAll(c.Args, r.callee(c))
	}
}

// takeOut makes the variables for all calls up to the last that something is read before.
func (r *rewriter) takeOut() []ast.Stmt {
	last := -1
	for i, c := range r.calls {
		if c.late {
			last = i
		}
	}
	var out []ast.Stmt
	for _, c := range r.calls[:last+1] {
		r.made++
		name := fmt.Sprintf("%s%d", TempPrefix, r.made)
		define := &ast.AssignStmt{
			Lhs:    []ast.Expr{&ast.Ident{NamePos: c.value.Pos(), Name: name}},
			TokPos: c.value.Pos(),
			Tok:    token.DEFINE,
			Rhs:    []ast.Expr{c.value},
		}
		*c.at = &ast.Ident{NamePos: c.value.Pos(), Name: name}
		out = append(out, define)
	}
	return out
}

func (r *rewriter) walkAll(list []ast.Expr, read bool) bool {
	for i := range list {
		read = r.walk(&list[i], read)
	}
	return read
}

// walk goes through an expression in the order of evaluation. It takes whether something that a call
// may change has been read and not used yet, and gives the same for after the expression.
func (r *rewriter) walk(at *ast.Expr, read bool) bool {
	switch x := (*at).(type) {
	case *ast.Ident:
		return read || r.shared[r.info.Uses[x]]
	case *ast.ParenExpr:
		return r.walk(&x.X, read)
	case *ast.SelectorExpr:
		if sel := r.info.Selections[x]; sel == nil {
			return read || r.shared[r.info.Uses[x.Sel]]
		} else if sel.Kind() != types.FieldVal {
			return r.walk(&x.X, read)
		}
		return r.walk(&x.X, read) || r.isReference(x.X)
	case *ast.IndexExpr:
		if r.info.Types[x.Index].IsType() {
			return read // an instance of a generic function
		}
		return r.walk(&x.Index, r.walk(&x.X, read)) || r.isReference(x.X)
	case *ast.StarExpr:
		r.walk(&x.X, read)
		return true
	case *ast.UnaryExpr:
		return r.unary(at, x, read)
	case *ast.BinaryExpr:
		if x.Op == token.LAND || x.Op == token.LOR {
			r.conditional(x)
			return read
		}
		return r.walk(&x.Y, r.walk(&x.X, read))
	case *ast.CallExpr:
		return r.call(at, x, read)
	case *ast.CompositeLit:
		return r.elements(x, read)
	case *ast.SliceExpr:
		before := read
		read = r.walk(&x.X, read)
		for _, i := range []*ast.Expr{&x.Low, &x.High, &x.Max} {
			if *i != nil {
				read = r.walk(i, read)
			}
		}
		r.run(at, before) // gc slices, and asserts types, in the order of calls
		return before
	case *ast.TypeAssertExpr:
		r.walk(&x.X, read)
		if _, several := r.info.TypeOf(x).(*types.Tuple); !several {
			r.run(at, read)
		}
		return read
	}
	return read
}

func (r *rewriter) unary(at *ast.Expr, x *ast.UnaryExpr, read bool) bool {
	switch x.Op {
	case token.AND:
		if _, literal := ast.Unparen(x.X).(*ast.CompositeLit); literal {
			return r.walk(&x.X, read)
		}
		return read // an address does not change
	case token.ARROW:
		r.walk(&x.X, read)
		r.run(at, read)
		return read
	}
	return r.walk(&x.X, read)
}

func (r *rewriter) elements(x *ast.CompositeLit, read bool) bool {
	for i := range x.Elts {
		if kv, ok := x.Elts[i].(*ast.KeyValueExpr); ok {
			read = r.walk(&kv.Value, read)
		} else {
			read = r.walk(&x.Elts[i], read)
		}
	}
	return read
}

func (r *rewriter) call(at *ast.Expr, x *ast.CallExpr, read bool) bool {
	fun := r.info.Types[x.Fun]
	if fun.IsType() || fun.IsBuiltin() {
		return r.walkAll(x.Args, read)
	}
	before := read
	read = r.callee(x) || read
	r.walkAll(x.Args, read)
	if tv := r.info.Types[x]; tv.IsValue() {
		if _, several := tv.Type.(*types.Tuple); !several {
			r.run(at, before)
		}
	}
	return before
}

// callee walks what is called, a method's receiver among it.
func (r *rewriter) callee(x *ast.CallExpr) bool {
	if sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr); ok && r.info.Selections[sel] != nil {
		return r.walk(&sel.X, false)
	}
	return false
}

func (r *rewriter) run(at *ast.Expr, read bool) {
	r.calls = append(r.calls, call{at, *at, read})
}

// conditional leaves a statement alone whose calls depend on a condition.
func (r *rewriter) conditional(x ast.Expr) {
	ast.Inspect(x, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			if f := r.info.Types[n.Fun]; !f.IsType() && !f.IsBuiltin() {
				r.skip = true
			}
		case *ast.UnaryExpr:
			r.skip = r.skip || n.Op == token.ARROW
		}
		return true
	})
}

// isReference says whether the parts of a value are elsewhere, where others reach them.
func (r *rewriter) isReference(x ast.Expr) bool {
	t := r.info.TypeOf(x)
	if t == nil {
		return false
	}
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Slice, *types.Map:
		return true
	}
	return false
}
