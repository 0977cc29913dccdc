package io.muster.child;

import java.util.Objects;

/**
 * Where a child asks for classes that no file holds: the socket of its parent's class server, and the token that says
 * which class loader of the parent is meant. The token is a secret between the two: it travels in the bootstrap record
 * and never on a command line.
 *
 * @param socket path of the Unix domain socket
 * @param token 32 hexadecimal digits
 */
public record ClassServerAddress(String socket, String token) {
    /** Digits in a token. */
    public static final int TOKEN_LENGTH = 32;

    public ClassServerAddress {
        Objects.requireNonNull(socket, "socket");
        Objects.requireNonNull(token, "token");
        if (token.length() != TOKEN_LENGTH) {
            throw new IllegalArgumentException(
                    "a class server token has " + TOKEN_LENGTH + " digits, this one has " + token.length());
        }
    }

    /**
     * Both parts as one string, for the bootstrap record.
     *
     * @return what {@link #decode} takes
     */
    public String encode() {
        return token + socket;
    }

    /**
     * The reverse of {@link #encode}.
     *
     * @param encoded what {@code encode} returned
     * @return the address
     * @throws IllegalArgumentException if it is too short to be one
     */
    public static ClassServerAddress decode(String encoded) {
        if (encoded.length() <= TOKEN_LENGTH) {
            throw new IllegalArgumentException(
                    "not a class server address: " + encoded.length() + " characters are too few");
        }
        return new ClassServerAddress(encoded.substring(TOKEN_LENGTH), encoded.substring(0, TOKEN_LENGTH));
    }

    /** Names the socket only: a token does not belong into logs. */
    @Override
    public String toString() {
        return "ClassServerAddress[" + socket + "]";
    }
}
