package main

import (
	"bufio"
	"bytes"
	"container/heap"
	"container/list"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"log"
	"maps"
	"math"
	"math/rand"
	"os"
	"reflect"
	"runtime"
	"runtime/debug"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode"
)

type E struct{ n int }

func (e *E) Error() string { return "E" + strconv.Itoa(e.n) }

type IH []int

func (h IH) Len() int           { return len(h) }
func (h IH) Less(i, j int) bool { return h[i] < h[j] }
func (h IH) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *IH) Push(x any)        { *h = append(*h, x.(int)) }
func (h *IH) Pop() any {
	o := *h
	x := o[len(o)-1]
	*h = o[:len(o)-1]
	return x
}

func try(name string, f func()) {
	defer func() {
		if r := recover(); r != nil {
			_, isErr := r.(runtime.Error)
			fmt.Printf("%s: %v (%T) %v\n", name, r, r, isErr)
		}
	}()
	f()
}

func main() {
	err := fmt.Errorf("wrap: %w", &E{3})
	var e *E
	fmt.Println(errors.As(err, &e), e, errors.Is(err, e), errors.Unwrap(err))
	fmt.Println(strings.ToUpper("héllo"), strings.Fields(" a b  c "), strings.Repeat("ab", 3), strings.Split("a,b,c", ","), strings.Title("hi there"))
	x := []int{3, 1, 2}
	sort.Ints(x)
	fmt.Println(x, slices.Max(x), slices.Insert(x, 1, 9, 8))
	sort.Slice(x, func(i, j int) bool { return x[i] > x[j] })
	fmt.Println(x)
	var wg sync.WaitGroup
	var mu sync.Mutex
	var n atomic.Int64
	t := 0
	for i := range 10 {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			t += i
			n.Add(1)
		})
	}
	wg.Wait()
	fmt.Println(t, n.Load())
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	select {
	case <-ctx.Done():
		fmt.Println(ctx.Err(), context.Cause(ctx))
	case <-time.After(time.Second):
		fmt.Println("late")
	}
	tk := time.NewTicker(10 * time.Millisecond)
	for i := 0; i < 3; i++ {
		<-tk.C
	}
	tk.Stop()
	fmt.Println(len(tk.C), cap(tk.C))
	done := make(chan bool)
	time.AfterFunc(time.Millisecond, func() { done <- true })
	fmt.Println(<-done)
	fmt.Println(time.Duration(1500)*time.Millisecond, time.Unix(0, 0).UTC())
	try("idx", func() { var a []int; _ = a[n.Load()] })
	try("nil", func() { var p *E; p.n = 1 })
	try("map", func() { var m map[string]int; m["a"] = 1 })
	try("div", func() { z := 0; fmt.Println(1 / z) })
	try("conv", func() { var i any = "s"; _ = i.(int) })
	try("conv2", func() { var i any = "s"; _ = i.(error) })
	try("wg", func() { var w sync.WaitGroup; w.Done() })
	try("close", func() { c := make(chan int); close(c); close(c) })
	try("slice", func() { a := []int{1}; k := 5; _ = a[k:] })
	try("str", func() { panic("x") })
	try("err", func() { panic(err) })
	try("nilp", func() { panic(nil) })
	try("repeat", func() { strings.Repeat("x", -1) })
	var once sync.Once
	once.Do(func() { fmt.Println("once") })
	once.Do(func() { fmt.Println("twice") })
	var m sync.Map
	m.Store("a", 1)
	v, ok := m.Load("a")
	fmt.Println(v, ok)
	var rw sync.RWMutex
	rw.RLock()
	rw.RUnlock()
	rw.Lock()
	rw.Unlock()
	c := sync.NewCond(&mu)
	ready := false
	go func() { mu.Lock(); ready = true; c.Broadcast(); mu.Unlock() }()
	mu.Lock()
	for !ready {
		c.Wait()
	}
	mu.Unlock()
	keys := slices.Sorted(maps.Keys(map[string]int{"z": 1, "y": 2}))
	fmt.Println(keys, math.Sqrt(2), math.Pi, math.Floor(-1.5), math.Exp(1), math.Pow(2, 0.5), math.Sin(1), math.Inf(1), math.NaN(), float32(0.1))
	fmt.Println(unicode.IsUpper('É'), unicode.IsLetter('中'))
	next, stop := iter.Pull(slices.Values([]int{1, 2}))
	fmt.Println(next())
	fmt.Println(next())
	fmt.Println(next())
	stop()
	r := rand.New(rand.NewSource(1))
	fmt.Println(r.Intn(100), r.Intn(100), r.Float64(), rand.Intn(1))
	fmt.Println(reflect.DeepEqual([]int{1}, []int{1}), reflect.TypeOf(err), reflect.ValueOf(x).Len())
	var b bytes.Buffer
	fmt.Fprintf(&b, "%d", 5)
	io.Copy(os.Stdout, &b)
	fmt.Println()
	h := &IH{5, 2, 8}
	heap.Init(h)
	heap.Push(h, 1)
	fmt.Println(heap.Pop(h), heap.Pop(h))
	l := list.New()
	l.PushBack(1)
	fmt.Println(l.Len(), l.Front().Value)
	log.SetOutput(os.Stdout)
	log.SetFlags(log.Lshortfile)
	log.Println("to stdout")
	_, file, line, ok := runtime.Caller(0)
	fmt.Println(file[strings.LastIndex(file, "/")+1:], line, ok, runtime.NumGoroutine())
	debug.SetGCPercent(50)
	sc := bufio.NewScanner(strings.NewReader("l1\nl2\n"))
	for sc.Scan() {
		fmt.Println(sc.Text())
	}
	var a1, a2 int
	fmt.Sscanf("3 4", "%d %d", &a1, &a2)
	fmt.Println(a1, a2)
	fmt.Println(strconv.Atoi("x"))
	fmt.Println(strconv.ParseFloat("1e400", 64))
	fmt.Printf("%6.2f|%e|%g|%x|%X|%o|%b|%c|%U|%t|%v|%s\n", math.Pi, 12345.678, 1e21, 255, "hi", 8, 5, 'A', 'A', true, []string{"a"}, errors.New("q"))
	fmt.Printf("%d %!|%z %d\n", 1, 2)
	fmt.Println(time.Date(2024, 2, 29, 1, 2, 3, 4, time.UTC).Format(time.RFC3339Nano))
	type P struct {
		X, Y int
		N    *P
		M    map[string]int
		F    func()
		I    any
	}
	fmt.Printf("%v %+v\n", P{1, 2, nil, map[string]int{"a": 1}, nil, 3}, P{})
}
