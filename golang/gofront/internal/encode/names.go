package encode

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// uniqueName is SSA's name of a function, with a mark where several share it.
func (u *Unit) uniqueName(fn *ssa.Function) string {
	name := fn.String()
	if p := fn.Parent(); p != nil {
		i := slices.Index(p.AnonFuncs, fn)
		name = fmt.Sprintf("%s$%d", u.function(p, fn.Pos()), i+1)
	}
	base := name
	for n := 2; u.taken[name] != nil; n++ {
		name = fmt.Sprintf("%s·%d", base, n)
	}
	u.taken[name] = fn
	return name
}

// displayName is a function's name as gc spells it in a stack trace.
func (u *Unit) displayName(fn *ssa.Function) string {
	if name, ok := u.displays[fn]; ok {
		return name
	}
	top := fn
	for top.Parent() != nil {
		top = top.Parent()
	}
	name := topName(top)
	u.displays[top] = name
	n := closureNamer{unit: u}
	n.name(top)
	if name, ok := u.displays[fn]; ok {
		return name
	}
	return name
}

// topName names a function that is no closure.
func topName(fn *ssa.Function) string {
	path := packagePath(fn)
	if recv := receiver(fn); recv != nil {
		path = typePath(recv, path)
	}
	name := fn.Name()
	generic := len(fn.TypeArgs()) > 0
	if i := strings.IndexByte(name, '['); i >= 0 {
		name = name[:i]
	}
	bound := strings.HasSuffix(name, "$bound")
	name = strings.TrimSuffix(strings.TrimSuffix(name, "$bound"), "$thunk")
	if rest, ok := strings.CutPrefix(name, "init#"); ok {
		n, _ := strconv.Atoi(rest)
		name = fmt.Sprintf("init.%d", n-1)
	}
	if recv := receiver(fn); recv != nil {
		name = receiverName(recv) + "." + name
	} else if generic {
		name += "[...]"
	}
	if bound {
		name += "-fm"
	}
	if path == "" {
		return name
	}
	return escapePath(path) + "." + name
}

// receiver is the type whose method a function is, a wrapper's included.
func receiver(fn *ssa.Function) types.Type {
	if r := fn.Signature.Recv(); r != nil {
		return r.Type()
	}
	switch {
	case strings.HasPrefix(fn.Synthetic, "bound ") && len(fn.FreeVars) == 1:
		return fn.FreeVars[0].Type()
	case strings.HasPrefix(fn.Synthetic, "thunk ") && len(fn.Params) > 0:
		return fn.Params[0].Type()
	}
	return nil
}

// typePath is the package of a receiver's type, or another path where it has none.
func typePath(t types.Type, otherwise string) string {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	if n, ok := types.Unalias(t).(*types.Named); ok && n.Obj().Pkg() != nil {
		return n.Obj().Pkg().Path()
	}
	return otherwise
}

func receiverName(t types.Type) string {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		return "(*" + receiverName(p.Elem()) + ")"
	}
	if n, ok := types.Unalias(t).(*types.Named); ok {
		if n.TypeArgs().Len() > 0 {
			return n.Obj().Name() + "[...]"
		}
		return n.Obj().Name()
	}
	return types.TypeString(t, func(p *types.Package) string { return p.Name() })
}

// escapePath writes the dots of an import path's last element as gc's symbols do.
func escapePath(path string) string {
	slash := strings.LastIndexByte(path, '/') + 1
	return path[:slash] + strings.ReplaceAll(path[slash:], ".", "%2e")
}

// A closureNamer names the function literals and range-over-func bodies in a function.
type closureNamer struct {
	unit     *Unit
	literals map[string]int
	ranges   map[string]int
}

// name names all that is in fn, which has a name.
func (n *closureNamer) name(fn *ssa.Function) {
	if n.literals == nil {
		n.literals, n.ranges = map[string]int{}, map[string]int{}
	}
	children := slices.Clone(fn.AnonFuncs)
	slices.SortStableFunc(children, func(x, y *ssa.Function) int { return int(x.Pos() - y.Pos()) })
	outer, closure := n.rangeParent(fn)
	for _, child := range children {
		if _, isRange := child.Syntax().(*ast.RangeStmt); isRange {
			n.ranges[outer]++
			n.unit.displays[child] = fmt.Sprintf("%s-range%d", outer, n.ranges[outer])
		} else {
			n.literals[outer]++
			suffix := ".func"
			if closure {
				suffix = "."
			}
			n.unit.displays[child] = fmt.Sprintf("%s%s%d", outer, suffix, n.literals[outer])
		}
		n.name(child)
	}
}

