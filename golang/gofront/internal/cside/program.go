// Package cside reads the C that stands beside a cgo program: it makes declarations in Go of what the
// program takes from C, as cmd/cgo does, and translates the C functions to code that the model runs.
package cside

import "paniclab/gofront/internal/encode"

// A Kind says how a C value is kept and converted.
type Kind int

// The numbers are part of the format that the Java side reads.
const (
	Void Kind = iota
	I8
	U8
	I16
	U16
	I32
	U32
	I64
	U64
	F32
	F64
	Aggregate // a struct or union, by its address
	Boolean
)

// Operations. Values are taken from a stack of 64-bit words; the numbers are part of the format.
const (
	opConst       = iota // value
	opLocal              // offset: address of a local variable
	opGlobal             // datum, addend: its address
	opFunc               // function: its address
	opLoad               // kind, 1 for volatile: address -> value
	opStore              // kind: address, value -> value
	opBinary             // operator, kind: x, y -> result
	opUnary              // operator, kind
	opConvert            // from, to
	opJump               // place
	opFalse              // place: jumps if the value is 0
	opTrue               // place
	opCall               // function, arguments, 1 if there is a result, then the kind of each argument
	opCallPointer        // arguments, 1 if there is a result, then kinds: function, arguments -> result
	opReturn             // 1 if there is a value
	opPop
	opDup
	opSet     // register: pops
	opGet     // register
	opCopy    // size: to, from -> to
	opZero    // size: address ->
	opLine    // line
	opDivisor // 1 if gcc never lets a division by this 0 fault: looks at the top of the stack
)

// A Param is where an argument goes.
type Param struct {
	Kind   Kind
	Offset int // in the frame
	Size   int // of an aggregate
}

// A Function of the C side; one without code is the C library's, or Go's.
type Function struct {
	Name       string
	File       string
	Static     bool
	Defined    bool
	Variadic   bool
	Params     []Param
	Result     Kind
	ResultSize int
	Frame      int // bytes of locals
	Sure       int // bytes of it that no optimization removes
	Registers  int
	CPlusPlus  bool
	Weak       bool // may be missing if not defined, gives way to another definition if it is
	Code       []int64
}

// A Reloc is an address in the initial value of a datum.
type Reloc struct {
	Offset   int
	Function bool
	Index    int
	Addend   int64
}

// A Datum is a variable with static storage, or a string.
type Datum struct {
	Name     string
	Size     int
	Align    int
	ReadOnly bool
	Defined  bool
	Weak     bool   // as of a Function
	Bytes    []byte // all zero if shorter than Size
	Relocs   []Reloc

	unit int // that defines it
}

// A Program is the C side of a program.
type Program struct {
	Functions []*Function
	Data      []*Datum
	Exports   []Export

	functions map[string]int
	data      map[string]int
}

// An Export is a Go function that C may call.
type Export struct {
	Name     string // in C
	Function string // in Go, in full
	Place    string // file:line of its declaration
}

func newProgram() *Program {
	return &Program{functions: map[string]int{}, data: map[string]int{}}
}

// Encode appends the program in the form that FORMAT.md describes.
func (p *Program) Encode(b *encode.Buffer) {
	b.Uint(len(p.Functions))
	for _, f := range p.Functions {
		b.Text(f.Name)
		b.Text(f.File)
		b.Uint(flags(f.Static, f.Defined, f.Variadic, f.CPlusPlus, f.Weak))
		b.Uint(len(f.Params))
		for _, q := range f.Params {
			b.Uint(int(q.Kind))
			b.Uint(q.Offset)
			b.Uint(q.Size)
		}
		b.Uint(int(f.Result))
		b.Uint(f.ResultSize)
		b.Uint(f.Frame)
		b.Uint(f.Sure)
		b.Uint(f.Registers)
		b.Uint(len(f.Code))
		for _, c := range f.Code {
			b.Int(c)
		}
	}
	b.Uint(len(p.Data))
	for _, d := range p.Data {
		b.Text(d.Name)
		b.Uint(d.Size)
		b.Uint(d.Align)
		b.Uint(flags(d.ReadOnly, d.Defined, d.Weak))
		b.Text(string(d.Bytes))
		b.Uint(len(d.Relocs))
		for _, r := range d.Relocs {
			b.Uint(r.Offset)
			b.Uint(flags(r.Function))
			b.Uint(r.Index)
			b.Int(r.Addend)
		}
	}
	b.Uint(len(p.Exports))
	for _, e := range p.Exports {
		b.Text(e.Name)
		b.Text(e.Function)
		b.Text(e.Place)
	}
}

func flags(list ...bool) int {
	n := 0
	for i, f := range list {
		if f {
			n |= 1 << i
		}
	}
	return n
}
