package encode

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"
)

// Magic opens every unit; its last byte is the version of the format.
const Magic = "PANICLB\x02"

// A Unit gathers functions, types, package variables and method tables, and writes them.
type Unit struct {
	prog    *ssa.Program
	library func(path string) bool // whether a package's functions are in another unit

	strings *stringTable
	types   *typeTable

	names    map[*ssa.Function]string
	taken    map[string]*ssa.Function
	displays map[*ssa.Function]string
	lines    map[token.Pos]token.Pos

	queue     []*ssa.Function
	functions []encodedFunction
	globals   map[string]int
	external  map[string]token.Position // library functions referred to, and where first

	runtimeTypes []types.Type
	runtimeSeen  typeutil.Map
	methods      []methodTable
}

type encodedFunction struct {
	name string
	body []byte
}

type methodTable struct {
	key     string
	methods []method
}

type method struct{ name, path, function string }

// NewUnit makes an empty unit of a program. Functions and variables of packages for which library
// says true are referred to by name and not written. Files are those whose functions are written.
func NewUnit(prog *ssa.Program, library func(path string) bool, files []*ast.File) *Unit {
	s := newStringTable()
	u := &Unit{
		prog: prog, library: library,
		strings: s, types: newTypeTable(s),
		names: map[*ssa.Function]string{}, taken: map[string]*ssa.Function{},
		displays: map[*ssa.Function]string{}, lines: map[token.Pos]token.Pos{},
		globals: map[string]int{}, external: map[string]token.Position{},
	}
	u.NotePlaces(files)
	return u
}

// NotePlaces makes places of calls in files those that gc gives.
func (u *Unit) NotePlaces(files []*ast.File) {
	for _, f := range files {
		u.notePlaces(f)
	}
}

// Add writes a function and all it leads to.
func (u *Unit) Add(fn *ssa.Function) {
	u.function(fn, token.NoPos)
	u.drain()
}

// AddType writes the methods of a type, those of the pointer to it, and all they lead to.
func (u *Unit) AddType(typ types.Type) {
	u.runtimeType(typ)
	u.drain()
}

// AddPackage writes everything of a package that is not generic: functions, variables, methods.
func (u *Unit) AddPackage(p *ssa.Package) {
	names := make([]string, 0, len(p.Members))
	for name := range p.Members {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		switch m := p.Members[name].(type) {
		case *ssa.Function:
			if m.Signature.TypeParams().Len() == 0 {
				u.Add(m)
			}
		case *ssa.Global:
			u.global(m, token.NoPos)
		case *ssa.Type:
			u.addDeclaredType(m.Type())
		}
	}
}

func (u *Unit) addDeclaredType(t types.Type) {
	if n, ok := t.(*types.Named); !ok || n.TypeParams().Len() > 0 {
		return // an alias, or generic: its instances come where they are used
	}
	u.AddType(t)
	u.AddType(types.NewPointer(t))
}

// External gives the library functions and variables that were referred to, with the place of the
// first reference.
func (u *Unit) External() map[string]token.Position { return u.external }

// Names gives the functions and package variables this unit holds.
func (u *Unit) Names() []string {
	var names []string
	for _, f := range u.functions {
		names = append(names, f.name)
	}
	for g := range u.globals {
		names = append(names, g)
	}
	slices.Sort(names)
	return names
}

func (u *Unit) drain() {
	for len(u.queue) > 0 || len(u.runtimeTypes) > 0 {
		if n := len(u.queue); n > 0 {
			fn := u.queue[0]
			u.queue = u.queue[1:]
			e := encoder{unit: u, fn: fn}
			body := e.encode()
			u.functions = append(u.functions, encodedFunction{u.names[fn], body})
			continue
		}
		typ := u.runtimeTypes[0]
		u.runtimeTypes = u.runtimeTypes[1:]
		u.methodTable(typ)
	}
}

// function gives the unique name of a function and sees that it is written.
func (u *Unit) function(fn *ssa.Function, at token.Pos) string {
	if name, ok := u.names[fn]; ok {
		return name
	}
	name := u.uniqueName(fn)
	u.names[fn] = name
	if p := fn.Pkg; fn.Parent() == nil && p != nil && u.library(p.Pkg.Path()) ||
		strings.HasPrefix(fn.Synthetic, "from type information") {
		u.refer(name, at)
	} else {
		u.queue = append(u.queue, fn)
	}
	return name
}