// rangeParent gives the name that literals in fn carry: for the body of a range over a function it
// is that of the function the loop is in. It also says whether that function is itself a literal.
func (n *closureNamer) rangeParent(fn *ssa.Function) (string, bool) {
	for {
		if _, isRange := fn.Syntax().(*ast.RangeStmt); !isRange {
			return n.unit.displays[fn], fn.Parent() != nil
		}
		fn = fn.Parent()
	}
}

// notePlaces remembers where gc places what SSA places elsewhere: a selector at its dot, and a store
// through a selector, an index or a pointer at the assignment's operator.
func (u *Unit) notePlaces(f *ast.File) {
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if _, isStore := u.lines[n.Sel.Pos()]; !isStore {
				u.lines[n.Sel.Pos()] = n.X.End()
			}
		case *ast.AssignStmt:
			for _, x := range n.Lhs {
				u.noteStore(x, n.TokPos)
			}
		case *ast.IncDecStmt:
			u.noteStore(n.X, n.TokPos)
		}
		return true
	})
}

func (u *Unit) noteStore(x ast.Expr, at token.Pos) {
	switch x := ast.Unparen(x).(type) {
	case *ast.SelectorExpr:
		u.lines[x.Sel.Pos()] = at
	case *ast.IndexExpr:
		u.lines[x.Lbrack] = at
	case *ast.StarExpr:
		u.lines[x.Star] = at
	}
}

// place is where gc would say an instruction is.
func (u *Unit) place(in ssa.Instruction) token.Position {
	pos := in.Pos()
	if p, ok := u.lines[pos]; ok {
		switch in.(type) {
		case *ssa.IndexAddr, *ssa.Index, *ssa.Lookup: // their checks are at the bracket
		default:
			pos = p
		}
	}
	if pos == token.NoPos {
		switch in := in.(type) {
		case *ssa.RunDefers:
			pos = returnAfter(in)
		case *ssa.Return:
			pos = closingBrace(in.Parent())
		case *ssa.Call:
			pos = rangeOver(&in.Call)
		case *ssa.Next:
			pos = in.Iter.Pos()
		case *ssa.SliceToArrayPointer:
			pos = conversion(in)
		}
	}
	return u.prog.Fset.Position(pos)
}

// conversion is the place of a conversion of a slice to an array, which SSA makes in two steps and
// places only the conversion to a pointer that a program itself asks for.
func conversion(p *ssa.SliceToArrayPointer) token.Pos {
	for _, load := range *p.Referrers() {
		array, ok := load.(*ssa.UnOp)
		if !ok {
			continue
		}
		for _, r := range *array.Referrers() {
			if debug, ok := r.(*ssa.DebugRef); ok {
				if call, ok := debug.Expr.(*ast.CallExpr); ok {
					return call.Lparen
				}
			}
		}
	}
	return token.NoPos
}

// rangeOver is the place of the loop whose body a call hands to an iterator.
func rangeOver(c *ssa.CallCommon) token.Pos {
	for _, arg := range c.Args {
		if m, ok := arg.(*ssa.MakeClosure); ok {
			if loop, ok := m.Fn.(*ssa.Function).Syntax().(*ast.RangeStmt); ok {
				return loop.For
			}
		}
	}
	return token.NoPos
}

// returnAfter is the place of the return that deferred calls run before.
func returnAfter(in *ssa.RunDefers) token.Pos {
	instrs := in.Block().Instrs
	if ret, ok := instrs[len(instrs)-1].(*ssa.Return); ok && ret.Pos() != token.NoPos {
		return ret.Pos()
	}
	return closingBrace(in.Parent())
}

// closingBrace is where a function that falls off its end returns.
func closingBrace(fn *ssa.Function) token.Pos {
	var body *ast.BlockStmt
	switch s := fn.Syntax().(type) {
	case *ast.FuncDecl:
		body = s.Body
	case *ast.FuncLit:
		body = s.Body
	case *ast.RangeStmt:
		body = s.Body
	}
	if body == nil {
		return token.NoPos
	}
	return body.Rbrace
}
