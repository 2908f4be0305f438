package sync

import isync "internal/sync"

// A Pool keeps values for reuse. On one processor and without a collection
// Go's gives the value put last first, and this one does.
type Pool struct {
	noCopy noCopy

	mu    isync.Mutex
	items []any

	// New makes a value when Get would otherwise return nil.
	New func() any
}

// Put adds x to the pool.
func (p *Pool) Put(x any) {
	if x == nil {
		return
	}
	p.mu.Lock()
	p.items = append(p.items, x)
	p.mu.Unlock()
}

// Get takes a value out of the pool, or makes one.
func (p *Pool) Get() any {
	p.mu.Lock()
	if n := len(p.items); n > 0 {
		x := p.items[n-1]
		p.items[n-1] = nil
		p.items = p.items[:n-1]
		p.mu.Unlock()
		return x
	}
	p.mu.Unlock()
	if p.New != nil {
		return p.New()
	}
	return nil
}
