// Package overlay reads the standard library: the toolchain's sources with our overlays applied, as
// std/README.md describes.
package overlay

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// A Library finds the files of packages.
type Library struct {
	Fset    *token.FileSet
	goroot  string
	overlay string // the folder of the overlays
	context build.Context
	texts   map[string][]byte // by name in Fset
}

// New makes a library over a Go tree and a folder of overlays.
func New(goroot, overlay string) *Library {
	c := build.Default
	c.GOROOT, c.GOPATH = goroot, ""
	// A 64-bit machine for which hardly anything is written in assembly.
	c.GOOS, c.GOARCH, c.CgoEnabled = "linux", "mips64le", false
	// What there is of it is left out.
	c.BuildTags = []string{"math_big_pure_go", "purego"}
	return &Library{Fset: token.NewFileSet(), goroot: goroot, overlay: overlay, context: c, texts: map[string][]byte{}}
}

// Files gives the syntax of a package's files. Names are those that -trimpath gives.
func (l *Library) Files(path string) ([]*ast.File, error) {
	rules, err := readRules(filepath.Join(l.overlay, filepath.FromSlash(path)))
	if err != nil {
		return nil, err
	}
	ours, err := l.ownFiles(path)
	if err != nil {
		return nil, err
	}
	theirs, err := l.gorootFiles(path, rules)
	if err != nil {
		return nil, err
	}
	if len(ours)+len(theirs) == 0 {
		return nil, fmt.Errorf("package %s has no files", path)
	}
	declared := declaredNames(ours)
	for _, f := range theirs {
		name := filepath.Base(l.Fset.Position(f.Package).Filename)
		prune(f, func(n string) bool {
			return !declared[n] && rules.takes(name, n)
		}, rules.takesInit(name))
		dropUnusedImports(f)
	}
	return append(theirs, ours...), nil
}

// ownFiles parses the overlay's files.
func (l *Library) ownFiles(path string) ([]*ast.File, error) {
	dir := filepath.Join(l.overlay, filepath.FromSlash(path))
	entries, err := os.ReadDir(dir)
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var files []*ast.File
	for _, e := range entries {
		if !e.IsDir() && strings.HasSuffix(e.Name(), ".go") {
			f, err := l.parse(filepath.Join(dir, e.Name()), path+"/"+e.Name())
			if err != nil {
				return nil, err
			}
			files = append(files, f)
		}
	}
	return files, nil
}

// gorootFiles parses the toolchain's files that the rules take any of.
func (l *Library) gorootFiles(path string, rules *rules) ([]*ast.File, error) {
	if rules.keepNothing() {
		return nil, nil
	}
	dir := filepath.Join(l.goroot, "src", filepath.FromSlash(path))
	if _, err := os.Stat(dir); os.IsNotExist(err) {
		return nil, nil
	}
	names := rules.keptFiles()
	if names == nil {
		p, err := l.context.ImportDir(dir, 0)
		if err != nil {
			return nil, err
		}
		names = p.GoFiles
	}
	var files []*ast.File
	for _, name := range names {
		if rules.dropped[name] {
			continue
		}
		f, err := l.parse(filepath.Join(dir, name), path+"/"+name)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return files, nil
}

func (l *Library) parse(file, name string) (*ast.File, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	l.texts[name] = text
	return parser.ParseFile(l.Fset, name, text, parser.SkipObjectResolution)
}

// Text is the source of a node.
func (l *Library) Text(n ast.Node) string {
	from, to := l.Fset.Position(n.Pos()), l.Fset.Position(n.End())
	return string(l.texts[from.Filename][from.Offset:to.Offset])
}

// Lazy says whether a package's initialiser may wait until one of its variables is touched.
func (l *Library) Lazy(path string) bool {
	_, err := os.Stat(filepath.Join(l.overlay, filepath.FromSlash(path), "LAZY"))
	return err == nil
}

// declaredNames gives the names that files declare at top level, methods as Type.Method.
func declaredNames(files []*ast.File) map[string]bool {
	names := map[string]bool{}
	for _, f := range files {
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				names[FuncName(d)] = true
			case *ast.GenDecl:
				for _, s := range d.Specs {
					for _, id := range specNames(s) {
						names[id.Name] = true
					}
				}
			}
		}
	}
	delete(names, "init")
	delete(names, "_")
	return names
}

