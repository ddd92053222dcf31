package store

// Sealed returns a value as a bucket keeps it.
func Sealed(name string, key, value []byte) []byte {
	return newRows(nil, bucket(name)).seal(key, value)
}
