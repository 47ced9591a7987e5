package feed

import (
	"bytes"
	"crypto/subtle"
	"net/http"
	"strconv"
	"strings"
)

// ServeHTTP answers /KEY/NAME.ics, whatever the name, with the calendar of the
// audience whose key it is: with ETag and Last-Modified, so that what did not
// change is not sent again, and packed for those who take gzip. Any other
// address is not found; one that was revoked is gone, which tells programs to
// stop asking. Nothing can be changed through it.
func (f *Feed) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Robots-Tag", "noindex")
	h.Set("Referrer-Policy", "no-referrer")
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		h.Set("Allow", "GET, HEAD")
		http.Error(w, "this calendar can only be read", http.StatusMethodNotAllowed)
		return
	}
	key, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	c, status := f.find(key)
	if c == nil {
		http.Error(w, map[int]string{
			http.StatusNotFound:            "there is no such calendar",
			http.StatusGone:                "this address was revoked",
			http.StatusServiceUnavailable:  "this calendar is not published at the moment",
			http.StatusInternalServerError: "the addresses cannot be read",
		}[status], status)
		return
	}
	body, tag := c.text, c.tag
	h.Set("Vary", "Accept-Encoding")
	if takesGzip(r.Header.Get("Accept-Encoding")) {
		body, tag = c.zipped, c.tag+"-gzip"
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("Content-Type", "text/calendar; charset=utf-8")
	h.Set("Cache-Control", "private, no-cache") // keep it, and ask whether it is still so
	h.Set("ETag", `"`+tag+`"`)
	r.Header.Del("Range") // a calendar is of use as a whole
	http.ServeContent(w, r, "", c.modified, bytes.NewReader(body))
}

// find gives the calendar under the key, or the status that says why there is
// none.
func (f *Feed) find(key string) (*calendar, int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.reload(); err != nil {
		return nil, http.StatusInternalServerError
	}
	for _, a := range f.addresses.Addresses {
		switch {
		case subtle.ConstantTimeCompare([]byte(a.Key), []byte(key)) == 0 || key == "":
		case a.Revoked != nil:
			return nil, http.StatusGone
		case f.calendars[a.For] == nil:
			return nil, http.StatusServiceUnavailable
		default:
			return f.calendars[a.For], http.StatusOK
		}
	}
	return nil, http.StatusNotFound
}

// takesGzip reads an Accept-Encoding (RFC 9110, 12.5.3): whether gzip is
// acceptable.
func takesGzip(header string) bool {
	star := false
	for item := range strings.SplitSeq(header, ",") {
		coding, parameters, _ := strings.Cut(item, ";")
		coding = strings.ToLower(strings.TrimSpace(coding))
		if coding != "gzip" && coding != "x-gzip" && coding != "*" {
			continue
		}
		weight := 1.0
		if text, ok := strings.CutPrefix(strings.ReplaceAll(parameters, " ", ""), "q="); ok {
			if q, err := strconv.ParseFloat(text, 64); err == nil {
				weight = q
			}
		}
		if coding != "*" {
			return weight > 0
		}
		star = weight > 0
	}
	return star
}
