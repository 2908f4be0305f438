// Package load type-checks a program against the library we have and builds its SSA form.
package load

import (
	"cmp"
	_ "embed"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"paniclab/gofront/internal/api"
	"paniclab/gofront/internal/cside"
	"paniclab/gofront/internal/diagnose"
	"paniclab/gofront/internal/encode"
	"paniclab/gofront/internal/order"
	"paniclab/gofront/internal/overlay"
)

// mainPath is the import path of the program.
const mainPath = "main"

//go:embed data/api.bin
var apiData string

// lazyNames lists what in lazy packages needs a longer initialiser, and of which level.
//
//go:embed data/lazy.txt
var lazyNames string

// Compile turns files that go build accepts into a unit, or says what in them is not supported.
func Compile(files []diagnose.File) ([]byte, []diagnose.Diagnostic) {
	l, parsed, pkg, info := checked(files)
	if len(l.failed) == 0 && order.Rewrite(parsed, info) {
		if pkg, info = l.check(parsed); len(l.failed) > 0 {
			// The order of evaluation is then that of the source, which the specification allows too.
			l, parsed, pkg, info = checked(files)
		}
	}
	if len(l.failed) > 0 {
		return nil, l.failed
	}
	if l.failed = bodiless(l.fset, parsed); len(l.failed) > 0 {
		return nil, l.failed
	}
	if l.failed = hugeFrames(l.fset, info); len(l.failed) > 0 {
		return nil, l.failed
	}
	if l.failed = unknownStatistics(l.fset, info); len(l.failed) > 0 {
		return nil, l.failed
	}
	prog := ssa.NewProgram(l.fset, ssa.InstantiateGenerics)
	prog.CreatePackage(types.Unsafe, nil, overlay.NewInfo(), true)
	for _, p := range l.order {
		prog.CreatePackage(p.Types, p.Files, p.Info, true)
	}
	main := prog.CreatePackage(pkg, parsed, info, false)
	main.SetDebugMode(true)
	main.Build()
	u := encode.NewUnit(prog, func(path string) bool { return path != mainPath }, parsed)
	u.Add(main.Func("init"))
	u.Add(main.Func("main"))
	for _, name := range slices.Sorted(maps.Keys(main.Members)) {
		if strings.HasPrefix(name, cside.ExportPrefix) {
			u.Add(main.Func(name)) // called by C
		}
	}
	levels := lazyLevels(u)
	for _, path := range slices.Sorted(maps.Keys(levels)) {
		u.AddLongInit(path, levels[path])
	}
	return u.Encode("main.init", "main.main"), nil
}

// checked parses and type-checks files.
func checked(files []diagnose.File) (*loader, []*ast.File, *types.Package, *types.Info) {
	l := &loader{fset: token.NewFileSet(), packages: map[string]*overlay.Package{}}
	parsed, err := l.parse(files)
	if err != nil {
		l.failed = []diagnose.Diagnostic{{Message: err.Error()}}
		return l, nil, nil, nil
	}
	l.selection = choose(api.Open(apiData), parsed)
	pkg, info := l.check(parsed)
	return l, parsed, pkg, info
}

// lazyLevels gives the lazy packages of which the program uses more than their short initialisers
// set, and how much more.
func lazyLevels(u *encode.Unit) map[string]int {
	levels := map[string]int{}
	external := u.External()
	for line := range strings.Lines(lazyNames) {
		name, digit, _ := strings.Cut(strings.TrimSpace(line), " ")
		if _, ok := external[name]; ok {
			path := name[:strings.LastIndexByte(name, '.')]
			levels[path] = max(levels[path], int(digit[0]-'0'))
		}
	}
	return levels
}

// bodiless finds functions whose body is elsewhere, where we cannot follow.
func bodiless(fset *token.FileSet, files []*ast.File) []diagnose.Diagnostic {
	var list []diagnose.Diagnostic
	for _, f := range files {
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Body == nil {
				p := fset.Position(fn.Pos())
				if cside.IsOurs(fn.Name.Name) {
					continue
				}
				list = append(list, diagnose.Diagnostic{File: p.Filename, Line: p.Line, Column: p.Column,
					Message: "//go:linkname of " + fn.Name.Name})
			}
		}
	}
	return list
}

// maxFrame is how many bytes of parameters and results the compiler's back end refuses.
const maxFrame = 1 << 30

