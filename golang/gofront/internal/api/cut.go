package api

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/token"
	"go/types"
	"slices"

	"paniclab/gofront/internal/overlay"
)

// Cut cuts a package of the library into its declarations.
func Cut(lib *overlay.Library, p *overlay.Package) (Package, error) {
	c := cutter{lib: lib, pkg: p}
	out := Package{Path: p.Path, Name: p.Types.Name()}
	for _, f := range p.Files {
		for _, d := range f.Decls {
			chunks, err := c.decl(d)
			if err != nil {
				return out, fmt.Errorf("%s: %w", lib.Fset.Position(d.Pos()), err)
			}
			out.Chunks = append(out.Chunks, chunks...)
		}
	}
	c.attachMethods(out.Chunks)
	return out, nil
}

type cutter struct {
	lib     *overlay.Library
	pkg     *overlay.Package
	methods map[string][]string // type -> its method chunks
}

// attachMethods makes each type refer to its methods.
func (c *cutter) attachMethods(chunks []Chunk) {
	for i := range chunks {
		for _, n := range chunks[i].Names {
			for _, m := range c.methods[n] {
				chunks[i].Refs = append(chunks[i].Refs, Ref{"", m})
			}
		}
	}
}

func (c *cutter) decl(d ast.Decl) ([]Chunk, error) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		return c.function(d)
	case *ast.GenDecl:
		switch d.Tok {
		case token.CONST:
			return c.constants(d)
		case token.TYPE:
			return c.types(d)
		case token.VAR:
			return c.variables(d), nil
		}
	}
	return nil, nil
}

// function takes the body along only where it is needed to make instances.
func (c *cutter) function(d *ast.FuncDecl) ([]Chunk, error) {
	name := overlay.FuncName(d)
	if name == "init" || d.Name.Name == "_" {
		return nil, nil
	}
	if d.Recv != nil {
		t := overlay.ReceiverName(d)
		if c.methods == nil {
			c.methods = map[string][]string{}
		}
		c.methods[t] = append(c.methods[t], name)
	}
	if d.Body != nil && c.generic(d) {
		p := c.lib.Fset.Position(d.Pos())
		text := fmt.Sprintf("//line %s:%d\n%s", p.Filename, p.Line, c.lib.Text(d))
		chunk := Chunk{Names: []string{name}, Text: text}
		c.refer(&chunk, d)
		return []Chunk{chunk}, nil
	}
	head := &ast.FuncDecl{Recv: d.Recv, Name: d.Name, Type: d.Type}
	chunk, err := c.printed([]string{name}, head)
	if err != nil {
		return nil, err
	}
	c.refer(&chunk, d.Type)
	if d.Recv != nil {
		c.refer(&chunk, d.Recv)
	}
	return []Chunk{chunk}, nil
}

func (c *cutter) generic(d *ast.FuncDecl) bool {
	f, ok := c.pkg.Info.Defs[d.Name].(*types.Func)
	if !ok {
		return false
	}
	sig := f.Signature()
	return sig.TypeParams().Len() > 0 || sig.RecvTypeParams().Len() > 0
}

// constants stay in their group, because iota counts in it.
func (c *cutter) constants(d *ast.GenDecl) ([]Chunk, error) {
	var names []string
	for _, s := range d.Specs {
		for _, id := range s.(*ast.ValueSpec).Names {
			if id.Name != "_" {
				names = append(names, id.Name)
			}
		}
	}
	chunk, err := c.printed(names, d)
	c.refer(&chunk, d)
	return []Chunk{chunk}, err
}

func (c *cutter) types(d *ast.GenDecl) ([]Chunk, error) {
	var chunks []Chunk
	for _, s := range d.Specs {
		spec := s.(*ast.TypeSpec)
		chunk, err := c.printed([]string{spec.Name.Name}, &ast.GenDecl{Tok: token.TYPE, Specs: []ast.Spec{spec}})
		if err != nil {
			return nil, err
		}
		c.refer(&chunk, spec)
		chunks = append(chunks, chunk)
	}
	return chunks, nil
}

// variables lose their initialisers and have their types written out.
func (c *cutter) variables(d *ast.GenDecl) []Chunk {
	var chunks []Chunk
	for _, s := range d.Specs {
		for _, id := range s.(*ast.ValueSpec).Names {
			v, ok := c.pkg.Info.Defs[id].(*types.Var)
			if !ok || id.Name == "_" {
				continue
			}
			chunk := Chunk{Names: []string{id.Name}}
			chunk.Text = "var " + id.Name + " " + types.TypeString(v.Type(), func(p *types.Package) string {
				if p == c.pkg.Types {
					return ""
				}
				name := "lab_" + p.Name()
				chunk.use(Import{name, p.Path()})
				return name
			})
			c.referType(&chunk, v.Type(), map[types.Type]bool{})
			chunks = append(chunks, chunk)
		}
	}
	return chunks
}

func (c *cutter) printed(names []string, node any) (Chunk, error) {
	var b bytes.Buffer
	err := format.Node(&b, c.lib.Fset, node)
	return Chunk{Names: names, Text: b.String()}, err
}

func (k *Chunk) use(i Import) {
	if !slices.Contains(k.Imports, i) {
		k.Imports = append(k.Imports, i)
	}
}

func (k *Chunk) refer(r Ref) {
	if !slices.Contains(k.Refs, r) {
		k.Refs = append(k.Refs, r)
	}
}

// refer notes what package-level names a piece of syntax mentions.
func (c *cutter) refer(k *Chunk, node ast.Node) {
	ast.Inspect(node, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		switch obj := c.pkg.Info.Uses[id].(type) {
		case nil:
		case *types.PkgName:
			k.use(Import{obj.Name(), obj.Imported().Path()})
		default:
			c.referObject(k, obj)
		}
		return true
	})
}

func (c *cutter) referObject(k *Chunk, obj types.Object) {
	p := obj.Pkg()
	if p == nil || obj.Parent() != p.Scope() {
		return
	}
	if p == c.pkg.Types {
		k.refer(Ref{"", obj.Name()})
	} else {
		k.refer(Ref{p.Path(), obj.Name()})
	}
}

// referType notes the named types that a type consists of.
func (c *cutter) referType(k *Chunk, t types.Type, seen map[types.Type]bool) {
	if seen[t] {
		return
	}
	seen[t] = true
	switch t := t.(type) {
	case *types.Named:
		c.referObject(k, t.Obj())
		for a := range t.TypeArgs().Types() {
			c.referType(k, a, seen)
		}
	case *types.Alias:
		c.referObject(k, t.Obj())
	case *types.Map:
		c.referType(k, t.Key(), seen)
		c.referType(k, t.Elem(), seen)
	case interface{ Elem() types.Type }:
		c.referType(k, t.Elem(), seen)
	case *types.Struct:
		for f := range t.Fields() {
			c.referType(k, f.Type(), seen)
		}
	case *types.Signature:
		c.referType(k, t.Params(), seen)
		c.referType(k, t.Results(), seen)
	case *types.Tuple:
		for v := range t.Variables() {
			c.referType(k, v.Type(), seen)
		}
	case *types.Interface:
		for m := range t.Methods() {
			c.referType(k, m.Type(), seen)
		}
	}
}
