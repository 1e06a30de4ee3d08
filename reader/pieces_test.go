package reader

import (
	"compress/gzip"
	"encoding/binary"
	"io"
	"os"
	"slices"
	"testing"

	"citebot/reader/internal/wordpiece"
)

// The golden file has 10,000 strings and what Hugging Face's tokenizer makes of them; train/tokens.py says how it is made.
func TestPiecesAreThoseOfHuggingFace(t *testing.T) {
	m := open(t)
	data := unzip(t, "testdata/pieces.gz")
	number := func() int {
		n, size := binary.Uvarint(data)
		if size <= 0 {
			t.Fatal("the golden file is cut off")
		}
		data = data[size:]
		return int(n)
	}
	texts, wrong := 0, 0
	for len(data) > 0 {
		length := number()
		text := string(data[:length])
		data = data[length:]
		var want []wordpiece.Piece
		end := 0
		for range number() {
			id, gap := number(), number()
			start := end + (gap>>1 ^ -(gap & 1))
			end = start + number()
			want = append(want, wordpiece.Piece{ID: int32(id), Start: start, End: end})
		}
		texts++
		if got := m.pieces(text, -1); !slices.Equal(got, want) {
			if wrong++; wrong <= 10 {
				t.Errorf("%q:\n got %v\nwant %v", text, got, want)
			}
		}
	}
	if texts != 10000 || wrong > 0 {
		t.Errorf("%d of %d texts are cut in another way", wrong, texts)
	}
}

func unzip(t testing.TB, path string) []byte {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	z, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
