package picture

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"html/template"
	"image/color"
	"io"
	"strings"
	"time"

	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/recorder"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"

	"plenary/model/calendar"
)

// Sizes in points: a page of A4 across, less its margins.
const (
	Width       = 760
	MostHeight  = 455 // so that a picture fits under a heading
	AxisHeight  = 34
	BarLeast    = 2.2 // the width of one day, where the time axis is long
	labelLength = 48  // characters
)

// Colours of what is told apart, in order: dark enough for white letters on
// them, and for themselves on white; apart for those who see red and green
// alike.
var Colours = [8]color.NRGBA{
	{0x0b, 0x53, 0x94, 0xff}, {0xb4, 0x53, 0x09, 0xff}, {0x04, 0x78, 0x57, 0xff}, {0x9d, 0x17, 0x4d, 0xff},
	{0x5b, 0x21, 0xb6, 0xff}, {0x3f, 0x3f, 0x46, 0xff}, {0x0e, 0x74, 0x90, 0xff}, {0x7c, 0x2d, 0x12, 0xff},
}

// Paper is the ground of every picture.
var Paper = color.NRGBA{0xff, 0xff, 0xff, 0xff}

var (
	line   = color.NRGBA{0xd1, 0xd5, 0xdb, 0xff}
	letter = color.NRGBA{0x1f, 0x29, 0x37, 0xff}
)

// Grid is the line between rows and at months.
var Grid = draw.LineStyle{Color: line, Width: 0.4}

// Hex writes a colour for style sheets.
func Hex(c color.Color) string {
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}

// Picture is one drawing: what it shows in a word and in a sentence.
type Picture struct {
	ID, Title, Text string
	Plot            *plot.Plot
	Height          vg.Length
}

// SVG writes the picture as an element that stands in a page by itself, as
// wide as the page, with its title and description for those who listen.
func (p Picture) SVG() (template.HTML, error) {
	canvas := vgsvg.New(Width, p.Height)
	p.Plot.Draw(draw.New(canvas))
	var b bytes.Buffer
	if _, err := canvas.WriteTo(&b); err != nil {
		return "", fmt.Errorf("draw %s: %w", p.ID, err)
	}
	_, rest, found := strings.Cut(b.String(), "<svg")
	_, body, closed := strings.Cut(rest, ">")
	if !found || !closed {
		return "", fmt.Errorf("draw %s: no drawing came out", p.ID)
	}
	var head bytes.Buffer
	fmt.Fprintf(&head, `<svg viewBox="0 0 %d %g" role="img" aria-labelledby="%s-title %s-text"><title id="%s-title">`, Width, float64(p.Height), p.ID, p.ID, p.ID)
	_ = xml.EscapeText(&head, []byte(p.Title)) // a buffer takes all
	fmt.Fprintf(&head, `</title><desc id="%s-text">`, p.ID)
	_ = xml.EscapeText(&head, []byte(p.Text))
	head.WriteString("</desc>")
	return template.HTML(head.String() + p.measured(body)), nil
}

// Formats are the endings of files that Write knows.
var Formats = []string{"svg", "png"}

// dots is how many a printed inch has.
const dots = 200

// LettersError is the error of a picture that cannot be a PNG, because the
// program has no letters for a word in it: Arabic, Chinese, emoji. An SVG takes
// those of the reader's machine.
type LettersError struct{ Word string }

func (e LettersError) Error() string {
	return fmt.Sprintf("the program has no letters to draw “%s” in a PNG; write an .svg, which takes those of the reader's machine", e.Word)
}

// letters tells whether the program has the letters of every word in the
// picture; the error is a LettersError.
func (p Picture) letters() error {
	for _, written := range p.written() {
		if word := missing(written); word != "" {
			return LettersError{word}
		}
	}
	return nil
}

// written gives what the picture writes, in order.
func (p Picture) written() (out []*recorder.FillString) {
	var drawn recorder.Canvas
	p.Plot.Draw(draw.NewCanvas(&drawn, Width, p.Height))
	for _, action := range drawn.Actions {
		if text, ok := action.(*recorder.FillString); ok {
			out = append(out, text)
		}
	}
	return out
}

// missing gives the first word for which the program lacks letters, "" if there is none.
func missing(written *recorder.FillString) string {
	var buffer sfnt.Buffer
	face := font.DefaultCache.Lookup(written.Font, written.Size).Face
	for word := range strings.FieldsSeq(written.String) {
		for _, r := range word {
			// 0 is the sign for what a type does not have.
			if glyph, err := face.GlyphIndex(&buffer, r); err != nil || glyph == 0 {
				return word
			}
		}
	}
	return ""
}

// measured says in a drawing how long each text is, so that another type than the one it
// was measured by does not reach over the edge. Texts in letters that the program lacks
// are as long as they are.
func (p Picture) measured(drawing string) string {
	parts := strings.Split(drawing, "<text ")
	written := p.written()
	for i := range min(len(parts)-1, len(written)) {
		length := ""
		if w := written[i]; missing(w) == "" {
			face := font.DefaultCache.Lookup(w.Font, w.Size)
			length = fmt.Sprintf(`textLength="%.2f" lengthAdjust="spacingAndGlyphs" `, float64(face.Width(w.String)))
		}
		parts[i+1] = "<text " + length + parts[i+1]
	}
	return strings.Join(parts, "")
}

