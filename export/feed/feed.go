package feed

import (
	"bytes"
	"compress/gzip"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"plenary/export/file"
	"plenary/export/ics"
	"plenary/model/input"
	"plenary/model/plan"
	"plenary/model/scenario"
	"plenary/model/source"
)

// Feed is the calendars of one folder. Its methods may be called at once.
type Feed struct {
	folder    string
	mu        sync.Mutex
	seen      time.Time // state of the file of addresses that was read
	addresses addresses
	calendars map[string]*calendar // by audience
}

// version is the number of the form of the file of addresses.
const version = 1

// addresses is the file of addresses.
type addresses struct {
	Version   int       `json:"plenary-feed"`
	Addresses []Address `json:"addresses"`
}

// Address is where an audience finds its calendar.
type Address struct {
	For     string     `json:"for"`               // the audience, as ics.ParseAudience reads it
	Key     string     `json:"key"`               // the part of the address that nobody can guess
	Since   time.Time  `json:"since"`             // when it was given out
	Revoked *time.Time `json:"revoked,omitempty"` // when it was revoked; nil while it holds
}

// calendar is one published calendar, ready to send.
type calendar struct {
	text, zipped []byte
	tag          string // of the text, without quotation marks
	modified     time.Time
}

// Open opens a folder, which need not be there yet.
func Open(folder string) (*Feed, error) {
	f := &Feed{folder: folder, calendars: map[string]*calendar{}}
	return f, f.reload()
}

// mostAddresses bounds the bytes of the file of addresses.
const mostAddresses = 8 << 20

func (f *Feed) addressFile() string { return filepath.Join(f.folder, "addresses.json") }

// reload reads the addresses, when they changed since they were read: another
// call may have revoked one.
func (f *Feed) reload() error {
	info, err := os.Stat(f.addressFile())
	switch {
	case errors.Is(err, fs.ErrNotExist):
		f.addresses, f.seen = addresses{Version: version}, time.Time{}
		return nil
	case err != nil:
		return fmt.Errorf("%s cannot be read", f.addressFile())
	case info.ModTime().Equal(f.seen):
		return nil
	}
	src, err := input.Read(f.addressFile(), mostAddresses)
	if err != nil {
		return fmt.Errorf("%s cannot be read", f.addressFile())
	}
	var read addresses
	if err := json.Unmarshal(src, &read); err != nil || read.Version != version {
		return fmt.Errorf("%s is no file of addresses that this program wrote", f.addressFile())
	}
	f.addresses, f.seen = read, info.ModTime()
	return nil
}

// change changes the addresses as they stand in the file, and writes them where
// apply says so. They are secrets: nobody else on the machine can read the folder.
// Two calls at once each find what the other did.
func (f *Feed) change(apply func() bool) error {
	for {
		if err := os.MkdirAll(f.folder, 0o700); err != nil {
			return fmt.Errorf("the folder of the addresses cannot be made: %w", err)
		}
		spot, err := file.Look(f.addressFile(), file.Replace)
		if err != nil {
			return err
		}
		f.seen = time.Time{}
		if err := f.reload(); err != nil {
			return err
		}
		if !apply() {
			return nil
		}
		content, err := json.MarshalIndent(f.addresses, "", " ")
		if err != nil {
			return fmt.Errorf("write the addresses: %w", err)
		}
		err = file.WriteAll([]file.Content{{Spot: spot, Bytes: append(content, '\n')}})
		if !meanwhile(err) {
			f.seen = time.Time{}
			return err
		}
	}
}

// meanwhile tells whether another program wrote a file since it was looked at.
func meanwhile(err error) bool {
	return errors.Is(err, file.ErrChanged) || errors.Is(err, file.ErrExists)
}

// Address gives the address of an audience: the one it has, or a new one.
func (f *Feed) Address(audience string, now time.Time) (a Address, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	err = f.change(func() bool {
		for _, a = range f.addresses.Addresses {
			if a.For == audience && a.Revoked == nil {
				return false
			}
		}
		a = Address{For: audience, Key: strings.ToLower(rand.Text()), Since: now.UTC().Truncate(time.Second)}
		f.addresses.Addresses = append(f.addresses.Addresses, a)
		return true
	})
	return a, err
}

// Addresses gives the addresses that hold, in the order in which they were given
// out.
func (f *Feed) Addresses() (out []Address, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.reload(); err != nil {
		return nil, err
	}
	for _, a := range f.addresses.Addresses {
		if a.Revoked == nil {
			out = append(out, a)
		}
	}
	return out, nil
}

