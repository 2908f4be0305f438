package encode

import (
	"fmt"
	"go/types"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// A LazyName is a function or variable of a lazy package that needs more than the package's own
// initialiser sets: level 1 for what the package's functions use, level 2 for everything.
type LazyName struct {
	Name  string
	Level int
}

// initName names the initialiser of a level. That of level 0 sets what the rest of the library uses.
func initName(path string, level int) string {
	if level == 0 {
		return path + ".init"
	}
	return fmt.Sprintf("%s.init·%d", path, level)
}

// Postpone keeps the initialiser of a lazy package from being written until AddLazyInit.
func (u *Unit) Postpone(p *ssa.Package) {
	u.names[p.Func("init")] = p.Func("init").String()
}

// AddLazyInit writes the initialisers of a lazy package, after all else of the library. Package
// unicode has 80,000 instructions of tables, of which most programs need few.
func (u *Unit) AddLazyInit(p *ssa.Package) []LazyName {
	outside, inside := u.users(p)
	few := u.addInit(p, 0, globalsOf(p, outside))
	more := u.addInit(p, 1, globalsOf(p, inside))
	u.addInit(p, 2, nil)
	var names []LazyName
	for name, m := range p.Members {
		if m == p.Func("init") {
			continue
		}
		needs := globalsOf(p, []ssa.Member{m})
		for level, t := range []*trimmer{more, few} {
			if slices.ContainsFunc(slices.Collect(maps.Keys(needs)), func(g *ssa.Global) bool { return !t.sets(g) }) {
				names = append(names, LazyName{p.Pkg.Path() + "." + name, 2 - level})
				break
			}
		}
	}
	slices.SortFunc(names, func(x, y LazyName) int { return strings.Compare(x.Name, y.Name) })
	return names
}

// addInit writes the initialiser of a level: all of it, or what matters to the variables used.
func (u *Unit) addInit(p *ssa.Package, level int, used map[*ssa.Global]bool) *trimmer {
	fn := p.Func("init")
	t := &trimmer{used: used, live: map[ssa.Instruction]bool{}}
	e := encoder{unit: u, fn: fn}
	if used != nil {
		t.trim(fn)
		e.live = t.live
	}
	u.functions = append(u.functions, encodedFunction{initName(p.Pkg.Path(), level), e.encode()})
	u.drain()
	return t
}

// users gives the functions, but for the initialiser, that mention anything of a package: those of
// other packages, and its own.
func (u *Unit) users(p *ssa.Package) (outside, inside []ssa.Member) {
	for fn := range u.names {
		switch {
		case fn == p.Func("init"):
		case packagePath(fn) == p.Pkg.Path():
			inside = append(inside, fn)
		default:
			outside = append(outside, fn)
		}
	}
	return outside, inside
}

// globalsOf gives the variables of a package that members mention, directly or by way of functions
// of the package.
func globalsOf(p *ssa.Package, members []ssa.Member) map[*ssa.Global]bool {
	used, seen := map[*ssa.Global]bool{}, map[*ssa.Function]bool{}
	var visit func(fn *ssa.Function)
	mention := func(v ssa.Value) {
		switch v := v.(type) {
		case *ssa.Global:
			if v.Pkg == p {
				used[v] = true
			}
		case *ssa.Function:
			if packagePath(v) == p.Pkg.Path() && v != p.Func("init") {
				visit(v)
			}
		}
	}
	visit = func(fn *ssa.Function) {
		if seen[fn] {
			return
		}
		seen[fn] = true
		for _, b := range fn.Blocks {
			for _, in := range b.Instrs {
				for _, op := range in.Operands(nil) {
					if *op != nil {
						mention(*op)
					}
				}
			}
		}
	}
	for _, m := range members {
		switch m := m.(type) {
		case *ssa.Function:
			visit(m)
		case *ssa.Global:
			mention(m)
		}
	}
	return used
}

// AddLongInit makes the program initialise more of a lazy package: its own function of the
// initialiser's name, which is found before the library's, calls that of a level above 0.
func (u *Unit) AddLongInit(path string, level int) {
	var e encoder
	e.unit = u
	name := initName(path, 0)
	signature := u.types.of(types.NewSignatureType(nil, nil, nil, nil, nil, false))
	e.str(name)
	e.str(path)
	e.byte(originInit)
	e.uint(0) // no place
	e.uint(signature)
	e.uint(0) // parameters
	e.uint(0) // free variables
	e.uint(1) // one register, for the call's result
	e.typ(types.NewTuple())
	e.str("")
	e.uint(0) // no recover block
	e.uint(1) // one block
	e.uint(0) // without predecessors
	e.uint(2) // of two instructions
	e.byte(opCall)
	e.uint(0) // no place
	e.uint(0) // register
	e.byte(callStatic)
	e.str(initName(path, level))
	e.uint(0) // arguments
	e.uint(signature)
	e.byte(opReturn)
	e.uint(0) // no place
	e.uint(0) // results
	u.functions = append(u.functions, encodedFunction{name, e.bytes})
}

// A trimmer finds the instructions of an initialiser that matter to the variables in use.
type trimmer struct {
	used map[*ssa.Global]bool
	live map[ssa.Instruction]bool
}

func (t *trimmer) trim(fn *ssa.Function) {
	for changed := true; changed; {
		changed = false
		for _, b := range fn.Blocks {
			for _, in := range slices.Backward(b.Instrs) {
				if !t.live[in] && t.needed(in) {
					t.keep(in)
					changed = true
				}
			}
		}
	}
}

// needed says whether an instruction has an effect on what is in use. Values are kept by their users.
func (t *trimmer) needed(in ssa.Instruction) bool {
	switch in := in.(type) {
	case *ssa.Store:
		return t.reaches(in.Addr)
	case *ssa.MapUpdate:
		return t.reaches(in.Map)
	case *ssa.DebugRef:
		return false
	case *ssa.Call, *ssa.If, *ssa.Jump, *ssa.Return, *ssa.RunDefers, *ssa.Panic, *ssa.Defer, *ssa.Go,
		*ssa.Send:
		return true
	}
	return false
}

// reaches says whether something stored at an address can be seen.
func (t *trimmer) reaches(addr ssa.Value) bool {
	switch a := addr.(type) {
	case *ssa.FieldAddr:
		return t.reaches(a.X)
	case *ssa.IndexAddr:
		return t.reaches(a.X)
	case *ssa.Slice:
		return t.reaches(a.X)
	case *ssa.Global:
		return t.sets(a)
	case *ssa.Alloc:
		return t.live[a]
	case *ssa.MakeMap:
		return t.live[a]
	}
	return true
}

func (t *trimmer) sets(g *ssa.Global) bool { return t.used[g] || g.Name() == "init$guard" }

// keep marks an instruction and what it reads.
func (t *trimmer) keep(in ssa.Instruction) {
	if t.live[in] {
		return
	}
	t.live[in] = true
	for _, op := range in.Operands(nil) {
		switch v := (*op).(type) {
		case *ssa.Global:
			t.used[v] = true
		case ssa.Instruction:
			t.keep(v)
		}
	}
}
