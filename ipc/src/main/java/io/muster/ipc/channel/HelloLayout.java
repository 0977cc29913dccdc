package io.muster.ipc.channel;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * What either side says first. All numbers are little-endian.
 *
 * <pre>
 *   byte
 *      0 +--------------------------------------+---------------+
 *        | "MUSTER"                             | VERSION u16   |
 *      8 +-----------+-----------+--------------+---------------+
 *        | ROLE      | AUTH      | RESERVED 0, 6 bytes          |  'C' or 'S'; whether it has an auth key: 1 or 0
 *     16 +-----------+-----------+------------------------------+
 *        | MAX MESSAGE u64: bytes, the most that it takes       |
 *     24 +------------------------------------------------------+
 *        | NONCE, 32 random bytes                               |
 *     56 +------------------------------------------------------+
 * </pre>
 */
final class HelloLayout {
    static final int VERSION = 1;
    static final byte CLIENT = 'C';
    static final byte SERVER = 'S';

    private static final byte[] MAGIC = "MUSTER".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION_OFFSET = MAGIC.length;
    private static final int ROLE = VERSION_OFFSET + Short.BYTES;
    private static final int AUTH = ROLE + 1;
    private static final int RESERVED = AUTH + 1;
    private static final int RESERVED_BYTES = 6;
    private static final int MAX_MESSAGE = RESERVED + RESERVED_BYTES;
    private static final int NONCE = MAX_MESSAGE + Long.BYTES;
    static final int NONCE_BYTES = 32;
    static final int BYTES = NONCE + NONCE_BYTES;

    private HelloLayout() {}

    static byte[] hello(byte role, boolean auth, long maxMessageBytes, byte[] nonce) {
        ByteBuffer hello = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        hello.put(MAGIC).putShort((short) VERSION).put(role).put((byte) (auth ? 1 : 0));
        return hello.putLong(MAX_MESSAGE, maxMessageBytes)
                .position(NONCE)
                .put(nonce)
                .array();
    }

    /**
     * Checks as much as there is: a peer that speaks something else may wait for an answer before it says any more.
     *
     * @param count bytes of the hello that have come
     * @param role what the other side has to be
     */
    static void check(byte[] hello, int count, byte role) throws ProtocolException {
        for (int i = 0; i < Math.min(count, MAGIC.length); i++) {
            if (hello[i] != MAGIC[i]) {
                throw new ProtocolException("it does not speak Muster's protocol: it began with "
                        + HexFormat.ofDelimiter(" ").formatHex(hello, 0, Math.min(count, 16)));
            }
        }
        if (count >= ROLE && version(hello) != VERSION) {
            throw new ProtocolException(
                    "it speaks version " + version(hello) + " of Muster's protocol, this is version " + VERSION);
        }
        if (count > ROLE && hello[ROLE] != role) {
            throw new ProtocolException(
                    role == CLIENT ? "it is a server too" : "it is a client too, or this end itself");
        }
        if (count >= BYTES) {
            checkRest(hello);
        }
    }

    private static void checkRest(byte[] hello) throws ProtocolException {
        for (int i = RESERVED; i < MAX_MESSAGE; i++) {
            if (hello[i] != 0) {
                throw new ProtocolException("byte " + i + " of its hello is " + hello[i] + ", expected 0");
            }
        }
        if (hello[AUTH] < 0 || hello[AUTH] > 1 || maxMessageBytes(hello) < 1) {
            throw new ProtocolException(
                    "its hello makes no sense: auth " + hello[AUTH] + ", max message " + maxMessageBytes(hello));
        }
    }

    private static int version(byte[] hello) {
        return view(hello).getShort(VERSION_OFFSET) & 0xffff;
    }

    static boolean hasKey(byte[] hello) {
        return hello[AUTH] == 1;
    }

    static long maxMessageBytes(byte[] hello) {
        return view(hello).getLong(MAX_MESSAGE);
    }

    private static ByteBuffer view(byte[] hello) {
        return ByteBuffer.wrap(hello).order(ByteOrder.LITTLE_ENDIAN);
    }
}
