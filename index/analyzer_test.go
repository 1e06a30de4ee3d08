package index_test

import (
	"slices"
	"testing"
	"unicode/utf8"

	"citebot/index"
)

// spoken is a text in each language that Bleve has an analyzer for, and in some that it has none for.
var spoken = map[string]string{
	"ar":  "أعلن المجلسُ إعادةَ فتح الميناء في ١٢ آذار، وقال العُمدة: «لن ننتظر».",
	"bg":  "Пристанището отново отваря врати на 12 март, каза кметът.",
	"ca":  "L’ajuntament va reobrir el port; «no podíem esperar», va dir l'alcaldessa.",
	"ckb": "بەندەرەکە لە ١٢ی ئازار دەکرێتەوە، پارێزگار وتی.",
	"cs":  "Přístav se znovu otevře 12. března, řekl starosta města.",
	"da":  "Havnen åbner igen den 12. marts, sagde borgmesteren i København.",
	"de":  "Die Häuser am Hafen brannten; Straße und Fußweg blieben gesperrt.",
	"el":  "Το λιμάνι ανοίγει ξανά στις 12 Μαρτίου, είπε ο δήμαρχος.",
	"en":  "The U.S. mayor’s “café” cost 100,000 kroner — Türkiye’s didn't 🚢 reopen.",
	"es":  "El puerto reabrirá el 12 de marzo, según la alcaldesa de Cádiz.",
	"eu":  "Portua martxoaren 12an irekiko da berriro, alkateak esan zuen.",
	"fa":  "شهردار گفت که کشتی\u200cها دوباره می\u200cآیند و بندر را نمی\u200cبندند؛ خانه\u200cهای قدیمی می\u200cمانند.",
	"fi":  "Satama avataan uudelleen 12. maaliskuuta, sanoi pormestari.",
	"fr":  "L’hôtel de ville rouvrira aujourd'hui ; les chevaux couraient dans la plaine.",
	"ga":  "Osclófar an cuan arís, a dúirt an tUachtarán; tháinig an t-athair.",
	"gl":  "O porto volve abrir o 12 de marzo, dixo a alcaldesa.",
	"hi":  "बंदरगाह १२ मार्च को फिर खुलेगा, महापौर ने कहा।",
	"hr":  "Luka se ponovno otvara 12. ožujka, rekao je gradonačelnik.",
	"hu":  "A kikötő március 12-én újra megnyílik, mondta a polgármester.",
	"hy":  "Նավահանգիստը կվերաբացվի մարտի 12-ին, ասաց քաղաքապետը։",
	"id":  "Pelabuhan akan dibuka kembali pada 12 Maret, kata wali kota.",
	"it":  "Il porto riaprirà il 12 marzo; l’acqua dell'isola è pulita.",
	"ja":  "港は三月十二日に再開すると市長は言った。ﾎﾃﾙとカフェも。",
	"ko":  "항구는 3월 12일에 다시 문을 연다고 시장이 말했다.",
	"nl":  "De haven gaat op 12 maart weer open, zei de burgemeester.",
	"nb":  "Havnen åpner igjen 12. mars, sa ordføreren i Tromsø.",
	"pl":  "Port zostanie ponownie otwarty 12 marca, powiedział burmistrz Łodzi.",
	"pt":  "O porto reabre a 12 de março, disse a presidente da câmara.",
	"ro":  "Portul se redeschide pe 12 martie, a spus primarul orașului.",
	"ru":  "Корабли стояли в гавани; порт откроется 12 марта, сказал мэр.",
	"sv":  "Hamnen öppnar igen den 12 mars, sade borgmästaren i Malmö.",
	"th":  "ท่าเรือจะเปิดอีกครั้งในวันที่ 12 มีนาคม",
	"tr":  "İstanbul limanı 12 Mart'ta yeniden açılacak, dedi belediye başkanı.",
	"zh":  "港口今天重新开放，市长说：“我们不能再等了。”𠮷野家也开了。",
	"xx":  "Blorp snarg wibble.",
}

func analyzer(t testing.TB, language string) *index.Analyzer {
	t.Helper()
	a, err := index.NewAnalyzer(language)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestOffsets: what a token points at is the word that it comes from, in every language.
func TestOffsets(t *testing.T) {
	for language, text := range spoken {
		a := analyzer(t, language)
		for _, text := range []string{text, "\u200c« " + text + " " + text, "e\u0301a\u0308 " + text} {
			tokens := a.Tokens(text)
			if len(tokens) == 0 {
				t.Errorf("%s: no tokens", language)
			}
			checkOffsets(t, a, text)
			for _, token := range tokens {
				alone := a.Tokens(text[token.Start:token.End])
				if !slices.ContainsFunc(alone, func(x index.Token) bool { return x.Term == token.Term && x.Stop == token.Stop }) {
					t.Errorf("%s: the token %q points at %q, whose tokens are %v", language, token.Term, text[token.Start:token.End], alone)
				}
			}
		}
	}
}

// TestPersianNonJoiner: words that a zero width non-joiner ties together are found each.
func TestPersianNonJoiner(t *testing.T) {
	text := "کشتی\u200cها و خانه\u200cهای قدیمی"
	var words []string
	for _, token := range analyzer(t, "fa").Tokens(text) {
		words = append(words, text[token.Start:token.End])
	}
	if want := []string{"کشتی", "خانه", "قدیمی"}; !slices.Equal(words, want) {
		t.Errorf("got %q, want %q", words, want)
	}
}

func checkOffsets(t *testing.T, a *index.Analyzer, text string) {
	t.Helper()
	last := 0
	for _, token := range a.Tokens(text) {
		switch {
		case token.Term == "":
			t.Errorf("%s: a token of %q has no term", a.Language(), text)
		case token.Start < last || token.End <= token.Start || token.End > len(text):
			t.Fatalf("%s: [%d, %d) after %d in %q", a.Language(), token.Start, token.End, last, text)
		case utf8.ValidString(text) && !utf8.ValidString(text[token.Start:token.End]):
			t.Errorf("%s: the token at [%d, %d) cuts a character of %q", a.Language(), token.Start, token.End, text)
		}
		last = token.Start
	}
}

// FuzzTokens: no text makes an analyzer panic or point at what is not there.
func FuzzTokens(f *testing.F) {
	for language, text := range spoken {
		f.Add(language, text)
	}
	f.Add("fa", "\u200c\u200c\xff\u200c")
	f.Add("zh", "\xe600")
	f.Add("en", "u.s.a. 1,000,000.50 ’s '")
	f.Fuzz(func(t *testing.T, language, text string) {
		checkOffsets(t, analyzer(t, language), text)
	})
}