func (u *Unit) refer(name string, at token.Pos) {
	if _, ok := u.external[name]; !ok {
		u.external[name] = u.prog.Fset.Position(at)
	}
}

// global gives the unique name of a package variable and notes its type.
func (u *Unit) global(g *ssa.Global, at token.Pos) string {
	name := g.Pkg.Pkg.Path() + "." + g.Name()
	if u.library(g.Pkg.Pkg.Path()) {
		u.refer(name, at)
	} else if _, ok := u.globals[name]; !ok {
		u.globals[name] = u.types.of(g.Type().Underlying().(*types.Pointer).Elem())
	}
	return name
}

// runtimeType notes that values of a type, and through reflection of its parts, may be seen in
// interfaces.
func (u *Unit) runtimeType(typ types.Type) {
	typ = types.Unalias(typ)
	if u.runtimeSeen.At(typ) != nil {
		return
	}
	u.runtimeSeen.Set(typ, true)
	u.runtimeTypes = append(u.runtimeTypes, typ)
	if n, ok := typ.(*types.Named); ok {
		if u.inLibrary(n) {
			return
		}
		u.runtimeType(types.NewPointer(typ))
	}
	switch t := typ.Underlying().(type) {
	case *types.Pointer:
		u.runtimeType(t.Elem())
	case *types.Slice:
		u.runtimeType(t.Elem())
	case *types.Array:
		u.runtimeType(t.Elem())
	case *types.Chan:
		u.runtimeType(t.Elem())
	case *types.Map:
		u.runtimeType(t.Key())
		u.runtimeType(t.Elem())
	case *types.Struct:
		for f := range t.Fields() {
			u.runtimeType(f.Type())
		}
	}
}

// inLibrary says whether another unit has the methods of a named type.
func (u *Unit) inLibrary(n *types.Named) bool {
	p := n.Obj().Pkg()
	return p == nil || u.library(p.Path()) && n.TypeArgs().Len() == 0
}

func (u *Unit) methodTable(typ types.Type) {
	t := typ
	if p, ok := typ.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if n, ok := t.(*types.Named); ok && u.inLibrary(n) || types.IsInterface(typ) {
		return
	}
	set := u.prog.MethodSets.MethodSet(typ)
	if set.Len() == 0 {
		return
	}
	table := methodTable{key: u.methodKey(typ)}
	for sel := range set.Methods() {
		if fn := u.prog.MethodValue(sel); fn != nil {
			table.methods = append(table.methods,
				method{fn.Name(), ownerPath(sel.Obj()), u.function(fn, token.NoPos)})
		}
	}
	u.methods = append(u.methods, table)
}

// Encode gives the bytes of the unit. The names of its initialiser and main function may be empty.
func (u *Unit) Encode(initName, mainName string) []byte {
	var bodies, lists buffer
	functions, methods := directory{}, directory{}
	for _, f := range u.functions {
		functions[f.name] = len(bodies.bytes)
		bodies.raw(f.body)
	}
	for _, t := range u.methods {
		methods[t.key] = len(lists.bytes)
		lists.uint(len(t.methods))
		for _, m := range t.methods {
			lists.uint(u.strings.of(m.name))
			lists.uint(u.strings.of(m.path))
			lists.uint(u.strings.of(m.function))
		}
	}
	var entry buffer
	entry.uint(u.strings.of(initName))
	entry.uint(u.strings.of(mainName))
	functionSection := functions.encode(u.strings)
	globalSection := directory(u.globals).encode(u.strings)
	methodSection := methods.encode(u.strings)
	return assemble(entry.bytes, u.strings.encode(), encodeItems(u.types.records), functionSection,
		globalSection, methodSection, lists.bytes, bodies.bytes)
}

// methodKey names a type in the table of methods: by its name, or that of what it points to, or else
// by its number.
func (u *Unit) methodKey(typ types.Type) string {
	number := u.types.of(typ)
	switch t := types.Unalias(typ).(type) {
	case *types.Named:
		return u.types.uniqueName(t)
	case *types.Pointer:
		if n, ok := types.Unalias(t.Elem()).(*types.Named); ok {
			return "*" + u.types.uniqueName(n)
		}
	}
	return fmt.Sprintf("#%d", number)
}

// assemble puts the sections behind a directory of their lengths.
func assemble(sections ...[]byte) []byte {
	var b buffer
	b.raw([]byte(Magic))
	for _, s := range sections {
		b.word(uint32(len(s)))
	}
	for _, s := range sections {
		b.raw(s)
	}
	return b.bytes
}
