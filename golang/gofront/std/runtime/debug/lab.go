package debug

import (
	"internal/lab"
	"os"
	"time"
)

// GCStats is what ReadGCStats fills in.
type GCStats struct {
	LastGC         time.Time
	NumGC          int64
	PauseTotal     time.Duration
	Pause          []time.Duration
	PauseEnd       []time.Time
	PauseQuantiles []time.Duration
}

func ReadGCStats(stats *GCStats) { lab.OutOfModel("debug.ReadGCStats") }

// The machine knows these.

func SetMaxStack(bytes int) int
func SetMaxThreads(threads int) int
func SetPanicOnFault(enabled bool) bool
func SetTraceback(level string)
func FreeOSMemory()
func SetGCPercent(percent int) int
func SetMemoryLimit(limit int64) int64

// CrashOptions is empty so far.
type CrashOptions struct{}

func SetCrashOutput(f *os.File, opts CrashOptions) error {
	lab.OutOfModel("debug.SetCrashOutput")
	return nil
}

func WriteHeapDump(fd uintptr) { lab.OutOfModel("debug.WriteHeapDump") }

// modinfo: the program was not built as a module.
func modinfo() string { return "" }
