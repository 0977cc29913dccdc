"""A client of Muster's ConnectionServer, in the standard library only; written after docs/connection-protocol.md."""

import hashlib
import hmac
import os
import socket
import struct
import sys

HELLO = struct.Struct("<6sHcB6sQ32s")
FRAME = struct.Struct("<2sHIQ")
MAX_PAYLOAD = 65536
END, MORE, ABORT = b"\0", b"\1", b"\2"


class AuthenticationError(Exception):
    pass


class Connection:
    def __init__(self, address, key=None, max_message=1 << 28):
        family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
        self.socket = socket.socket(family, socket.SOCK_STREAM)
        self.socket.connect(address)
        self.max_message = max_message
        self._shake_hands(key)

    def _shake_hands(self, key):
        auth = 0 if key is None else 1
        mine = HELLO.pack(b"MUSTER", 1, b"C", auth, bytes(6), self.max_message, os.urandom(32))
        self.socket.sendall(mine)
        theirs = self._read(HELLO.size)
        magic, version, role, server_auth, zeros, self.peer_max, _ = HELLO.unpack(theirs)
        if (magic, version, role, zeros) != (b"MUSTER", 1, b"S", bytes(6)):
            raise ConnectionError("no server of version 1")
        if server_auth != auth:
            raise AuthenticationError("one side has no auth key")
        if key is None:
            if self._read(1) != b"\0":
                raise ConnectionError("not welcome")
            return
        secret = hashlib.sha256(key).digest()

        def proof(side):
            text = b"muster connection 1 " + side + mine + theirs
            return hmac.new(secret, text, hashlib.sha256).digest()

        self.socket.sendall(proof(b"client"))
        if self._read(1) != b"\0":
            raise AuthenticationError("the server has another key")
        if not hmac.compare_digest(self._read(32), proof(b"server")):
            raise AuthenticationError("the server does not know the key")

    def _read(self, count):
        data = bytearray()
        while len(data) < count:
            piece = self.socket.recv(count - len(data))
            if not piece:
                raise EOFError
            data += piece
        return bytes(data)

    def send_bytes(self, message):
        if len(message) > self.peer_max:
            raise ValueError("too large for the other side")
        at = 0
        while True:
            payload = message[at : at + MAX_PAYLOAD]
            at += len(payload)
            verdict = MORE if at < len(message) else END
            self.socket.sendall(FRAME.pack(b"Mu", 0, len(payload), len(message)) + payload + verdict)
            if verdict == END:
                return

    def recv_bytes(self):
        message = b""
        while True:
            magic, zero, length, total = FRAME.unpack(self._read(FRAME.size))
            if magic != b"Mu" or zero or length > MAX_PAYLOAD or total > self.max_message:
                raise ConnectionError("not a frame")
            message += self._read(length)
            verdict = self._read(1)
            if verdict == ABORT:
                message = b""
            elif verdict == END:
                if len(message) != total:
                    raise ConnectionError("not all of the message")
                return message

    def send(self, value):
        self.send_bytes(encode(value))

    def recv(self):
        return decode(self.recv_bytes())

    def close(self):
        self.socket.close()


def varint(number):
    data = bytearray()
    while number > 0x7F:
        data.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes(data + bytes([number]))


def read_varint(data, at):
    number = shift = 0
    while True:
        number |= (data[at] & 0x7F) << shift
        shift += 7
        at += 1
        if data[at - 1] < 0x80:
            return number, at


def encode(value):
    if value is None:
        return b"\x01"
    if isinstance(value, bool):
        return b"\x02" if value else b"\x03"
    if isinstance(value, int):
        small = -(1 << 31) <= value < 1 << 31
        return b"\x07" + struct.pack("<i", value) if small else b"\x08" + struct.pack("<q", value)
    if isinstance(value, float):
        return b"\x0a" + struct.pack("<d", value)
    if isinstance(value, bytes):
        return b"\x29" + varint(len(value)) + value
    if all(ord(c) < 256 for c in value):
        return b"\x0b" + varint(len(value) << 1) + value.encode("latin-1")
    units = value.encode("utf-16-le", "surrogatepass")
    return b"\x0b" + varint(len(units) // 2 << 1 | 1) + units


def decode(data):
    tag, rest = data[0], data[1:]
    if tag in (1, 2, 3):
        return {1: None, 2: True, 3: False}[tag]
    if tag in (7, 8, 10):
        return struct.unpack({7: "<i", 8: "<q", 10: "<d"}[tag], rest)[0]
    number, at = read_varint(data, 1)
    if tag == 0x29:
        return data[at : at + number]
    if tag == 0x0B:
        wide = number & 1
        return data[at:].decode("utf-16-le" if wide else "latin-1", *(["surrogatepass"] if wide else []))
    raise ValueError("tag %d is not known here" % tag)


def main(mode, address, key):
    """Sends back whatever comes, until the end: as bytes, or decoded and encoded again."""
    host, _, port = address.rpartition(":")
    try:
        connection = Connection((host, int(port)) if host else address, None if key == "none" else bytes.fromhex(key))
    except AuthenticationError as e:
        print("AuthenticationError:", e)
        return
    received = 0
    try:
        while True:
            if mode == "bytes":
                connection.send_bytes(connection.recv_bytes())
            else:
                connection.send(connection.recv())
            received += 1
    except EOFError:
        print(received, "messages")


if __name__ == "__main__":
    main(*sys.argv[1:])
