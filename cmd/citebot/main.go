// Command citebot answers questions about articles with the sentence that answers, word for word, and its citation.
package main

import "os"

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.Environ()))
}
