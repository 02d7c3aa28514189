package figure

import "strings"

// A scale is a word for a power of ten.
type scale struct {
	word     string
	exponent int
}

// scales are the scale words, each before those that it begins or ends with;
// English ones on the short scale. Read only.
var scales = [...]scale{
	{"万亿", 12}, {"十亿", 9}, {"千万", 7}, {"百万", 6},
	{"亿", 8}, {"万", 4}, {"千", 3}, {"百", 2},
	{"thousand", 3}, {"million", 6}, {"billion", 9}, {"trillion", 12},
	{"mln", 6}, {"trn", 12}, {"mn", 6}, {"bn", 9}, {"tn", 12},
}

// ambiguousScales are letters that stand for thousands or millions, for
// millions or milliards, and so on, as the house likes; read only.
var ambiguousScales = [...]string{"m", "b", "k"}

func isAmbiguous(word string) bool {
	for _, letter := range ambiguousScales {
		if word == letter {
			return true
		}
	}
	return false
}

// around returns what is left of a text when the word is taken off its front,
// off its end, and out of the middle of 人民币亿元.
func (s scale) around(text string) []string {
	var rests []string
	if rest, ok := strings.CutPrefix(text, s.word); ok {
		rests = append(rests, strings.TrimSpace(rest))
	}
	if rest, ok := strings.CutSuffix(text, s.word); ok {
		rests = append(rests, strings.TrimSpace(rest))
	}
	if rest, ok := strings.CutPrefix(text, renminbi); ok {
		if rest, ok := strings.CutPrefix(strings.TrimSpace(rest), s.word); ok && strings.TrimSpace(rest) == "元" {
			rests = append(rests, renminbi)
		}
	}
	return rests
}

const renminbi = "人民币"

// currencyWords are the words, codes and signs for currencies that are known
// without a catalogue, each of one currency only; read only.
var currencyWords = map[string]string{
	"cny": "CNY", "usd": "USD", "eur": "EUR", "jpy": "JPY", "hkd": "HKD", "gbp": "GBP",
	"yuan": "CNY", "rmb": "CNY", "us$": "USD", "hk$": "HKD", "€": "EUR",
	renminbi: "CNY", "元人民币": "CNY", "元 人民币": "CNY", "人民币元": "CNY", "人民币 元": "CNY",
	"美元": "USD", "欧元": "EUR", "日元": "JPY", "港元": "HKD", "英镑": "GBP",
}

// ownSign says that a currency has a sign of its own, so that $ is not it.
func ownSign(currency string) bool {
	switch strings.ToUpper(currency) {
	case "CNY", "EUR", "GBP", "JPY":
		return true
	}
	return false
}
