package io.muster.samples.echo;

import io.muster.ChildProcess;
import io.muster.ipc.data.SharedLongArray;
import io.muster.ipc.sync.SharedCountDownLatch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A server that is several JVMs on one TCP port. They are started before the first client comes and never talk to each other:
 * with {@code SO_REUSEPORT} each of them listens for itself, and the kernel deals out the connections. What one of them does
 * wrong, up to a crash, costs its own connections only. The parent is the load: it sends messages over all connections for a
 * while, compares what comes back, and prints the rate.
 *
 * <p>Everything stays on the loopback interface.
 */
public final class Echo {
    private static final String USAGE = """
            Usage: muster sample echo [SECONDS [CONNECTIONS]]
            Child JVMs share a TCP port on the loopback interface (SO_REUSEPORT) and send back what they are sent, in frames.
              SECONDS      how long to send, 1 to 3600; default 2
              CONNECTIONS  how many at once, each with one message on its way, 1 to 1024; default 64
            Prints the rate of messages there and back, and what each server had of them.""";

    private static final int DEFAULT_SECONDS = 2;
    private static final int MOST_SECONDS = 3600;
    private static final int DEFAULT_CONNECTIONS = 64;
    private static final int MOST_CONNECTIONS = 1024;
    private static final int MOST_SERVERS = 4;
    /** With so many each, that one server gets none by chance happens once in ten millions. */
    private static final int CONNECTIONS_FOR_CERTAIN = 16;

    private static final Duration LOOK = Duration.ofMillis(100);

    private Echo() {}

    /**
     * Runs the sample.
     *
     * @param args see {@code --help}
     * @throws InterruptedException if this thread is interrupted; the servers have ended then
     * @throws IOException if a message is lost or changed, or a server fails
     */
    public static void main(String[] args) throws InterruptedException, IOException {
        int seconds = number(args, 0, DEFAULT_SECONDS, MOST_SECONDS);
        int connections = number(args, 1, DEFAULT_CONNECTIONS, MOST_CONNECTIONS);
        if (args.length > 2 || seconds < 1 || connections < 1) {
            boolean asked = args[0].equals("--help");
            (asked ? System.out : System.err).println(USAGE);
            System.exit(asked ? 0 : 2);
        }
        int servers = Math.max(2, Math.min(MOST_SERVERS, Runtime.getRuntime().availableProcessors()));
        if (!run(servers, connections, Duration.ofSeconds(seconds))) {
            System.exit(1);
        }
    }

    /** 0 if it is none, or not from 1 to {@code most}. */
    private static int number(String[] args, int index, int standard, int most) {
        if (index >= args.length) {
            return standard;
        }
        try {
            int value = Integer.parseInt(args[index]);
            return value <= most ? value : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static boolean run(int servers, int connections, Duration duration)
            throws InterruptedException, IOException {
        List<ChildProcess> children = new ArrayList<>();
        try (SocketChannel reserved = reservePort();
                SharedLongArray books = SharedLongArray.create(Books.length(servers));
                SharedCountDownLatch listening = SharedCountDownLatch.create(servers)) {
            int port = ((InetSocketAddress) reserved.getLocalAddress()).getPort();
            try {
                for (int i = 0; i < servers; i++) {
                    int number = i;
                    children.add(ChildProcess.named("server-" + (i + 1))
                            .daemon(true)
                            .heap("32m")
                            .start(() -> new EchoServer(books, number).serve(port, listening::countDown)));
                }
                awaitAll(listening, children);
                System.out.println(servers + " servers listen on port " + port);
                return report(new Load(port, connections, duration).run(), connections, books, children);
            } finally {
                children.forEach(ChildProcess::kill); // They would serve for ever.
            }
        }
    }

    /** A socket that is bound and does not listen: the port is nobody else's, and no connection goes there. */
    private static SocketChannel reservePort() throws IOException {
        return SocketChannel.open()
                .setOption(StandardSocketOptions.SO_REUSEPORT, true)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static void awaitAll(SharedCountDownLatch listening, List<ChildProcess> children)
            throws InterruptedException {
        while (!listening.await(LOOK)) {
            if (children.stream().anyMatch(child -> !child.isAlive())) {
                throw new IllegalStateException("a server ended early: " + children);
            }
        }
    }

    private static boolean report(
            Load.Result result, int connections, SharedLongArray books, List<ChildProcess> children) {
        System.out.printf(
                "%d messages of %d bytes there and back over %d connections in %.1f s: %d a second, all of them intact%n",
                result.messages(), Load.MESSAGE_BYTES, connections, result.nanos() / 1e9, result.perSecond());
        long echoed = 0;
        boolean idle = false;
        for (int i = 0; i < children.size(); i++) {
            ChildProcess child = children.get(i);
            long frames = books.getVolatile(Books.framesAt(i));
            echoed += frames;
            idle |= frames == 0;
            System.out.printf(
                    "  %s (pid %d): %d connections, %d messages%n",
                    child.name(), child.pid(), books.getVolatile(Books.connectionsAt(i)), frames);
        }
        boolean someoneIsLeftOut = idle && connections >= CONNECTIONS_FOR_CERTAIN * children.size();
        if (echoed != result.messages() || someoneIsLeftOut) {
            System.out.println("NOT RIGHT: the servers echoed " + echoed
                    + (someoneIsLeftOut ? ", and one of them got no connection" : ""));
            return false;
        }
        return true;
    }
}
