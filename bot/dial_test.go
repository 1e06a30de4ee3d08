package bot

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestTunnelThroughAProxy(t *testing.T) {
	for _, tt := range []struct{ answer, want string }{
		{"HTTP/1.1 200 Connection established\r\n\r\n", ""},
		{"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n", "407"},
		{"", "ask the proxy"},
	} {
		ours, theirs := net.Pipe()
		asked := make(chan *http.Request, 1)
		go func() {
			r, err := http.ReadRequest(bufio.NewReader(theirs))
			if err != nil {
				t.Error(err)
			}
			asked <- r
			io.WriteString(theirs, tt.answer)
			theirs.Close()
		}()
		err := tunnel(ours, &url.URL{Scheme: "http", Host: "proxy:3128", User: url.UserPassword("ann", "secret")}, "gateway.discord.gg:443")
		r := <-asked
		if r.Method != http.MethodConnect || r.Host != "gateway.discord.gg:443" || r.Header.Get("Proxy-Authorization") != "Basic YW5uOnNlY3JldA==" {
			t.Errorf("asked %s %s with %v", r.Method, r.Host, r.Header)
		}
		if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "secret")) {
			t.Errorf("after %q: %v", tt.answer, err)
		}
		ours.Close()
	}
}
