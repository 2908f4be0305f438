package order

import (
	"go/ast"
	"go/token"
	"go/types"
)

// sharedVariables finds the variables that a call may change: those of packages, those that function
// literals share with the function around them, and those whose address is taken.
func sharedVariables(files []*ast.File, info *types.Info) map[types.Object]bool {
	s := sharing{info: info, shared: map[types.Object]bool{}}
	for _, f := range files {
		s.visit(f, nil)
	}
	return s.shared
}

type sharing struct {
	info   *types.Info
	shared map[types.Object]bool
}

// visit looks at a node inside a function literal, if there is one.
func (s *sharing) visit(node ast.Node, literal *ast.FuncLit) {
	ast.Inspect(node, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			if n != node {
				s.visit(n, n)
				return false
			}
		case *ast.Ident:
			if v, ok := s.info.Uses[n].(*types.Var); ok && !v.IsField() && s.outside(v, literal) {
				s.shared[v] = true
			}
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				s.share(n.X)
			}
		case *ast.SliceExpr:
			s.share(n.X)
		case *ast.SelectorExpr:
			if sel := s.info.Selections[n]; sel != nil && sel.Kind() == types.MethodVal {
				s.share(n.X)
			}
		}
		return true
	})
}

// outside says whether a variable is a package's or belongs to a function around the literal.
func (s *sharing) outside(v *types.Var, literal *ast.FuncLit) bool {
	if v.Pkg() != nil && v.Parent() == v.Pkg().Scope() {
		return true
	}
	return literal != nil && (v.Pos() < literal.Pos() || v.Pos() >= literal.End())
}

// share notes the variable that an operand is part of.
func (s *sharing) share(x ast.Expr) {
	for {
		switch y := x.(type) {
		case *ast.ParenExpr:
			x = y.X
		case *ast.SelectorExpr:
			x = y.X
		case *ast.IndexExpr:
			x = y.X
		case *ast.Ident:
			if v, ok := s.info.Uses[y].(*types.Var); ok {
				s.shared[v] = true
			}
			return
		default:
			return
		}
	}
}
