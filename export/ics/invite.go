package ics

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"slices"
	"strings"
	"time"

	ical "github.com/arran4/golang-ical"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/plan"
	"plenary/model/roster"
	"plenary/model/scenario"
)

// Recipient is who is invited, and to what.
type Recipient struct {
	For     Audience // sees which meetings and deadlines
	Address mail.Address
}

// Message is one e-mail to send.
type Message struct {
	Name    string // a file name, ending in .eml
	Content []byte
}

// Recipients reads whom to invite from a table with the columns for (the
// audience, as ParseAudience reads it), name and address.
func Recipients(s *scenario.Scenario, lines roster.Lines) (out []Recipient, problems diag.List) {
	for _, column := range []string{"for", "name", "address"} {
		if !slices.Contains(lines.Columns, column) {
			problems.Add(lines.First, fmt.Sprintf("the table has no column %q", column), "the columns are  for,name,address")
		}
	}
	if len(problems) > 0 {
		return nil, problems
	}
	seen := map[string]bool{}
	for _, row := range lines.Rows {
		audience, err := ParseAudience(s, row.Value["for"])
		if err != nil {
			problems.Add(row.Cell("for"), err.Error(), "an officer, a roster member or a station of the scenario")
		}
		address, err := mail.ParseAddress(row.Value["address"])
		switch {
		case err != nil || address.Name != "":
			problems.Add(row.Cell("address"), fmt.Sprintf("%q is no e-mail address", diag.Shorten(row.Value["address"])), "for example  name@example.org")
			continue
		case seen[strings.ToLower(address.Address)]:
			problems.Add(row.Cell("address"), fmt.Sprintf("%s stands here for the second time", diag.Shorten(address.Address)), "invite each once: who is several things sees most as an officer")
		}
		seen[strings.ToLower(address.Address)] = true
		out = append(out, Recipient{audience, mail.Address{Name: clean(row.Value["name"]), Address: address.Address}})
	}
	return out, problems
}

// Invitations gives the messages that bring a recipient's own calendar up to
// the plan: for each meeting and deadline that is new or changed an invitation
// (METHOD:REQUEST), for each that was withdrawn a cancellation (METHOD:CANCEL),
// nothing for what is as it was. Sent is the recipient's calendar after them: it
// is opts.Since of the next time. An event to each message, as RFC 5546 asks and
// Outlook reads; of a session that has meetings only those are sent.
//
// Opts.Organizer is required: answers go there. Opts.For is not looked at.
func Invitations(s *scenario.Scenario, p *plan.Plan, to Recipient, opts Options) (messages []Message, sent []byte, err error) {
	if opts.Organizer.Address == "" {
		return nil, nil, fmt.Errorf("write the invitations: the organizer is missing")
	}
	opts.For = to.For
	var after bytes.Buffer
	if _, err := Write(&after, s, p, opts); err != nil {
		return nil, nil, err
	}
	c, err := events(s, p, opts)
	if err != nil {
		return nil, nil, fmt.Errorf("write the invitations: %w", err)
	}
	hasMeetings := map[string]bool{} // blocks to which meetings are related
	for _, e := range c.events {
		if text(e, wholeDays) == "" {
			hasMeetings[text(e, ical.ComponentPropertyRelatedTo)] = true
		}
	}
	for _, e := range c.events {
		block := text(e, ical.ComponentPropertyRelatedTo)
		if block == "" {
			block = e.Id()
		}
		if c.kept[e.Id()] || text(e, wholeDays) != "" && hasMeetings[block] {
			continue
		}
		m, err := c.message(e, to.Address, len(messages)+1)
		if err != nil {
			return nil, nil, fmt.Errorf("write the invitations: %w", err)
		}
		messages = append(messages, m)
	}
	return messages, after.Bytes(), nil
}

