package io.muster.ipc.channel;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proofs that one knows a key. Each covers everything that both sides said before, with fresh random bytes of each, so none
 * can be used again; and it names the side that gives it, so none can be sent back to whom it came from.
 */
final class AuthKey {
    static final int PROOF_BYTES = 32;
    static final String CLIENT = "muster connection 1 client";
    static final String SERVER = "muster connection 1 server";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;

    /** The key is hashed first: HMAC alone takes two keys for one that differ in zeros at their ends. */
    AuthKey(byte[] authKey) {
        try {
            key = new SecretKeySpec(MessageDigest.getInstance("SHA-256").digest(authKey), "HmacSHA256");
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    static byte[] nonce() {
        byte[] nonce = new byte[HelloLayout.NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        return nonce;
    }

    byte[] proof(String side, byte[] clientHello, byte[] serverHello) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(side.getBytes(StandardCharsets.US_ASCII));
            mac.update(clientHello);
            mac.update(serverHello);
            return mac.doFinal();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** In a time that does not depend on the bytes. */
    boolean accepts(byte[] proof, String side, byte[] clientHello, byte[] serverHello) {
        return MessageDigest.isEqual(proof, proof(side, clientHello, serverHello));
    }
}
