package engine

import (
	"context"
	"sync"

	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// together performs the trial at an index of the order, and with it the
// questions that follow and do not mind: logins of the known member, each in a
// browser of its own, of which none depends on what another one shows. Controls
// are never among them, so each question still stands between two. The runs keep
// the numbers of the order.
func together(ctx context.Context, p *Plan, st Stage, order []Performance, seq int, sh shapes) map[int]transcript.Run {
	group := []int{seq}
	names := map[string]bool{order[seq].Trial.Name: true}
	if independent(order[seq]) {
		for i := seq + 1; i < len(order) && len(group) < st.Parallel; i++ {
			t := order[i].Trial
			if !independent(order[i]) || names[t.Only] {
				break
			}
			if !sh.pointless(p, t) {
				group, names[t.Name] = append(group, i), true
			}
		}
	}
	runs := make([]transcript.Run, len(group))
	var wait sync.WaitGroup
	for n, i := range group {
		wait.Go(func() { runs[n] = perform(ctx, st, st.Number+i, order[i]) })
	}
	wait.Wait()
	out := map[int]transcript.Run{}
	for n, i := range group {
		out[i] = runs[n]
	}
	return out
}

// independent says whether a performance may have others beside it.
func independent(perf Performance) bool {
	t := perf.Trial
	if t.Role != trial.Probe || t.Part != trial.Question || perf.Again > 0 {
		return false
	}
	for _, s := range t.Steps {
		if do, ok := s.Do.(trial.Login); !ok || do.As != trial.Known || do.Heavy {
			return false
		}
	}
	return true
}
