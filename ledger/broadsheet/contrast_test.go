package broadsheet

import (
	"math"
	"regexp"
	"strconv"
	"testing"
)

var colour = regexp.MustCompile(`--([a-z]+):#([0-9a-f]{6})`)

// Every colour of text must be told from every ground, by WCAG 2.2, 1.4.3 (AA).
func TestTextStandsOutFromItsGround(t *testing.T) {
	css, err := files.ReadFile("style.css")
	if err != nil {
		t.Fatal(err)
	}
	schemes := regexp.MustCompile(`:root\{[^}]*\}`).FindAllString(string(css), 2)
	if len(schemes) != 2 {
		t.Fatalf("%d schemes of colours, want light and dark", len(schemes))
	}
	for _, scheme := range schemes {
		of := map[string]float64{}
		for _, m := range colour.FindAllStringSubmatch(scheme, -1) {
			of[m[1]] = luminance(t, m[2])
		}
		for _, ink := range []string{"ink", "soft", "link", "there", "away", "lead", "clash"} {
			for _, ground := range []string{"paper", "band", "clashbg"} {
				light, dark := max(of[ink], of[ground]), min(of[ink], of[ground])
				if ratio := (light + 0.05) / (dark + 0.05); ratio < 4.5 {
					t.Errorf("%s on %s: %.2f to 1", ink, ground, ratio)
				}
			}
		}
	}
}

// luminance is that of WCAG 2.2 for a colour of sRGB.
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}
