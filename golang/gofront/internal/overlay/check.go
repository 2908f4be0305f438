package overlay

import (
	"errors"
	"fmt"
	"go/ast"
	"go/types"
	"slices"
)

// A Package is a package of the library with its types.
type Package struct {
	Path  string
	Files []*ast.File
	Types *types.Package
	Info  *types.Info
}

// A Checker type-checks packages from source, each once.
type Checker struct {
	lib      *Library
	packages map[string]*Package
	loading  []string
	Order    []*Package // dependencies first
	Errors   []error
}

// NewChecker makes a checker of a library's packages.
func NewChecker(lib *Library) *Checker {
	return &Checker{lib: lib, packages: map[string]*Package{}}
}

// Import gives the types of a package.
func (c *Checker) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if p, ok := c.packages[path]; ok {
		return p.Types, nil
	}
	if slices.Contains(c.loading, path) {
		return nil, fmt.Errorf("import cycle through %v and %s", c.loading, path)
	}
	c.loading = append(c.loading, path)
	defer func() { c.loading = c.loading[:len(c.loading)-1] }()
	files, err := c.lib.Files(path)
	if err != nil {
		return nil, err
	}
	info := NewInfo()
	config := types.Config{
		Importer: c,
		Sizes:    types.SizesFor("gc", "amd64"),
		Error: func(err error) {
			var e types.Error
			if errors.As(err, &e) && !e.Soft {
				c.Errors = append(c.Errors, fmt.Errorf("%s: %w", path, err))
			}
		},
	}
	pkg, _ := config.Check(path, c.lib.Fset, files, info)
	p := &Package{path, files, pkg, info}
	c.packages[path] = p
	c.Order = append(c.Order, p)
	return pkg, nil
}

// NewInfo makes the tables that SSA needs.
func NewInfo() *types.Info {
	return &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{},
		Uses: map[*ast.Ident]types.Object{}, Implicits: map[ast.Node]types.Object{},
		Instances: map[*ast.Ident]types.Instance{}, Scopes: map[ast.Node]*types.Scope{},
		Selections: map[*ast.SelectorExpr]*types.Selection{}, FileVersions: map[*ast.File]string{},
	}
}