// Write writes the picture as a file: svg or png. The error of a PNG is a
// LettersError where the program lacks the letters.
func (p Picture) Write(w io.Writer, format string) error {
	if format == "svg" {
		inline, err := p.SVG()
		if err != nil {
			return err
		}
		head := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%g" `, Width, float64(p.Height))
		_, err = io.WriteString(w, xml.Header+strings.Replace(string(inline), "<svg ", head, 1))
		return err
	}
	if err := p.letters(); err != nil {
		return err
	}
	canvas := vgimg.NewWith(vgimg.UseWH(Width, p.Height), vgimg.UseDPI(dots))
	p.Plot.Draw(draw.New(canvas))
	if _, err := (vgimg.PngCanvas{Canvas: canvas}).WriteTo(w); err != nil {
		return fmt.Errorf("draw %s: %w", p.ID, err)
	}
	return nil
}

// face is the type of all words in pictures.
func face(size vg.Length) font.Font {
	return font.Font{Typeface: "Liberation", Variant: "Sans", Size: size}
}

// Axes gives an empty plot over the days, with ticks at months; label gives a
// month's short name.
func Axes(days calendar.Range, label func(calendar.Day) string) *plot.Plot {
	p := plot.New()
	p.BackgroundColor = Paper
	for _, axis := range []*plot.Axis{&p.X, &p.Y} {
		axis.Tick.Label.Font, axis.Tick.Label.Color = face(8), letter
		axis.Tick.LineStyle.Color, axis.LineStyle.Color = line, line
		axis.Padding = 0
	}
	p.X.Min, p.X.Max = float64(days.First), float64(days.Last+1)
	p.X.Tick.Marker = plot.ConstantTicks(ticks(days, label))
	p.X.Tick.Label.YAlign = text.YTop
	return p
}

// Named puts a name at each row, the first at the top.
func Named(p *plot.Plot, names []string) {
	var ticks []plot.Tick
	for i, name := range names {
		ticks = append(ticks, plot.Tick{Value: Row(i, len(names)), Label: shortened(name)})
	}
	p.Y.Tick.Marker, p.Y.Tick.Length, p.Y.LineStyle.Width = plot.ConstantTicks(ticks), 0, 0
	p.Y.Padding = 6
	p.Y.Min, p.Y.Max = -0.5, float64(len(names))-0.5
}

// Row gives the height at which the i-th of n rows stands.
func Row(i, n int) float64 { return float64(n - 1 - i) }

// shortened cuts a name to what fits beside a picture: out of its middle,
// because names in one calendar often begin alike.
func shortened(name string) string {
	runes := []rune(strings.Join(strings.Fields(name), " "))
	if len(runes) <= labelLength {
		return string(runes)
	}
	head, tail := string(runes[:labelLength/2]), string(runes[len(runes)-labelLength/2+1:])
	if i := strings.LastIndexByte(head, ' '); i > 0 {
		head = head[:i]
	}
	if i := strings.IndexByte(tail, ' '); i >= 0 {
		tail = tail[i+1:]
	}
	return strings.TrimRight(head, ",:;") + " … " + tail
}

// ticks marks the start of every month, of every third month, or of every
// year, by how long the time is; a year stands at the first tick and in January.
func ticks(days calendar.Range, name func(calendar.Day) string) (out []plot.Tick) {
	step := 1
	switch months := days.Len() / 30; {
	case months > 120:
		step = 12
	case months > 30:
		step = 3
	}
	first := days.First.Time(time.UTC)
	for m := first.Month(); ; m++ {
		d := calendar.NewDay(first.Year(), m, 1)
		at := d.Time(time.UTC)
		switch {
		case d > days.Last:
			return out
		case d < days.First || (int(at.Month())-1)%step != 0:
			continue
		}
		label := name(d)
		if len(out) == 0 || at.Month() == time.January {
			label += at.Format("\n2006")
		}
		out = append(out, plot.Tick{Value: float64(d), Label: label})
	}
}

// Rows draws a line under every row.
type Rows int

// Plot draws the lines.
func (r Rows) Plot(c draw.Canvas, p *plot.Plot) { Ruled(c, p, int(r)) }

// Ruled draws a line under every one of n rows, and none through the names:
// where they are in letters that the program lacks, they reach over the edge, and
// bands of colour would hide their ends.
func Ruled(c draw.Canvas, p *plot.Plot, n int) {
	_, y := p.Transforms(&c)
	for i := range n {
		c.StrokeLine2(Grid, 0, y(float64(i)-0.5), c.Max.X, y(float64(i)-0.5))
	}
}

// WholeMonths widens a stretch of days to the months it lies in.
func WholeMonths(days calendar.Range) calendar.Range {
	first, last := days.First.Time(time.UTC), days.Last.Time(time.UTC)
	return calendar.Range{First: calendar.NewDay(first.Year(), first.Month(), 1), Last: calendar.NewDay(last.Year(), last.Month()+1, 0)}
}
