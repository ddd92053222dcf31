package ewgwatch

// Entry is what one commit changed in the store, as the archive keeps it: the
// store's own bytes, of which the archive understands nothing.
type Entry struct {
	Capture // where it is; its SHA256 is that of Block
	Block   []byte
}
