package dates

import "testing"

func TestFromURLTakesWholeDaysOnly(t *testing.T) {
	for address, want := range map[string]string{
		"https://example.org/2023/08/25/title":                   "2023-08-25",
		"https://example.org/2023/8/5/title":                     "2023-08-05",
		"https://example.org/news/20230825/title.html":           "2023-08-25",
		"https://example.org/2023-08-25-title":                   "2023-08-25",
		"https://example.org/title-2023-08-25":                   "2023-08-25",
		"https://example.org/n1/2023/0825/c1001-400.html":        "",
		"https://example.org/english/t20230825_400.html":         "2023-08-25",
		"https://example.org/AEN20230825001500315":               "",
		"https://example.org/2023/08/title":                      "",
		"https://example.org/2023/":                              "",
		"https://example.org/article/120230825":                  "",
		"https://example.org/article/202308251":                  "",
		"https://example.org/2023/13/25/":                        "",
		"https://example.org/2023/02/30/":                        "",
		"https://example.org/1984/08/25/":                        "",
		"https://example.org/2023/08-25/":                        "",
		"https://example.org/2023/08/25/why-20210911-counts":     "",
		"https://example.org/list?date=2023-08-25":               "2023-08-25",
		"https://example.org/list?from=2023-08-25&to=2023-08-30": "",
		"https://example.org/?id=20230825123":                    "",
		"::bad":                                                  "",
		"":                                                       "",
	} {
		d, ok := FromURL(address)
		if got := d.String(); ok != (want != "") || ok && got != want {
			t.Errorf("%s: got %q, %v; want %q", address, got, ok, want)
		}
	}
}
