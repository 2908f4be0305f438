// Package load type-checks a program against the library we have and builds its SSA form.
package load

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"paniclab/gofront/internal/diagnose"
	"paniclab/gofront/internal/encode"
)

// Compile turns files that go build accepts into a unit, or says what in them is not supported.
func Compile(files []diagnose.File) ([]byte, []diagnose.Diagnostic) {
	fset := token.NewFileSet()
	var parsed []*ast.File
	for _, f := range files {
		file, err := parser.ParseFile(fset, f.Name, f.Text, parser.SkipObjectResolution)
		if err != nil {
			return nil, []diagnose.Diagnostic{{Message: err.Error()}}
		}
		parsed = append(parsed, file)
	}
	info := newInfo()
	var failed []diagnose.Diagnostic
	config := types.Config{
		Importer:  nothing{},
		Sizes:     types.SizesFor("gc", "amd64"),
		GoVersion: "go1.26",
		Error: func(err error) {
			e := err.(types.Error)
			p := fset.Position(e.Pos)
			failed = append(failed, diagnose.Diagnostic{File: p.Filename, Line: p.Line, Column: p.Column, Message: e.Msg})
		},
	}
	pkg, _ := config.Check("main", fset, parsed, info)
	if len(failed) > 0 {
		return nil, failed
	}
	prog := ssa.NewProgram(fset, ssa.InstantiateGenerics)
	main := prog.CreatePackage(pkg, parsed, info, false)
	main.SetDebugMode(true)
	main.Build()
	u := encode.NewUnit(prog, func(path string) bool { return path != "main" }, parsed)
	u.Add(main.Func("init"))
	u.Add(main.Func("main"))
	return u.Encode("main.init", "main.main"), nil
}

type nothing struct{}

func (nothing) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	return nil, fmt.Errorf("package %s", path)
}

func newInfo() *types.Info {
	return &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{},
		Uses: map[*ast.Ident]types.Object{}, Implicits: map[ast.Node]types.Object{},
		Instances: map[*ast.Ident]types.Instance{}, Scopes: map[ast.Node]*types.Scope{},
		Selections: map[*ast.SelectorExpr]*types.Selection{}, FileVersions: map[*ast.File]string{},
	}
}

// Library gives the unit of the standard library.
func Library() []byte {
	prog := ssa.NewProgram(token.NewFileSet(), ssa.InstantiateGenerics)
	return encode.NewUnit(prog, func(string) bool { return false }, nil).Encode("", "")
}