// FuncName is F for a function and T.M for a method.
func FuncName(d *ast.FuncDecl) string {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return d.Name.Name
	}
	return ReceiverName(d) + "." + d.Name.Name
}

// ReceiverName is the name of a method's receiver type.
func ReceiverName(d *ast.FuncDecl) string {
	t := d.Recv.List[0].Type
	for {
		switch x := t.(type) {
		case *ast.StarExpr:
			t = x.X
		case *ast.ParenExpr:
			t = x.X
		case *ast.IndexExpr:
			t = x.X
		case *ast.IndexListExpr:
			t = x.X
		case *ast.Ident:
			return x.Name
		default:
			return ""
		}
	}
}

func specNames(s ast.Spec) []*ast.Ident {
	switch s := s.(type) {
	case *ast.TypeSpec:
		return []*ast.Ident{s.Name}
	case *ast.ValueSpec:
		return s.Names
	}
	return nil
}

// prune takes out of a file the declarations that are not to be taken.
func prune(f *ast.File, take func(name string) bool, inits bool) {
	f.Decls = slices.DeleteFunc(f.Decls, func(d ast.Decl) bool {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Name.Name == "init" && d.Recv == nil {
				return !inits
			}
			return !take(FuncName(d))
		case *ast.GenDecl:
			return d.Tok != token.IMPORT && !pruneGroup(d, take)
		}
		return false
	})
}

// pruneGroup says whether anything of a declaration is left.
func pruneGroup(d *ast.GenDecl, take func(string) bool) bool {
	left := false
	d.Specs = slices.DeleteFunc(d.Specs, func(s ast.Spec) bool {
		any := false
		for _, id := range specNames(s) {
			if id.Name == "_" || !take(id.Name) {
				id.Name = "_"
			} else {
				any = true
			}
		}
		left = left || any
		if _, isType := s.(*ast.TypeSpec); isType {
			return !any
		}
		// iota counts on in a group of constants; a variable's blank stays for its initialiser only
		// when another name of the same specification does.
		return d.Tok == token.VAR && !any
	})
	return left
}

// dropUnusedImports takes out imports whose name the file does not mention any more. Imports for
// their effect, and dot imports, stay.
func dropUnusedImports(f *ast.File) {
	used := map[string]bool{}
	for _, d := range f.Decls {
		ast.Inspect(d, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if id, ok := s.X.(*ast.Ident); ok {
					used[id.Name] = true
				}
			}
			return true
		})
	}
	keep := func(s *ast.ImportSpec) bool {
		return used[ImportName(s)] || s.Name != nil && (s.Name.Name == "_" || s.Name.Name == ".")
	}
	f.Imports = slices.DeleteFunc(f.Imports, func(s *ast.ImportSpec) bool { return !keep(s) })
	f.Decls = slices.DeleteFunc(f.Decls, func(d ast.Decl) bool {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.IMPORT {
			return false
		}
		g.Specs = slices.DeleteFunc(g.Specs, func(s ast.Spec) bool { return !keep(s.(*ast.ImportSpec)) })
		return len(g.Specs) == 0
	})
}

// ImportName is the name an import of a library package is known by in its file.
func ImportName(s *ast.ImportSpec) string {
	if s.Name != nil {
		return s.Name.Name
	}
	path, _ := strconv.Unquote(s.Path.Value)
	name := path[strings.LastIndexByte(path, '/')+1:]
	if len(name) > 1 && name[0] == 'v' && name[1] >= '0' && name[1] <= '9' {
		path = strings.TrimSuffix(path, "/"+name)
		name = path[strings.LastIndexByte(path, '/')+1:]
	}
	return name
}
