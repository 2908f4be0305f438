// Package escape finds slices whose first array gc puts on the stack.
//
// Since Go 1.26 an append to a slice without capacity takes its first array from a buffer of 32 bytes in
// the frame of the function, if the result does not escape (cmd/compile/internal/slice). That shows in
// the slice's capacity. Only what surely stays in its function and those it calls is found here; gc,
// which also looks into what it inlines, may find more.
package escape

import (
	"golang.org/x/tools/go/ssa"
)

// OnStack says whether the result of a call of append stays in the function and those it calls.
func OnStack(call *ssa.Call) bool {
	a := analysis{pkg: call.Parent().Package(), seen: map[ssa.Value]bool{}}
	return a.pkg != nil && a.stays(call)
}

type analysis struct {
	pkg  *ssa.Package
	seen map[ssa.Value]bool
}

// stays says whether no use of the slice lets its array outlive the function.
func (a *analysis) stays(v ssa.Value) bool {
	if a.seen[v] {
		return true // decided, or being decided, elsewhere
	}
	a.seen[v] = true
	for _, use := range *v.Referrers() {
		if !a.use(v, use) {
			return false
		}
	}
	return true
}

func (a *analysis) use(v ssa.Value, in ssa.Instruction) bool {
	switch in := in.(type) {
	case *ssa.DebugRef, *ssa.BinOp:
		return true
	case *ssa.Phi:
		return a.stays(in)
	case *ssa.Slice:
		return a.stays(in)
	case *ssa.IndexAddr:
		return elements(in)
	case *ssa.Store:
		alloc, ok := in.Addr.(*ssa.Alloc)
		return ok && in.Val == v && a.variable(alloc)
	case *ssa.Call:
		return a.call(v, in)
	}
	return false
}

// elements says whether an address into the array is only read and written through.
func elements(addr ssa.Value) bool {
	for _, use := range *addr.Referrers() {
		switch use := use.(type) {
		case *ssa.DebugRef, *ssa.UnOp:
		case *ssa.Store:
			if use.Val == addr {
				return false
			}
		case *ssa.FieldAddr:
			if !elements(use) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// variable says the same of all that is ever read from a variable; addr is where it is.
func (a *analysis) variable(addr ssa.Value) bool {
	if a.seen[addr] {
		return true
	}
	a.seen[addr] = true
	for _, use := range *addr.Referrers() {
		switch use := use.(type) {
		case *ssa.DebugRef:
		case *ssa.UnOp:
			if !a.stays(use) {
				return false
			}
		case *ssa.Store:
			if use.Val == addr {
				return false
			}
		case *ssa.MakeClosure:
			if !a.closure(use, addr) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// closure follows a variable into a function that is called where it is made, and nowhere else.
func (a *analysis) closure(c *ssa.MakeClosure, addr ssa.Value) bool {
	for _, use := range *c.Referrers() {
		switch use := use.(type) {
		case *ssa.DebugRef:
		case *ssa.Call:
			if use.Call.Value != c {
				return false
			}
		default:
			return false
		}
	}
	f := c.Fn.(*ssa.Function)
	for i, b := range c.Bindings {
		if b == addr && !a.variable(f.FreeVars[i]) {
			return false
		}
	}
	return true
}

func (a *analysis) call(v ssa.Value, c *ssa.Call) bool {
	switch f := c.Call.Value.(type) {
	case *ssa.Builtin:
		switch f.Name() {
		case "append":
			return c.Call.Args[0] != v || a.stays(c)
		case "len", "cap", "copy", "clear", "print", "println":
			return true
		}
		return false
	case *ssa.Function:
		if c.Call.IsInvoke() || f.Package() != a.pkg || len(f.Blocks) == 0 || len(f.Params) != len(c.Call.Args) {
			return false
		}
		for i, arg := range c.Call.Args {
			if arg == v && !a.stays(f.Params[i]) {
				return false
			}
		}
		return true
	}
	return false
}
