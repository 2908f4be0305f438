package iter

// A coro is a coroutine: a goroutine that runs only while another waits for it.
type coro struct {
	enter, leave chan struct{}
	inside       bool
}

func newcoro(f func(*coro)) *coro {
	c := &coro{enter: make(chan struct{}), leave: make(chan struct{})}
	go func() {
		<-c.enter
		f(c)
		c.leave <- struct{}{}
	}()
	return c
}

// coroswitch goes on with the other side and waits until it comes back.
func coroswitch(c *coro) {
	if c.inside = !c.inside; c.inside {
		c.enter <- struct{}{}
		<-c.leave
		c.inside = false
		return
	}
	c.leave <- struct{}{}
	<-c.enter
}
