package language

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"strings"

	"golang.org/x/text/feature/plural"
	xlanguage "golang.org/x/text/language"
	"golang.org/x/text/message/catalog"

	"plenary/model/scenario"
)

//go:embed messages.csv
var table []byte

// entries gives the catalogue's texts in all languages: the English ones are
// the keys, or stand in the column en where they have plural forms.
func entries() (map[string]map[string]string, error) {
	lines, err := csv.NewReader(bytes.NewReader(table)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read the catalogue: %w", err)
	}
	out := map[string]map[string]string{}
	for _, line := range lines[1:] {
		key, in := line[0], map[string]string{}
		if out[key] != nil {
			return nil, fmt.Errorf("the catalogue has %q twice", key)
		}
		for i, language := range lines[0][1:] {
			in[language] = line[i+1]
		}
		if in["en"] == "" {
			in["en"] = key
		}
		out[key] = in
	}
	return out, nil
}

// forms are the plural forms of CLDR by name.
var forms = map[string]plural.Form{"zero": plural.Zero, "one": plural.One, "two": plural.Two, "few": plural.Few, "many": plural.Many, "other": plural.Other}

// split gives the plural forms of a text, nil when it has none.
func split(text string) [][2]string {
	var out [][2]string
	for part := range strings.SplitSeq(text, "|") {
		form, words, ok := strings.Cut(part, "=")
		if _, known := forms[form]; !ok || !known {
			return nil
		}
		out = append(out, [2]string{form, words})
	}
	return out
}

// built makes the catalogue.
func built() (catalog.Catalog, error) {
	texts, err := entries()
	if err != nil {
		return nil, err
	}
	b := catalog.NewBuilder(catalog.Fallback(xlanguage.English))
	for key, in := range texts {
		for _, code := range scenario.Languages {
			tag := xlanguage.MustParse(code)
			parts := split(in[code])
			if parts == nil {
				err = b.SetString(tag, key, in[code])
			} else {
				var cases []any
				for _, p := range parts {
					cases = append(cases, forms[p[0]], p[1])
				}
				err = b.Set(tag, key, plural.Selectf(1, "%d", cases...))
			}
			if err != nil {
				return nil, fmt.Errorf("%q in %s: %w", key, code, err)
			}
		}
	}
	return b, nil
}
