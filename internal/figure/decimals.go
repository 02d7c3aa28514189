package figure

import (
	"math/big"

	"bellwether/internal/fault"
)

// WithDecimals returns the number as it is published with so many decimals,
// which may be negative: 118 with one is 118.0, and 118700 with minus two is
// known to a hundred. It never drops a digit other than 0: 118.75 with one is
// number_decimals_exceed. So is 118.70, which says more than is declared.
func (v Value) WithDecimals(decimals int) (Value, error) {
	if decimals > MaxDecimals || decimals < -MaxMultiplier {
		return Value{}, tooLong("%d decimals are out of bounds", decimals)
	}
	pad := decimals - int(v.decimals)
	if pad == 0 {
		return v, nil
	}
	if pad < 0 && v.decimals > 0 {
		return Value{}, exceed(v, decimals)
	}
	padded, ok := v.shift(pad)
	if !ok {
		return Value{}, exceed(v, decimals)
	}
	padded.decimals = int32(decimals)
	if padded.digits() > MaxDigits {
		return Value{}, tooLong("%s with %d decimals has more than %d digits", v.Text(), decimals, MaxDigits)
	}
	return padded, nil
}

func exceed(v Value, decimals int) error {
	return fault.New(fault.Invalid, fault.NumberDecimalsExceed, "%s has more than the %d decimals that are declared", v.Text(), decimals).
		Expect("a number with at most the declared decimals")
}

// shift multiplies the coefficient by 10^places; for negative places it is
// false where digits other than 0 would go.
func (v Value) shift(places int) (Value, bool) {
	c := v.bigCoefficient()
	if places >= 0 {
		v.wide, v.coefficient = new(big.Int).Mul(c, bigPow10(places)), 0
		return v.narrow(), true
	}
	quotient, remainder := new(big.Int).QuoRem(c, bigPow10(-places), new(big.Int))
	v.wide, v.coefficient = quotient, 0
	return v.narrow(), remainder.Sign() == 0
}

// digits returns how many digits the text has.
func (v Value) digits() int {
	n := len(v.Text())
	if v.Sign() < 0 {
		n--
	}
	if v.decimals > 0 {
		n--
	}
	return n
}
