package ewgwatch

import "time"

// Wishes is what a host asked of its visitors, remembered from night to night.
type Wishes struct {
	Name         string // an origin ("https://www.mindef.gov.sg") for its robots.txt, a lane for how long to leave it alone
	Robots       []byte // robots.txt as last answered
	RobotsStatus int    // HTTP status of that answer; 0 where none is known
	RobotsAt     time.Time
	Until        time.Time // it asked to be left alone until then; zero where it did not
	Why          string    // … and how
	Refusals     int       // runs in a row that it refused so
}
