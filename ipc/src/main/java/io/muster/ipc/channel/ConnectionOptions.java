package io.muster.ipc.channel;

import io.muster.ipc.codec.ObjectCodec;
import java.io.ObjectInputFilter;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a {@link ConnectionServer} listens and how {@link Connection#open} connects. Immutable: each method returns options
 * that differ in one thing.
 */
public final class ConnectionOptions {
    private static final ConnectionOptions DEFAULTS = new ConnectionOptions();
    private static final long LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private byte[] authKey;
    private long maxMessageBytes = 256L << 20;
    private Duration handshakeTimeout = Duration.ofSeconds(10);
    private int handshakes = 64;
    private int backlog = 128;
    private boolean reusePort;
    private ObjectCodec codec = ObjectCodec.standard();

    private ConnectionOptions() {}

    private ConnectionOptions(ConnectionOptions other) {
        authKey = other.authKey;
        maxMessageBytes = other.maxMessageBytes;
        handshakeTimeout = other.handshakeTimeout;
        handshakes = other.handshakes;
        backlog = other.backlog;
        reusePort = other.reusePort;
        codec = other.codec;
    }

    /** No auth key, messages up to 256 MiB, 10 seconds for a handshake. */
    public static ConnectionOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Both ends must prove that they know this key before anything that they send is decoded. It never travels itself.
     *
     * @param key any bytes; none at all is a key too, though one that is easily guessed. Copied.
     */
    public ConnectionOptions authKey(byte[] key) {
        ConnectionOptions changed = new ConnectionOptions(this);
        changed.authKey = Objects.requireNonNull(key, "key").clone();
        return changed;
    }

    /**
     * How large a message may be that is received. The other end is told, and refuses to send a larger one. Default: 256 MiB.
     *
     * @throws IllegalArgumentException if not between 1 and 2,147,483,639
     */
    public ConnectionOptions maxMessageBytes(long bytes) {
        if (bytes < 1 || bytes > LARGEST_ARRAY) {
            throw new IllegalArgumentException("maxMessageBytes=" + bytes + ", want 1 to " + LARGEST_ARRAY);
        }
        ConnectionOptions changed = new ConnectionOptions(this);
        changed.maxMessageBytes = bytes;
        return changed;
    }

    /**
     * How long a server waits for a client to say what it has to say before the connection stands; then it is dropped.
     * Default: 10 seconds.
     *
     * @throws IllegalArgumentException if not positive, or more than a day
     */
    public ConnectionOptions handshakeTimeout(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("handshakeTimeout=" + timeout + ", want more than 0 and at most a day");
        }
        ConnectionOptions changed = new ConnectionOptions(this);
        changed.handshakeTimeout = timeout;
        return changed;
    }

    /**
     * With how many clients a server talks at once before their connections stand. When all these places are taken, whoever
     * has been in one for more than a second is turned away; the next clients wait in the kernel. Default: 64.
     *
     * @throws IllegalArgumentException if not positive
     */
    public ConnectionOptions handshakes(int most) {
        ConnectionOptions changed = new ConnectionOptions(this);
        changed.handshakes = positive("handshakes", most);
        return changed;
    }

    /**
     * How many connections that stand may wait for {@link ConnectionServer#accept} before no more are taken from the kernel.
     * Default: 128.
     *
     * @throws IllegalArgumentException if not positive
     */
    public ConnectionOptions backlog(int most) {
        ConnectionOptions changed = new ConnectionOptions(this);
        changed.backlog = positive("backlog", most);
        return changed;
    }

    /**
     * Several servers, of any number of processes of this user, may listen on one TCP port if all of them say so: by {@code
     * SO_REUSEPORT}. The kernel gives each client to one of them, by its address and port, and not by who has least to do.
     *
     * <p>When the process of one dies, the kernel gives it no more clients. The connections that it had accepted end, as those of
     * any dead process do. A client that the kernel had given to it, and with which the handshake was not over, is told: {@link
     * Connection#open} throws an {@link java.io.IOException} at once, and a second try comes to one that lives. The same happens
     * when a server is closed. A server that is stopped and not dead still is given its share, and those clients wait.
     *
     * <p>Default: false. To clients it means nothing.
     */
    public ConnectionOptions reusePort(boolean reuse) {
        ConnectionOptions changed = new ConnectionOptions(this);
        changed.reusePort = reuse;
        return changed;
    }

    /** Which codec encodes and decodes objects. Default: {@link ObjectCodec#standard()}. */
    public ConnectionOptions codec(ObjectCodec objectCodec) {
        ConnectionOptions changed = new ConnectionOptions(this);
        changed.codec = Objects.requireNonNull(objectCodec, "objectCodec");
        return changed;
    }

    /**
     * What classes objects that are received may have; short for a {@link #codec} with that filter. Default: the filter that
     * the JVM was started with ({@code -Djdk.serialFilter}).
     */
    public ConnectionOptions filter(ObjectInputFilter inputFilter) {
        return codec(ObjectCodec.builder().filter(inputFilter).build());
    }

    private static int positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + "=" + value + ", want at least 1");
        }
        return value;
    }

    Optional<byte[]> authKey() {
        return Optional.ofNullable(authKey);
    }

    long maxMessageBytes() {
        return maxMessageBytes;
    }

    Duration handshakeTimeout() {
        return handshakeTimeout;
    }

    int handshakes() {
        return handshakes;
    }

    int backlog() {
        return backlog;
    }

    boolean reusePort() {
        return reusePort;
    }

    ObjectCodec codec() {
        return codec;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "ConnectionOptions[" + (authKey == null ? "no auth key" : "an auth key") + ", maxMessageBytes="
                + maxMessageBytes + ", handshakeTimeout=" + handshakeTimeout + ", handshakes=" + handshakes
                + ", backlog=" + backlog + ", reusePort=" + reusePort + "]";
    }
}
