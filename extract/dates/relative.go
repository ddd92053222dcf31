package dates

import (
	"time"
	"unicode/utf8"
)

// relative marks a date that means nothing without the day of its text.
func (c *capture) relative(date *Found) {
	n := int(c.value(slotDirection))
	switch {
	case c.is(slotRelDay):
		date.count(UnitDay, int(c.value(slotRelDay)))
	case c.is(slotRelWeek):
		date.count(UnitWeek, int(c.value(slotRelWeek)))
	case c.is(slotRelMonth):
		date.count(UnitMonth, int(c.value(slotRelMonth)))
	case c.is(slotRelYear):
		date.count(UnitYear, int(c.value(slotRelYear)))
	case c.is(slotQuantity):
		c.quantity(date)
	case date.HasWeekday && date.Printed == 0:
		date.count(UnitWeekday, n)
	case c.is(slotDirection) && date.Printed&Year == 0 && date.Printed != 0:
		date.count(UnitNone, n)
	case date.Printed == Day:
		date.count(UnitNone, 0)
	}
}

func (f *Found) count(u Unit, n int) { f.Relative, f.Unit, f.Count = true, u, n }

// quantity reads "3 days ago" and "in 2 weeks". The value of an ago word is
// minus one, of a word for what is to come one.
func (c *capture) quantity(date *Found) {
	sign := int(c.value(slotAgo))
	n := int(c.value(slotQuantity)) * sign
	switch c.value(slotUnit) {
	case 1:
		date.count(UnitDay, n)
	case 7:
		date.count(UnitWeek, n)
	case 30:
		date.count(UnitMonth, n)
	case 365:
		date.count(UnitYear, n)
	}
}

// clock is a time of day with its zone.
type clock struct {
	got  capture
	zone string
}

// clock runs one of the clock programs at a token.
func (m *machine) clock(f *form, start int) (c clock, end int, ok bool) {
	m.form, m.start, m.got.taken = f, start, taken{}
	m.accept = func(m *machine, end int) bool {
		m.end = end
		last := &m.tokens[end-1]
		return m.got.timed() && (!last.is(number) || endsTime(m.finder.text[last.to:]))
	}
	if !m.run(0, start) {
		return clock{}, 0, false
	}
	c = clock{got: m.got}
	if m.got.is(slotZone) || m.got.is(slotPlus) || m.got.is(slotMinus) {
		c.zone = m.zoneText()
	}
	return c, m.end, true
}

// zoneText is the zone as printed, without brackets.
func (m *machine) zoneText() string {
	from := m.got.token
	for from > m.start && m.tokens[from-1].is(zone) {
		from--
	}
	to := from + 1
	for to < m.end && m.tokens[to].gap == glued && m.tokens[to].kinds.any(zoneTail) {
		to++
	}
	return m.finder.text[m.tokens[from].from:m.tokens[to-1].to]
}

// endsTime is false where a clock time goes on, or is no clock time: 3:30:15:2, 2.30%.
func endsTime(rest string) bool {
	r, size := utf8.DecodeRuneInString(rest)
	switch {
	case size == 0:
		return true
	case r == ':' || r == '.' || r == ',':
		_, digits, _ := readNumber(rest[size:] + " ")
		return digits == 0
	}
	return r != '%' && !(spacedScript(r) && isLetter(r))
}

const zoneTail = kindSet(1<<number | 1<<plus | 1<<dash | 1<<colon)

// timed refuses 25:00, 13 pm and 24:30.
func (c *capture) timed() bool {
	hour := c.value(slotHour)
	if c.is(slotHourMinute) {
		return c.value(slotHourMinute)%100 < 60
	}
	if c.is(slotAM) && hour > 12 {
		return false
	}
	if hour == 24 && c.value(slotMinute)+c.value(slotSecond) > 0 {
		return false
	}
	return c.is(slotHour)
}

// stamp adds the time of day to a date.
func (c clock) stamp(date *Found) {
	hour, minute := c.got.value(slotHour), c.got.value(slotMinute)
	if c.got.is(slotHourMinute) {
		hour, minute = c.got.value(slotHourMinute)/100, c.got.value(slotHourMinute)%100
	}
	switch {
	case c.got.is(slotPM) && hour < 12:
		hour += 12
	case c.got.is(slotAM) && hour == 12:
		hour = 0
	}
	date.Clock = time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute +
		time.Duration(c.got.value(slotSecond))*time.Second
	date.Precision = precisionMinute
	if c.got.is(slotSecond) {
		date.Precision = precisionSecond
	}
	date.Zone, date.Offset = c.zone, c.got.offset()
}

// offset of the zone in seconds east.
func (c *capture) offset() int {
	minutes := int(c.value(slotZone))
	shift := int(c.value(slotZoneHour))*60 + int(c.value(slotZoneMinute))
	if c.is(slotZoneHourMinute) {
		shift = int(c.value(slotZoneHourMinute))/100*60 + int(c.value(slotZoneHourMinute))%100
	}
	if c.is(slotMinus) {
		shift = -shift
	}
	return (minutes + shift) * 60
}
