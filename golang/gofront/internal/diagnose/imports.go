package diagnose

import (
	"embed"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"slices"
	"strconv"
	"strings"

	gcimporter "paniclab/gofront/internal/gc/importer"
	"paniclab/gofront/internal/gc/pkgbits"
	"paniclab/gofront/internal/gc/syntax"
	"paniclab/gofront/internal/gc/types2"
)

// data has a file for each supported package, with what the compiler exports about it, and std.txt,
// the list of all packages of the library.
//
//go:embed data
var data embed.FS

func exports(path string) (string, bool) {
	b, err := data.ReadFile("data/" + strings.ReplaceAll(path, "/", "="))
	return string(b), err == nil
}

func inLibrary(path string) bool {
	list, err := data.ReadFile("data/std.txt")
	if err != nil {
		panic(err)
	}
	return slices.Contains(strings.Split(string(list), "\n"), path)
}

// An importer reads packages from the embedded export data.
type importer struct {
	context  *types2.Context
	packages map[string]*types2.Package
}

func (i *importer) Import(path string) (*types2.Package, error) {
	if path == "unsafe" {
		return types2.Unsafe, nil
	}
	if p := i.packages[path]; p != nil && p.Complete() {
		return p, nil
	}
	data, ok := exports(path)
	if !ok {
		return nil, fmt.Errorf("package %s is not supported", path)
	}
	return gcimporter.ReadPackage(i.context, i.packages, pkgbits.NewPkgDecoder(path, data)), nil
}

// An importSpec is one import of a file.
type importSpec struct {
	file string
	pos  token.Position
	path string
}

// checkImports says what go build says before it starts the compiler: what is wrong with the files'
// imports, in the order of import paths, and once for each.
func checkImports(files []File) Result {
	var r Result
	var all []importSpec
	for _, f := range files {
		specs, err := imports(f)
		if err != nil {
			r.Diagnostics = append(r.Diagnostics, *err)
		}
		all = append(all, specs...)
	}
	slices.SortStableFunc(all, func(x, y importSpec) int { return strings.Compare(x.path, y.path) })
	all = slices.CompactFunc(all, func(x, y importSpec) bool { return x.path == y.path })
	for _, s := range all {
		d := Diagnostic{s.file, s.pos.Line, s.pos.Column, ""}
		if s.path == "C" {
			d.Message = `import "C"`
			r.Unsupported = append(r.Unsupported, d)
		} else if d.Message = importError(s.path); d.Message != "" {
			if strings.HasPrefix(d.Message, "use of internal") {
				d = Diagnostic{Message: "package command-line-arguments\n\t" + d.String()}
			}
			r.Diagnostics = append(r.Diagnostics, d)
		}
	}
	return r
}

// imports parses the package clause and the imports as go list does.
func imports(f File) ([]importSpec, *Diagnostic) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, f.Name, f.Text, parser.ImportsOnly|parser.ParseComments)
	if err != nil {
		if list, ok := err.(scanner.ErrorList); ok {
			e := list[0]
			text := e.Msg
			if n := len(list); n > 1 {
				text += fmt.Sprintf(" (and %d more errors)", n-1)
			}
			return nil, &Diagnostic{e.Pos.Filename, e.Pos.Line, e.Pos.Column, text}
		}
		return nil, &Diagnostic{Message: err.Error()}
	}
	var specs []importSpec
	for _, s := range file.Imports {
		specs = append(specs, spec(fset, f, s))
	}
	return specs, nil
}

func spec(fset *token.FileSet, f File, s *ast.ImportSpec) importSpec {
	path, _ := strconv.Unquote(s.Path.Value) // the parser has looked at it
	return importSpec{f.Name, fset.Position(s.Path.Pos()), path}
}

// importError is go build's message about an import path that leads nowhere, or empty.
func importError(path string) string {
	first, _, _ := strings.Cut(path, "/")
	switch {
	case path == "" || strings.ContainsAny(path, " \t!\"#$%&'()*,:;<=>?[\\]^`{|}"):
		return "invalid import path: " + path
	case path == "unsafe" || inLibrary(path):
		if slices.Contains(strings.Split(path, "/"), "internal") {
			return fmt.Sprintf("use of internal package %s not allowed", path)
		}
		return ""
	case first == "." || first == "..":
		return fmt.Sprintf("%q is relative, but relative import paths are not supported in module mode", path)
	case strings.Contains(first, "."):
		return fmt.Sprintf("no required module provides package %s: go.mod file not found in current"+
			" directory or any parent directory; see 'go help modules'", path)
	}
	return fmt.Sprintf("package %s is not in std (%s/src/%s)", path, goroot, path)
}

// unsupportedImports lists the library packages that are real and that we do not have.
func unsupportedImports(files []File) []Diagnostic {
	var list []Diagnostic
	for _, f := range files {
		specs, _ := imports(f)
		for _, s := range specs {
			if _, ok := exports(s.path); !ok && s.path != "unsafe" {
				list = append(list, Diagnostic{s.file, s.pos.Line, s.pos.Column, "package " + s.path})
			}
		}
	}
	return list
}

// linknames gives the functions that //go:linkname directives tie to others, and reports directives
// where none are allowed, as the compiler's writer does.
func (c *collector) linknames(sources []File, files []*syntax.File) map[string]bool {
	names := map[string]bool{}
	for i, f := range files {
		allowed := importsUnsafe(f)
		n := uint(0)
		for line := range strings.Lines(string(sources[i].Text)) {
			n++
			rest, ok := strings.CutPrefix(line, "//go:linkname ")
			if ok && !allowed {
				c.add(syntax.MakePos(f.Pos().Base(), n, 3),
					`//go:linkname only allowed in Go files that import "unsafe"`)
			} else if words := strings.Fields(rest); ok && len(words) > 0 {
				names[words[0]] = true
			}
		}
	}
	return names
}

func importsUnsafe(f *syntax.File) bool {
	for _, d := range f.DeclList {
		if i, ok := d.(*syntax.ImportDecl); ok && i.Path != nil && i.Path.Value == `"unsafe"` {
			return true
		}
	}
	return false
}
