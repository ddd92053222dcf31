package send

import "ewgwatch/alert/message"

// Message is an alert as its receiver reads it.
type Message = message.Message
