package dates

// slot is a place of a pattern whose token is kept.
type slot uint8

const (
	slotNone slot = iota
	slotDay
	slotDay2
	slotMonthNum
	slotMonthNum2
	slotYear
	slotYear2
	slotShortYear
	slotEraYear
	slotA // day or month, by the order of the publisher
	slotB
	slotA2
	slotB2
	slotMonth
	slotMonth2
	slotBareMonth // a month name that needs no day or year beside it
	slotWeekday
	slotFullWeekday
	slotWeekday1
	slotLastWeekday // of the other end of a range
	slotLastWeekday1
	slotEra
	slotEraLetter
	slotFirstYear
	slotBuddhist
	slotCommon
	slotHour
	slotMinute
	slotSecond
	slotFraction
	slotHourMinute
	slotAM
	slotPM
	slotZone
	slotPlus
	slotMinus
	slotZoneHour
	slotZoneMinute
	slotZoneHourMinute
	slotRelDay
	slotRelWeek
	slotRelMonth
	slotRelYear
	slotDirection
	slotQuantity
	slotUnit
	slotAgo
	slotAnd
	slots // how many there are
)

// slotRule says which tokens a slot takes; the digits and the limits are of numbers.
type slotRule struct {
	name            string
	kind            kind
	fewest, most    int8
	lowest, highest int
}

var slotRules = [slots]slotRule{
	slotDay:            {"d", number, 1, 2, 1, 31},
	slotDay2:           {"d2", number, 1, 2, 1, 31},
	slotMonthNum:       {"m", number, 1, 2, 1, 12},
	slotMonthNum2:      {"m2", number, 1, 2, 1, 12},
	slotYear:           {"y", number, 4, 4, 1800, 2799},
	slotYear2:          {"y2", number, 4, 4, 1800, 2799},
	slotShortYear:      {"yy", number, 2, 2, 0, 99},
	slotEraYear:        {"n", number, 1, 3, 1, 199},
	slotA:              {"a", number, 1, 2, 1, 31},
	slotB:              {"b", number, 1, 2, 1, 31},
	slotA2:             {"aa", number, 2, 2, 1, 31},
	slotB2:             {"bb", number, 2, 2, 1, 31},
	slotMonth:          {name: "M", kind: month},
	slotMonth2:         {name: "M2", kind: month},
	slotBareMonth:      {name: "Mb", kind: month},
	slotWeekday:        {name: "W", kind: weekday},
	slotFullWeekday:    {name: "Wf", kind: weekday},
	slotWeekday1:       {name: "w1", kind: weekday1},
	slotLastWeekday:    {name: "W2", kind: weekday},
	slotLastWeekday1:   {name: "w2", kind: weekday1},
	slotEra:            {name: "era", kind: era},
	slotEraLetter:      {name: "eraletter", kind: eraShort},
	slotFirstYear:      {name: "first", kind: firstYear},
	slotBuddhist:       {name: "be", kind: buddhist},
	slotCommon:         {name: "ce", kind: common},
	slotHour:           {"hh", number, 1, 2, 0, 24},
	slotMinute:         {"mm", number, 2, 2, 0, 59},
	slotSecond:         {"ss", number, 2, 2, 0, 60},
	slotFraction:       {"frac", number, 1, 9, 0, 999999999},
	slotHourMinute:     {"hhmm", number, 4, 4, 0, 2359},
	slotAM:             {name: "am", kind: am},
	slotPM:             {name: "pm", kind: pm},
	slotZone:           {name: "zone", kind: zone},
	slotPlus:           {name: "zplus", kind: plus},
	slotMinus:          {name: "zminus", kind: dash},
	slotZoneHour:       {"zh", number, 1, 2, 0, 14},
	slotZoneMinute:     {"zm", number, 2, 2, 0, 59},
	slotZoneHourMinute: {"zhm", number, 4, 4, 0, 1459},
	slotRelDay:         {name: "relday", kind: relDay},
	slotRelWeek:        {name: "relweek", kind: relWeek},
	slotRelMonth:       {name: "relmonth", kind: relMonth},
	slotRelYear:        {name: "relyear", kind: relYear},
	slotDirection:      {name: "dir", kind: direction},
	slotQuantity:       {"q", number, 1, 2, 1, 60},
	slotUnit:           {name: "unit", kind: unit},
	slotAgo:            {name: "ago", kind: ago},
	slotAnd:            {name: "and", kind: and},
}

func slotNamed(name string) (slot, bool) {
	for s := slotDay; s < slots; s++ {
		if slotRules[s].name == name {
			return s, true
		}
	}
	return slotNone, false
}

// takes reports whether a number fits the slot.
func (r slotRule) takes(t *token) bool {
	return t.digits >= r.fewest && t.digits <= r.most && t.value >= r.lowest && t.value <= r.highest
}
