package ewgwatch

import "slices"

// Usual is what nights of a source are like: medians over those kept on which it
// was read without an alarm. While there are none, the last known stays, so that
// what is broken for long does not become usual.
type Usual struct {
	Pages    int
	Articles int
	OnTopic  int
	Length   int // 0 until enough articles are known
	Undated  int // percent of articles
}

// A night's articles are compared only with those of some nights and of some number.
const (
	usualNights   = 3
	usualArticles = 10
)

func usualOf(nights []HealthNight, before Usual) Usual {
	var read, telling []HealthNight
	articles := 0
	for _, n := range nights {
		if n.Reach == ReachNone || n.Short || n.Alarm != "" {
			continue
		}
		read = append(read, n)
		if n.Articles > 0 {
			telling = append(telling, n)
			articles += n.Articles
		}
	}
	u := before
	if len(read) > 0 {
		u.Pages = medianOf(read, func(n HealthNight) int { return n.Pages })
		u.Articles = medianOf(read, func(n HealthNight) int { return n.Articles })
		u.OnTopic = medianOf(read, func(n HealthNight) int { return n.OnTopic })
	}
	if len(telling) >= usualNights && articles >= usualArticles {
		u.Length = medianOf(telling, func(n HealthNight) int { return n.Length })
		u.Undated = medianOf(telling, func(n HealthNight) int { return percent(n.Undated, n.Articles) })
	}
	return u
}

func medianOf(nights []HealthNight, of func(HealthNight) int) int {
	var all []int
	for _, n := range nights {
		all = append(all, of(n))
	}
	return Median(all)
}

// Median returns the middle one of some numbers, the lower of two; 0 of none.
func Median(numbers []int) int {
	if len(numbers) == 0 {
		return 0
	}
	return slices.Sorted(slices.Values(numbers))[(len(numbers)-1)/2]
}

func percent(part, of int) int { return part * 100 / of }
