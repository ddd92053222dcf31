package send

import "time"

// backoff returns the pause after so many failures, from 1: "full jitter", any
// length up to base doubled with each failure, and never over most. Clients that
// failed together come back apart (M. Brooker, Exponential Backoff And Jitter, AWS
// Architecture Blog, 2015). random is in [0, 1).
func backoff(failures int, base, most time.Duration, random float64) time.Duration {
	ceiling := base
	for range max(0, failures-1) {
		if ceiling >= most/2 {
			ceiling = most
			break
		}
		ceiling *= 2
	}
	return time.Duration(random * float64(min(ceiling, most)))
}
