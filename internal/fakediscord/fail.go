package fakediscord

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// Failure makes REST requests fail. It applies to the next Times requests (0 means 1) whose method and path fit.
type Failure struct {
	Method string // "" fits all
	Path   string // fits if the path contains it
	Skip   int    // let this many that fit pass first
	Every  int    // and this many between two that fail
	Times  int

	Status int               // what is answered; 0 with neither Cut nor Hang lets the request pass, with Header
	Header map[string]string // sent along
	Body   string            // what is answered
	Cut    bool              // the connection is cut before an answer
	After  bool              // with Cut or Status: the request is carried out first, and only then seems to fail
	Hang   bool              // there is no answer until the bot gives up
}

// Fail adds a failure.
func (f *Server) Fail(x Failure) {
	if x.Times == 0 {
		x.Times = 1
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.failures = append(f.failures, &x)
}

// Mend ends all failures.
func (f *Server) Mend() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.failures = nil
}

// RateLimited is a 429 as Discord sends it.
func RateLimited(after time.Duration) Failure {
	secs := after.Seconds()
	return Failure{
		Status: http.StatusTooManyRequests,
		Header: map[string]string{"Content-Type": "application/json", "Retry-After": fmt.Sprint(secs),
			"X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": fmt.Sprint(secs)},
		Body: fmt.Sprintf(`{"message":"You are being rate limited.","retry_after":%v,"global":false}`, secs),
	}
}

// failing is the failure that the request meets, if any.
func (f *Server) failing(r *http.Request, path string) *Failure {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, x := range f.failures {
		if x.Times == 0 || x.Method != "" && x.Method != r.Method || !strings.Contains(path, x.Path) {
			continue
		}
		if x.Skip > 0 {
			x.Skip--
			continue
		}
		x.Times--
		x.Skip = x.Every
		return x
	}
	return nil
}

// refuse answers with an error as Discord words it.
func refuse(w http.ResponseWriter, status, code int, message string) {
	reply(w, status, map[string]any{"message": message, "code": code})
}

func reply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(body)
}
