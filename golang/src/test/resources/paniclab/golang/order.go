package main

import "fmt"

func say(s string) int { fmt.Println("say", s); return 1 }

func try(name string, f func()) {
	defer func() { fmt.Println(name, recover()) }()
	f()
}

type P struct{ a, b, c int }

var m = map[string]int{"a": 1}
var gs = P{1, 2, 3}
var e any = 5

func setm() int { m["a"] = 7; return 1 }
func sets() int { gs = P{7, 8, 9}; return 1 }
func sete() int { e = 77; return 1 }

func three() (int, int) { return setm(), 4 }
func pair(a, b int) int { return a + b }

func main() {
	zero := 0
	arr := [3]int{1, 2, 3}
	sl := []int{1}
	five := 5
	var p *P
	var nm map[string]int
	var x any = "s"
	try("div", func() { _ = 1/zero + say("div") })
	try("arr", func() { _ = arr[five] + say("arr") })
	try("sl", func() { _ = sl[five] + say("sl") })
	try("nil", func() { _ = p.a + say("nil") })
	try("assert", func() { _ = x.(int) + say("assert") })
	try("slice", func() { _ = len(sl[five:]) + say("slice") })
	try("conv", func() { _ = len([4]int(sl)) + say("conv") })
	try("nm", func() { nm["x"] = say("nm") })
	try("idx", func() { sl[five] = say("idx") })
	try("ptr", func() { p.a = say("ptr") })
	fmt.Println(m["a"], setm())
	m["a"] = 1
	fmt.Println(m["a"] + setm())
	fmt.Println(gs, sets())
	fmt.Println(gs.a, sets())
	fmt.Println(e, sete())
	fmt.Println(e.(int), sete())
	var arr2 = arr
	chg := func() int { arr2[0] = 55; return 1 }
	fmt.Println(arr2, chg())
	fmt.Println(arr2[0], chg())
	s := "a"
	cs := func() string { s = "z"; return "q" }
	fmt.Println(s+"!", cs())
	fmt.Println(len(s), cs())
	t := s + cs()
	fmt.Println(t)
	var bs = []byte("abc")
	cb := func() int { bs[0] = 'X'; return 0 }
	fmt.Println(string(bs), cb())
	var y = zero + func() int { zero = 9; return 1 }()
	fmt.Println(y)
	m["a"] = 1
	fmt.Println(m["a"], pair(three()))
	if zero+func() int { zero = 90; return 1 }() > 50 {
		fmt.Println("big")
	}
	switch zero + func() int { zero = 0; return 1 }() {
	case 1:
		fmt.Println("late")
	default:
		fmt.Println("early")
	}
	fl := 1.5
	cf := func() int { fl = 9.5; return 1 }
	fmt.Println(fl, cf())
	bo := true
	cbo := func() int { bo = false; return 1 }
	fmt.Println(bo, cbo())
	var er error = fmt.Errorf("one")
	ce := func() int { er = fmt.Errorf("two"); return 1 }
	fmt.Println(er, ce())
	pp := &P{}
	cp := func() int { pp = nil; return 1 }
	fmt.Println(pp, cp())
	small := struct{ a int }{1}
	csm := func() int { small.a = 5; return 1 }
	fmt.Println(small, csm())
	for i := zero + func() int { zero = 3; return 0 }(); i < 4; i++ {
		fmt.Println("i", i)
	}
}
