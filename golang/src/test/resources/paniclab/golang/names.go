package main

import (
	"fmt"
	"runtime"
)

func who(tag string) {
	pc := make([]uintptr, 10)
	n := runtime.Callers(2, pc)
	fr := runtime.CallersFrames(pc[:n])
	f, _ := fr.Next()
	fmt.Println(tag, f.Function, f.Line)
}

var v1 = func() int { who("v1"); func() { who("v1in") }(); return 1 }()
var v2 = func() int { who("v2"); return 2 }

type T struct{}

func (T) M()  { func() { who("T.M.func") }(); who("T.M") }
func (*T) P() { func() { who("T.P.func") }() }

var mt = T.M

type G[X any] struct{}

func (g G[X]) M() { func() { who("G.M.func") }(); who("G.M") }

func F[X any](x X) { who("F"); func() { who("F.func"); func() { who("F.func.1") }() }() }

func seq(yield func(int) bool) { yield(1) }

func init() { who("init0"); func() { who("init0.func") }() }
func init() { who("init1"); func() { who("init1.func") }() }

type I interface{ M() }

func rf() {
	f0 := func() { who("rf.f0") }
	for range seq {
		who("range1")
		func() { who("range1.func") }()
		for range seq {
			who("range1.range")
			func() { who("range1.range.func") }()
			defer func() { who("range1.range.defer") }()
		}
		func() { who("range1.funcb") }()
	}
	for range seq {
		who("range2")
		func() { who("range2.func") }()
	}
	f0()
	func() { who("rf.last"); for range seq { who("rf.last.range"); func() { who("rf.last.range.func") }() } }()
}

func mk() func() { return func() { who("mk.closure") } }

type E struct{ T }

func main() {
	func() {
		who("a")
		func() { who("a.1") }()
		func() { who("a.2"); func() { who("a.2.1") }() }()
	}()
	func() { who("b") }()
	go func() {}()
	x := func() { who("c") }
	x()
	v2()
	T{}.M()
	(&T{}).P()
	G[int]{}.M()
	F(1)
	rf()
	mk()()
	defer func() { who("deferred") }()
	if true {
		y := func() { who("d") }
		y()
	}
	m := T{}.M
	m()
	mt(T{})
	var i I = E{}
	i.M()
	var i2 I = &T{}
	i2.M()
	done := make(chan int)
	go func(n int) { who("go1"); done <- 1 }(1)
	<-done
	s := struct{ f func() }{func() { who("field") }}
	s.f()
	type L struct{ f func() }
	arr := []func(){func() { who("arr0") }, func() { who("arr1") }}
	for _, f := range arr {
		f()
	}
	switch {
	case func() bool { who("case"); return true }():
	}
	func(f func()) { who("outerarg"); f() }(func() { who("arg") })
}
