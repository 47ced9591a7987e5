package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/viper"

	"plenary/cmd/desk"
	"plenary/model/rule"
	"plenary/model/scenario"
)

func newServe(settings *viper.Viper) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "serve SCENARIO",
		Short: "Open the planning desk: plan, move, mend, compare and publish in the browser",
		Long: `Open the planning desk, a page in the browser: see the plan, drag a session and
see what breaks and what it costs, have the rest mended, compare, publish.

All that is done is kept in a folder of plain files, saved before the page says
so. The desk listens on this machine alone. To be reached from elsewhere it needs
a certificate and its key (--cert, --key), and only a browser that opens the
printed address, with its token, is let in; --address is how it is called there.`,
		Example: `  plenary serve gcm-2018.yaml
  plenary serve gcm-2018.yaml --plan gcm-2018.plan.json
  plenary serve gcm-2018.yaml --lang ar
  plenary serve gcm-2018.yaml --listen 0.0.0.0:8443 --cert desk.pem --key desk.key --address desk.example.org`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: yamlFiles,
		RunE:              func(cmd *cobra.Command, args []string) error { return runServe(cmd, settings, args[0]) },
	}
	f := cmd.Flags()
	f.String("folder", "", "where everything is kept (default: beside the scenario, with .desk)")
	f.String("listen", "127.0.0.1:8072", "where to listen")
	f.String("plan", "", "plan to begin with, as plenary plan wrote it")
	f.String("lang", "en", "language of the page: ar, zh, en, fr, ru, es")
	f.String("cert", "", "certificate, to be reached from elsewhere")
	f.String("key", "", "key of the certificate")
	f.String("address", "", "name by which it is called from elsewhere, with a port if it is another one there")
	return cmd
}

func runServe(cmd *cobra.Command, settings *viper.Viper, name string) error {
	folder := settings.GetString("folder")
	if folder == "" {
		folder = filepath.Join(filepath.Dir(name), stem(name)+".desk")
	}
	listen, cert, key := settings.GetString("listen"), settings.GetString("cert"), settings.GetString("key")
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return status{exitInput, fmt.Sprintf("--listen %q is no address such as 127.0.0.1:8072", listen)}
	}
	secure := cert != "" && key != ""
	if !loopback(host) && !secure {
		return status{exitInput, "who reaches this machine could change your plan, and read along: give a certificate and its key (--cert, --key), or listen on 127.0.0.1"}
	}
	if cert != "" || key != "" {
		if _, err := tls.LoadX509KeyPair(cert, key); err != nil {
			return status{exitInput, fmt.Sprintf("--cert %q and --key %q are no certificate with its key: %v", cert, key, err)}
		}
	}
	d, err := desk.Open(name, folder, program(), settings.GetString("lang"), readForDesk(sources(cmd)))
	if err != nil {
		return status{exitInput, err.Error()}
	}
	if begin := settings.GetString("plan"); begin != "" {
		src, err := readPlanFile(begin)
		if err == nil {
			err = d.Begin(filepath.Base(begin), src)
		}
		if err != nil {
			return errors.Join(status{exitInput, err.Error()}, d.Close())
		}
	}
	byItself(cmd.Context())
	listener, err := net.Listen("tcp", listen)
	if err != nil {
		return errors.Join(status{exitInput, fmt.Sprintf("cannot listen on %s: another program may do so already; give --listen", listen)}, d.Close())
	}
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	access := desk.Access{Hosts: []string{"127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port}}
	address := "http://" + listener.Addr().String() + "/"
	if other := settings.GetString("address"); other != "" {
		if _, _, err := net.SplitHostPort(other); err != nil {
			access.Hosts = append(access.Hosts, other) // as browsers name the usual port
			other = net.JoinHostPort(other, port)
		}
		access.Hosts = append(access.Hosts, other)
	}
	if secure {
		access.Token = rand.Text()
		address = "https://" + access.Hosts[len(access.Hosts)-1] + "/?token=" + access.Token
	}
	fmt.Fprintf(cmd.OutOrStdout(), "%s\n", address)
	if secure {
		fmt.Fprintln(cmd.ErrOrStderr(), "This address is a key: whoever opens it, with its token, can change and publish the plan; nobody else is let in.")
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "Open this address in your browser. Everything is kept in %s. Ctrl-C ends it.\n", folder)
	server := d.Server(access)
	stop := context.AfterFunc(cmd.Context(), func() { _ = server.Close() })
	defer stop()
	if secure {
		err = server.ServeTLS(listener, cert, key)
	} else {
		err = server.Serve(listener)
	}
	if closing := d.Close(); closing != nil {
		return status{exitFault, closing.Error()}
	}
	if !errors.Is(err, http.ErrServerClosed) {
		return status{exitInput, err.Error()}
	}
	return nil
}

// loopback tells whether a host to listen on is this machine alone.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// readForDesk reads scenarios from these sources; the error says every mistake.
func readForDesk(from scenario.Sources) desk.Reader {
	return func(name string, opening func(string)) (*scenario.Scenario, []rule.Instance, error) {
		from := from
		from.Opening = opening
		s, instances, problems := readFrom(name, from)
		if len(problems) == 0 {
			return s, instances, nil
		}
		var b bytes.Buffer
		if err := problems.Write(&b); err != nil {
			return nil, nil, err
		}
		return nil, nil, errors.New(b.String())
	}
}
