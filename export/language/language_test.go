package language

import (
	"bytes"
	"encoding/csv"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	xplural "golang.org/x/text/feature/plural"
	xlanguage "golang.org/x/text/language"

	"plenary/model/calendar"
	"plenary/model/rule"
	"plenary/model/scenario"
)

func named(t *testing.T, code string) Language {
	t.Helper()
	l, ok := Named(code)
	if !ok {
		t.Fatalf("there is no language %q", code)
	}
	return l
}

// verbs are the places of arguments, in any order.
var verbs = regexp.MustCompile(`%(\[\d\])?[a-z]`)

func TestEveryTextHasAllLanguagesAndTheirPlurals(t *testing.T) {
	lines, err := csv.NewReader(bytes.NewReader(table)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if want := append([]string{"text"}, "ar", "zh", "en", "fr", "ru", "es"); !slices.Equal(lines[0], want) {
		t.Errorf("the columns are %v", lines[0])
	}
	texts, err := entries()
	if err != nil || len(texts) != len(lines)-1 {
		t.Fatal(err)
	}
	for key, in := range texts {
		plain := split(in["en"]) == nil
		for _, code := range scenario.Languages {
			text := in[code]
			if text == "" {
				t.Errorf("%q has no text in %s", key, code)
				continue
			}
			forms := split(text)
			switch {
			case (forms == nil) != plain:
				t.Errorf("%q in %s: %q has plural forms or not, and the English text the other way round", key, code, text)
			case plain:
				if a, b := len(verbs.FindAllString(key, -1)), len(verbs.FindAllString(text, -1)); a != b {
					t.Errorf("%q in %s: %d arguments instead of %d", key, code, b, a)
				}
			default:
				var names []string
				for _, f := range forms {
					names = append(names, f[0])
				}
				for n := range 120 {
					if want := formOf(t, code, n); !slices.Contains(names, want) && want != "zero" {
						t.Fatalf("%q in %s has no form %s, that of %d", key, code, want, n)
					}
				}
			}
		}
	}
}

// formOf gives the plural form of a number by CLDR.
func formOf(t *testing.T, code string, n int) string {
	t.Helper()
	digits := []byte(strconv.Itoa(n))
	for i := range digits {
		digits[i] -= '0'
	}
	form := xplural.Cardinal.MatchDigits(xlanguage.MustParse(code), digits, len(digits), 0)
	for name, f := range forms {
		if f == form {
			return name
		}
	}
	t.Fatalf("no name for the form %v", form)
	return ""
}

// asked gives the texts that the packages of export and the desk ask the
// catalogue for.
func asked(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	speaking := map[string]bool{"../language": true} // folders that import this package
	files, err := filepath.Glob("../*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	desk, err := filepath.Glob("../../cmd/*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(files, desk...) {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(src, []byte(`"plenary/export/language"`)) {
			speaking[filepath.Dir(file)] = true
		}
	}
	inPage := regexp.MustCompile(`text "((?:[^"\\]|\\.)*)"`)
	read := func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, "_test.go") || !speaking[filepath.Dir(path)] {
			return err
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		switch filepath.Ext(path) {
		case ".html":
			for _, m := range inPage.FindAllStringSubmatch(string(src), -1) {
				out[m[1]] = path
			}
		case ".go":
			file, err := parser.ParseFile(token.NewFileSet(), path, src, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if x, ok := n.(*ast.BasicLit); ok && x.Kind == token.STRING {
					if text, err := strconv.Unquote(x.Value); err == nil {
						out[text] = path
					}
				}
				return true
			})
			// Each first argument of Text and Count that is a literal.
			ast.Inspect(file, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok || len(call.Args) == 0 {
					return true
				}
				if f, ok := call.Fun.(*ast.SelectorExpr); ok && (f.Sel.Name == "Text" || f.Sel.Name == "Count") {
					if x, ok := call.Args[0].(*ast.BasicLit); ok {
						text, _ := strconv.Unquote(x.Value)
						out[text] = "! " + path
					}
				}
				return true
			})
		}
		return nil
	}
	for _, folder := range []string{"..", "../../cmd"} {
		if err := filepath.WalkDir(folder, read); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func TestTheCatalogueHasWhatIsAskedForAndNoMore(t *testing.T) {
	texts, err := entries()
	if err != nil {
		t.Fatal(err)
	}
	used := asked(t)
	for text, where := range used {
		if (strings.HasPrefix(where, "! ") || strings.HasSuffix(where, ".html")) && texts[text] == nil {
			t.Errorf("%s: the catalogue has no %q", strings.TrimPrefix(where, "! "), text)
		}
	}
	for text := range texts {
		if _, is := used[text]; !is && !strings.HasPrefix(text, "rule:") && !slices.Contains(weekdays(), text) {
			t.Errorf("nothing asks for %q", text)
		}
	}
	for _, day := range weekdays() {
		if texts[day] == nil {
			t.Errorf("the catalogue has no %q", day)
		}
	}
	kinds := 0
	for text := range texts {
		if kind, is := strings.CutPrefix(text, "rule:"); is {
			if kinds++; rule.KindNamed(kind) == nil {
				t.Errorf("there is no kind of rule %q", kind)
			}
		}
	}
	for _, k := range rule.Kinds {
		if texts["rule:"+k.Name] == nil {
			t.Errorf("the catalogue has no label for rules of the kind %q: add  rule:%s", k.Name, k.Name)
		}
	}
}

func weekdays() (out []string) {
	for d := range calendar.Day(7) {
		out = append(out, d.Weekday().String())
	}
	return out
}

func TestDaysAndNumbersAreWrittenAsEachLanguageHasThem(t *testing.T) {
	d := calendar.MustDay
	for _, c := range []struct{ code, long, month, same, across, years, few, number string }{
		{"en", "Tuesday, 1 May 2018", "May 2018", "1 to 3 May 2018", "1 May to 10 June 2018", "1 May 2018 to 5 June 2019", "3 days", "3,200"},
		{"fr", "mardi 1er mai 2018", "mai 2018", "1–3 mai 2018", "1er mai – 10 juin 2018", "1er mai 2018 – 5 juin 2019", "3 jours", "3\u00a0200"},
		{"es", "martes 1 de mayo de 2018", "mayo de 2018", "1–3 de mayo de 2018", "1 de mayo – 10 de junio de 2018", "1 de mayo de 2018 – 5 de junio de 2019", "3 días", "3.200"},
		{"ru", "вторник, 1 мая 2018 года", "май 2018 года", "1–3 мая 2018 года", "1 мая – 10 июня 2018 года", "1 мая 2018 года – 5 июня 2019 года", "3 дня", "3\u00a0200"},
		{"zh", "2018年5月1日星期二", "2018年5月", "2018年5月1日至3日", "2018年5月1日至6月10日", "2018年5月1日至2019年6月5日", "3天", "3,200"},
		{"ar", "الثلاثاء، 1 أيار/مايو 2018", "أيار/مايو 2018", "1–3 أيار/مايو 2018", "1 أيار/مايو – 10 حزيران/يونيه 2018", "1 أيار/مايو 2018 – 5 حزيران/يونيه 2019", "3 أيام", "3,200"},
	} {
		l := named(t, c.code)
		for _, x := range [][2]string{
			{l.Long(d("2018-05-01")), c.long},
			{l.Month(d("2018-05-01")), c.month},
			{l.Range(calendar.Range{First: d("2018-05-01"), Last: d("2018-05-03")}), c.same},
			{l.Range(calendar.Range{First: d("2018-05-01"), Last: d("2018-06-10")}), c.across},
			{l.Range(calendar.Range{First: d("2018-05-01"), Last: d("2019-06-05")}), c.years},
			{l.Count("%d days", 3), c.few},
			{l.Number(3200), c.number},
		} {
			if x[0] != x[1] {
				t.Errorf("%s: %q, want %q", c.code, x[0], x[1])
			}
		}
	}
	arabic, russian := named(t, "ar"), named(t, "ru")
	for n, want := range map[int]string{0: "0 يوم", 1: "يوم واحد", 2: "يومان", 5: "5 أيام", 11: "11 يوما", 100: "100 يوم"} {
		if got := arabic.Count("%d days", n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
	for n, want := range map[int]string{1: "1 день", 2: "2 дня", 5: "5 дней", 11: "11 дней", 21: "21 день"} {
		if got := russian.Count("%d days", n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
	if got := named(t, "fr").Days([]calendar.Day{d("2018-05-01"), d("2018-05-03"), d("2018-05-04")}); got != "1er mai 2018, 3–4 mai 2018" {
		t.Error(got)
	}
	if got := arabic.Direction() + named(t, "zh").Direction(); got != "rtlltr" {
		t.Error(got)
	}
	if _, ok := Named("de"); ok {
		t.Error("German is no official language")
	}
}

// Every month has a name of its own in every language, in full and in short.
func TestMonths(t *testing.T) {
	for _, code := range scenario.Languages {
		seen := map[string]bool{}
		for m := range 12 {
			for _, name := range []string{months[code][m], "short " + shortMonths[code][m]} {
				if seen[name] || strings.TrimPrefix(name, "short ") == "" {
					t.Errorf("%s: month %d is %q", code, m+1, name)
				}
				seen[name] = true
			}
		}
	}
}
