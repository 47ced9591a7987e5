package queue

import (
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
)

// Cluster says where a cluster is and how to get in.
type Cluster struct {
	URL         string // one or more, with commas
	Credentials string // a file of credentials; "" for none
	Authority   string // a file with the certificate of who signed the servers'; "" for the system's
	Certificate string // our own certificate and its key, files; "" for none
	Key         string
	Log         func(string) // told when the connection is lost and when it is back; may be nil
}

// Connect connects to a cluster. A connection that is lost later is made again,
// however long that takes.
func (c Cluster) Connect() (*nats.Conn, error) {
	log := c.Log
	if log == nil {
		log = func(string) {}
	}
	options := []nats.Option{
		nats.Name("plenary"), nats.MaxReconnects(-1), nats.Timeout(10 * time.Second), nats.RetryOnFailedConnect(false),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) {
			if err != nil {
				log("the connection to the queue is lost; trying again")
			}
		}),
		nats.ReconnectHandler(func(*nats.Conn) { log("the connection to the queue is back") }),
		nats.ErrorHandler(func(*nats.Conn, *nats.Subscription, error) {}), // they come back from the calls, too
	}
	if c.Credentials != "" {
		options = append(options, nats.UserCredentials(c.Credentials))
	}
	if c.Authority != "" {
		options = append(options, nats.RootCAs(c.Authority))
	}
	if c.Certificate != "" {
		options = append(options, nats.ClientCert(c.Certificate, c.Key))
	}
	nc, err := nats.Connect(c.URL, options...)
	switch {
	case errors.Is(err, nats.ErrAuthorization), errors.Is(err, nats.ErrAuthExpired):
		return nil, errors.New("the cluster does not let us in: check the credentials")
	case errors.Is(err, nats.ErrNoServers):
		return nil, errors.New("nobody answers there: check the address, and whether the cluster wants TLS")
	case err != nil:
		return nil, fmt.Errorf("connect to the cluster: %w", err)
	}
	return nc, nil
}
