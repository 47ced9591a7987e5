package given

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
	"testing"
	"time"

	"github.com/nats-io/jwt/v2"
	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nkeys"
)

// Certificate makes a certificate for this machine, signed by itself, as files
// and as the server takes it.
func Certificate(t testing.TB, name string) (cert, key string, pair tls.Certificate) {
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

// Server starts a server until the test ends, and gives its address.
func Server(t testing.TB, o *server.Options) (url string) {
	t.Helper()
	o.Host, o.Port, o.NoLog, o.NoSigs = "127.0.0.1", server.RANDOM_PORT, true, true
	s, err := server.NewServer(o)
	if err != nil {
		t.Fatal(err)
	}
	go s.Start()
	t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
	if !s.ReadyForConnections(time.Minute) {
		t.Fatal("the server does not start")
	}
	return s.ClientURL()
}

// Organization starts a server as organizations run it: with accounts, each with
// its own streams, certificates on both sides, and users who have credentials. It
// gives its address and a file of credentials for each of so many accounts.
func Organization(t testing.TB, config *tls.Config, accounts int) (url string, credentials []string) {
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
	return Server(t, &server.Options{
		JetStream: true, StoreDir: t.TempDir(),
		TrustedKeys: []string{name}, SystemAccount: system, AccountResolver: resolver, TLSConfig: config,
	}), credentials
}
