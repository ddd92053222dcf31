package extract

import (
	"cmp"
	"net/url"
	"strings"

	"ewgwatch"
)

// publisher returns the state that "our army" and "the ministry of defence" are
// of in an article: its source's, else the one whose government or whose
// country's domain it stands under. "" where that tells nothing.
func publisher(a ewgwatch.Article) ewgwatch.State {
	return cmp.Or(a.Source.State, officialState(a.URL), countryOf(a.URL))
}

// countryOf returns the state whose domain a host is under. A domain that is
// sold to the whole world (.la, .tl, .in, .us) tells nothing without a second
// level of its own: co.in, edu.la.
func countryOf(address string) ewgwatch.State {
	labels := hostLabels(address)
	if len(labels) < 2 {
		return ""
	}
	country, branch := labels[len(labels)-1], labels[len(labels)-2]
	if sold[country] && len(branch) > 3 {
		return ""
	}
	if state := ewgwatch.State(strings.ToUpper(country)); state.Valid() {
		return state
	}
	return ""
}

var sold = wordSet("la tl in us")

func hostLabels(address string) []string {
	u, err := url.Parse(address)
	if err != nil {
		return nil
	}
	return strings.Split(strings.ToLower(u.Hostname()), ".")
}

// officialState returns the state whose government runs a host, by its
// registered name: mindef.gov.sg, mod.go.jp, rtarf.mi.th. It is "" for any
// other host.
func officialState(address string) ewgwatch.State {
	labels := hostLabels(address)
	if len(labels) < 2 {
		return ""
	}
	country, branch := labels[len(labels)-1], labels[len(labels)-2]
	switch branch {
	case "gov", "go", "mil", "mi", "gob", "govt", "nic":
		if state := ewgwatch.State(strings.ToUpper(country)); state.Valid() {
			return state
		}
	}
	if country == "gov" || country == "mil" {
		return ewgwatch.UnitedStates
	}
	return ""
}