// Revoke takes back every address of an audience, which may be called by its id
// alone, or the one address in which the text stands as key. It gives how many. A revoked address is never given
// out again.
func (f *Feed) Revoke(text string, now time.Time) (n int, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	err = f.change(func() bool {
		n = 0
		for i := range f.addresses.Addresses {
			a := &f.addresses.Addresses[i]
			_, id, _ := strings.Cut(a.For, ":")
			if a.Revoked == nil && (a.For == text || id == text && id != "" || strings.Contains(text, a.Key)) {
				at := now.UTC().Truncate(time.Second)
				a.Revoked = &at
				n++
			}
		}
		return n > 0
	})
	return n, err
}

// Publish writes the calendars of all audiences with an address, each as the
// next version of what was published before; what did not change stays as it is.
// Opts says what is the same for all; its For and Since are not looked at. The
// error says for whom no calendar could be written; the others are published.
func (f *Feed) Publish(s *scenario.Scenario, p *plan.Plan, opts ics.Options) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.reload(); err != nil {
		return err
	}
	var failed []error
	for _, a := range f.addresses.Addresses {
		if a.Revoked != nil {
			continue
		}
		if err := f.publish(s, p, a.For, opts); err != nil {
			failed = append(failed, fmt.Errorf("the calendar for %s: %w", a.For, err))
		}
	}
	return errors.Join(failed...)
}

func (f *Feed) publish(s *scenario.Scenario, p *plan.Plan, audience string, opts ics.Options) (err error) {
	if opts.For, err = ics.ParseAudience(s, audience); err != nil {
		return err
	}
	for {
		err := f.next(s, p, audience, opts)
		if !meanwhile(err) {
			return err
		}
	}
}

// next writes the next version of a calendar. It fails with file.ErrChanged or
// file.ErrExists when another program did so meanwhile.
func (f *Feed) next(s *scenario.Scenario, p *plan.Plan, audience string, opts ics.Options) error {
	name := filepath.Join(f.folder, fileName(audience))
	spot, err := file.Look(name, file.Replace)
	if err != nil {
		return err
	}
	before, missing := os.Stat(name)
	opts.Since, err = input.Read(name, source.MostBytes)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s cannot be read", name)
	}
	var b bytes.Buffer
	if _, err := ics.Write(&b, s, p, opts); err != nil {
		return err
	}
	changed := !bytes.Equal(b.Bytes(), opts.Since)
	if changed {
		if err := file.WriteAll([]file.Content{{Spot: spot, Bytes: b.Bytes()}}); err != nil {
			return err
		}
	}
	info, err := os.Stat(name)
	if err != nil {
		return fmt.Errorf("%s cannot be read", name)
	}
	modified := info.ModTime()
	if changed && missing == nil && modified.Unix() <= before.ModTime().Unix() {
		// A subscriber asks whether it was modified since. Where the clock was set
		// back it still was, and HTTP knows no parts of seconds.
		modified = before.ModTime().Add(time.Second)
		if err := os.Chtimes(name, modified, modified); err != nil {
			return fmt.Errorf("%s cannot be written", name)
		}
	}
	f.calendars[audience], err = ready(b.Bytes(), modified)
	return err
}

// fileName gives the name of an audience's calendar in the folder: letters,
// digits and hyphens, and a fingerprint where that loses something.
func fileName(audience string) string {
	var b strings.Builder
	lost := false
	for _, r := range audience {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9', r == '-':
			b.WriteRune(r)
		case r == ':':
			b.WriteByte('_')
		default:
			lost = true
		}
	}
	name := b.String()
	if lost || len(name) > 80 {
		sum := sha256.Sum256([]byte(audience))
		name = name[:min(len(name), 80)] + "_" + hex.EncodeToString(sum[:8])
	}
	return name + ".ics"
}

// ready prepares a calendar to be sent.
func ready(text []byte, modified time.Time) (*calendar, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, fmt.Errorf("pack the calendar: %w", err)
	}
	if _, err := z.Write(text); err != nil {
		return nil, fmt.Errorf("pack the calendar: %w", err)
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("pack the calendar: %w", err)
	}
	sum := sha256.Sum256(text)
	return &calendar{text: text, zipped: b.Bytes(), tag: hex.EncodeToString(sum[:12]), modified: modified.UTC().Truncate(time.Second)}, nil
}
