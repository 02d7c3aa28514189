package api

import (
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"bellwether/internal/fault"
)

// languageOf returns the language that a request asks for, also one that is
// refused: zh, or en.
func languageOf(r *http.Request) string {
	pairs, err := splitQuery(r.URL.RawQuery)
	if err == nil && slices.ContainsFunc(pairs, func(p pair) bool { return p.name == "lang" && strings.EqualFold(p.value, "zh") }) {
		return "zh"
	}
	return "en"
}

// inChinese puts the title and detail of a problem into Chinese, and what was
// expected where that is one of the sentences that parameters have. A code
// without a saying stays in English.
func (p *problem) inChinese() {
	s, known := sayings[fault.Code(p.Code)]
	if !known {
		return
	}
	first := item{}
	if len(p.Errors) > 0 {
		first = p.Errors[0]
	}
	p.Detail = s.say(first, p.Detail)
	p.Title = s.title
	for i := range p.Errors {
		p.Errors[i].Expected = expectedInChinese(p.Errors[i].Expected)
	}
}

// saying is what a code says in Chinese. In the detail {parameter}, {what},
// {value} and {expected} stand for what the first finding has, {1} and {2} for
// the numbers in the English detail; a piece in brackets is left out where it
// would have an empty text.
type saying struct{ title, detail string }

// What is looked for in an English detail: texts in quotes, and numbers.
var (
	quotedText = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)
	anyNumber  = regexp.MustCompile(`[0-9]+(?:\.[0-9]+)?`)
	optional   = regexp.MustCompile(`\[[^\]]*\]`)
)

// say makes the detail of a finding and the English detail.
func (s saying) say(of item, english string) string {
	value := of.Value
	if value == "" {
		value, _ = strconv.Unquote(quotedText.FindString(english))
	}
	expected := expectedInChinese(of.Expected)
	if strings.HasPrefix(expected, "nothing") || strings.HasPrefix(expected, "no ") {
		expected = ""
	}
	what, known := parameterWords[of.Parameter]
	if !known {
		what = of.Parameter
	}
	numbers := append(anyNumber.FindAllString(english, 2), "", "")
	texts := map[string]string{
		"{parameter}": of.Parameter, "{what}": what, "{value}": value, "{expected}": expected, "{1}": numbers[0], "{2}": numbers[1],
	}
	detail := optional.ReplaceAllStringFunc(s.detail, func(piece string) string {
		for name, text := range texts {
			if text == "" && strings.Contains(piece, name) {
				return ""
			}
		}
		return piece[1 : len(piece)-1]
	})
	var pairs []string
	for name, text := range texts {
		pairs = append(pairs, name, text)
	}
	return strings.NewReplacer(pairs...).Replace(detail)
}

func expectedInChinese(text string) string {
	if chinese, known := expectations[text]; known {
		return chinese
	}
	return text
}
