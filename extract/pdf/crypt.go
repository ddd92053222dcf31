package pdf

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"math/big"
)

// padding is what passwords are filled up with (7.6.4.3.2).
const padding = "\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08" +
	"\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A"

// key undoes the encryption of a file (7.6). Many releases are encrypted only
// to forbid changes, and open with the empty password.
type key struct {
	bytes    []byte
	aes      bool // and not RC4
	whole    bool // the key is the same for all objects, as of AES-256
	metadata bool // the XMP stream is encrypted too
}

// unlock finds the key of an encrypted file, and takes it from the strings. It
// returns [ErrEncrypted] where the empty password does not open the file.
func (f *file) unlock() error {
	d := f.dict(f.trailer["Encrypt"])
	if d == nil {
		return nil
	}
	k := &key{metadata: d["EncryptMetadata"] != false}
	if f.name(d["Filter"]) != "Standard" || !f.method(k, d) {
		return ErrEncrypted
	}
	revision := int(f.number(d["R"]))
	if revision >= 5 {
		k.bytes = f.key256(d, revision)
	} else {
		k.bytes = f.key128(d, revision, k.metadata)
	}
	if k.bytes == nil {
		return ErrEncrypted
	}
	f.key = k
	f.openStrings(f.trailer["Encrypt"])
	return nil
}

// method reads which cipher streams are under; false where it is not one known.
func (f *file) method(k *key, d dict) bool {
	switch v := f.number(d["V"]); v {
	case 1, 2:
		return true
	case 4, 5:
		filter := f.dict(f.dict(d["CF"])[f.name(d["StmF"])])
		m := f.name(filter["CFM"])
		k.aes = m == "AESV2" || m == "AESV3"
		k.whole = v == 5
		return k.aes || m == "V2"
	}
	return false
}

// key128 is algorithms 2, 4 and 5; nil where the empty password is wrong.
func (f *file) key128(d dict, revision int, metadata bool) []byte {
	n := 5
	if revision >= 3 {
		n = max(5, min(int(or(f.number(d["Length"]), 128))/8, 16))
	}
	var id string
	if ids := f.array(f.trailer["ID"]); len(ids) > 0 {
		id, _ = f.resolve(ids[0]).(string)
	}
	owner, _ := f.resolve(d["O"]).(string)
	user, _ := f.resolve(d["U"]).(string)
	if len(owner) < 32 || len(user) < 32 {
		return nil
	}
	h := md5.New()
	h.Write([]byte(padding + owner[:32]))
	h.Write(binary.LittleEndian.AppendUint32(nil, uint32(int64(f.number(d["P"])))))
	h.Write([]byte(id))
	if revision >= 4 && !metadata {
		h.Write([]byte{255, 255, 255, 255})
	}
	sum := h.Sum(nil)
	for i := 0; i < 50 && revision >= 3; i++ {
		again := md5.Sum(sum[:n])
		sum = again[:]
	}
	if !opens(sum[:n], id, user, revision) {
		return nil
	}
	return sum[:n]
}

// opens holds a key against the user entry.
func opens(key []byte, id, user string, revision int) bool {
	if revision < 3 {
		return string(unRC4(key, []byte(padding))) == user[:32]
	}
	sum := md5.Sum([]byte(padding + id))
	out := sum[:]
	for i := range 20 {
		turned := bytes.Clone(key)
		for j := range turned {
			turned[j] ^= byte(i)
		}
		out = unRC4(turned, out)
	}
	return string(out) == user[:16]
}

// key256 is algorithm 2.A with the empty password.
func (f *file) key256(d dict, revision int) []byte {
	user, _ := f.resolve(d["U"]).(string)
	sealed, _ := f.resolve(d["UE"]).(string)
	if len(user) < 48 || len(sealed) < 32 {
		return nil
	}
	if !bytes.Equal(hash256([]byte(user[32:40]), revision), []byte(user[:32])) {
		return nil
	}
	block, err := aes.NewCipher(hash256([]byte(user[40:48]), revision))
	if err != nil {
		return nil
	}
	out := make([]byte, 32)
	cipher.NewCBCDecrypter(block, make([]byte, 16)).CryptBlocks(out, []byte(sealed[:32]))
	return out
}

// hash256 is algorithm 2.B with the empty password.
func hash256(salt []byte, revision int) []byte {
	first := sha256.Sum256(salt)
	k := first[:]
	for round := 0; revision >= 6; round++ {
		k1 := bytes.Repeat(k, 64)
		block, err := aes.NewCipher(k[:16])
		if err != nil {
			return nil
		}
		cipher.NewCBCEncrypter(block, k[16:32]).CryptBlocks(k1, k1)
		k = hashBy(k1)
		if round >= 63 && int(k1[len(k1)-1]) <= round-32 {
			break
		}
	}
	return k[:32]
}

// hashBy picks one of three hashes by the first 16 bytes modulo three.
func hashBy(b []byte) []byte {
	switch new(big.Int).Mod(new(big.Int).SetBytes(b[:16]), big.NewInt(3)).Int64() {
	case 0:
		sum := sha256.Sum256(b)
		return sum[:]
	case 1:
		sum := sha512.Sum384(b)
		return sum[:]
	}
	sum := sha512.Sum512(b)
	return sum[:]
}

// stream returns the bytes of a stream in the clear.
func (k *key) stream(s *stream) []byte {
	switch {
	case k == nil, s.dict["Type"] == name("XRef"), s.dict["Type"] == name("Metadata") && !k.metadata:
		return s.raw
	}
	return k.open(s.raw, s.id, s.gen)
}

// open is algorithms 1 and 1.A.
func (k *key) open(b []byte, id ref, gen int) []byte {
	use := k.bytes
	if !k.whole {
		h := md5.New()
		h.Write(use)
		h.Write([]byte{byte(id), byte(id >> 8), byte(id >> 16), byte(gen), byte(gen >> 8)})
		if k.aes {
			h.Write([]byte("sAlT"))
		}
		use = h.Sum(nil)[:min(len(use)+5, 16)]
	}
	if k.aes {
		return unAES(use, b)
	}
	return unRC4(use, b)
}

func unRC4(key, b []byte) []byte {
	c, err := rc4.NewCipher(key)
	if err != nil {
		return nil
	}
	out := make([]byte, len(b))
	c.XORKeyStream(out, b)
	return out
}

func unAES(key, b []byte) []byte {
	block, err := aes.NewCipher(key)
	if err != nil || len(b) < 32 {
		return nil
	}
	body := b[16 : len(b)-len(b)%16]
	out := make([]byte, len(body))
	cipher.NewCBCDecrypter(block, b[:16]).CryptBlocks(out, body)
	if pad := int(out[len(out)-1]); pad <= 16 {
		out = out[:len(out)-pad]
	}
	return out
}

// openStrings decrypts the strings of the title and date, the only ones read
// that stand outside streams and matter: those of the metadata dictionary.
func (f *file) openStrings(encrypt object) {
	id, ok := f.trailer["Info"].(ref)
	info := f.dict(id)
	if !ok || info == nil || f.trailer["Info"] == encrypt {
		return
	}
	for k, v := range info {
		if s, ok := v.(string); ok {
			info[k] = string(f.key.open([]byte(s), id, f.gens[id]))
		}
	}
}
