// Package given makes, for tests of the queue, servers as organizations run them,
// certificates, and a network that can be cut.
//
//	authority, key, pair := given.Certificate(t, "cluster")
//	url, credentials := given.Organization(t, &tls.Config{Certificates: []tls.Certificate{pair}}, 1)
//	cable := given.Through(t, url)
//	cable.Cut() // whoever is connected to cable.URL hears nothing any more
package given
