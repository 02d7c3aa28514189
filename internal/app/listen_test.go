package app

import (
	"testing"

	"bellwether/internal/fault"
)

func TestListenNextTakesAnotherPortOnlyWhenAsked(t *testing.T) {
	first, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	taken := first.Addr().String()
	if _, err := Listen(taken); fault.CodeOf(err) != fault.AddressInUse {
		t.Errorf("Listen(%s) = %v, want %s", taken, err, fault.AddressInUse)
	}
	second, err := ListenNext(taken)
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	if second.Addr().String() == taken {
		t.Errorf("ListenNext gave %s, which is taken", taken)
	}
	if _, err := ListenNext("nowhere"); fault.CodeOf(err) != fault.ConfigInvalid {
		t.Errorf("ListenNext(nowhere) = %v, want %s", err, fault.ConfigInvalid)
	}
}
