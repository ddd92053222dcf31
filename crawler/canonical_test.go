package crawler

import "testing"

func TestCanonicalSpellsOnePageOneWay(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"HTTP://Example.COM", "http://example.com/"},
		{"http://example.com:80/a", "http://example.com/a"},
		{"https://example.com:443/a", "https://example.com/a"},
		{"https://example.com:0443/a", "https://example.com/a"},
		{"https://example.com:80/a", "https://example.com:80/a"},
		{"http://example.com./a", "http://example.com/a"},
		{"http://example.com/a#part", "http://example.com/a"},
		{"http://example.com/a/./b/../c", "http://example.com/a/c"},
		{"http://example.com/../../a", "http://example.com/a"},
		{"http://example.com/a/..", "http://example.com/"},
		{"http://example.com/a/%2e%2E/b", "http://example.com/b"},
		{"http://example.com/%7euser/%c3%a9", "http://example.com/~user/%C3%A9"},
		{"http://example.com/é", "http://example.com/%C3%A9"},
		{"http://example.com/100%", "http://example.com/100%25"},
		{"http://example.com/a b", "http://example.com/a%20b"},
		{"http://example.com/%2541", "http://example.com/%2541"},
		{"  http://example.com/a\n", "http://example.com/a"},
		{`http://example.com\a\b?c\d`, "http://example.com/a/b?c%5Cd"},
		{"http://example.com/?", "http://example.com/"},
		{"http://example.com/?b=2&a=1", "http://example.com/?b=2&a=1"},
		{"http://example.com/?utm_source=x&id=7&UTM_Medium=y&fbclid=z&gclid=1", "http://example.com/?id=7"},
		{"http://example.com/?%75tm_source=x", "http://example.com/"},
		{"http://example.com/a;jsessionid=1F?x=1&PHPSESSID=2", "http://example.com/a?x=1"},
		{"http://example.com/?a&&b=", "http://example.com/?a&b="},
		{"http://bücher.example/", "http://xn--bcher-kva.example/"},
		{"http://XN--BCHER-KVA.example/", "http://xn--bcher-kva.example/"},
		{"http://例え.テスト/", "http://xn--r8jz45g.xn--zckzah/"},
		{"http://foo_bar.example.com/", "http://foo_bar.example.com/"},
		{"http://[::1]:8080/", "http://[::1]:8080/"},
		{"http://[2001:DB8:0::1]/", "http://[2001:db8::1]/"},
		{"http://127.0.0.1:8080/x", "http://127.0.0.1:8080/x"},
	} {
		got, err := Canonical(c.in)
		if err != nil || got != c.want {
			t.Errorf("Canonical(%q) = %q, %v; want %q", c.in, got, err, c.want)
		}
	}
}

func TestCanonicalRefusesWhatIsNoPage(t *testing.T) {
	for _, in := range []string{"", "/a", "mailto:a@b.test", "javascript:alert(1)", "ftp://example.com/", "http://", "http:///a",
		"http://user:pass@example.com/", "http://exa mple.com/", "http://example.com:99999/", "http://[fe80::1%25eth0]/", "http:example.com"} {
		if got, err := Canonical(in); err == nil {
			t.Errorf("Canonical(%q) = %q, want an error", in, got)
		}
	}
}

func FuzzCanonicalIsIdempotent(f *testing.F) {
	for _, seed := range []string{"http://example.com/a/%2e./;jsessionid=1/..?utm_x=1&%zz", "HTTPS://bücher.example:0443/\\x?y#z", "http://[::ffff:1.2.3.4]/"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		once, err := Canonical(in)
		if err != nil {
			return
		}
		twice, err := Canonical(once)
		if err != nil || twice != once {
			t.Errorf("Canonical(%q) = %q, and of that %q, %v", in, once, twice, err)
		}
	})
}