// hugeFrames finds functions that gc may not compile, as their frames are too large.
func hugeFrames(fset *token.FileSet, info *types.Info) []diagnose.Diagnostic {
	sizes := types.SizesFor("gc", "amd64")
	var list []diagnose.Diagnostic
	for id, obj := range info.Defs {
		fn, ok := obj.(*types.Func)
		if !ok || fn.Signature().TypeParams() != nil || fn.Signature().RecvTypeParams() != nil {
			continue
		}
		if recv := fn.Signature().Recv(); recv != nil && types.IsInterface(recv.Type()) {
			continue // no function, and perhaps of a type parameter
		}
		var size int64
		for _, tuple := range []*types.Tuple{fn.Signature().Params(), fn.Signature().Results()} {
			for v := range tuple.Variables() {
				size += sizes.Sizeof(v.Type())
			}
		}
		if size >= maxFrame {
			p := fset.Position(id.Pos())
			list = append(list, diagnose.Diagnostic{File: p.Filename, Line: p.Line, Column: p.Column,
				Message: "a stack frame of a gigabyte or more"})
		}
	}
	slices.SortFunc(list, func(a, b diagnose.Diagnostic) int { return cmp.Compare(a.Line, b.Line) })
	return list
}

// unknownStatistics finds reads of what the model has no counterpart of in runtime.MemStats: sizes
// that depend on the real allocator. StackInuse is known where the frames of a build are.
func unknownStatistics(fset *token.FileSet, info *types.Info) []diagnose.Diagnostic {
	var list []diagnose.Diagnostic
	for id, obj := range info.Uses {
		field, ok := obj.(*types.Var)
		if !ok || !field.IsField() || field.Pkg() == nil || field.Pkg().Path() != "runtime" {
			continue
		}
		switch field.Name() {
		case "StackSys", "HeapSys", "HeapIdle", "HeapReleased", "Sys":
			p := fset.Position(id.Pos())
			list = append(list, diagnose.Diagnostic{File: p.Filename, Line: p.Line, Column: p.Column,
				Message: "runtime.MemStats." + field.Name()})
		}
	}
	slices.SortFunc(list, func(a, b diagnose.Diagnostic) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return list
}

// A loader holds a program's packages.
type loader struct {
	fset      *token.FileSet
	selection *api.Selection
	packages  map[string]*overlay.Package
	order     []*overlay.Package // dependencies first
	failed    []diagnose.Diagnostic
}

func (l *loader) parse(files []diagnose.File) ([]*ast.File, error) {
	var parsed []*ast.File
	for _, f := range files {
		file, err := parser.ParseFile(l.fset, f.Name, f.Text, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		parsed = append(parsed, file)
	}
	return parsed, nil
}

// choose selects from the library what files may mention.
func choose(index *api.Index, files []*ast.File) *api.Selection {
	s := index.Select()
	for _, f := range files {
		paths := map[string]string{}
		for _, imp := range f.Imports {
			path := strings.Trim(imp.Path.Value, "`\"")
			s.Package(path)
			if name := overlay.ImportName(imp); name == "." {
				s.AddExported(path)
			} else {
				paths[name] = path
			}
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				if id, ok := sel.X.(*ast.Ident); ok && paths[id.Name] != "" {
					s.Add(paths[id.Name], sel.Sel.Name)
				}
			}
			return true
		})
	}
	return s
}

// check type-checks the program. Go has accepted it, so what fails is what we lack.
func (l *loader) check(files []*ast.File) (*types.Package, *types.Info) {
	info := overlay.NewInfo()
	config := types.Config{
		Importer:  l,
		Sizes:     types.SizesFor("gc", "amd64"),
		GoVersion: "go1.26",
		Error: func(err error) {
			e := err.(types.Error)
			p := l.fset.Position(e.Pos)
			d := diagnose.Diagnostic{File: p.Filename, Line: p.Line, Column: p.Column,
				Message: missing(e.Msg)}
			if !e.Soft && !slices.Contains(l.failed, d) {
				l.failed = append(l.failed, d)
			}
		},
	}
	pkg, _ := config.Check(mainPath, l.fset, files, info)
	return pkg, info
}

var missingMember = regexp.MustCompile(`^\S+ undefined \(type (\S+) has no field or method (\w+)\b`)

// missing names what a type error says the library lacks.
func missing(text string) string {
	if m := missingMember.FindStringSubmatch(text); m != nil {
		return m[1] + "." + m[2]
	}
	return strings.TrimPrefix(text, "undefined: ")
}

// Import type-checks the selected part of a package.
func (l *loader) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if p := l.packages[path]; p != nil {
		return p.Types, nil
	}
	text, ok := l.selection.Source(path)
	if !ok {
		return nil, fmt.Errorf("package %s", path)
	}
	file, err := parser.ParseFile(l.fset, path+".go", text, parser.SkipObjectResolution|parser.ParseComments)
	if err != nil {
		panic(fmt.Sprintf("the library's %s does not parse: %v", path, err))
	}
	p := &overlay.Package{Path: path, Files: []*ast.File{file}, Info: overlay.NewInfo()}
	config := types.Config{
		Importer: l,
		Sizes:    types.SizesFor("gc", "amd64"),
		Error: func(err error) {
			if e := err.(types.Error); !e.Soft {
				panic(fmt.Sprintf("the library's %s does not type-check: %v", path, err))
			}
		},
	}
	p.Types, _ = config.Check(path, l.fset, p.Files, p.Info)
	l.packages[path] = p
	l.order = append(l.order, p)
	return p.Types, nil
}
