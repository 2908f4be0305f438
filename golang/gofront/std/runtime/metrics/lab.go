package metrics

import (
	"internal/lab"
	"runtime"
)

// Read knows what a machine without threads and without a collector can know.
// /sched/goroutines:goroutines is not among it: it counts the goroutines of the
// runtime too, six in all where runtime.NumGoroutine says 1.
func Read(m []Sample) {
	_ = &m[0]
	for i := range m {
		m[i].Value = read(m[i].Name)
	}
}

func read(name string) Value {
	switch name {
	case "/sched/gomaxprocs:threads":
		return Value{kind: KindUint64, scalar: uint64(runtime.GOMAXPROCS(0))}
	}
	if name == "/gc/stack/starting-size:bytes" && collections() == 0 {
		return Value{kind: KindUint64, scalar: 2048}
	}
	for _, d := range allDesc {
		if d.Name == name {
			lab.OutOfModel("the value of the metric " + name + ", which depends on the moment")
		}
	}
	return Value{}
}

// collections counts what the collector did: it adapts the size of new stacks.
func collections() uint32 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.NumGC
}
