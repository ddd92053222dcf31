package chat

import (
	"net/http"
	"time"

	"github.com/nicholas-fedor/shoutrrr/pkg/services/chat/discord"
	"github.com/nicholas-fedor/shoutrrr/pkg/services/chat/mattermost"
	"github.com/nicholas-fedor/shoutrrr/pkg/services/chat/rocketchat"
	"github.com/nicholas-fedor/shoutrrr/pkg/services/incident/pagerduty"
	"github.com/nicholas-fedor/shoutrrr/pkg/services/push/gotify"
	"github.com/nicholas-fedor/shoutrrr/pkg/services/push/ntfy"
	"github.com/nicholas-fedor/shoutrrr/pkg/services/push/pushover"
	"github.com/nicholas-fedor/shoutrrr/pkg/types"
)

// hand makes a service speak through a transport of ours, each in the way it lets
// us, and says whether it does.
func hand(service types.Service, through http.RoundTripper) bool {
	client := &http.Client{Transport: through}
	switch s := service.(type) {
	case *ntfy.Service:
		s.SetHTTPClient(client)
	case *pagerduty.Service:
		s.SetHTTPClient(client)
	case *discord.Service:
		s.HTTPClient, s.Sleeper = client, awake{}
	case *gotify.Service:
		*s.GetHTTPClient() = *client
	case *mattermost.Service:
		*s.GetHTTPClient() = *client
	case *rocketchat.Service:
		s.Client = client
	case *pushover.Service:
		s.Client = client
	default:
		return false
	}
	return true
}

// awake does not sleep between a service's own attempts: after a refusal the tap
// lets none pass.
type awake struct{}

// Sleep returns at once.
func (awake) Sleep(time.Duration) {}
