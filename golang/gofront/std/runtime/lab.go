package runtime

import (
	"internal/abi"
	"internal/lab"
	"unsafe"
)

// The machine knows these.

func Gosched()
func Goexit()
func NumGoroutine() int
func Stack(buf []byte, all bool) int

// GC is a point at which the machine says that garbage was collected.
func GC()

// Version of the toolchain whose library this is.
func Version() string

// NumCPU and the processors of GOMAXPROCS: the machine has one of each to
// run on, and schedules as if there were any number.
func NumCPU() int

func GOMAXPROCS(n int) int

// SetDefaultGOMAXPROCS changes nothing: the default is never left.
func SetDefaultGOMAXPROCS() { GOMAXPROCS(NumCPU()) }

// NumCgoCall is 0: no C is called.
func NumCgoCall() int64 { return 0 }

// GOROOT is not known at run time, as after go build -trimpath.
func GOROOT() string { return "" }

func KeepAlive(x any) {}
func LockOSThread()
func UnlockOSThread()

// Breakpoint traps without a debugger.
func Breakpoint() { lab.OutOfModel("runtime.Breakpoint") }

// SetFinalizer keeps the finalizer from running, as it may: nothing says
// when the memory of an object is reused.
func SetFinalizer(obj any, finalizer any) {
	t := abi.TypeOf(obj)
	if t == nil {
		lab.Throw("runtime.SetFinalizer: first argument is nil")
	}
	if t.Kind() != abi.Pointer {
		lab.Throw("runtime.SetFinalizer: first argument is " + t.String() + ", not pointer")
	}
	if !lab.AtStart(obj) {
		lab.Throw("runtime.SetFinalizer: pointer not at beginning of allocated block")
	}
	p := abi.Unpack(obj)
	if t.IsNil(p) {
		lab.Throw("runtime.SetFinalizer: pointer not in allocated block")
	}
	const tiny = 16
	if lab.Interior(obj) {
		if t.Elem().Pointers() || t.Elem().Size() >= tiny {
			lab.Throw("runtime.SetFinalizer: pointer not at beginning of allocated block")
		}
		lab.OutOfModel("runtime.SetFinalizer of a part of a variable")
	}
	f := abi.TypeOf(finalizer)
	if f == nil {
		return
	}
	if f.Kind() != abi.Func {
		lab.Throw("runtime.SetFinalizer: second argument is " + f.String() + ", not a function")
	}
	cannot := "runtime.SetFinalizer: cannot pass " + t.String() + " to finalizer " + f.String()
	if f.IsVariadic() {
		lab.Throw(cannot + " because dotdotdot")
	}
	if f.NumIn() != 1 || !takes(f.In(0), t) {
		lab.Throw(cannot)
	}
	lab.NoteCollectable()
}

// takes tells whether a finalizer's parameter may be given such a pointer.
func takes(in, t *abi.Type) bool {
	switch {
	case in == t:
		return true
	case in.Kind() == abi.Pointer:
		return (in.Name() == "" || t.Name() == "") && in.Elem() == t.Elem()
	case in.Kind() == abi.Interface:
		return t.Implements(in)
	}
	return false
}

// A Cleanup is a function that may run after an object is unreachable.
type Cleanup struct{ id uint64 }

// AddCleanup has the function run on a goroutine of its own after a call of GC has found the object
// unreachable.
func AddCleanup[T, S any](ptr *T, cleanup func(S), arg S) Cleanup {
	if ptr == nil {
		panic("runtime.AddCleanup: ptr is nil")
	}
	if p, ok := any(arg).(*T); ok && p == ptr {
		panic("runtime.AddCleanup: ptr is equal to arg, cleanup will never run")
	}
	return Cleanup{lab.AddCleanup(ptr, func() { cleanup(arg) })}
}

func (c Cleanup) Stop() { lab.StopCleanup(c.id) }

// A Pinner keeps objects where they are and alive, and lets C have them.
type Pinner struct{ pinned []any }

func (p *Pinner) Pin(pointer any) {
	if pointer == nil {
		panic(errorString("runtime.Pinner: argument is nil"))
	}
	if t := abi.TypeOf(pointer); t.Kind() != abi.Pointer && t.Kind() != abi.UnsafePointer {
		panic(errorString("runtime.Pinner: argument is not a pointer: " + t.String()))
	}
	p.pinned = append(p.pinned, pointer)
	lab.Pin(pointer)
}

func (p *Pinner) Unpin() {
	for _, x := range p.pinned {
		lab.Unpin(x)
	}
	p.pinned = nil
}