// message writes the e-mail for one event (iMIP, RFC 6047).
func (c *writing) message(e *ical.VEvent, to mail.Address, number int) (Message, error) {
	method, word := ical.MethodRequest, "Invitation: %s"
	switch {
	case text(e, ical.ComponentPropertyStatus) == string(ical.ObjectStatusCancelled):
		method, word = ical.MethodCancel, "%s"
	case text(e, ical.ComponentPropertySequence) != "0":
		word = "Changed: %s"
	}
	addressed(e, "ATTENDEE", to, "CUTYPE=INDIVIDUAL", "ROLE=REQ-PARTICIPANT", "PARTSTAT=NEEDS-ACTION", "RSVP=TRUE")
	e.SetProperty("X-MICROSOFT-CDO-INTENDEDSTATUS", text(e, busyStatus))
	all := c.zones
	c.zones = map[string]*zoneUse{}
	if start := e.GetProperty(ical.ComponentPropertyDtStart); start != nil {
		for _, name := range start.ICalParameters["TZID"] {
			c.zones[name] = all[name]
		}
	}
	out := c.calendar(method)
	c.zones = all
	out.AddVEvent(e)
	var calendar bytes.Buffer
	if err := out.SerializeTo(&calendar, serialization); err != nil {
		return Message{}, fmt.Errorf("write the event: %w", err)
	}

	var b bytes.Buffer
	parts := multipart.NewWriter(&b)
	summary := strings.Join(strings.Fields(text(e, ical.ComponentPropertySummary)), " ")
	subject := summary
	if word != "%s" {
		subject = c.l.Text(word, summary)
	}
	_, domain, _ := strings.Cut(c.opts.Organizer.Address, "@")
	uid, _, _ := strings.Cut(e.Id(), "@")
	header := [][2]string{
		{"From", c.opts.Organizer.String()},
		{"To", to.String()},
		{"Subject", strings.ReplaceAll(mime.QEncoding.Encode("utf-8", subject), "?= =?", "?=\r\n =?")},
		{"Date", c.opts.Now.Format(time.RFC1123Z)},
		{"Message-ID", fmt.Sprintf("<%s.%s.%s.%d@%s>", strings.ReplaceAll(uid, "%", "="), text(e, ical.ComponentPropertySequence), hostWord(to.Address), c.opts.Now.Unix(), domain)},
		{"MIME-Version", "1.0"},
		{"X-Unsent", "1"}, // Outlook opens the file as a draft
		{"Content-Type", fmt.Sprintf("multipart/alternative; boundary=%q", parts.Boundary())},
	}
	for _, h := range header {
		fmt.Fprintf(&b, "%s: %s\r\n", h[0], h[1])
	}
	b.WriteString("\r\n")
	said := joined("\n\n", summary, c.when(e), text(e, ical.ComponentPropertyLocation), text(e, ical.ComponentPropertyDescription))
	for _, part := range []struct{ kind, text string }{
		{"text/plain; charset=UTF-8", said + "\n"},
		{"text/html; charset=UTF-8", c.rich([]field{{"", summary}, {"", c.when(e)}, {"", text(e, ical.ComponentPropertyLocation)}, {"", text(e, ical.ComponentPropertyDescription)}})},
	} {
		w, err := parts.CreatePart(textproto.MIMEHeader{"Content-Type": {part.kind}, "Content-Transfer-Encoding": {"quoted-printable"}})
		if err != nil {
			return Message{}, fmt.Errorf("write the message: %w", err)
		}
		q := quotedprintable.NewWriter(w)
		if _, err := q.Write([]byte(strings.ReplaceAll(part.text, "\n", "\r\n"))); err != nil {
			return Message{}, fmt.Errorf("write the message: %w", err)
		}
		if err := q.Close(); err != nil {
			return Message{}, fmt.Errorf("write the message: %w", err)
		}
	}
	w, err := parts.CreatePart(textproto.MIMEHeader{
		"Content-Type":              {fmt.Sprintf(`text/calendar; charset=UTF-8; method=%s; name="invite.ics"`, method)},
		"Content-Transfer-Encoding": {"base64"},
	})
	if err != nil {
		return Message{}, fmt.Errorf("write the message: %w", err)
	}
	code := base64.StdEncoding.EncodeToString(calendar.Bytes())
	for len(code) > 0 {
		n := min(76, len(code))
		fmt.Fprintf(w, "%s\r\n", code[:n])
		code = code[n:]
	}
	if err := parts.Close(); err != nil {
		return Message{}, fmt.Errorf("write the message: %w", err)
	}
	return Message{fmt.Sprintf("%03d-%s-%s.eml", number, strings.ToLower(string(method)), hostWord(uid)), b.Bytes()}, nil
}

// when says in words when an event is.
func (c *words) when(e *ical.VEvent) string {
	start, end := e.GetProperty(ical.ComponentPropertyDtStart), e.GetProperty(ical.ComponentPropertyDtEnd)
	if start == nil || end == nil {
		return ""
	}
	from, err := parseMoment(start.Value)
	if err != nil {
		return ""
	}
	to, err := parseMoment(end.Value)
	switch {
	case err != nil:
		return ""
	case from.form == date && !to.wall.After(from.wall.AddDate(0, 0, 1)):
		return c.l.Long(calendar.DayOf(from.wall))
	case from.form == date:
		return c.l.Text("%s to %s", c.l.Long(calendar.DayOf(from.wall)), c.l.Long(calendar.DayOf(to.wall)-1))
	}
	zone := "UTC"
	if names := start.ICalParameters["TZID"]; len(names) == 1 {
		zone = names[0]
	}
	return c.l.Text("%s, %s to %s (%s)", c.l.Long(calendar.DayOf(from.wall)), from.wall.Format("15:04"), to.wall.Format("15:04"), zone)
}
