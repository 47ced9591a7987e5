package main

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// selfSigned writes a certificate for the name, and its key.
func selfSigned(t *testing.T, folder, name string) (cert, key string, roots *x509.CertPool) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{name}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour), IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	save := func(name, kind string, content []byte) string {
		name = filepath.Join(folder, name)
		if err := os.WriteFile(name, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: content}), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots = x509.NewCertPool()
	roots.AddCert(parsed)
	return save("desk.pem", "CERTIFICATE", der), save("desk.key", "PRIVATE KEY", secret), roots
}

// Off this machine the desk is reached over TLS, under its own name, and only by who
// opens the printed address with its token.
func TestFromElsewhereTheDeskNeedsItsTokenAndItsName(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{"talks.yaml": talksScenario, "talks.plan.yaml": talksPlan("2018-03-05")} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cert, key, roots := selfSigned(t, folder, "desk.example.org")
	cmd := exec.Command("plenary", "serve", "talks.yaml", "--plan", "talks.plan.yaml", "--listen", "0.0.0.0:0", "--cert", cert, "--key", key, "--address", "desk.example.org")
	cmd.Dir = folder
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	errs, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Process.Kill() //nolint:errcheck // it has ended if all is well
	said, words := bufio.NewScanner(out), bufio.NewScanner(errs)
	if !said.Scan() || !words.Scan() {
		t.Fatal("it does not say where it listens")
	}
	if !strings.Contains(words.Text(), "This address is a key") {
		t.Errorf("it says %q", words.Text())
	}
	address, err := url.Parse(said.Text())
	if err != nil || address.Scheme != "https" || address.Hostname() != "desk.example.org" || address.Query().Get("token") == "" {
		t.Fatalf("it says %q", said.Text())
	}
	// The name leads to this machine, as it would in a network.
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	here := &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: roots},
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, network, "127.0.0.1:"+address.Port())
		},
	}
	defer here.CloseIdleConnections()
	get := func(client *http.Client, path, host string) (int, string) {
		t.Helper()
		request, err := http.NewRequest("GET", "https://"+address.Host+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Host = host
		answer, err := client.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		text, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return answer.StatusCode, string(text)
	}
	stranger, planner := &http.Client{Transport: here}, &http.Client{Transport: here, Jar: jar}
	for _, c := range []struct {
		name         string
		client       *http.Client
		path, host   string
		status       int
		says, silent string
	}{
		{"no token", stranger, "/state", address.Host, http.StatusUnauthorized, "token", "opening"},
		{"a guessed token", stranger, "/?token=AAAA", address.Host, http.StatusUnauthorized, "token", "opening"},
		{"the printed address", planner, "/?" + address.RawQuery, address.Host, http.StatusOK, "<title>Talks</title>", address.Query().Get("token")},
		{"afterwards", planner, "/state", address.Host, http.StatusOK, "2018-03-05", address.Query().Get("token")},
		{"another name, with the cookie: DNS rebinding", planner, "/state", "evil.example", http.StatusMisdirectedRequest, "not called so", "opening"},
	} {
		if status, text := get(c.client, c.path, c.host); status != c.status || !strings.Contains(text, c.says) || strings.Contains(text, c.silent) {
			t.Errorf("%s: status %d: %.200s", c.name, status, text)
		}
	}
	plain, err := http.Get("http://127.0.0.1:" + address.Port() + "/state")
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Body.Close()
	if plain.StatusCode != http.StatusBadRequest {
		t.Errorf("without TLS: status %d", plain.StatusCode)
	}
}
