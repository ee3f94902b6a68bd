package actor

import (
	"context"
	"errors"

	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/target"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// administer changes one person's account. The step names the person if the
// change was asked for, and nobody where there is no way to ask.
func (s *Stage) administer(ctx context.Context, ref trial.Person, change func(Directory, context.Context, idp.Person) error) transcript.Step {
	var step transcript.Step
	who, ok := s.People[ref]
	if !ok || s.Members == nil {
		return step
	}
	ctx, cancel := s.patience(ctx)
	defer cancel()
	err := change(s.Members, ctx, who)
	if errors.Is(err, errors.ErrUnsupported) {
		return step
	}
	step.Person = string(ref)
	if err != nil {
		step.Fault = err.Error()
	}
	return step
}

// Disable implements Directory.
func (d *described) Disable(ctx context.Context, p idp.Person) error {
	return asked(ctx, d.m.Disable, p)
}

// Remove implements Directory.
func (d *described) Remove(ctx context.Context, p idp.Person) error {
	return asked(ctx, d.m.Remove, p)
}

// asked runs one of the target's commands for a person.
func asked(ctx context.Context, c *target.Command, p idp.Person) error {
	if c == nil || len(c.Command) == 0 {
		return errors.ErrUnsupported
	}
	_, err := run(ctx, expanded(c.Command, p))
	return err
}
