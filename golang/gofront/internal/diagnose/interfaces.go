package diagnose

import (
	"regexp"
	"strings"

	"paniclab/gofront/internal/gc/syntax"
	"paniclab/gofront/internal/gc/types2"
)

var versionError = regexp.MustCompile(`requires go[0-9]+\.[0-9]+ or later`)

// langVersion is the language version of a program without go.mod.
func langVersion() string {
	parts := strings.SplitN(goVersion, ".", 3)
	return parts[0] + "." + parts[1]
}

const anonymousCycle = "invalid recursive type: anonymous interface refers to itself (see https://go.dev/issue/56103)"

// checkInterfaces reports anonymous interfaces that refer to themselves, which the compiler does
// outside its type checker.
func (c *collector) checkInterfaces(files []*syntax.File) {
	cycles := cycleFinder{}
	for _, file := range files {
		syntax.Inspect(file, func(n syntax.Node) bool {
			it, ok := n.(*syntax.InterfaceType)
			if !ok {
				return true
			}
			if t, ok := types2.Unalias(it.GetTypeInfo().Type).(*types2.Interface); ok && cycles.methods(t) {
				c.add(it.Pos(), anonymousCycle)
				for t := range cycles {
					cycles[t] = false // once is enough
				}
			}
			return false
		})
	}
}

// A cycleFinder knows of each anonymous interface it is in or has been in whether it is cyclic.
type cycleFinder map[*types2.Interface]bool

func (f cycleFinder) methods(t *types2.Interface) bool {
	for i := range t.NumMethods() {
		if f.visit(t.Method(i).Type()) {
			return true
		}
	}
	return false
}

func (f cycleFinder) visit(t types2.Type) bool {
	switch t := types2.Unalias(t).(type) {
	case *types2.Pointer:
		return f.visit(t.Elem())
	case *types2.Array:
		return f.visit(t.Elem())
	case *types2.Chan:
		return f.visit(t.Elem())
	case *types2.Slice:
		return f.visit(t.Elem())
	case *types2.Map:
		return f.visit(t.Key()) || f.visit(t.Elem())
	case *types2.Struct:
		for i := range t.NumFields() {
			if f.visit(t.Field(i).Type()) {
				return true
			}
		}
	case *types2.Signature:
		return f.visit(t.Params()) || f.visit(t.Results())
	case *types2.Tuple:
		for i := range t.Len() {
			if f.visit(t.At(i).Type()) {
				return true
			}
		}
	case *types2.Interface:
		return f.visitInterface(t)
	}
	return false // named types end a cycle of anonymous ones
}

func (f cycleFinder) visitInterface(t *types2.Interface) bool {
	if t.NumExplicitMethods() == 0 && t.NumEmbeddeds() == 0 {
		return false
	}
	if cyclic, seen := f[t]; seen {
		return cyclic
	}
	f[t] = true
	if f.methods(t) {
		return true
	}
	f[t] = false
	return false
}
