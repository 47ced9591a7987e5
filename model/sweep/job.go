package sweep

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"plenary/model/scenario"
	"plenary/model/source"
)

// Job is all that an answer depends on: the same job has the same answer on
// every machine, as long as time did not end the search.
type Job struct {
	Program  string        `json:"program"`  // name and version of the program
	Bundle   string        `json:"bundle"`   // hash of the files, as EncodeBundle gives it
	Scenario string        `json:"scenario"` // the scenario's name in the bundle
	Set      []string      `json:"set"`      // changes, in the words of source.Set
	Seed     int           `json:"seed"`
	Time     time.Duration `json:"time"` // ends the search
	Rounds   int           `json:"rounds"`
}

// Key gives the name of the job and of its answer: the SHA-256 of its content,
// in hexadecimal.
func (j Job) Key() string {
	content, err := json.Marshal(j)
	if err != nil {
		panic(err) // texts and numbers alone
	}
	return hash(content)
}

func hash(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// EncodeBundle gives the files of a scenario as one, and its hash. The same
// files give the same.
func EncodeBundle(files scenario.Bundle) (content []byte, name string) {
	plain, err := json.Marshal(files) // sorts names
	if err != nil {
		panic(err) // texts alone
	}
	return pack(plain), hash(plain)
}

// mostPlain is how many bytes a bundle, or an answer, may have unpacked.
const mostPlain = 2 * source.MostTotal

// DecodeBundle reads what EncodeBundle wrote, and checks that it is what the name
// says.
func DecodeBundle(content []byte, name string) (scenario.Bundle, error) {
	plain, err := unpack(content)
	if err != nil {
		return nil, fmt.Errorf("read the files of a scenario: %w", err)
	}
	if hash(plain) != name {
		return nil, errors.New("the files of the scenario are not those that were sent")
	}
	files := scenario.Bundle{}
	if err := json.Unmarshal(plain, &files); err != nil {
		return nil, fmt.Errorf("read the files of a scenario: %w", err)
	}
	return files, nil
}

// pack makes a text smaller.
func pack(plain []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(plain); err != nil {
		panic(err) // into memory
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// unpack reads what pack wrote, up to mostPlain.
func unpack(content []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	plain, err := io.ReadAll(io.LimitReader(r, mostPlain+1))
	if err != nil {
		return nil, err
	}
	if len(plain) > mostPlain {
		return nil, fmt.Errorf("there are more than %d MiB", mostPlain>>20)
	}
	return plain, nil
}
