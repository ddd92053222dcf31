package charset

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
)

func TestZawgyiWordsAreMended(t *testing.T) {
	for zawgyi, want := range map[string]string{
		"ျမန္မာ": "မြန်မာ", "ေက်ာင္း": "ကျောင်း", "ႏိုင္ငံ": "နိုင်ငံ", "အစည္းအေဝး": "အစည်းအဝေး",
		"တပ္မေတာ္": "တပ်မတော်", "ကာကြယ္ေရး": "ကာကွယ်ရေး", "အဂၤလိပ္": "အင်္ဂလိပ်", "စကၤာပူ": "စင်္ကာပူ",
		"ဗုဒၶ": "ဗုဒ္ဓ", "ပစၥည္း": "ပစ္စည်း", "ၾကည္": "ကြည်", "လႊတ္ေတာ္": "လွှတ်တော်", "သမၼတ": "သမ္မတ",
		"၀န္ႀကီး": "ဝန်ကြီး", "႐ုရွား": "ရုရှား", "ဦးေဆာင္": "ဦးဆောင်", "ဩဂုတ္လ ၃ ရက္": "ဩဂုတ်လ ၃ ရက်",
	} {
		got, ok := Zawgyi(zawgyi)
		if diff := cmp.Diff(norm.NFC.String(want), got); diff != "" || !ok {
			t.Errorf("%s: %v %+q\n%s", zawgyi, ok, got, diff)
		}
	}
}

// burmese are own sentences in Unicode.
var burmese = []string{
	"ကာကွယ်ရေးဝန်ကြီးဌာနက ဆယ်နိုင်ငံမှ တပ်ဖွဲ့များ လေ့ကျင့်မှုတွင် ပါဝင်ခဲ့သည်ဟု ပြောကြားသည်။",
	"မြန်မာနှင့် ရုရှားတို့သည် အကြမ်းဖက်မှုတိုက်ဖျက်ရေး လုပ်ငန်းအဖွဲ့ကို ပူးတွဲဦးဆောင်ကြသည်။",
	"စင်္ကာပူနိုင်ငံ ကာကွယ်ရေးဝန်ကြီးဌာနသည် အစည်းအဝေးသို့ မတက်ရောက်ပါ။",
	"၂၀၂၃ ခုနှစ် ဩဂုတ်လ ၃ ရက်နေ့တွင် ကျင်းပမည့် ဆွေးနွေးပွဲကို ဩစတြေးလျနိုင်ငံက ငြင်းဆိုခဲ့သည်။",
	"သမ္မတက ဗုဒ္ဓဘာသာဝင်များအား မိန့်ခွန်းပြောကြားပြီး ပစ္စည်းများ လှူဒါန်းခဲ့သည်။",
}

func TestBurmeseSurvivesZawgyiAndBack(t *testing.T) {
	for _, s := range burmese {
		zawgyi := toZawgyi(s)
		got, ok := Zawgyi(zawgyi)
		if diff := cmp.Diff(norm.NFC.String(s), got); diff != "" || !ok {
			t.Errorf("%v\n%s\n%s\n%s", ok, s, zawgyi, diff)
		}
	}
}

func TestUnicodeBurmeseIsLeftAlone(t *testing.T) {
	for _, s := range append(slices.Clone(burmese), "", "English", "ไทย", "နေပြည်တော်", "မေ ၃", "ကရင်ပြည်နယ်", "Naypyitaw: မြန်မာ", "ကျွန်ုပ်တို့", "ၸိုင်ႈတႆး ပၢင်ၵုမ်", "၁၀ရက်") {
		if got, ok := Zawgyi(s); ok || got != s {
			t.Errorf("%s: taken for Zawgyi: %s", s, got)
		}
	}
}

// toZawgyi is the way back, for tests: Unicode Burmese as Zawgyi-One stores it.
func toZawgyi(text string) string {
	stacked := map[rune]rune{}
	for from, to := range table() {
		if len(to) == 2 && to[0] == signVirama && (stacked[to[1]] == 0 || from < stacked[to[1]]) {
			stacked[to[1]] = from
		}
	}
	single := map[rune]rune{'\u103B': '\u103A', '\u103C': '\u103B', '\u103D': '\u103C', '\u103E': '\u103D', '\u103A': '\u1039'}
	var out strings.Builder
	runes := []rune(text)
	for i := 0; i < len(runes); {
		kinzi := i+3 < len(runes) && string(runes[i:i+3]) == "\u1004\u103A\u1039"
		if kinzi {
			i += 3
		}
		base := runes[i]
		i++
		before, behind := "", ""
		if kinzi {
			behind = string(zawgyiKinzi)
		}
		for consonant(base) && i < len(runes) && runes[i] >= '\u102B' && runes[i] <= '\u103E' {
			r := runes[i]
			switch {
			case r == signE:
				before = string(r) + before
			case r == '\u103C':
				before += string(zawgyiRa)
			case r == signVirama:
				i++
				behind += string(stacked[runes[i]])
			case single[r] != 0:
				behind += string(single[r])
			default:
				behind += string(r)
			}
			i++
		}
		out.WriteString(before + string(base) + behind)
	}
	return out.String()
}
