package figure

import (
	"math/big"
	"strconv"
	"strings"

	"bellwether/internal/fault"
)

// fastDigits is how many digits always fit the fast path.
const fastDigits = 18

// Parse reads the strict plain form that figures are stored in: an optional
// minus, digits without a needless leading zero, and an optional point with
// digits behind it. There is no exponent, separator, sign + or space. The
// decimals are those of the text, trailing zeros included. A minus before a
// zero is dropped. Over 38 digits, 18 decimals or a multiplier of 60 either
// way it is number_too_long.
func Parse(text string, multiplier int) (Value, error) {
	if multiplier > MaxMultiplier || multiplier < -MaxMultiplier {
		return Value{}, tooLong("the multiplier %d is not in -%d to %d", multiplier, MaxMultiplier, MaxMultiplier)
	}
	if len(text) > MaxBytes {
		return Value{}, tooLong("%q has %d bytes", fault.Clip(text), len(text))
	}
	unsigned, negative := strings.CutPrefix(text, "-")
	whole, fraction, ok := split(unsigned)
	if !ok {
		return Value{}, malformed(text)
	}
	if err := checkSize(whole, fraction, text); err != nil {
		return Value{}, err
	}
	v := compose(whole, fraction, multiplier)
	if negative {
		v = v.Neg()
	}
	return v, nil
}

// MustParse is Parse for texts that are known to be good; it panics on others.
func MustParse(text string, multiplier int) Value {
	v, err := Parse(text, multiplier)
	if err != nil {
		panic(err)
	}
	return v
}

// split takes digits[.digits] apart.
func split(text string) (whole, fraction string, ok bool) {
	whole, fraction, point := strings.Cut(text, ".")
	return whole, fraction, allDigits(whole) && (!point || allDigits(fraction))
}

func allDigits(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return text != ""
}

// checkSize refuses a leading zero and then what is over the bounds.
func checkSize(whole, fraction, text string) error {
	switch {
	case len(whole) > 1 && whole[0] == '0':
		return fault.New(fault.Invalid, fault.NumberLeadingZero, "%q begins with a zero", fault.Clip(text)).
			Expect("a number without leading zeros; a code belongs in another column")
	case len(whole)+len(fraction) > MaxDigits:
		return tooLong("%q has %d digits", fault.Clip(text), len(whole)+len(fraction))
	case len(fraction) > MaxDecimals:
		return tooLong("%q has %d decimals", fault.Clip(text), len(fraction))
	}
	return nil
}

// compose builds the value of digits that were checked.
func compose(whole, fraction string, multiplier int) Value {
	v := Value{decimals: int32(len(fraction)), multiplier: int32(multiplier)}
	if len(whole)+len(fraction) <= fastDigits {
		v.coefficient = addDigits(addDigits(0, whole), fraction)
		return v
	}
	v.wide, _ = new(big.Int).SetString(whole+fraction, 10)
	return v.narrow()
}

func addDigits(n int64, digits string) int64 {
	for i := range len(digits) {
		n = n*10 + int64(digits[i]-'0')
	}
	return n
}

// Text returns the number as it is printed at its multiplier, with its
// decimals: 118.70. Where decimals are negative, zeros fill up to the point.
func (v Value) Text() string {
	var buffer [64]byte
	return string(v.AppendText(buffer[:0]))
}

// String returns Text, and the multiplier where there is one: 118.7e9.
func (v Value) String() string {
	if v.multiplier == 0 {
		return v.Text()
	}
	return v.Text() + "e" + strconv.Itoa(int(v.multiplier))
}

// AppendText appends Text to dst. It allocates only where dst must grow or the
// coefficient does not fit an int64.
func (v Value) AppendText(dst []byte) []byte {
	if v.Sign() < 0 {
		dst = append(dst, '-')
	}
	if v.wide != nil {
		return appendPoint(dst, new(big.Int).Abs(v.wide).Append(nil, 10), int(v.decimals))
	}
	var buffer [20]byte
	return appendPoint(dst, strconv.AppendUint(buffer[:0], magnitude(v.coefficient), 10), int(v.decimals))
}

// appendPoint appends digits with the point so many places from the right.
func appendPoint(dst, digits []byte, decimals int) []byte {
	switch {
	case decimals <= 0 && digits[0] == '0':
		return append(dst, '0')
	case decimals <= 0:
		return appendZeros(append(dst, digits...), -decimals)
	}
	whole := len(digits) - decimals
	if whole <= 0 {
		dst = append(dst, '0', '.')
		return append(appendZeros(dst, -whole), digits...)
	}
	dst = append(dst, digits[:whole]...)
	return append(append(dst, '.'), digits[whole:]...)
}

func appendZeros(dst []byte, n int) []byte {
	for range n {
		dst = append(dst, '0')
	}
	return dst
}

func malformed(text string) error {
	return fault.New(fault.Invalid, fault.NumberMalformed, "%q is not a number", fault.Clip(text)).
		Expect("digits with at most one decimal point, such as 118.70")
}

func tooLong(format string, args ...any) error {
	return fault.New(fault.Invalid, fault.NumberTooLong, format, args...).
		Expect("at most %d digits, %d decimals and %d bytes", MaxDigits, MaxDecimals, MaxBytes)
}
