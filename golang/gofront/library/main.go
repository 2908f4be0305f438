// Library translates the standard library: all its functions into one unit, and its declarations
// into an index for the compilations of programs.
//
//	go run ./library GOROOT UNIT INDEX
//
// It reads the overlays from the folder std and the list packages.txt.
package main

import (
	"fmt"
	"go/types"
	"os"
	"strings"

	"golang.org/x/tools/go/ssa"

	"paniclab/gofront/internal/api"
	"paniclab/gofront/internal/encode"
	"paniclab/gofront/internal/overlay"
)

func main() {
	if len(os.Args) != 4 {
		fatal("usage: library GOROOT UNIT INDEX")
	}
	lib := overlay.New(os.Args[1], "std")
	checker := load(lib)
	writeFile(os.Args[3], index(lib, checker))
	writeFile(os.Args[2], unit(lib, checker))
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

func unit(lib *overlay.Library, checker *overlay.Checker) []byte {
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
	for _, p := range packages {
		u.AddPackage(p)
	}
	return u.Encode("", "")
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
