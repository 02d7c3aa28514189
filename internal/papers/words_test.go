package papers

import (
	"strings"
	"testing"
)

// command is a line of a session, taken apart.
type command struct {
	env   []string // NAME=value in front
	words []string
	plain bool // nothing of it is for a shell: no pipe, no redirection, no variable
}

// split takes a line apart as a shell does, as far as these papers go. What
// comes behind a pipe or another operator is left out.
func split(line string) command {
	var c command
	var word strings.Builder
	quote, inWord, plain := byte(0), false, true
	finish := func() {
		if inWord {
			c.words = append(c.words, word.String())
		}
		word.Reset()
		inWord = false
	}
scan:
	for i := 0; i < len(line); i++ {
		at := line[i]
		switch {
		case quote != 0 && at == quote:
			quote = 0
		case quote == '\'':
			word.WriteByte(at)
		case at == '\'' || at == '"':
			quote, inWord = at, true
		case at == '$':
			plain = false
			word.WriteByte(at)
		case quote != 0:
			word.WriteByte(at)
		case at == ' ':
			finish()
		case strings.IndexByte("|&;<>", at) >= 0:
			plain = false
			break scan
		default:
			inWord = true
			word.WriteByte(at)
		}
	}
	finish()
	for len(c.words) > 0 && strings.Contains(c.words[0], "=") && !strings.HasPrefix(c.words[0], "-") {
		c.env = append(c.env, c.words[0])
		c.words = c.words[1:]
	}
	c.plain = plain && quote == 0
	return c
}

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		line, want string
		plain      bool
	}{
		{"bellwether show gdp.cn.cny", "bellwether|show|gdp.cn.cny", true},
		{"A=1 bellwether import x.csv --set delimiter=';'", "bellwether|import|x.csv|--set|delimiter=;", true},
		{`curl -H "Authorization: Bearer $KEY" 'localhost/?a=b&c=d' | jq .x`, "curl|-H|Authorization: Bearer $KEY|localhost/?a=b&c=d", false},
		{"bellwether export > figures.csv", "bellwether|export", false},
	} {
		got := split(c.line)
		if strings.Join(got.words, "|") != c.want || got.plain != c.plain {
			t.Errorf("split(%q) = %q, plain %v, want %q, plain %v", c.line, got.words, got.plain, c.want, c.plain)
		}
	}
}
