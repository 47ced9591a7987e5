package queue

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/jwt/v2"
	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nkeys"
)

// certificate makes a certificate for this machine, signed by itself, as files
// and as the server takes it.
func certificate(t *testing.T, name string) (cert, key string, pair tls.Certificate) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	bytes, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	cert, key = filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")
	for file, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: der}, key: {Type: "PRIVATE KEY", Bytes: bytes}} {
		if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if pair, err = tls.LoadX509KeyPair(cert, key); err != nil {
		t.Fatal(err)
	}
	return cert, key, pair
}

// A server that listens lets in who knows the token and trusts its certificate.
func TestWorkersJoinByTokenAndTLS(t *testing.T) {
	cert, _, pair := certificate(t, "server")
	stranger, _, _ := certificate(t, "stranger")
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

// running starts a server until the test ends, and gives its address.
func running(t *testing.T, o *server.Options) (url string) {
	t.Helper()
	o.Host, o.Port, o.NoLog, o.NoSigs = "127.0.0.1", server.RANDOM_PORT, true, true
	s, err := server.NewServer(o)
	if err != nil {
		t.Fatal(err)
	}
	go s.Start()
	t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
	if !s.ReadyForConnections(started) {
		t.Fatal("the server does not start")
	}
	return s.ClientURL()
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

// organization starts a server as organizations run it: with accounts, each with
// its own streams, certificates on both sides, and users who have credentials. It
// gives its address and a file of credentials for each of so many accounts.
func organization(t *testing.T, config *tls.Config, accounts int) (url string, credentials []string) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	operator, err := nkeys.CreateOperator()
	must(err)
	name, err := operator.PublicKey()
	must(err)
	resolver := &server.MemAccResolver{}
	system := ""
	for i := range accounts + 1 {
		account, err := nkeys.CreateAccount()
		must(err)
		id, err := account.PublicKey()
		must(err)
		claims := jwt.NewAccountClaims(id)
		if i == 0 { // the first account is the servers' own, without streams
			system = id
		} else {
			claims.Limits.JetStreamLimits = jwt.JetStreamLimits{MemoryStorage: -1, DiskStorage: -1, Streams: -1, Consumer: -1}
		}
		text, err := claims.Encode(operator)
		must(err)
		must(resolver.Store(id, text))
		if i == 0 {
			continue
		}
		user, err := nkeys.CreateUser()
		must(err)
		public, err := user.PublicKey()
		must(err)
		token, err := jwt.NewUserClaims(public).Encode(account)
		must(err)
		seed, err := user.Seed()
		must(err)
		content, err := jwt.FormatUserConfig(token, seed)
		must(err)
		file := filepath.Join(t.TempDir(), "user.creds")
		must(os.WriteFile(file, content, 0o600))
		credentials = append(credentials, file)
	}
	return running(t, &server.Options{
		JetStream: true, StoreDir: t.TempDir(),
		TrustedKeys: []string{name}, SystemAccount: system, AccountResolver: resolver, TLSConfig: config,
	}), credentials
}

func TestAClusterIsReachedByCredentialsAndCertificates(t *testing.T) {
	authority, _, pair := certificate(t, "cluster")
	cert, key, _ := certificate(t, "member")
	trusted, err := os.ReadFile(cert)
	if err != nil {
		t.Fatal(err)
	}
	members := x509.NewCertPool()
	members.AppendCertsFromPEM(trusted)
	url, credentials := organization(t, &tls.Config{Certificates: []tls.Certificate{pair}, ClientCAs: members, ClientAuth: tls.RequireAndVerifyClientCert, MinVersion: tls.VersionTLS12}, 2)
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

func TestAClusterWithoutJetStreamIsSaidToHaveNone(t *testing.T) {
	nc := connected(t, Cluster{URL: running(t, &server.Options{})})
	if _, err := Open(t.Context(), nc, "plenary-x", testProgram, quickly); err == nil || !strings.Contains(err.Error(), "no JetStream") {
		t.Errorf("%v", err)
	}
	if err := (&Worker{Name: "w", Program: testProgram}).Work(t.Context(), nc); err == nil || !strings.Contains(err.Error(), "no JetStream") {
		t.Errorf("%v", err)
	}
}
