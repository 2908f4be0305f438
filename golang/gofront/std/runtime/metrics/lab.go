package metrics

import (
	"internal/lab"
	"runtime"
)

// Read knows the values that a machine without threads and without a collector has.
func Read(m []Sample) {
	_ = &m[0]
	for i := range m {
		m[i].Value = read(m[i].Name)
	}
}

func read(name string) Value {
	switch name {
	case "/sched/goroutines:goroutines":
		return Value{kind: KindUint64, scalar: uint64(runtime.NumGoroutine())}
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
