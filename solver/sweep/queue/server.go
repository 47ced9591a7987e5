package queue

import (
	"crypto/tls"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"
	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

// ServerOptions says how the server within this process runs.
type ServerOptions struct {
	Folder string // of its data; made where it is not there
	// Listen is the address at which other machines reach it, such as
	// 0.0.0.0:4222 or, for a port that is free, 127.0.0.1:0. Nothing listens where
	// it is empty. Token is what they must know then.
	Listen Address
	Token  string
	TLS    *tls.Config // of Listen; nil for none
}

// Address is a host and a port.
type Address struct {
	Host string
	Port int
}

// Server is a server within this process.
type Server struct {
	inner *server.Server
	lock  *flock.Flock
	token string
}

// ErrInUse says that another process works with the folder.
var ErrInUse = errors.New("another sweep is at work in this folder")

// started is how long a server may take to begin.
const started = 30 * time.Second

// synced is how often data are written through to the disk: a machine that loses
// its power forgets the results of so long, and they are found again.
const synced = 10 * time.Second

// Serve starts a server. It fails with ErrInUse when another process uses the
// folder.
func Serve(o ServerOptions) (*Server, error) {
	if err := os.MkdirAll(o.Folder, 0o755); err != nil {
		return nil, fmt.Errorf("%s cannot be made: %w", o.Folder, err)
	}
	lock := flock.New(filepath.Join(o.Folder, "lock"))
	ours, err := lock.TryLock()
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s cannot be written: %w", o.Folder, err)
	case !ours:
		return nil, ErrInUse
	}
	options := &server.Options{
		ServerName: "plenary", DontListen: o.Listen == Address{}, Host: o.Listen.Host, Port: o.Listen.Port,
		JetStream: true, StoreDir: o.Folder, SyncInterval: synced, NoLog: true, NoSigs: true,
		TLSConfig: o.TLS, Authorization: o.Token,
	}
	if options.Port == 0 {
		options.Port = server.RANDOM_PORT
	}
	inner, err := server.NewServer(options)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("start the queue: %w", err), lock.Unlock())
	}
	s := &Server{inner, lock, o.Token}
	go inner.Start()
	if !inner.ReadyForConnections(started) || !inner.JetStreamEnabled() {
		s.Close()
		return nil, fmt.Errorf("the queue in %s cannot be started: the folder cannot be written, or the address is taken", o.Folder)
	}
	return s, nil
}

// Invitation gives the address for workers, with the token in it.
func (s *Server) Invitation() string {
	return strings.Replace(s.inner.ClientURL(), "://", "://"+s.token+"@", 1)
}

// Connect connects to the server without a network.
func (s *Server) Connect() (*nats.Conn, error) {
	nc, err := nats.Connect("", nats.InProcessServer(s.inner), nats.Token(s.token), nats.MaxReconnects(-1))
	if err != nil {
		return nil, fmt.Errorf("connect to the queue: %w", err)
	}
	return nc, nil
}

// Close ends the server when its data are on the disk.
func (s *Server) Close() {
	s.inner.Shutdown()
	s.inner.WaitForShutdown()
	_ = s.lock.Unlock() // the end of the process does it, too
}
