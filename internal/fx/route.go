package fx

// route finds the steps from one currency to the other. Money that the law
// made one is divided and multiplied by its irrevocable rate; between the rest
// the market's rates decide; where the market quotes only a successor, the
// figure is restated in it first.
func (b *Book) route(ask Ask) ([]step, error) {
	if s, tie := b.bondStep(ask, ask.From, ask.To); tie != unbound {
		return []step{s}, nil
	}
	if steps, tie := b.siblings(ask); tie == fixed {
		return steps, nil
	}
	found, err := b.market(ask)
	if err == nil {
		return []step{found.step(ask)}, nil
	}
	if !missing(err) {
		return nil, err
	}
	if steps, detour := b.detour(ask); detour == nil {
		return steps, nil
	} else if !missing(detour) {
		return nil, detour
	}
	if steps, tie := b.siblings(ask); tie == restated {
		return steps, nil
	}
	return nil, err
}

// bondStep is the step between a currency and its successor, in either
// direction, unless the two had a market between them or are no such couple.
func (b *Book) bondStep(ask Ask, from, to string) (step, bond) {
	old, tie := b.currencies.bond(from, ask.Period.Start())
	inverted := true
	if old.Successor != to || tie == unbound {
		old, tie = b.currencies.bond(to, ask.Period.Start())
		inverted = false
		if old.Successor != from {
			return step{}, unbound
		}
	}
	s := step{
		rate: ratioOf(old.Irrevocable.Rat()),
		Leg: Leg{
			Method: IrrevocablyFixed, Quotation: quotation(old.Successor, old.Code),
			Rate: old.Irrevocable.Text(), Inverted: inverted,
		},
	}
	if tie == restated {
		s.flags = []string{PreEuroFixedRate}
	}
	return s, tie
}

// siblings are the two steps between currencies with one successor, and the
// weaker of their bonds.
func (b *Book) siblings(ask Ask) ([]step, bond) {
	heir := b.currencies.all[ask.From].Successor
	if heir == "" || heir != b.currencies.all[ask.To].Successor {
		return nil, unbound
	}
	first, tie := b.bondStep(ask, ask.From, heir)
	second, other := b.bondStep(ask, heir, ask.To)
	if tie == unbound || other == unbound {
		return nil, unbound
	}
	return []step{first, second}, min(tie, other)
}

// detour restates one side in the successor that it is one money with, and
// goes on from there. It is rate_missing where there is no such side.
func (b *Book) detour(ask Ask) ([]step, error) {
	if old, tie := b.currencies.bond(ask.From, ask.Period.Start()); tie == fixed {
		first, _ := b.bondStep(ask, ask.From, old.Successor)
		rest, err := b.route(ask.between(old.Successor, ask.To))
		return append([]step{first}, rest...), err
	}
	if old, tie := b.currencies.bond(ask.To, ask.Period.Start()); tie == fixed {
		last, _ := b.bondStep(ask, old.Successor, ask.To)
		rest, err := b.route(ask.between(ask.From, old.Successor))
		return append(rest, last), err
	}
	return nil, none(ask)
}
