package app

import (
	"errors"
	"net"
	"strconv"
	"syscall"

	"bellwether/internal/fault"
)

// portsTried is how many ports after the one that is taken are tried.
const portsTried = 100

// Listen opens the address to serve on.
func Listen(address string) (net.Listener, error) {
	listener, err := net.Listen("tcp", address)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fault.Wrap(err, fault.Unavailable, fault.AddressInUse, "%s is taken", address).
			Expect("stop what runs there, choose another with --listen, or let --next-port choose")
	}
	if problem := (*net.AddrError)(nil); errors.As(err, &problem) && problem.Err == "missing port in address" {
		return nil, fault.Wrap(err, fault.Invalid, fault.ConfigInvalid, "%q names no port", address).
			Expect("an address and port such as 127.0.0.1:8080, or port 0 for any that is free")
	}
	if err != nil {
		return nil, fault.New(fault.Invalid, fault.ConfigInvalid, "cannot listen on %q: %v", address, err).
			Expect("an address and port such as 127.0.0.1:8080")
	}
	return listener, nil
}

// ListenNext is Listen that goes on to the next free port when the one asked
// for is taken.
func ListenNext(address string) (net.Listener, error) {
	listener, err := Listen(address)
	if fault.CodeOf(err) != fault.AddressInUse {
		return listener, err
	}
	host, port, splitErr := net.SplitHostPort(address)
	first, numberErr := strconv.Atoi(port)
	if splitErr != nil || numberErr != nil {
		return nil, err
	}
	for next := first + 1; next <= first+portsTried && next < 1<<16; next++ {
		listener, nextErr := Listen(net.JoinHostPort(host, strconv.Itoa(next)))
		if nextErr == nil {
			return listener, nil
		}
	}
	return nil, err
}
