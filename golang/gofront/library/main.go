// Library translates the standard library: all its functions into one unit, and its declarations
// into an index for the compilations of programs.
//
//	go run ./library GOROOT UNIT INDEX LAZY
//
// LAZY gets the names in lazy packages that need more than their short initialisers do.
// It reads the overlays from the folder std and the list packages.txt.
package main

import (
	"bytes"
	"fmt"
	"go/types"
	"os"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"paniclab/gofront/internal/api"
	"paniclab/gofront/internal/encode"
	"paniclab/gofront/internal/overlay"
)

func main() {
	if len(os.Args) != 5 {
		fatal("usage: library GOROOT UNIT INDEX LAZY")
	}
	lib := overlay.New(os.Args[1], "std")
	checker := load(lib)
	writeFile(os.Args[3], index(lib, checker))
	data, lazy := unit(lib, checker)
	writeFile(os.Args[2], data)
	var list bytes.Buffer
	for _, n := range lazy {
		fmt.Fprintf(&list, "%s %d\n", n.Name, n.Level)
	}
	writeFile(os.Args[4], list.Bytes())
}

// load type-checks the packages of the list and all they import.
func load(lib *overlay.Library) *overlay.Checker {
	list, err := os.ReadFile("packages.txt")
	if err != nil {
		fatal("%v", err)
	}
	checker := overlay.NewChecker(lib)
	for line := range strings.Lines(string(list)) {
		path, _, _ := strings.Cut(line, "#")
		if path = strings.TrimSpace(path); path == "" {
			continue
		}
		if _, err := checker.Import(path); err != nil {
			fatal("%s: %v", path, err)
		}
	}
	if n := len(checker.Errors); n > 0 {
		for _, err := range checker.Errors[:min(n, 20)] {
			fmt.Fprintln(os.Stderr, err)
		}
		fatal("the library has %d type errors", n)
	}
	return checker
}

func index(lib *overlay.Library, checker *overlay.Checker) []byte {
	var packages []api.Package
	for _, p := range checker.Order {
		cut, err := api.Cut(lib, p)
		if err != nil {
			fatal("%v", err)
		}
		packages = append(packages, cut)
	}
	return api.Encode(packages)
}

func unit(lib *overlay.Library, checker *overlay.Checker) (data []byte, names []encode.LazyName) {
	prog := ssa.NewProgram(lib.Fset, ssa.InstantiateGenerics)
	packages := []*ssa.Package{prog.CreatePackage(types.Unsafe, nil, overlay.NewInfo(), true)}
	for _, p := range checker.Order {
		packages = append(packages, prog.CreatePackage(p.Types, p.Files, p.Info, true))
	}
	u := encode.NewUnit(prog, func(string) bool { return false }, nil)
	for _, p := range packages {
		p.Build()
	}
	for _, p := range checker.Order {
		u.NotePlaces(p.Files)
	}
	lazy := slices.DeleteFunc(slices.Clone(packages), func(p *ssa.Package) bool { return !lib.Lazy(p.Pkg.Path()) })
	for _, p := range lazy {
		u.Postpone(p)
	}
	for _, p := range packages {
		u.AddPackage(p)
	}
	for _, p := range lazy {
		names = append(names, u.AddLazyInit(p)...)
	}
	return u.Encode("", ""), names
}

func writeFile(name string, data []byte) {
	if err := os.WriteFile(name, data, 0o666); err != nil {
		fatal("%v", err)
	}
}

func fatal(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "library: "+format+"\n", args...)
	os.Exit(1)
}
