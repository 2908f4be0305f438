package main

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// What of cmd/cgo is not copied: its main function, and what asks a C compiler; internal/cgo has
// stand-ins that ask a C front end in Go. The rest stays as it is, used or not.
var (
	cgoFiles   = []string{"ast.go", "gcc.go", "godefs.go", "main.go", "out.go"}
	cgoDropped = []string{
		"main", "usage", "newPackage", "splitQuoted", "ProcessCgoDirectives", "addToFlag", "loadDefines", "guessKinds",
		"loadDWARF", "checkGCCBaseCmd", "gccMachine", "gccTmp", "gccCmd", "gccDebug", "gccDefines", "gccErrors",
		"runGcc", "elfImportedSymbols", "dynimport", "checkImportSymName", "gccgoToSymbol", "gccgoSymbolPrefix",
		"godefs",
	}
	cgoImports = []string{"cmd/internal/pkgpath", "cmd/internal/quoted", "cmd/internal/hash", "cmd/internal/objabi",
		"cmd/internal/par", "cmd/internal/telemetry/counter", "debug/elf", "debug/macho", "debug/pe", "internal/xcoff",
		"internal/buildcfg"}
)

var cgoText = strings.NewReplacer(
	"package main\n", "package cgo\n",
	"*os.File", "*output",
	"os.Exit(", "exit(",
	`"cmd/internal/edit"`, `"paniclab/gofront/internal/gc/edit"`,
)

// copyCgo copies what translates Go files that import "C" from the toolchain's cgo command.
func copyCgo(goroot, out string) {
	copyPackage(filepath.Join(goroot, "src/cmd/internal/edit"), filepath.Join(out, "internal/gc/edit"))
	for _, name := range cgoFiles {
		data, err := os.ReadFile(filepath.Join(goroot, "src/cmd/cgo", name))
		if err != nil {
			fatal("copy cgo: %v", err)
		}
		text := cgoText.Replace(string(withoutDeclarations(name, data)))
		if err := write(filepath.Join(out, "internal/cgo/copy_"+name), []byte(withoutImports(name, text))); err != nil {
			fatal("copy cgo: %v", err)
		}
	}
}

// withoutDeclarations cuts the functions and variables of cgoDropped out of a file.
func withoutDeclarations(name string, data []byte) []byte {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, name, data, parser.ParseComments)
	if err != nil {
		fatal("copy cgo: %v", err)
	}
	var kept bytes.Buffer
	from := 0
	for _, d := range f.Decls {
		if dropped(d) {
			kept.Write(data[from:fset.Position(d.Pos()).Offset])
			from = fset.Position(d.End()).Offset
		}
	}
	kept.Write(data[from:])
	return kept.Bytes()
}

func dropped(d ast.Decl) bool {
	switch d := d.(type) {
	case *ast.FuncDecl:
		return slices.Contains(cgoDropped, d.Name.Name)
	case *ast.GenDecl:
		if v, ok := d.Specs[0].(*ast.ValueSpec); ok && d.Tok == token.VAR {
			return v.Names[0].Name == "n" // a counter of temporary files
		}
	}
	return false
}

// withoutImports drops the imports that nothing needs any more.
func withoutImports(name, text string) string {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, name, text, parser.SkipObjectResolution)
	if err != nil {
		fatal("copy cgo: %v", err)
	}
	used := map[string]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := s.X.(*ast.Ident); ok {
				used[id.Name] = true
			}
		}
		return true
	})
	for _, i := range f.Imports {
		path := strings.Trim(i.Path.Value, `"`)
		if slices.Contains(cgoImports, path) || !used[path[strings.LastIndexByte(path, '/')+1:]] {
			text = strings.Replace(text, "\n\t"+i.Path.Value, "", 1)
		}
	}
	return text
}
