package io.muster.ipc.channel;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;

/** Another program, for tests: does what a line on its input says, and answers with a line. */
final class ConnectionMain {
    static final byte[] KEY = "between programs".getBytes();

    static final ConnectionOptions SHARED =
            ConnectionOptions.defaults().authKey(KEY).reusePort(true);

    private static ConnectionServer server;
    private static Connection connection;

    private ConnectionMain() {}

    public static void main(String[] args) throws Exception {
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            try {
                System.out.println(run(words[0], words.length > 1 ? words[1] : ""));
            } catch (Exception e) {
                System.out.println(e.getClass().getSimpleName());
            }
        }
    }

    private static String run(String command, String argument) throws Exception {
        switch (command) {
            case "listen" -> server = ConnectionServer.listen(address(argument), KEY);
            case "share" -> server = ConnectionServer.listen(address(argument), SHARED);
            case "echoAll" -> {
                while (true) {
                    Connection each = server.accept();
                    Call.doing(() -> {
                        while (true) {
                            each.recv();
                            each.send(ProcessHandle.current().pid());
                        }
                    });
                }
            }
            case "accept" -> connection = server.accept(Duration.ofSeconds(30));
            case "open" -> connection = Connection.open(address(argument), KEY, Duration.ofSeconds(30));
            case "send" -> connection.send(argument);
            case "sendLarge" -> connection.sendBytes(MessageContract.bytes(Integer.parseInt(argument)));
            case "recv" -> {
                return String.valueOf(connection.recv());
            }
            case "echo" -> {
                while (true) {
                    connection.send(connection.recv());
                }
            }
            default -> throw new IllegalArgumentException(command);
        }
        return server != null ? port() : "done";
    }

    /** A path, or a port; 0 is any. */
    static SocketAddress address(String text) {
        return text.startsWith("/")
                ? UnixDomainSocketAddress.of(text)
                : new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(text));
    }

    private static String port() {
        return server.address() instanceof InetSocketAddress tcp ? Integer.toString(tcp.getPort()) : "done";
    }
}
