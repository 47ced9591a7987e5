package main

import (
	"crypto/rand"
	"crypto/tls"
	"fmt"
	"net"
	"strconv"

	"github.com/spf13/viper"

	"plenary/solver/sweep/queue"
)

// listening gives where the server within this process listens: nowhere, unless
// --listen says so.
func listening(settings *viper.Viper) (queue.ServerOptions, error) {
	listen := settings.GetString("listen")
	if listen == "" {
		return queue.ServerOptions{}, nil
	}
	host, text, err := net.SplitHostPort(listen)
	port, errPort := strconv.Atoi(text)
	if err != nil || errPort != nil || port < 0 || port > 65535 || host == "" {
		return queue.ServerOptions{}, status{exitInput, fmt.Sprintf("--listen %q is no address such as 0.0.0.0:4222", listen)}
	}
	o := queue.ServerOptions{Listen: queue.Address{Host: host, Port: port}, Token: rand.Text()}
	cert, key, err := certificate(settings)
	if err != nil {
		return o, err
	}
	if cert == "" {
		if !loopback(host) {
			return o, status{exitInput, "who listens on the way could read along, and answer in a worker's place: give a certificate and its key (--cert, --key), or listen on 127.0.0.1"}
		}
		return o, nil
	}
	pair, err := tls.LoadX509KeyPair(cert, key)
	if err != nil {
		return o, status{exitInput, fmt.Sprintf("the certificate cannot be used: %s", err)}
	}
	o.TLS = &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}
	return o, nil
}
