package bot

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/gorilla/websocket"
)

// dialer connects discordgo to the gateway over links, and gives each of them to made. ctx ends every attempt, and so does
// timeout, which a link has for Discord's first packet too. The dialer does TLS and proxies by itself, because a link must
// see what is sent in the clear.
func dialer(ctx context.Context, timeout time.Duration, made func(*link)) *websocket.Dialer {
	open := func(scheme string) func(context.Context, string, string) (net.Conn, error) {
		return func(_ context.Context, _, address string) (net.Conn, error) {
			ctx, cancel := context.WithTimeout(ctx, timeout)
			defer cancel()
			c, err := dial(ctx, scheme, address)
			if err != nil {
				return nil, err
			}
			l := newLink(c, timeout)
			made(l)
			return l, nil
		}
	}
	return &websocket.Dialer{NetDialContext: open("http"), NetDialTLSContext: open("https")}
}

// dial opens a connection to address ("host:port"), through the proxy that HTTPS_PROXY and its kin name for it, if any.
func dial(ctx context.Context, scheme, address string) (net.Conn, error) {
	proxy, err := http.ProxyFromEnvironment(&http.Request{URL: &url.URL{Scheme: scheme, Host: address}})
	if err != nil {
		return nil, err
	}
	first := address
	if proxy != nil {
		if proxy.Scheme != "http" {
			return nil, fmt.Errorf("the proxy %s is none of the kind http://", proxy.Redacted())
		}
		first = proxy.Host
	}
	c, err := new(net.Dialer).DialContext(ctx, "tcp", first)
	if err != nil {
		return nil, err
	}
	deadline, _ := ctx.Deadline()
	c.SetDeadline(deadline)
	defer c.SetDeadline(time.Time{})
	if proxy != nil {
		if err := tunnel(c, proxy, address); err != nil {
			c.Close()
			return nil, err
		}
	}
	if scheme == "http" {
		return c, nil
	}
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	secure := tls.Client(c, &tls.Config{ServerName: host})
	if err := secure.HandshakeContext(ctx); err != nil {
		c.Close()
		return nil, err
	}
	return secure, nil
}

// tunnel asks the proxy at the other end of c to connect to address.
func tunnel(c net.Conn, proxy *url.URL, address string) error {
	r := &http.Request{Method: http.MethodConnect, URL: &url.URL{Opaque: address}, Host: address, Header: http.Header{}}
	if u := proxy.User; u != nil {
		password, _ := u.Password()
		r.Header.Set("Proxy-Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(u.Username()+":"+password)))
	}
	if err := r.Write(c); err != nil {
		return fmt.Errorf("ask the proxy: %w", err)
	}
	// The server speaks only when spoken to, so nothing of it can be lost in this reader.
	resp, err := http.ReadResponse(bufio.NewReader(c), r)
	if err != nil {
		return fmt.Errorf("ask the proxy: %w", err)
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("the proxy answered %s", resp.Status)
	}
	return nil
}
