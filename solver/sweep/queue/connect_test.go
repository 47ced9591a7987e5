package queue

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"plenary/solver/sweep/queue/given"
)

// A server that listens lets in who knows the token and trusts its certificate.
func TestWorkersJoinByTokenAndTLS(t *testing.T) {
	cert, _, pair := given.Certificate(t, "server")
	stranger, _, _ := given.Certificate(t, "stranger")
	s, err := Serve(ServerOptions{
		Folder: t.TempDir(), Listen: Address{Host: "127.0.0.1"}, Token: "secret",
		TLS: &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	if _, err := s.Connect(); err != nil {
		t.Errorf("from within: %v", err)
	}
	invitation := s.Invitation()
	if !strings.HasPrefix(invitation, "tls://secret@127.0.0.1:") {
		t.Fatal(invitation)
	}
	for _, c := range []struct {
		name string
		with Cluster
		want string
	}{
		{"as invited", Cluster{URL: invitation, Authority: cert}, ""},
		{"without the token", Cluster{URL: strings.Replace(invitation, "secret@", "", 1), Authority: cert}, "does not let us in"},
		{"with another token", Cluster{URL: strings.Replace(invitation, "secret", "guess", 1), Authority: cert}, "does not let us in"},
		{"without the authority", Cluster{URL: invitation}, "certificate"},
		{"with another authority", Cluster{URL: invitation, Authority: stranger}, "certificate"},
		{"nobody there", Cluster{URL: "nats://127.0.0.1:1"}, "nobody answers there"},
	} {
		nc, err := c.with.Connect()
		if nc != nil {
			nc.Close()
		}
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// connected is a connection until the test ends.
func connected(t *testing.T, to Cluster) *nats.Conn {
	t.Helper()
	nc, err := to.Connect()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(nc.Close)
	return nc
}

func TestAClusterIsReachedByCredentialsAndCertificates(t *testing.T) {
	authority, _, pair := given.Certificate(t, "cluster")
	cert, key, _ := given.Certificate(t, "member")
	trusted, err := os.ReadFile(cert)
	if err != nil {
		t.Fatal(err)
	}
	members := x509.NewCertPool()
	members.AppendCertsFromPEM(trusted)
	url, credentials := given.Organization(t, &tls.Config{Certificates: []tls.Certificate{pair}, ClientCAs: members, ClientAuth: tls.RequireAndVerifyClientCert, MinVersion: tls.VersionTLS12}, 2)
	us := Cluster{URL: url, Credentials: credentials[0], Authority: authority, Certificate: cert, Key: key}
	nc := connected(t, us)
	jobs, files := jobs(4)
	q, err := Open(t.Context(), nc, Name(jobs), testProgram, quickly)
	if err != nil {
		t.Fatal(err)
	}
	a := &ask{T: t, nc: nc, q: q, jobs: jobs, files: files}
	w := &Worker{Name: "worker", Program: testProgram, Run: echo}
	other := connected(t, us)
	go func() { _ = w.Work(t.Context(), other) }()
	a.answered(a.submit(Submission{}))

	// Another account of the same cluster sees nothing of it.
	them := us
	them.Credentials = credentials[1]
	neighbour := connected(t, them)
	if info, err := neighbour.Request("$JS.API.STREAM.INFO."+q.name, nil, time.Minute); err != nil || !strings.Contains(string(info.Data), "stream not found") {
		t.Errorf("%s, %v", info.Data, err)
	}

	for name, c := range map[string]Cluster{
		"without credentials": {URL: url, Authority: authority, Certificate: cert, Key: key},
		"without certificate": {URL: url, Authority: authority, Credentials: credentials[0]},
	} {
		if nc, err := c.Connect(); err == nil {
			nc.Close()
			t.Errorf("%s: we are let in", name)
		}
	}
}

func TestAServerWithoutRoomIsSaidToBeFull(t *testing.T) {
	for _, code := range []jetstream.ErrorCode{10023, 10047, 10049} {
		if err := opening(fmt.Errorf("nats: %w", &jetstream.APIError{ErrorCode: code})); !errors.Is(err, errStore) {
			t.Errorf("%d: %v", code, err)
		}
	}
	if err := opening(&jetstream.APIError{ErrorCode: jetstream.JSErrCodeStreamNotFound}); errors.Is(err, errStore) {
		t.Errorf("%v", err)
	}
}

func TestAClusterWithoutJetStreamIsSaidToHaveNone(t *testing.T) {
	nc := connected(t, Cluster{URL: given.Server(t, &server.Options{})})
	if _, err := Open(t.Context(), nc, "plenary-x", testProgram, quickly); err == nil || !strings.Contains(err.Error(), "no JetStream") {
		t.Errorf("%v", err)
	}
	if err := (&Worker{Name: "w", Program: testProgram}).Work(t.Context(), nc); err == nil || !strings.Contains(err.Error(), "no JetStream") {
		t.Errorf("%v", err)
	}
}
