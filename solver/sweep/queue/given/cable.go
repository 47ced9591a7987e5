package given

import (
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
)

// Cable is a way to a server through which nothing comes once it is cut: no end of
// the connection either, as when a cable is pulled.
type Cable struct {
	URL string // of this end

	mu   sync.Mutex
	cut  bool
	mend *sync.Cond
}

// Through lays a cable to the server at a URL, until the test ends.
func Through(t testing.TB, to string) *Cable {
	t.Helper()
	there, err := url.Parse(to)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &Cable{}
	c.mend = sync.NewCond(&c.mu)
	t.Cleanup(func() { _ = listener.Close(); c.Mend() })
	here := *there
	here.Host = listener.Addr().String()
	c.URL = here.String()
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", there.Host)
			if err != nil {
				_ = near.Close()
				continue
			}
			go c.carry(near, far)
			go c.carry(far, near)
		}
	}()
	return c
}

// Cut lets nothing through any more.
func (c *Cable) Cut() { c.set(true) }

// Mend lets through what was sent meanwhile, and everything after it.
func (c *Cable) Mend() { c.set(false) }

func (c *Cable) set(cut bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cut = cut
	c.mend.Broadcast()
}

// carry lets through what comes from one end, unless the cable is cut.
func (c *Cable) carry(to, from net.Conn) {
	defer func() { _ = to.Close() }()
	_, _ = io.Copy(to, through{from, c})
}

// through reads what comes while the cable is whole.
type through struct {
	net.Conn
	cable *Cable
}

func (t through) Read(b []byte) (int, error) {
	n, err := t.Conn.Read(b)
	t.cable.mu.Lock()
	defer t.cable.mu.Unlock()
	for t.cable.cut {
		t.cable.mend.Wait()
	}
	return n, err
}