// ReadMemStats fills in what the machine counts: Alloc, TotalAlloc, Sys,
// Mallocs, HeapAlloc, HeapSys, HeapInuse, HeapObjects, StackInuse, StackSys, NumGC.
func ReadMemStats(m *MemStats) {
	*m = MemStats{}
	c := memStats()
	m.Alloc, m.HeapAlloc = c.heap, c.heap
	m.TotalAlloc = c.total
	m.Mallocs, m.HeapObjects = c.objects, c.objects
	m.HeapInuse = (c.heap + 8191) &^ 8191
	m.HeapSys = (c.heap + 1<<22 - 1) &^ (1<<22 - 1)
	m.StackInuse, m.StackSys = c.stack, c.stack
	m.Sys = m.HeapSys + m.StackSys
	m.NumGC, m.NumForcedGC = c.gcs, c.gcs
	m.EnableGC = true
}

type counts struct {
	heap, total, objects, stack uint64
	gcs                         uint32
}

func memStats() counts

// Caller reports where the calling goroutine is, skip frames up.
func Caller(skip int) (pc uintptr, file string, line int, ok bool) {
	rpc := []uintptr{0}
	if Callers(skip+2, rpc) < 1 {
		return
	}
	_, file, line, _, ok = frameAt(rpc[0])
	return rpc[0], file, line, ok
}

// Callers fills pc with the places of the calls on the stack; 0 is Callers itself.
func Callers(skip int, pc []uintptr) int

// frameAt tells what a place given by Callers is; file and line of the call.
func frameAt(pc uintptr) (function, file string, line int, entry uintptr, ok bool)

type funcInfo struct{}

// A Func is a function of the program.
type Func struct {
	name  string
	file  string
	line  int
	entry uintptr
}

// FuncForPC returns the function that contains a place, nil for none.
func FuncForPC(pc uintptr) *Func {
	name, file, line, entry, ok := frameAt(pc)
	if !ok {
		if pc != 0 {
			lab.OutOfModel("runtime.FuncForPC of what runtime.Callers did not give, such as the address of a function value")
		}
		return nil
	}
	return &Func{name, file, line, entry}
}

func (f *Func) Name() string {
	if f == nil {
		return ""
	}
	return f.name
}

func (f *Func) Entry() uintptr { return f.entry }

func (f *Func) FileLine(pc uintptr) (file string, line int) {
	_, file, line, _, ok := frameAt(pc)
	if !ok {
		return "?", 0
	}
	return file, line
}

// Frames gives the frames of places from Callers.
type Frames struct {
	callers []uintptr
}

// CallersFrames prepares to give the frames of these places.
func CallersFrames(callers []uintptr) *Frames {
	return &Frames{callers}
}

func (ci *Frames) Next() (frame Frame, more bool) {
	for len(ci.callers) > 0 {
		pc := ci.callers[0]
		ci.callers = ci.callers[1:]
		if name, file, line, entry, ok := frameAt(pc); ok {
			frame = Frame{PC: pc, Func: &Func{name, file, line, entry}, Function: name, File: file, Line: line, Entry: entry}
			return frame, len(ci.callers) > 0
		}
	}
	return Frame{}, false
}

// Profiles are not taken.

var MemProfileRate int = 512 * 1024

func SetBlockProfileRate(rate int)         {}
func SetMutexProfileFraction(rate int) int { return 0 }
func SetCPUProfileRate(hz int)             {}
func CPUProfile() []byte                   { panic("CPUProfile no longer available") }
func StartTrace() error                    { lab.OutOfModel("runtime.StartTrace"); return nil }
func StopTrace()                           { lab.OutOfModel("runtime.StopTrace") }
func ReadTrace() (buf []byte)              { lab.OutOfModel("runtime.ReadTrace"); return nil }

func GoroutineProfile(p []StackRecord) (n int, ok bool) {
	lab.OutOfModel("runtime.GoroutineProfile")
	return
}

func ThreadCreateProfile(p []StackRecord) (n int, ok bool) {
	lab.OutOfModel("runtime.ThreadCreateProfile")
	return
}

func MemProfile(p []MemProfileRecord, inuseZero bool) (n int, ok bool) {
	lab.OutOfModel("runtime.MemProfile")
	return
}

func BlockProfile(p []BlockProfileRecord) (n int, ok bool) {
	lab.OutOfModel("runtime.BlockProfile")
	return
}

func MutexProfile(p []BlockProfileRecord) (n int, ok bool) {
	lab.OutOfModel("runtime.MutexProfile")
	return
}

func SetCgoTraceback(version int, traceback, context, symbolizer unsafe.Pointer) {
	lab.OutOfModel("runtime.SetCgoTraceback")
}
